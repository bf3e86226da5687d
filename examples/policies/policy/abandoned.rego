# What leaves the state and goes on at Partner Center is paid, and no configuration manages it.
package main

import rego.v1

import data.lib.plan

deny contains message if {
	some c in plan.subscriptions
	plan.abandons(c)
	message := sprintf("abandoned: %s goes on at Partner Center, and this configuration does not manage it any more", [c.address])
}
