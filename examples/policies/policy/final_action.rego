# Actions that cannot be undone are not part of a plan that a pipeline applies (Terraform 1.14 and newer).
package main

import rego.v1


final := {"partnercenter_cancel_subscription", "partnercenter_transition_subscription"}

deny contains message if {
	some invocation in array.concat(
		object.get(input, "action_invocations", []),
		[i.action_invocation | some i in object.get(input, "deferred_action_invocations", [])],
	)
	invocation.type in final
	message := sprintf("final_action: %s cannot be undone", [invocation.address])
}
