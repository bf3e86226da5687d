// SPDX-License-Identifier: MPL-2.0

package companion

import "github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"

// What the provider itself does not meet, or has no words for: the calls of the reference that it does not make, and what to do by it.
const (
	resellerCalls   = "checking an indirect reseller's agreement"
	licenseCalls    = "assigning licenses to users"
	customerCalls   = "creating or changing a customer"
	provisionCalls  = "buying what belongs to an Azure plan (reservations, savings plans, metered software)"
	agreementCalls  = "confirming the customer's agreement"
	sandboxPartners = "creating or deleting an indirect reseller of the sandbox"

	supportRemedy = "Only partner support can look into it: give it the correlation ID of the error."
	contextRemedy = "Buy it in the Partner Center portal: the provider sends no provisioningContext."
)

// advisedMeaning is a meaning with a remedy that only the companion program has.
type advisedMeaning struct {
	meaning

	remedy string
}

// furtherMeanings are by reference/commerce.md#codes-further-ones-with-remedies and reference/customers-and-billing.md.
var furtherMeanings = []advisedMeaning{
	{meaning{401, "900421", anyCall, "The token of the user does not say that multifactor authentication was passed"}, "Get a new refresh_token by an interactive sign-in with multifactor authentication."},
	{meaning{400, "2012", subscriptionCalls, "The IDs of the subscription in commerce and directory cannot be matched"}, "Wait some minutes where it is new, else ask partner support."},
	{meaning{400, "60000", subscriptionCalls, "The licenses of a customer could not be migrated"}, supportRemedy},
	{meaning{400, "60012", licenseCalls, "No license is left"}, "Raise the quantity of the subscription, or take a license from another user."},
	{meaning{0, "400041", partnercenter.WhereCartLine, "An add-on without a compatible base product"}, "Buy the base product for this customer first; the add-on waits for it with depends_on."},
	{meaning{400, "800011", provisionCalls, "The ID is not one of an Azure subscription"}, contextRemedy},
	{meaning{400, "800012", provisionCalls, "That Azure subscription is not active"}, "Reactivate it, or choose another one."},
	{meaning{400, "800013", provisionCalls, "The Azure subscription is not enabled for reservations"}, "Register it for reservations in the Partner Center portal, and wait until that is done."},
	{meaning{400, "800021", provisionCalls, "There is no valid subscription of this ID"}, "Correct the ID of the subscription."},
	{meaning{400, "800030", provisionCalls, "The Azure subscription is not registered"}, "Register it for reservations in the Partner Center portal, and wait until that is done."},
	{meaning{500, "800031", purchaseCalls, "The purchase system is not supported"}, supportRemedy},
	{meaning{404, "800038", subscriptionCalls, "The future billing of the asset was not found"}, "There is nothing to be done: it has none."},
	{meaning{409, "900112", purchaseCalls, "An upgrade of the customer to the Azure plan is pending"}, "Finish the upgrade or wait for it, then apply again."},
	{meaning{409, "900113", purchaseCalls, "An upgrade of the customer to the Azure plan is going on"}, "Wait for the upgrade, then apply again."},
	{meaning{409, "900114", purchaseCalls, "An upgrade of the customer to the Azure plan has failed"}, "Waiting does not help. " + supportRemedy},
	{meaning{403, "900115", subscriptionCalls, "The Azure plan has active Azure subscriptions"}, "Cancel the Azure subscriptions below it first."},
	{meaning{400, "900116", purchaseCalls, "The sandbox has as many Azure plans as it may"}, "Delete customers of the sandbox that are not needed."},
	{meaning{400, "900312", provisionCalls, "The scope is not supported"}, contextRemedy},
	{meaning{400, "900313", provisionCalls, "The ID of an Azure subscription is needed"}, contextRemedy},
	{meaning{400, "900314", provisionCalls, "That Azure subscription is not active"}, "Reactivate it, or choose another one."},
	{meaning{400, "900315", provisionCalls, "The product cannot be bought for that Azure subscription"}, "Choose another Azure subscription."},
	{meaning{400, "900317", provisionCalls, "The ID of an Azure plan is needed"}, contextRemedy},
	{meaning{400, "900318", provisionCalls, "The Azure plan is not known, or has no active Azure subscription"}, "Choose another Azure plan, or activate a subscription below it."},
	{meaning{403, "900321", provisionCalls, "The operation is not supported for savings plans"}, "Use the Partner Center portal."},
	{meaning{403, "900323", provisionCalls, "The partner on record differs from that of the Azure plan"}, "Name the indirect reseller of the Azure plan."},
	{meaning{400, "900400", resellerCalls, "The transfer cannot be created, or the partner ID has no active reseller tenant"}, "Check the partner ID, and that the indirect reseller is enrolled."},
	{meaning{403, "900235", purchaseCalls, "Not documented; seen for a credit limit"}, "Check the credit limit in Partner Center, and pay what is due."},

	{meaning{400, "2007", customerCalls, "The address does not validate"}, "Correct the address in billing_profile; its postal code and state have to fit the country."},
	{meaning{404, "600074", customerCalls, "The account of the customer has no status of a validation"}, "There is nothing to be done: it has not been looked at yet."},
	{meaning{400, "600061", agreementCalls, "The same contact has confirmed the agreement already"}, "There is nothing to be done: the agreement is confirmed."},
	{meaning{409, "600061", agreementCalls, "The same contact has confirmed the agreement already"}, "There is nothing to be done: the agreement is confirmed."},

	{meaning{400, "2000", resellerCalls, "mpnId or tenantId has the wrong form, or both are given"}, "Give one of them: a number, or a GUID."},
	{meaning{400, "2001", resellerCalls, "Neither mpnId nor tenantId is given"}, "Give one of them."},
	{meaning{400, "2200", resellerCalls, "The partner ID is not valid, or not known"}, "Ask the indirect reseller for the partner ID of its location."},
	{meaning{400, "2201", resellerCalls, "The indirect reseller belongs to another region"}, "Name a location of it in the region of the provider's account."},
	{meaning{400, "2203", resellerCalls, "The agreement is not signed for the region"}, "The indirect reseller has to accept the Microsoft Partner Agreement."},
	{meaning{400, "2204", resellerCalls, "The partner ID belongs to no indirect reseller"}, "Ask the indirect reseller for the partner ID of its location."},
	{meaning{400, "2205", resellerCalls, "The tenant was not found"}, "Correct the ID of the tenant."},
	{meaning{400, "2206", resellerCalls, "The agreement is not signed"}, "The indirect reseller has to accept the Microsoft Partner Agreement."},

	{meaning{401, "6002", sandboxPartners, "Signed in without the right to it"}, "Sign in as a user of the sandbox account."},
	{meaning{403, "6003", sandboxPartners, "The account may not do this"}, "Use the sandbox account of an indirect provider."},
	{meaning{403, "6004", sandboxPartners, "The account may not do this"}, "Use the sandbox account of an indirect provider."},
	{meaning{409, "1003", sandboxPartners, "It exists already"}, "Use the one that exists, or delete it first."},
}

// furtherSignIn are codes of Microsoft Entra that mean a fault of the program that signs in, or of what stands between it and Entra.
var furtherSignIn = []partnercenter.Explanation{
	{Code: "AADSTS70003", Where: whereSignIn, Remedy: "Check that authority_host is Microsoft Entra's, and that no proxy changes the request."},
	{Code: "AADSTS54005", Where: whereSignIn, Remedy: "The code or refresh token was redeemed already: get a new refresh_token by an interactive sign-in."},
	{Code: "AADSTS700021", Where: whereSignIn, Remedy: "The assertion names another application: check client_id, and who makes the assertion."},
	{Code: "AADSTS900144", Where: whereSignIn, Remedy: "Check that no proxy shortens or changes the request, and that no setting of the sign-in is empty."},
	{Code: "AADSTS1002012", Where: whereSignIn, Remedy: "Check environment: each cloud has a scope of its own."},
}
