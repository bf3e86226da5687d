// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Invoice is a month's bill (customers reference, Invoices).
type Invoice struct {
	ID, Currency     string
	Date, Start, End time.Time
	Total, Paid      money
	Lines            []InvoiceLine
	Legacy           []LegacyLine // of an invoice that bills nothing else
}

// InvoiceLine is one charge of new commerce, marketplace included.
type InvoiceLine struct {
	CustomerID, CustomerName, CustomerDomain, Country        string
	SubscriptionID, Nickname, OrderID, Charge                string
	ProductID, SkuID, AvailabilityID, ProductName, Publisher string
	Reseller, Frequency, Term, Adjustment                    string
	Quantity                                                 int
	Unit, Effective, Subtotal                                money
	Ordered, ChargeStart, ChargeEnd, TermStart, TermEnd      time.Time
}

func listInvoices(s *Server, r *http.Request) (int, any) {
	filter, status, body := readFilter(r)
	if status != 0 {
		return status, body
	}
	var modern, legacy []object
	for _, invoice := range s.tenant.Invoices {
		matches, ok := matchesDate(filter, invoice.Date)
		if !ok {
			return http.StatusBadRequest, fault(800002, "The filter is not supported: invoices are filtered by InvoiceDate.")
		}
		switch {
		case matches && len(invoice.Legacy) > 0:
			legacy = append(legacy, invoice.render())
		case matches:
			modern = append(modern, invoice.render())
		}
	}
	return s.listInvoicePages(r, modern, legacy)
}

