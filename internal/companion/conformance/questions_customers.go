// SPDX-License-Identifier: MPL-2.0

package conformance

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/conformance/shape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/conformance/verdict"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

var customerQuestions = subject{verdict.Read, "reference/customers-and-billing.md#get-a-customer", "internal/partnercenter/customers.go", "internal/emulator/customers.go", []Question{
	{ID: "customers.slim", Fact: "The list of customers holds no billing profiles.", Cites: "reference/customers-and-billing.md#list-customers", Confidence: "D", ask: of((*run).customers, anything, "billingProfile", shape.IsMissing)},
	{ID: "customers.name", Fact: "The list of customers holds name and domain.", Cites: "reference/customers-and-billing.md#list-customers", Confidence: "D", ask: of((*run).customers, anything, "companyProfile", shape.Having(map[string]shape.Check{"companyName": shape.IsText, "domain": shape.IsText}))},
	{ID: "customers.relationship", Fact: "relationshipToPartner is reseller, or another of its words.", Confidence: "D", ask: of((*run).customers, anything, "relationshipToPartner", shape.OneOf("none", "reseller", "advisor", "syndication", "microsoft_support", "unknown"))},
	{ID: "customer.tenant", Fact: "The ID of a customer is that of its tenant.", Confidence: "D", Money: true, ask: func(ctx context.Context, r *run) answer {
		return answered(r.get(ctx, ofCustomer(r.chosen(ctx), "")), "companyProfile.tenantId", shape.OneOf(r.chosen(ctx)))
	}},
	{ID: "customer.country", Fact: "The country of a customer is in its billing address.", Cites: "reference/commerce.md#customers", Confidence: "D", Money: true, Code: "internal/commerce/catalog/offer.go", ask: readingOfCustomer("", "billingProfile.defaultAddress.country", shape.Matches(`^[A-Z]{2}$`))},
	{ID: "customer.commerce-id", Fact: "A customer has an account of its own in commerce.", Confidence: "D", ask: readingOfCustomer("", "commerceId", shape.Matches(shape.GUID))},
	{ID: "customer.profile-etag", Fact: "A billing profile has an etag.", Cites: "reference/customers-and-billing.md#billing-profile", Confidence: "D", Emulator: "internal/emulator/customers.go (StaleProfileStatus)", ask: readingOfCustomer("/profiles/billing", "attributes.etag", shape.IsText)},
	{ID: "customer.qualifications", Fact: "The qualifications of a customer are a bare list.", Cites: "reference/customers-and-billing.md#qualifications", Confidence: "D", ask: readingOfCustomer("/qualifications", shape.Itself, shape.IsList)},
	{ID: "customer.validation", Fact: "The state of a customer's account is one of five words.", Cites: "reference/customers-and-billing.md#account-validation-status", Confidence: "D", Money: true, Code: "internal/partnercenter/validation.go",
		ask: forUsers(readingOfCustomer("/validationStatus", "status", shape.OneOf("Allowed", "UnderReview", "NotAllowed", "Unknown", "Not Ready"), "type", "account"))},
	{ID: "customer.agreements", Fact: "The agreements of a customer are a list, each with the day of its acceptance.", Cites: "reference/customers-and-billing.md#customer-agreement", Confidence: "S D", Money: true, Code: "internal/partnercenter/agreements.go",
		Emulator: "internal/emulator/agreements.go (OldAgreementsCount)", ask: forUsers(readingOfCustomer("/agreements", "items", shape.ListOf(shape.Having(map[string]shape.Check{"dateAgreed": shape.IsMoment})), "agreementType", "MicrosoftCustomerAgreement"))},
	{ID: "customer.direct-signed", Fact: "isSigned says whether the customer has accepted by shape.Itself.", Cites: "reference/customers-and-billing.md#reading-the-customer-agreement", Confidence: "D", Money: true, Code: "internal/partnercenter/agreements.go",
		Emulator: "internal/emulator/agreements.go", ask: forUsers(readingOfCustomer("/directSignedMicrosoftCustomerAgreementStatus", "isSigned", shape.IsBool))},
	{ID: "customer.seats", Fact: "Seats of the customer's tenant are listed by product, bought and assigned.", Cites: "reference/customers-and-billing.md#users-and-licenses", Confidence: "S D", Code: "internal/partnercenter/subscribed_skus.go", Emulator: "internal/emulator/seats.go",
		ask: forUsers(readingOfCustomer("/subscribedskus", "items", shape.ListOf(shape.Having(map[string]shape.Check{"consumedUnits": shape.IsWhole, "activeUnits": shape.IsWhole, "productSku.id": shape.IsText}))))},
	{ID: "customer.domain-taken", Fact: "HEAD of a domain in use is 200.", Cites: "reference/customers-and-billing.md#create-a-customer", Confidence: "S D", ask: func(ctx context.Context, r *run) answer {
		for _, c := range r.customers(ctx) {
			return refused(head(ctx, r, shape.Text(c, "companyProfile.domain")), "200")
		}
		return open("there is no customer")
	}},
	{ID: "customer.domain-free", Fact: "HEAD of a free domain is 404.", Cites: "reference/customers-and-billing.md#create-a-customer", Confidence: "S D", ask: func(ctx context.Context, r *run) answer {
		return refused(head(ctx, r, "nobody-uses-this-00000000.onmicrosoft.com"), "404")
	}},
}}

