# A commitment of three years does not renew by itself.
package main

import rego.v1

import data.lib.plan

deny contains message if {
	some c in plan.subscriptions
	not plan.ends(c)
	plan.after(c).term_duration == "P3Y"
	plan.after(c).auto_renew_enabled == true
	message := sprintf("three_years_with_renewal: %s runs for three years and renews for three more; set auto_renew_enabled = false", [c.address])
}
