// SPDX-License-Identifier: MPL-2.0

package partnercenter

// transitionErrors are why a new-commerce subscription cannot move, by their numbers. See reference/commerce.md#other-enumerated-errors.
var transitionErrors = map[string]namedRemedy{
	"1":  {"delegated_admin_permissions_disabled", "The partner has no administration rights for this customer. Let the customer grant them in a relationship (GDAP), then try again."},
	"2":  {"subscription_status_not_active", "Only active subscriptions can move. Reactivate this one first (action partnercenter_reactivate_subscription)."},
	"3":  {"conflicting_service_types", "Another subscription of the customer has the same services, and licenses cannot be reassigned to users then. Choose the transition_type without license transfer, and assign them in the Microsoft 365 admin center."},
	"4":  {"concurrency_conflicts", adviceBusy},
	"5":  {"user_context_required", adviceUser},
	"6":  {"subscription_add_ons_present", "Add-ons depend on this subscription, and cannot move with it. Let them end first."},
	"7":  {"subscription_does_not_have_any_transitioned_paths", "Nothing can be moved to from here. Buy the other product as a subscription of its own and let this one end."},
	"8":  {"subscription_target_offer_not_found", adviceTransition},
	"9":  {"subscription_not_provisioned", "The subscription is not set up completely yet. Try again in a few minutes."},
	"10": {"offer_does_not_support_billing_cycle", "The target is not sold with this billing cycle. Set billing_cycle to one of those that partnercenter_availabilities shows for it."},
	"11": {"conversions_not_found", "The trial cannot be turned into this. Take one of those that partnercenter_transition_eligibilities shows."},
	"12": {"user_license_error", "The licenses have no users, or could not be reassigned to them. Assign them in the Microsoft 365 admin center, or choose the transition_type without license transfer."},
	"13": {"insufficient_granular_admin_permissions", "Reassigning licenses takes a role in the customer's tenant (GDAP). Let the customer grant it, or choose the transition_type without license transfer."},
}

// targetErrors are why licenses cannot move into an existing subscription.
var targetErrors = map[string]namedRemedy{
	"1": {"subscription_not_active", "Reactivate the subscription to move into first, or choose another one."},
	"2": {"subscription_in_cancellation_window", "Wait until the cancellation window of the subscription to move into is over, or leave to_subscription_id out to make a new one."},
	"3": {"subscription_term_shorter", "Choose a subscription whose term is as long as this one's, or leave to_subscription_id out to make a new one."},
	"4": {"subscription_ends_earlier", "Choose a subscription that ends no earlier than this one, or leave to_subscription_id out to make a new one."},
}

// Remedy says what to do about an error of a transition, "" where nothing better than the error itself is known.
func (e TransitionError) Remedy() string {
	found, _ := named(transitionErrors, string(e.Code))
	return found.remedy
}

// TargetRemedy is Remedy for an error of an existing subscription to move into: its codes are others.
func (e TransitionError) TargetRemedy() string {
	found, _ := named(targetErrors, string(e.Code))
	return found.remedy
}