func head(ctx context.Context, r *run, domain string) *exchange {
	return r.send(ctx, partnercenter.Request{Method: http.MethodHead, Path: "/v1/domains/" + url.PathEscape(domain)})
}

var partnerQuestions = subject{verdict.Read, "reference/customers-and-billing.md#list-relationships", "internal/partnercenter/resellers.go", "internal/emulator/relationships.go", []Question{
	{ID: "partner.relationships", Fact: "The resellers of a provider are listed with their PartnerIDs, as texts.", Confidence: "S D", Money: true, ask: forUsers(func(ctx context.Context, r *run) answer {
		return every(resellersOf(ctx, r), "mpnId", shape.Matches(`^\d+$`))
	})},
	{ID: "partner.relationship-type", Fact: "The type of a relationship is asked for in PascalCase and answered with underscores.", Cites: "reference/commerce.md#partner-checks", Confidence: "D",
		ask: forUsers(func(ctx context.Context, r *run) answer {
			return every(resellersOf(ctx, r), "relationshipType", shape.OneOf("is_indirect_cloud_solution_provider_of"))
		})},
	{ID: "partner.mpn", Fact: "The partner's own PartnerID is a text of digits.", Cites: "reference/customers-and-billing.md#partner-profile-by-mpn-id", Confidence: "S D", Emulator: "internal/emulator/directory.go", ask: forUsers(reading("/v1/profiles/mpn", "mpnId", shape.Matches(`^\d+$`)))},
	{ID: "partner.mpn-unknown", Fact: "A PartnerID that does not exist is 404 3000.", Cites: "reference/customers-and-billing.md#partner-profile-by-mpn-id", Confidence: "S D", ask: forUsers(func(ctx context.Context, r *run) answer {
		return refused(r.get(ctx, "/v1/profiles/mpn", "mpnId", unknownPartner), "404 3000")
	})},
	{ID: "partner.agreement-missing", Fact: "Asking for a reseller's agreement without an ID is 400 2001.", Cites: "reference/customers-and-billing.md#reseller-agreement-status", Confidence: "S D", Code: "internal/partnercenter/remedies_calls.go",
		ask: forUsers(func(ctx context.Context, r *run) answer {
			return refused(r.get(ctx, "/v1/compliance/csp/agreementstatus"), "400 2001")
		})},
	{ID: "partner.validation", Fact: "A PartnerID that may not stand on a purchase is no error of the call: 200 with isValidPartnerIdOnRecord false.", Cites: "reference/customers-and-billing.md#reseller-validation", Confidence: "D26", Money: true,
		Emulator: "internal/emulator/relationships.go (NoResellerValidation)", ask: validating("validationResults", shape.ListOf(shape.Having(map[string]shape.Check{"isValidPartnerIdOnRecord": func(v any) string { return shape.WrongUnless(v == false, v) }})))},
	{ID: "partner.validation-code", Fact: "The answer to an invalid PartnerID has a number as errorCode.", Cites: "reference/customers-and-billing.md#reseller-validation", Confidence: "D26c", Code: "internal/partnercenter/remedies_calls.go",
		ask: validating("validationResults", shape.ListOf(shape.Having(map[string]shape.Check{"errorCode": shape.IsWhole})))},
	{ID: "partner.organization", Fact: "The partner's country is in its organization profile.", Cites: "reference/customers-and-billing.md#partner-profiles", Confidence: "S D", Code: "internal/companion/doctor/asking.go", Emulator: "internal/emulator/customers.go",
		ask: forUsers(reading("/v1/profiles/organization", "defaultAddress.country", shape.Matches(`^[A-Z]{2}$`)))},
	{ID: "partner.currency", Fact: "The partner's currency is in its billing profile.", Cites: "reference/customers-and-billing.md#partner-profiles", Confidence: "S D", Code: "internal/companion/doctor/asking.go", Emulator: "internal/emulator/customers.go",
		ask: forUsers(reading("/v1/profiles/billing", "billingCurrency", shape.Matches(`^[A-Z]{3}$`)))},
	{ID: "partner.invitation", Fact: "Production has a link that invites customers; the sandbox refuses to give one.", Cites: "reference/customers-and-billing.md#relationship-request", Confidence: "S W D", Money: true, Code: "internal/companion/conformance/refuse.go",
		Emulator: "internal/emulator/relationships.go (Sandbox)", ask: forUsers(func(ctx context.Context, r *run) answer {
			x := r.get(ctx, "/v1/customers/relationshiprequests")
			if x.ok() {
				return answered(x, "url", shape.Matches(`^https://`))
			}
			return refused(x, "400 900127", "403 900127", "400 900141", "400 800042")
		})},
	{ID: "partner.mfa-reports", Fact: "A report for each application says how many calls had multifactor authentication.", Cites: "reference/commerce.md#mfa-reports", Confidence: "D", Code: "internal/partnercenter/mfa.go", Emulator: "internal/emulator/tokens.go",
		ask: forUsers(reading("/v1/applicationmfaadoptionstatus", shape.Itself, shape.IsList))},
	{ID: "partner.margins", Fact: "The margins of private offers are read with pageSize, totalSize and results.", Cites: "reference/commerce.md#margins-of-private-offers", Confidence: "D26", Money: true, Code: "internal/commerce/purchase/compare.go", Emulator: "internal/emulator/world/pricing.go",
		ask: reading("/v1/margins", "results", shape.IsList)},
}}

