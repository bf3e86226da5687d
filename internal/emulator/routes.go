// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"slices"
)

// apiRoutes lists every call the emulator answers; all others get 501, because 404 would read as "gone".
func apiRoutes() []route {
	return slices.Concat(catalogRoutes(), purchaseRoutes(), subscriptionRoutes(), customerRoutes(), partnerRoutes())
}

func catalogRoutes() []route {
	const product, sku, availability = "products/{product}", "products/{product}/skus/{sku}", "products/{product}/skus/{sku}/availabilities/{availability}"
	return []route{
		{method: "GET", path: "products", handle: inCountry(listProducts)},
		{method: "GET", path: product, handle: inCountry(forSKU(getProduct))},
		{method: "GET", path: product + "/skus", handle: inCountry(forSKU(listSKUs))},
		{method: "GET", path: sku, handle: inCountry(forSKU(getSKU))},
		{method: "GET", path: sku + "/availabilities", handle: inCountry(forSKU(listAvailabilities))},
		{method: "GET", path: availability, handle: inCountry(forSKU(getAvailability))},
		{method: "GET", path: "customers/{customer}/products", handle: ofCustomer(listProducts)},
		{method: "GET", path: "customers/{customer}/" + product, handle: ofCustomer(forSKU(getProduct))},
		{method: "GET", path: "customers/{customer}/" + product + "/skus", handle: ofCustomer(forSKU(listSKUs))},
		{method: "GET", path: "customers/{customer}/" + sku, handle: ofCustomer(forSKU(getSKU))},
		{method: "GET", path: "customers/{customer}/" + sku + "/availabilities", handle: ofCustomer(forSKU(listAvailabilities))},
		{method: "GET", path: "customers/{customer}/" + availability, handle: ofCustomer(forSKU(getAvailability))},
		{method: "POST", path: "extensions/product/checkInventory", handle: checkInventory},
		{method: "GET", path: "productpromotions", handle: forPromotions(listPromotions)},
		{method: "GET", path: "margins", handle: listMargins},
		{method: "GET", path: "productpromotions/{promotion}", handle: forPromotions(getPromotion)},
		{method: "POST", path: "customers/{customer}/promotionEligibilities", handle: forPromotions(forCustomer(checkPromotions))},
	}
}

func purchaseRoutes() []route {
	const orders, order = "customers/{customer}/orders", "customers/{customer}/orders/{order}"
	return []route{
		{method: "POST", path: "customers/{customer}/carts", handle: forCustomer(createCart)},
		{method: "GET", path: "customers/{customer}/carts/{cart}", handle: forCart(getCart)},
		{method: "PUT", path: "customers/{customer}/carts/{cart}", handle: forCart(updateCart)},
		{method: "POST", path: "customers/{customer}/carts/{cart}/checkout", handle: forCart(checkoutCart)},
		{method: "GET", path: orders, handle: forCustomer(listOrders)},
		{method: "POST", path: orders, handle: forCustomer(createOrder)},
		{method: "GET", path: order, handle: forOrder(getOrder)},
		{method: "PATCH", path: order, handle: forOrder(updateOrder)},
		{method: "GET", path: order + "/provisioningstatus", handle: forOrder(getOrderProvisioning), userOnly: true},
		{method: "GET", path: order + "/activationlinks", handle: forOrder(orderLinks)},
		{method: "GET", path: order + "/lineitems/{line}/activationlinks", handle: forOrder(orderLinks)},
	}
}

