# All that the plan commits to, in each currency, stays below what settings.most allows. A currency without a limit may not be spent.
package main

import rego.v1

import data.lib.plan

added[currency] := sum(amounts) if {
	some currency in {plan.currency(c) | some c in plan.subscriptions; plan.added(c) > 0}
	amounts := [plan.added(c) | some c in plan.subscriptions; plan.currency(c) == currency]
}

deny contains message if {
	some currency, amount in added
	amount > plan.units(object.get(data.settings.most, currency, "0"))
	message := sprintf("total_above_limit: the plan commits to %s, and %s %s are allowed", [plan.shown(amount, currency), object.get(data.settings.most, currency, "0.00"), currency])
}
