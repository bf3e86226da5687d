// SPDX-License-Identifier: MPL-2.0

package emulator

import "time"

// Invoice is a month's bill (customers reference, Invoices).
type Invoice struct {
	ID, Currency, DocumentType, Type, Status string
	Date, Start, End                         time.Time
	Total, Paid                              money
	Lines                                    []InvoiceLine
}

// InvoiceLine is one charge of new commerce.
type InvoiceLine struct {
	CustomerID, SubscriptionID, OrderID, Charge string
	Quantity                                    int
	Unit, Effective, Subtotal, Tax              money
	ChargeStart, ChargeEnd                      time.Time
}

func sampleInvoices(*Server, time.Time) []Invoice { return nil }
