// SPDX-License-Identifier: MPL-2.0

package world

import (
	"strings"
	"time"
)

// InvoiceLine is one charge of new commerce, marketplace included.
type InvoiceLine struct {
	CustomerID, CustomerName, CustomerDomain, Country        string
	SubscriptionID, Nickname, OrderID, Charge                string
	ProductID, SkuID, AvailabilityID, ProductName, Publisher string
	Reseller, Frequency, Term, Adjustment                    string
	Quantity                                                 int
	Unit, Effective, Subtotal                                Money
	Ordered, ChargeStart, ChargeEnd, TermStart, TermEnd      time.Time
}

// LegacyLine is one charge of a legacy subscription (reference/customers-and-billing.md#invoice-line-items).
type LegacyLine struct {
	CustomerID, CustomerName, Domain, SubscriptionID, Nickname string
	OrderID, OfferID, OfferName, Charge                        string
	Quantity                                                   int
	Unit, Amount                                               Money
	Start, End                                                 time.Time
}

// Invoice accepts both forms of an id.
func (t *Tenant) Invoice(id string) *Invoice {
	if kind, number, found := strings.Cut(id, "-"); found && OneOf(kind, "OneTime", "Recurring") {
		id = number
	}
	for n := range t.Invoices {
		if strings.EqualFold(t.Invoices[n].ID, id) {
			return &t.Invoices[n]
		}
	}
	return nil
}
