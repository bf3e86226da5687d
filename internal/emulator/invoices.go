// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

func listInvoices(r *call) (int, any) {
	filter, refusal := readFilter(r)
	if refusal != nil {
		return refuse(refusal)
	}
	var modern, legacy []object
	for _, invoice := range r.world.Tenant.Invoices {
		matches, ok := matchesDate(filter, invoice.Date)
		if !ok {
			return http.StatusBadRequest, fault(800002, "The filter is not supported: invoices are filtered by InvoiceDate.")
		}
		switch {
		case matches && len(invoice.Legacy) > 0:
			legacy = append(legacy, renderInvoice(invoice))
		case matches:
			modern = append(modern, renderInvoice(invoice))
		}
	}
	return r.listInvoicePages(modern, legacy)
}

// matchesDate evaluates a filter on InvoiceDate, two of which may be combined.
func matchesDate(f *filterRequest, date time.Time) (matches, ok bool) {
	if f == nil {
		return true, true
	}
	if world.OneOf(f.Operator, "and", "or") {
		if f.LeftFilter == nil || f.RightFilter == nil {
			return false, false
		}
		left, okLeft := matchesDate(f.LeftFilter, date)
		right, okRight := matchesDate(f.RightFilter, date)
		return left && right || strings.EqualFold(f.Operator, "or") && (left || right), okLeft && okRight
	}
	text, _ := f.Value.(string)
	value, isDate := parseStamp(text)
	if !isDate || !strings.EqualFold(f.Field, "InvoiceDate") {
		return false, false
	}
	order := world.Midnight(date).Compare(world.Midnight(value))
	switch strings.ToLower(f.Operator) {
	case "equals":
		return order == 0, true
	case "not_equals":
		return order != 0, true
	case "greater_than":
		return order > 0, true
	case "greater_than_or_equals":
		return order >= 0, true
	case "less_than":
		return order < 0, true
	case "less_than_or_equals":
		return order <= 0, true
	}
	return false, false
}

func renderInvoice(i world.Invoice) object {
	kind, provider, name := "OneTime", "one_time", "OneTime"
	if len(i.Legacy) > 0 {
		kind, provider, name = "Recurring", "office", "Office"
	}
	return object{
		"id": i.ID, "invoiceDate": stamp(i.Date), "billingPeriodStartDate": stamp(i.Start), "billingPeriodEndDate": stamp(i.End),
		"totalCharges": i.Total, "paidAmount": i.Paid, "currencyCode": i.Currency, "currencySymbol": world.Symbol(i.Currency),
		"invoiceDetails": []object{{"invoiceLineItemType": "billing_line_items", "billingProvider": provider,
			"links":      object{"self": link("/invoices/" + kind + "-" + i.ID + "/lineitems/" + name + "/BillingLineItems")},
			"attributes": objectType("InvoiceDetail")}},
		"documentType": "invoice", "invoiceType": kind, "status": "active",
		"links": object{"self": link("/invoices/" + kind + "-" + i.ID)}, "attributes": objectType("Invoice"),
	}
}

func getInvoice(r *call) (int, any) {
	invoice := r.world.Tenant.Invoice(r.PathValue("invoice"))
	if invoice == nil {
		return http.StatusNotFound, fault(1000, "Invoice %s was not found.", r.PathValue("invoice"))
	}
	answer := renderInvoice(*invoice)
	answer["pdfDownloadLink"] = "/invoices/" + invoice.ID + "/documents/statement"
	return http.StatusOK, answer
}

func getInvoiceSummary(r *call) (int, any) {
	answer := object{"currencyCode": r.world.Tenant.Partner.Currency, "currencySymbol": world.Symbol(r.world.Tenant.Partner.Currency), "attributes": objectType("InvoiceSummary")}
	var balance world.Money
	for _, invoice := range r.world.Tenant.Invoices {
		if invoice.Currency == r.world.Tenant.Partner.Currency {
			balance += invoice.Total + invoice.Paid
			answer["latestInvoiceDate"] = stamp(invoice.Date)
		}
	}
	answer["balanceAmount"], answer["accountingDate"] = balance, stamp(world.Midnight(r.world.Now()))
	return http.StatusOK, answer
}

// listInvoiceLines answers the query form and the path form of the same question.
func listInvoiceLines(r *call) (int, any) {
	provider, kind := cmp.Or(r.PathValue("provider"), parameter(r, "provider")), cmp.Or(r.PathValue("kind"), parameter(r, "invoicelineitemtype"))
	currency := strings.ToUpper(parameter(r, "currencycode"))
	switch {
	case !world.OneOf(provider, "onetime", "office", "azure", "marketplace", "all"):
		return http.StatusBadRequest, fault(900126, "The value %q of provider could not be parsed.", provider)
	case !world.OneOf(kind, "billinglineitems", "usagelineitems"):
		return http.StatusBadRequest, fault(900126, "The value %q of invoicelineitemtype could not be parsed.", kind)
	}
	var lines []world.InvoiceLine
	number := ""
	if strings.EqualFold(r.PathValue("invoice"), "unbilled") {
		if currency == "" || !world.OneOf(parameter(r, "period"), "current", "previous") {
			return http.StatusBadRequest, fault(3000, "The property currencycode or period is invalid: it is required for unbilled items.")
		}
		previous := strings.EqualFold(parameter(r, "period"), "previous")
		if answer := r.retired(provider, r.world.UnbilledMonth(previous), unbilledEnd(kind)); answer != nil {
			return r.behaviour.RetiredLineItems, answer
		}
		lines = r.world.Unbilled(currency, previous)
	} else {
		invoice := r.world.Tenant.Invoice(r.PathValue("invoice"))
		if invoice == nil {
			return http.StatusNotFound, fault(1000, "Invoice %s was not found.", r.PathValue("invoice"))
		}
		if len(invoice.Legacy) > 0 && world.OneOf(provider, "office", "all") && strings.EqualFold(kind, "billinglineitems") {
			return r.legacyLinePage(invoice.Legacy, invoice.Currency)
		}
		if answer := r.retired(provider, invoice.Start, billedEnd); len(invoice.Legacy) == 0 && answer != nil {
			return r.behaviour.RetiredLineItems, answer
		}
		lines, number, currency = invoice.Lines, invoice.ID, invoice.Currency
	}
	if !world.OneOf(provider, "onetime", "all") || !strings.EqualFold(kind, "billinglineitems") {
		lines = nil // usage has no part in the sample
	}
	return r.invoiceLinePage(lines, number, currency)
}

