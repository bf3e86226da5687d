# A suspended subscription is still charged, and cannot be used.
package main

import rego.v1

import data.lib.plan

deny contains message if {
	some c in plan.subscriptions
	not plan.ends(c)
	plan.after(c).suspended == true
	message := sprintf("suspended: %s is suspended, and still charged", [c.address])
}