func resellersOf(ctx context.Context, r *run) []any {
	return shape.List(r.get(ctx, "/v1/relationships", "relationship_type", "IsIndirectCloudSolutionProviderOf").doc(), "items")
}

func validating(path string, s shape.Check) ask {
	return func(ctx context.Context, r *run) answer {
		return answered(r.post(ctx, "/v1/partners/validateresellers", map[string]any{"partnerIds": []string{unknownPartner}}, nil), path, s)
	}
}

var billingQuestions = subject{verdict.Read, "reference/customers-and-billing.md#invoices", "internal/partnercenter/invoices.go", "internal/emulator/invoices.go", []Question{
	{ID: "invoices.list", Fact: "An application lists invoices.", Confidence: "S D", ask: reading("/v1/invoices", shape.Itself, collection, "size", "200", "offset", "0")},
	{ID: "invoices.id", Fact: "The ID of an invoice begins with a letter that tells its kind.", Confidence: "S D", ask: of((*run).invoices, anything, "id", shape.Matches(`^[A-Z]\w+$`))},
	{ID: "invoices.amounts", Fact: "The total of an invoice is a number, with its currency.", Confidence: "S D", Money: true, ask: of((*run).invoices, anything, shape.Itself, shape.Having(map[string]shape.Check{"totalCharges": shape.IsAmount, "currencyCode": shape.Matches(`^[A-Z]{3}$`)}))},
	{ID: "invoices.period", Fact: "An invoice says which period it is about.", Confidence: "S D", ask: of((*run).invoices, anything, shape.Itself, shape.Having(map[string]shape.Check{"billingPeriodStartDate": shape.IsMoment, "billingPeriodEndDate": shape.IsMoment}))},
	{ID: "invoices.details", Fact: "An invoice leads to its lines by invoiceDetails.", Confidence: "S D", ask: of((*run).invoices, anything, "invoiceDetails", shape.IsList)},
	{ID: "invoices.type", Fact: "invoiceType is Recurring or OneTime.", Confidence: "S D", ask: of((*run).invoices, anything, "invoiceType", shape.OneOf("Recurring", "OneTime"))},
	{ID: "invoices.document", Fact: "documentType is invoice, void_note, adjustment_note or none.", Confidence: "S D", Money: true, ask: of((*run).invoices, anything, "documentType", shape.OneOf("invoice", "void_note", "adjustment_note", "none"))},
	{ID: "invoices.by-id", Fact: "One invoice is for users only.", Confidence: "S D", ask: func(ctx context.Context, r *run) answer {
		all := r.invoices(ctx)
		if len(all) == 0 {
			return open("there is no invoice")
		}
		x := r.get(ctx, "/v1/invoices/"+url.PathEscape(shape.Text(all[0], "id")))
		if r.isUser(ctx) {
			return answered(x, "id", shape.Matches("(?i)"+shape.Text(all[0], "id")))
		}
		return refused(x, "403 900329")
	}},
	{ID: "invoices.summary", Fact: "The summary has balance and currency.", Cites: "reference/customers-and-billing.md#invoice-summary-pdf-estimates", Confidence: "S D", ask: reading("/v1/invoices/summary", shape.Itself, shape.Having(map[string]shape.Check{"balanceAmount": shape.IsAmount, "currencyCode": shape.IsText}))},
	{ID: "lines.members", Fact: "A line of an invoice names customer, product, SKU and subscription.", Cites: "reference/customers-and-billing.md#invoice-line-items", Confidence: "S D", Code: "internal/partnercenter/invoice_line_items.go",
		ask: of((*run).billed, anything, shape.Itself, shape.Having(map[string]shape.Check{"customerId": shape.IsText, "productId": shape.IsText, "skuId": shape.IsText}))},
	{ID: "lines.amounts", Fact: "Amounts of lines are numbers or texts.", Cites: "reference/customers-and-billing.md#invoice-line-items", Confidence: "D", Money: true, Code: "internal/partnercenter/invoice_line_items.go", Emulator: "internal/emulator/invoices.go (InvoiceNumbersAreNumbers)",
		ask: of((*run).billed, anything, shape.Itself, shape.Having(map[string]shape.Check{"unitPrice": shape.IsAmount, "subtotal": shape.IsAmount, "quantity": shape.IsAmount}))},
	{ID: "lines.charge-type", Fact: "What a line is charged for is one of eleven words, in any case.", Cites: "reference/customers-and-billing.md#invoice-line-items", Confidence: "S D", Money: true, Code: "internal/partnercenter/invoice_line_items.go",
		ask: of((*run).billed, anything, "chargeType", shape.OneOf("new", "renew", "cycleCharge", "addQuantity", "removeQuantity", "moveQuantity", "cancelImmediate", "cancel", "convert", "changeBillingPlan", "customerCredit", "extendTerm"))},
	{ID: "lines.ended", Fact: "Lines of new commerce are not answered any more for April 2025 or later.", Cites: "reference/customers-and-billing.md#end-of-the-v1-line-items", Confidence: "D26", Code: "internal/partnercenter/invoice_line_items.go", ask: func(_ context.Context, r *run) answer {
		return endOfLines(r)
	}},
}}

