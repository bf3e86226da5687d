# What the rules ask of a plan, as `terraform show -json` and `tofu show -json` write it.
package lib.plan

import rego.v1

changes := [c |
	some c in object.get(input, "resource_changes", [])
	object.get(c, "mode", "managed") == "managed"
]

subscriptions := [c |
	some c in changes
	c.type == "partnercenter_subscription"
]

before(c) := object.union({}, c.change.before) if is_object(object.get(c.change, "before", null))

else := {}

after(c) := object.union({}, c.change.after) if is_object(object.get(c.change, "after", null))

else := {}

# value is an attribute, null where it is null, unknown or not there.
value(attributes, name) := object.get(attributes, name, null)

# unknown is whether an attribute, or a part of it, is known after apply only.
unknown(c, name) if {
	marked := object.get(object.get(c.change, "after_unknown", {}), name, false)
	some [_, true] in [[path, mark] | walk(marked, [path, mark])]
}

creates(c) if "create" in c.change.actions

leaves(c) if {
	some action in c.change.actions
	action in {"delete", "forget"}
}

# An adoption is a creation whose plan knows the id already: nothing is bought.
adopts(c) if {
	creates(c)
	not leaves(c)
	is_string(value(after(c), "id"))
}

buys(c) if {
	creates(c)
	not adopts(c)
}

replaces(c) if {
	creates(c)
	leaves(c)
}

ends(c) if {
	leaves(c)
	not creates(c)
}

# abandons is whether it leaves the state and goes on at Partner Center.
abandons(c) if {
	ends(c)
	"forget" in c.change.actions
}

abandons(c) if {
	ends(c)
	before(c).deletion_policy == "abandon"
}

updates(c) if "update" in c.change.actions

# spends_more is whether an update may cost money.
spends_more(c) if {
	updates(c)
	some name in ["product_id", "sku_id", "term_duration"]
	value(before(c), name) != value(after(c), name)
}

spends_more(c) if more_licenses(c)

more_licenses(c) if {
	updates(c)
	value(after(c), "quantity") > value(before(c), "quantity")
}

more_licenses(c) if {
	updates(c)
	unknown(c, "quantity")
}

# units is an amount in ten-thousandths, a whole number: sums of them are exact.
units(amount) := to_number(regex.replace(concat("", [parts[0], fraction]), "^0+([0-9])", "$1")) if {
	regex.match(`^[0-9]{1,11}(\.[0-9]{1,4})?$`, amount)
	parts := split(amount, ".")
	fraction := substring(concat("", [array.concat(parts, [""])[1], "0000"]), 0, 4)
}

shown(amount, currency) := sprintf("%d.%02d %s", [floor(amount / 10000), floor((amount % 10000) / 100), currency])

# total is what a commitment costs; undefined where the plan does not know.
total(commitment) := units(commitment.total)

currency(c) := after(c).commitment.currency

# added is what a change adds to what the partner is committed to; undefined where the plan does not know.
added(c) := total(after(c).commitment) if {
	buys(c)
	not unknown(c, "commitment")
}

added(c) := max([0, total(after(c).commitment) - total(before(c).commitment)]) if {
	updates(c)
	not unknown(c, "commitment")
	after(c).commitment.currency == before(c).commitment.currency
}

added(c) := total(after(c).commitment) if {
	updates(c)
	not unknown(c, "commitment")
	not same_currency(c)
}

same_currency(c) if after(c).commitment.currency == before(c).commitment.currency

# unpriced are the addresses of changes that may cost money and do not say how much.
unpriced contains c.address if {
	some c in subscriptions
	buys(c)
	not added(c)
}

unpriced contains c.address if {
	some c in subscriptions
	updates(c)
	unknown(c, "commitment")
}

unpriced contains c.address if {
	some c in subscriptions
	spends_more(c)
	not added(c)
}

unpriced contains c.address if {
	some c in subscriptions
	more_licenses(c)
	added(c) == 0
	total(after(c).commitment) > 0
}

unpriced contains c.address if {
	some c in changes
	c.type == "partnercenter_license_quantity"
	creates(c)
}

unpriced contains c.address if {
	some c in changes
	c.type == "partnercenter_license_quantity"
	more_licenses(c)
}
