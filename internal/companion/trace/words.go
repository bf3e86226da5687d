// SPDX-License-Identifier: MPL-2.0

package trace

// routeWords are the segments that paths of the API are made of.
var routeWords = []string{
	"", "v1", "customers", "products", "skus", "availabilities", "extensions", "product", "checkInventory", "productpromotions", "promotionEligibilities",
	"carts", "checkout", "orders", "lineitems", "activationlinks", "provisioningstatus", "subscriptions", "customTermEndDates", "addons", "activate",
	"transitioneligibilities", "transitions", "upgrades", "conversions", "supportcontact", "registrations", "registrationstatus", "overage", "profiles", "billing",
	"company", "organization", "mpn", "qualifications", "validationStatus", "agreements", "directSignedMicrosoftCustomerAgreementStatus", "subscribedskus",
	"relationships", "relationshiprequests", "domains", "partners", "validateresellers", "attestations", "enhanced", "compliance", "csp", "agreementstatus",
	"invoices", "summary", "summaries", "OneTime", "BillingLineItems", "UsageLineItems", "unbilled", "estimates", "links", "auditrecords", "margins",
	"applicationmfaadoptionstatus", "partnerRequests", "offers", "webhooks", "registration", "events", "documents", "statement",
}

// apiMembers are members and parameters whose values are words of the API, numbers of its own or dates, and of nobody's.
var apiMembers = []string{
	"status", "billingcycle", "termduration", "unittype", "objecttype", "method", "billingtype", "contracttype", "transactiontype", "type", "scheduletype", "actiontype",
	"relationshiptopartner", "relationshiptype", "state", "vettingstatus", "qualification", "invoicetype", "documenttype", "billingprovider", "invoicelineitemtype",
	"chargetype", "billingfrequency", "operationtype", "operationstatus", "resourcetype", "segment", "duration", "expiresafter", "policytype", "transitiontype",
	"renewaltermduration", "code", "errorcode", "statuscode", "errorname", "allowedcustomtermenddatetype", "agreementtype", "currencycode", "currency", "country",
	"culture", "language", "supportedbillingcycles", "purchaseprerequisites", "provisioningvariables", "actions", "suspensionreasons", "profiletype", "key",
	"targetview", "targetsegment", "country", "size", "offset", "seekoperation", "include_price", "relationship_type", "eligibilitytype", "term_duration", "provider",
	"period", "currencycode", "startdate", "enddate", "capabilitystatus", "pricingcurrency", "billingcurrency", "location", "field", "operator",
}

// amountWords are parts of the names of members that hold money.
var amountWords = []string{"price", "total", "amount", "charges", "balance", "subtotal", "cost", "tax"}

// families are what products are of, in the members named, and the one header that links have.
var (
	families = []string{"Azure", "OnlineServicesNCE", "OnlineServices", "Software", "SaaS", "VirtualMachines", "MS-ContinuationToken", "EnforceAttestation"}
	named    = []string{"id", "displayname", "key"}
)
