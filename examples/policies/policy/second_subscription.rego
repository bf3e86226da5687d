# Nothing is bought that the customer has already.
package main

import rego.v1

import data.lib.plan

deny contains message if {
	some c in plan.subscriptions
	plan.buys(c)
	plan.after(c).on_existing == "purchase_another"
	message := sprintf("second_subscription: %s is bought even if the customer has it; on_existing = \"purchase_another\" says so", [c.address])
}
