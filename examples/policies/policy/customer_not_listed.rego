# Only customers in settings.customers are bought for.
package main

import rego.v1

import data.lib.plan

deny contains message if {
	some c in plan.changes
	c.type in {"partnercenter_subscription", "partnercenter_license_quantity", "partnercenter_cart"}
	not plan.ends(c)
	not listed(c)
	message := sprintf("customer_not_listed: %s is for a customer that is not in the list", [c.address])
}

listed(c) if lower(plan.after(c).customer_id) in {lower(id) | some id in data.settings.customers}