// matchesDate evaluates a filter on InvoiceDate, two of which may be combined.
func matchesDate(f *filterRequest, date time.Time) (matches, ok bool) {
	if f == nil {
		return true, true
	}
	if oneOf(f.Operator, "and", "or") {
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
	order := midnight(date).Compare(midnight(value))
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

func (i Invoice) render() object {
	kind, provider, name := "OneTime", "one_time", "OneTime"
	if len(i.Legacy) > 0 {
		kind, provider, name = "Recurring", "office", "Office"
	}
	return object{
		"id": i.ID, "invoiceDate": stamp(i.Date), "billingPeriodStartDate": stamp(i.Start), "billingPeriodEndDate": stamp(i.End),
		"totalCharges": i.Total, "paidAmount": i.Paid, "currencyCode": i.Currency, "currencySymbol": symbols[i.Currency],
		"invoiceDetails": []object{{"invoiceLineItemType": "billing_line_items", "billingProvider": provider,
			"links":      object{"self": link("/invoices/" + kind + "-" + i.ID + "/lineitems/" + name + "/BillingLineItems")},
			"attributes": objectType("InvoiceDetail")}},
		"documentType": "invoice", "invoiceType": kind, "status": "active",
		"links": object{"self": link("/invoices/" + kind + "-" + i.ID)}, "attributes": objectType("Invoice"),
	}
}

// invoice accepts both forms of an id.
func (t *Tenant) invoice(id string) *Invoice {
	if kind, number, found := strings.Cut(id, "-"); found && oneOf(kind, "OneTime", "Recurring") {
		id = number
	}
	for n := range t.Invoices {
		if strings.EqualFold(t.Invoices[n].ID, id) {
			return &t.Invoices[n]
		}
	}
	return nil
}

func getInvoice(s *Server, r *http.Request) (int, any) {
	invoice := s.tenant.invoice(r.PathValue("invoice"))
	if invoice == nil {
		return http.StatusNotFound, fault(1000, "Invoice %s was not found.", r.PathValue("invoice"))
	}
	answer := invoice.render()
	answer["pdfDownloadLink"] = "/invoices/" + invoice.ID + "/documents/statement"
	return http.StatusOK, answer
}

func getInvoiceSummary(s *Server, _ *http.Request) (int, any) {
	answer := object{"currencyCode": s.tenant.Partner.Currency, "currencySymbol": symbols[s.tenant.Partner.Currency], "attributes": objectType("InvoiceSummary")}
	var balance money
	for _, invoice := range s.tenant.Invoices {
		if invoice.Currency == s.tenant.Partner.Currency {
			balance += invoice.Total + invoice.Paid
			answer["latestInvoiceDate"] = stamp(invoice.Date)
		}
	}
	answer["balanceAmount"], answer["accountingDate"] = balance, stamp(midnight(s.now()))
	return http.StatusOK, answer
}

// invoicePage is the greatest and the default page of line items.
const invoicePage = 2000

// listInvoiceLines answers the query form and the path form of the same question.
func listInvoiceLines(s *Server, r *http.Request) (int, any) {
	provider, kind := cmp.Or(r.PathValue("provider"), query(r, "provider")), cmp.Or(r.PathValue("kind"), query(r, "invoicelineitemtype"))
	currency := strings.ToUpper(query(r, "currencycode"))
	switch {
	case !oneOf(provider, "onetime", "office", "azure", "marketplace", "all"):
		return http.StatusBadRequest, fault(900126, "The value %q of provider could not be parsed.", provider)
	case !oneOf(kind, "billinglineitems", "usagelineitems"):
		return http.StatusBadRequest, fault(900126, "The value %q of invoicelineitemtype could not be parsed.", kind)
	}
	var lines []InvoiceLine
	number := ""
	if strings.EqualFold(r.PathValue("invoice"), "unbilled") {
		if currency == "" || !oneOf(query(r, "period"), "current", "previous") {
			return http.StatusBadRequest, fault(3000, "The property currencycode or period is invalid: it is required for unbilled items.")
		}
		lines = s.unbilled(currency, strings.EqualFold(query(r, "period"), "previous"))
	} else {
		invoice := s.tenant.invoice(r.PathValue("invoice"))
		if invoice == nil {
			return http.StatusNotFound, fault(1000, "Invoice %s was not found.", r.PathValue("invoice"))
		}
		if len(invoice.Legacy) > 0 && oneOf(provider, "office", "all") && strings.EqualFold(kind, "billinglineitems") {
			return s.legacyLinePage(r, invoice.Legacy, invoice.Currency)
		}
		lines, number, currency = invoice.Lines, invoice.ID, invoice.Currency
	}
	if !oneOf(provider, "onetime", "all") || !strings.EqualFold(kind, "billinglineitems") {
		lines = nil // usage has no part in the sample
	}
	return s.invoiceLinePage(r, lines, number, currency)
}

func (s *Server) invoiceLinePage(r *http.Request, lines []InvoiceLine, number, currency string) (int, any) {
	size, err := strconv.Atoi(cmp.Or(query(r, "size"), strconv.Itoa(invoicePage)))
	if err != nil || size < 1 || size > invoicePage {
		return http.StatusBadRequest, fault(3000, "The property size is invalid.")
	}
	size = s.lineItemsPage(size)
	start := 0
	if token := r.Header.Get("MS-ContinuationToken"); token != "" {
		data, err := base64.StdEncoding.DecodeString(token)
		if err == nil {
			start, err = strconv.Atoi(string(data))
		}
		if err != nil || start < 0 {
			return http.StatusBadRequest, fault(800002, "The continuation token is invalid.")
		}
	} else if strings.EqualFold(query(r, "seekOperation"), "Next") {
		return http.StatusBadRequest, fault(800002, "The request input is invalid: MS-ContinuationToken is missing.")
	}
	start = min(start, len(lines))
	end := min(start+size, len(lines))
	items := []object{}
	for _, line := range lines[start:end] {
		items = append(items, s.renderInvoiceLine(line, number, currency))
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
func (s *Server) renderInvoiceLine(l InvoiceLine, number, currency string) object {
	amount := func(m money) any {
		if s.behaviour.InvoiceNumbersAreNumbers {
			return m
		}
		return m.String()
	}
	var quantity any = strconv.Itoa(l.Quantity)
	if s.behaviour.InvoiceNumbersAreNumbers {
		quantity = l.Quantity
	}
	answer := object{
		"partnerId": s.tenant.Partner.TenantID, "mpnId": s.tenant.Partner.MPNID, "resellerMpnId": cmp.Or(l.Reseller, "0"),
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
