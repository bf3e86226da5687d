# A replacement buys another subscription, and mostly goes on paying for the old one. It has to be in settings.approved.
package main

import rego.v1

import data.lib.plan

deny contains message if {
	some c in plan.subscriptions
	plan.replaces(c)
	not c.address in data.settings.approved
	message := sprintf("replacement: %s is bought again", [c.address])
}