func subscriptionRoutes() []route {
	const subscriptions, one = "customers/{customer}/subscriptions", "customers/{customer}/subscriptions/{subscription}"
	return []route{
		{method: "GET", path: subscriptions, handle: forCustomer(listSubscriptions)},
		{method: "GET", path: subscriptions + "/customTermEndDates", handle: forCustomer(listCustomTermEnds)},
		{method: "GET", path: one, handle: forSubscription(getSubscription)},
		{method: "PATCH", path: one, handle: forSubscription(updateSubscription)},
		{method: "GET", path: one + "/addons", handle: forSubscription(listAddons)},
		{method: "GET", path: one + "/activationlinks", handle: forSubscription(subscriptionActivationLinks)},
		{method: "POST", path: one + "/activate", handle: inSandbox(forSubscription(activateInSandbox))},
		{method: "GET", path: one + "/provisioningstatus", handle: forSubscription(getProvisioning), userOnly: true},
		{method: "GET", path: one + "/transitioneligibilities", handle: forSubscription(listEligibilities)},
		{method: "GET", path: one + "/transitions", handle: forSubscription(listTransitions)},
		{method: "POST", path: one + "/transitions", handle: forSubscription(startTransition)},
	}
}

func customerRoutes() []route {
	const one = "customers/{customer}"
	return []route{
		{method: "GET", path: "customers", handle: listCustomers},
		{method: "POST", path: "customers", handle: createCustomer},
		{method: "GET", path: one, handle: forCustomer(getCustomer)},
		{method: "PATCH", path: one, handle: forCustomer(endRelationship), userOnly: true},
		{method: "DELETE", path: one, handle: forCustomer(deleteCustomer)},
		{method: "GET", path: one + "/profiles/billing", handle: forCustomer(getBillingProfile)},
		{method: "PUT", path: one + "/profiles/billing", handle: forCustomer(updateBillingProfile)},
		{method: "GET", path: one + "/profiles/company", handle: forCustomer(getCompanyProfile), userOnly: true},
		{method: "GET", path: one + "/qualifications", handle: forCustomer(listQualifications)},
		{method: "GET", path: one + "/validationStatus", handle: forCustomer(getValidationStatus), userOnly: true},
		{method: "GET", path: one + "/agreements", handle: forCustomer(listAgreements), userOnly: true},
		{method: "POST", path: one + "/agreements", handle: forCustomer(confirmAgreement), userOnly: true},
		{method: "GET", path: one + "/directSignedMicrosoftCustomerAgreementStatus", handle: forCustomer(getDirectSigned), userOnly: true},
		{method: "GET", path: one + "/subscribedskus", handle: forCustomer(listSubscribedSKUs), userOnly: true},
		{method: "GET", path: one + "/relationships", handle: forCustomer(listCustomerResellers), userOnly: true},
		{method: "GET", path: "customers/relationshiprequests", handle: getRelationshipRequest, userOnly: true},
		{method: "HEAD", path: "domains/{domain}", handle: checkDomain},
		{method: "POST", path: "validations/address", handle: validateAddress},
	}
}

func partnerRoutes() []route {
	return []route{
		{method: "GET", path: "agreements", handle: listAgreementTemplates, userOnly: true},
		{method: "GET", path: "relationships", handle: listRelationships, userOnly: true},
		{method: "POST", path: "partners/validateresellers", handle: validateResellers},
		{method: "POST", path: "attestations/enhanced", handle: attest},
		{method: "GET", path: "profiles/mpn", handle: getMPNProfile, userOnly: true},
		{method: "GET", path: "profiles/organization", handle: getOrganizationProfile, userOnly: true},
		{method: "GET", path: "profiles/billing", handle: getPartnerBillingProfile, userOnly: true},
		{method: "GET", path: "compliance/csp/agreementstatus", handle: getAgreementStatus, userOnly: true},
		{method: "GET", path: "invoices", handle: listInvoices},
		{method: "GET", path: "invoices/summary", handle: getInvoiceSummary},
		{method: "GET", path: "invoices/{invoice}", handle: getInvoice, userOnly: true},
		{method: "GET", path: "invoices/{invoice}/lineitems", handle: listInvoiceLines},
		{method: "GET", path: "invoices/{invoice}/lineitems/{provider}/{kind}", handle: listInvoiceLines},
		{method: "GET", path: "auditrecords", handle: listAudit},
	}
}
