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