// endOfLines looks at what was answered about lines already.
func endOfLines(r *run) answer {
	for _, x := range r.asked {
		if strings.Contains(x.path, "/lineitems") && !x.ok() {
			return yes(said(x))
		}
	}
	return open("whether a line is of that time is for a person to say: some may be answered for a while")
}

var auditQuestions = subject{verdict.Read, "reference/customers-and-billing.md#audit-records", "internal/partnercenter/audit.go", "internal/emulator/audit.go", []Question{
	{ID: "audit.list", Fact: "An application lists audit records by day.", Confidence: "S W D", ask: func(ctx context.Context, r *run) answer {
		return answered(auditOf(ctx, r, 29), shape.Itself, collection)
	}},
	{ID: "audit.members", Fact: "A record says what was done to what, when and how it ended.", Confidence: "S W D", ask: of((*run).audits, anything, shape.Itself, shape.Having(map[string]shape.Check{"operationType": shape.IsText, "resourceType": shape.IsText, "operationDate": shape.IsMoment, "operationStatus": shape.IsText}))},
	{ID: "audit.status", Fact: "operationStatus is succeeded, failed, progress or decline.", Confidence: "S W", ask: of((*run).audits, anything, "operationStatus", shape.OneOf("succeeded", "failed", "progress", "decline"))},
	{ID: "audit.type", Fact: "operationType is lower case with underscores.", Confidence: "S D", ask: of((*run).audits, anything, "operationType", shape.Matches(`^[a-z_]+$`))},
	{ID: "audit.who", Fact: "A record names who did it: a user, or an application.", Confidence: "D", Code: "internal/framework/audit.go", ask: of((*run).audits, anything, shape.Itself, func(v any) string {
		return shape.WrongUnless(shape.Text(v, "userPrincipalName") != "" || shape.Text(v, "applicationId") != "", v)
	})},
	{ID: "audit.correlation", Fact: "originalCorrelationId is the MS-CorrelationId of the request that did it.", Confidence: "S D", Money: true, Code: "internal/commerce/purchase/recover.go", ask: ifPresent((*run).audits, anything, "originalCorrelationId", shape.Matches(shape.GUID))},
	{ID: "audit.value", Fact: "resourceNewValue is a text of JSON.", Confidence: "S D", Code: "internal/framework/audit.go", ask: ifPresent((*run).audits, anything, "resourceNewValue", shape.Matches(`(?s)^\s*[\[{"]|^$`))},
	{ID: "audit.newest-first", Fact: "Records come newest first.", Confidence: "I", ask: func(ctx context.Context, r *run) answer {
		records := r.audits(ctx)
		for i := 1; i < len(records); i++ {
			one, _ := shape.Date(records[i-1], "operationDate")
			if other, ok := shape.Date(records[i], "operationDate"); ok && other.After(one) {
				return no("an older one comes before")
			}
		}
		return every(records, "operationDate", shape.IsMoment)
	}},
	{ID: "audit.ninety-days", Fact: "More than 90 days back is 400.", Confidence: "D", ask: func(ctx context.Context, r *run) answer {
		x := auditOf(ctx, r, 120)
		if x.err == nil && x.status == http.StatusBadRequest {
			return yes(said(x))
		}
		return unexpected(x)
	}},
	{ID: "audit.by-customer", Fact: "Records are found by the ID of a customer.", Confidence: "S W D", Code: "internal/framework/audit.go", ask: func(ctx context.Context, r *run) answer {
		for _, one := range r.audits(ctx) {
			if id := shape.Text(one, "customerId"); id != "" {
				x := r.get(ctx, "/v1/auditrecords", "startDate", r.daysAgo(29), "endDate", r.daysAgo(0), "filter", filter("CustomerId", id, "equals"))
				return every(shape.List(x.doc(), "items"), "customerId", shape.OneOf(id))
			}
		}
		return open("there is no record of a customer")
	}},
}}
