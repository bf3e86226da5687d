// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"
)

// ChargesRead says what EachInvoiceLineItem has read.
type ChargesRead struct {
	// Lines is how many line items there were.
	Lines int
	// Invoice is the one that was asked for, where the list of invoices has it.
	Invoice *Invoice
}

// Partner Center's own lists of new-commerce charges end with these billing periods; Microsoft Graph has all that comes later.
// See reference/customers-and-billing.md#end-of-the-v1-line-items.
var (
	billedExportedSince   = time.Date(2025, time.April, 1, 0, 0, 0, 0, time.UTC)
	unbilledExportedSince = time.Date(2026, time.March, 1, 0, 0, 0, 0, time.UTC)
)

// EachInvoiceLineItem hands on the charges of an invoice, or the unbilled ones, one at a time: new commerce's from Microsoft Graph since it
// has them, legacy and older ones from Partner Center itself. That there are none does not say that nothing was charged.
func (c *Client) EachInvoiceLineItem(ctx context.Context, query InvoiceLineItemsQuery, each func(*InvoiceLineItem) error) (ChargesRead, error) {
	var read ChargesRead
	exported, err := c.isExported(ctx, query, &read)
	if err != nil {
		return read, err
	}
	counting := func(item *InvoiceLineItem) error {
		read.Lines++
		return each(item)
	}
	if exported {
		return read, c.exports.lines(ctx, c, query.export(), func(line []byte) error { return query.exported(line, counting) })
	}
	all, err := c.InvoiceLineItems(ctx, query)
	for i := range all {
		if err := counting(&all[i]); err != nil {
			return read, err
		}
	}
	return read, err
}

// isExported decides which service is asked, by what is charged and when.
func (c *Client) isExported(ctx context.Context, q InvoiceLineItemsQuery, read *ChargesRead) (bool, error) {
	switch strings.ToLower(q.Provider) {
	case "", "onetime", "all":
	default:
		return false, nil
	}
	if q.InvoiceID == "" {
		now := c.ServiceTime()
		month := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC)
		if strings.EqualFold(q.Period, "previous") {
			month = month.AddDate(0, -1, 0)
		}
		return !month.Before(map[bool]time.Time{true: billedExportedSince, false: unbilledExportedSince}[q.ofUsage()]), nil
	}
	invoices, err := c.Invoices(ctx)
	if err != nil {
		return false, err
	}
	for i := range invoices {
		if found := &invoices[i]; strings.EqualFold(found.ID, q.number()) {
			read.Invoice = found
			return !sameEnum(found.InvoiceType, "Recurring") && !found.BillingPeriodEndDate.Before(billedExportedSince), nil
		}
	}
	return false, nil // Partner Center says what is wrong with the number
}

// number is that of the invoice, without the kind that links put before it.
func (q InvoiceLineItemsQuery) number() string {
	if kind, number, found := strings.Cut(q.InvoiceID, "-"); found && (strings.EqualFold(kind, "OneTime") || strings.EqualFold(kind, "Recurring")) {
		return number
	}
	return q.InvoiceID
}

func (q InvoiceLineItemsQuery) ofUsage() bool {
	return sameEnum(q.InvoiceLineItemType, "usagelineitems")
}

// export spells the period as Graph does.
func (q InvoiceLineItemsQuery) export() exportRequest {
	request := exportRequest{usage: q.ofUsage(), invoiceID: q.number(), currency: q.CurrencyCode, billingPeriod: "current"}
	if strings.EqualFold(q.Period, "previous") {
		request.billingPeriod = "last"
	}
	return request
}

// exported reads one line of an export; its names are in PascalCase, and it does not say what kind of line it is.
func (q InvoiceLineItemsQuery) exported(line []byte, each func(*InvoiceLineItem) error) error {
	var item InvoiceLineItem
	if err := decode(line, &item); err != nil {
		return &Error{Operation: operationExport, Err: fmt.Errorf("%w: %w", errNotExpected, err)}
	}
	item.BillingProvider = cmp.Or(item.BillingProvider, "one_time")
	kind := "billing_line_items"
	if q.ofUsage() {
		kind = "usage_line_items"
	}
	item.InvoiceLineItemType = cmp.Or(item.InvoiceLineItemType, kind)
	if item.InvoiceNumber == "" {
		item.InvoiceNumber = q.number()
	}
	return each(&item)
}
