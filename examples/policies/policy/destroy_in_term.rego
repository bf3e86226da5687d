# What is destroyed inside its term is paid until the end of it. It has to be in settings.approved.
package main

import rego.v1

import data.lib.plan

deny contains message if {
	some c in plan.subscriptions
	plan.ends(c)
	not plan.abandons(c)
	not over(c)
	not c.address in data.settings.approved
	message := sprintf("destroy_in_term: %s is destroyed before its term ends on %s", [c.address, object.get(plan.before(c), ["current_term", "ends"], "a day that the plan does not know")])
}

over(c) if time.parse_rfc3339_ns(plan.before(c).current_term.ends) <= time.parse_rfc3339_ns(input.timestamp)
