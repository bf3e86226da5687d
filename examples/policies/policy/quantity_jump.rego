# The licenses of a subscription grow by settings.quantity_factor at most: one digit too many is a tenfold invoice.
package main

import rego.v1

import data.lib.plan

deny contains message if {
	some c in plan.changes
	c.type in {"partnercenter_subscription", "partnercenter_license_quantity"}
	plan.more_licenses(c)
	was := plan.before(c).quantity
	not plan.after(c).quantity <= was * data.settings.quantity_factor
	message := sprintf("quantity_jump: %s goes from %d licenses to %v", [c.address, was, plan.value(plan.after(c), "quantity")])
}
