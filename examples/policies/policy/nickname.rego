# A purchase has a nickname by the convention: it is found again by it.
package main

import rego.v1

import data.lib.plan

deny contains message if {
	some c in plan.subscriptions
	plan.buys(c)
	not regex.match(data.settings.nickname, plan.after(c).friendly_name)
	message := sprintf("nickname: %s has no friendly_name that matches %s", [c.address, data.settings.nickname])
}
