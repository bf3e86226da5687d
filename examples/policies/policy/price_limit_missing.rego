# A purchase names the most that it may cost, so that a price that rises after the review buys nothing.
package main

import rego.v1

import data.lib.plan

deny contains message if {
	some c in plan.subscriptions
	plan.buys(c)
	not is_object(plan.value(plan.after(c), "price_limit"))
	message := sprintf("price_limit_missing: %s is bought without a price_limit", [c.address])
}
