# Software of other publishers than Microsoft is bought from those in settings.publishers only.
package main

import rego.v1

import data.lib.plan

deny contains message if {
	some c in plan.subscriptions
	plan.buys(c)
	not allowed_publisher(c)
	message := sprintf("publisher_not_allowed: %s buys software of a publisher that is not in the list", [c.address])
}

allowed_publisher(c) if {
	not plan.unknown(c, "publisher_name")
	plan.value(plan.after(c), "publisher_name") in {null, "Microsoft", "Microsoft Corporation"}
}

allowed_publisher(c) if plan.after(c).publisher_name in data.settings.publishers
