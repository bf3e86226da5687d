# Whatever may cost money says how much.
package main

import rego.v1

import data.lib.plan

deny contains message if {
	some address in plan.unpriced
	message := sprintf("unpriced: %s may cost money, and the plan does not say how much", [address])
}