func (r *call) invoiceLinePage(lines []world.InvoiceLine, number, currency string) (int, any) {
	size, err := strconv.Atoi(cmp.Or(parameter(r, "size"), strconv.Itoa(invoicePage)))
	if err != nil || size < 1 || size > invoicePage {
		return http.StatusBadRequest, fault(3000, "The property size is invalid.")
	}
	size = r.lineItemsPage(size)
	start := 0
	if token := r.Header.Get("MS-ContinuationToken"); token != "" {
		data, err := base64.StdEncoding.DecodeString(token)
		if err == nil {
			start, err = strconv.Atoi(string(data))
		}
		if err != nil || start < 0 {
			return http.StatusBadRequest, fault(800002, "The continuation token is invalid.")
		}
	} else if strings.EqualFold(parameter(r, "seekOperation"), "Next") {
		return http.StatusBadRequest, fault(800002, "The request input is invalid: MS-ContinuationToken is missing.")
	}
	start = min(start, len(lines))
	end := min(start+size, len(lines))
	items := []object{}
	for _, line := range lines[start:end] {
		items = append(items, r.renderInvoiceLine(line, number, currency))
	}
	page := collection(r, items)
	if end < len(lines) {
		token := base64.StdEncoding.EncodeToString([]byte(strconv.Itoa(end)))
		uri := selfURI(r)
		if !strings.Contains(strings.ToLower(uri), "seekoperation=") {
			uri += map[bool]string{true: "&", false: "?"}[strings.Contains(uri, "?")] + "seekOperation=Next"
		}
		continued(page, uri, token)
	}
	return http.StatusOK, page
}

// renderInvoiceLine writes numbers as texts, as newer answers do, unless the knob says otherwise.
func (r *call) renderInvoiceLine(l world.InvoiceLine, number, currency string) object {
	amount := func(m world.Money) any {
		if r.behaviour.InvoiceNumbersAreNumbers {
			return m
		}
		return m.String()
	}
	var quantity any = strconv.Itoa(l.Quantity)
	if r.behaviour.InvoiceNumbersAreNumbers {
		quantity = l.Quantity
	}
	answer := object{
		"partnerId": r.world.Tenant.Partner.TenantID, "mpnId": r.world.Tenant.Partner.MPNID, "resellerMpnId": cmp.Or(l.Reseller, "0"),
		"customerId": l.CustomerID, "customerName": l.CustomerName, "customerDomainName": l.CustomerDomain, "customerCountry": l.Country,
		"invoiceNumber": number, "orderId": l.OrderID, "orderDate": stamp(l.Ordered),
		"productId": l.ProductID, "skuId": l.SkuID, "availabilityId": l.AvailabilityID, "productName": l.ProductName, "skuName": l.ProductName,
		"productQualifiers": []string{}, "publisherName": l.Publisher, "subscriptionId": l.SubscriptionID, "subscriptionDescription": l.Nickname,
		"subscriptionStartDate": stamp(l.TermStart), "subscriptionEndDate": stamp(l.TermEnd), "termAndBillingCycle": l.Term, "billingFrequency": l.Frequency,
		"chargeType": l.Charge, "chargeStartDate": stamp(l.ChargeStart), "chargeEndDate": stamp(l.ChargeEnd),
		"unitPrice": amount(l.Unit), "effectiveUnitPrice": amount(l.Effective), "quantity": quantity, "billableQuantity": quantity,
		"subtotal": amount(l.Subtotal), "taxTotal": amount(0), "totalForCustomer": amount(l.Subtotal), "currency": currency,
		"pricingCurrency": currency, "invoiceLineItemType": "billing_line_items", "billingProvider": "one_time",
		"attributes": objectType("OneTimeInvoiceLineItem"),
	}
	if l.Adjustment != "" { // such lines of the sample also have the prefix that some customer ids have
		answer["priceAdjustmentDescription"], answer["customerId"] = l.Adjustment, "org:"+l.CustomerID
	}
	return answer
}

// retired is what an older list says about charges that the export has; nil where it still has them itself.
func (r *call) retired(provider string, month, end time.Time) any {
	status := r.behaviour.RetiredLineItems
	switch {
	case status == 0 || month.Before(end) || !world.OneOf(provider, "onetime", "all"):
		return nil
	case status == http.StatusOK:
		return collection(r, []object{})
	}
	return fault(900126, "%s", retiredLinesFault)
}
