// SPDX-License-Identifier: MPL-2.0

package world

import (
	"strings"
	"time"
)

// Tenant is the state of the partner tenant. Everything in it survives encoding/json, which snapshots use.
type Tenant struct {
	Partner      Partner
	Resellers    []Reseller
	Customers    []*Customer
	Products     []*Product
	Promotions   []Promotion
	Margins      []Margin
	Attestations []Attestation
	Audit        []AuditRecord
	Invoices     []Invoice
	Bought       []Purchase
	Generation   int       // of availability ids; see rotateAvailabilities
	RotatedAt    time.Time // of the last generation
	AuditSerial  int
}

// Partner is the company whose application calls: an indirect provider, or a direct-bill partner.
type Partner struct {
	TenantID, Name, MPNID, Country, Currency string
	DirectBill                               bool
}

// Customer is a customer tenant with everything it has bought.
type Customer struct {
	ID, CommerceID, Domain, Name             string
	Country, State, City, Street, PostalCode string
	FirstName, LastName, Email, Phone        string
	Culture, Language, RegistrationNumber    string
	ProfileID                                string
	ProfileVersion                           int64
	Relationship                             string   // reseller, or none for a former customer
	Validation                               string   // account validation status, empty for none on record
	Segments                                 []string // qualified for, besides commercial
	Resellers                                []string // tenant ids of the indirect resellers
	DirectSigned                             bool     // accepted the agreement in the admin center
	Agreements                               []Agreement
	Carts                                    []*Cart
	Orders                                   []*Order
	Subscriptions                            []*Subscription
	Seats                                    []Seats
	ListReads                                int          // list requests so far, by which lists catch up
	OrderCourse                              OrderOutcome // of new orders, instead of the knob's
	Created                                  time.Time
}

// Currency is that of the customer's market.
func (c *Customer) Currency() string { return CurrencyOf(c.Country) }

// HasAgreed reports whether the Microsoft Customer Agreement is accepted, however long ago.
func (c *Customer) HasAgreed() bool { return c.DirectSigned || len(c.Agreements) > 0 }

// Agreement is a confirmed acceptance (reference/customers-and-billing.md#customer-agreement).
type Agreement struct {
	FirstName, LastName, Email, Phone, TemplateID, Type string
	Agreed                                              time.Time
}

// Customer finds a customer as it is, without letting time pass for it.
func (t *Tenant) Customer(id string) *Customer {
	for _, c := range t.Customers {
		if strings.EqualFold(c.ID, id) {
			return c
		}
	}
	return nil
}

// Subscription finds a subscription, also one that cannot be read yet.
func (c *Customer) Subscription(id string) *Subscription {
	for _, sub := range c.Subscriptions {
		if strings.EqualFold(sub.ID, id) {
			return sub
		}
	}
	return nil
}

// Order finds an order by its exact ID.
func (c *Customer) Order(id string) *Order {
	for _, o := range c.Orders {
		if o.ID == id {
			return o
		}
	}
	return nil
}

// Reseller is another partner: an indirect reseller of this provider, or one it has nothing to do with.
type Reseller struct {
	TenantID, Name, MPNID, Country string
	Related, AgreementSigned       bool
	Suspended                      bool // by Microsoft, and not active any more
	ProgramEnded                   bool // no member of the reseller program any more
}

// Reseller finds another partner.
func (t *Tenant) Reseller(mpnID string) *Reseller {
	for i := range t.Resellers {
		if t.Resellers[i].MPNID == mpnID {
			return &t.Resellers[i]
		}
	}
	return nil
}

// Seats is what a customer's tenant knows of a product of Microsoft beside the partner's own subscriptions.
type Seats struct {
	SKU       string // product:sku
	Assigned  int    // to users
	Elsewhere int    // bought from others
}

// Promotion is a discount on one term of a new-commerce product (reference/commerce.md#promotions).
type Promotion struct {
	ID, Name, Description, ProductID, SkuID, Duration, Cycle string
	Percent, MaxSeats                                        int
	Start, End                                               time.Time
	NewToProduct                                             bool // not for customers that own the product already
}

// Attestation asks a person at a customer to accept the agreement (reference/customers-and-billing.md#enhanced-attestation).
type Attestation struct {
	ID, FirstName, LastName, Email string
	Accepted                       time.Time // zero until that person has
}

// AuditRecord says who changed what (reference/customers-and-billing.md#audit-records).
type AuditRecord struct {
	ID, CustomerID, CustomerName, User, Application string
	ResourceType, OperationType, Status             string
	Old, New                                        string // JSON text with PascalCase names
	CorrelationID                                   string
	At                                              time.Time
	Data                                            []string // keys and values in turn
}

// Invoice is a month's bill (reference/customers-and-billing.md#invoices).
type Invoice struct {
	ID, Currency     string
	Date, Start, End time.Time
	Total, Paid      Money
	Lines            []InvoiceLine
	Legacy           []LegacyLine // of an invoice that bills nothing else
}
