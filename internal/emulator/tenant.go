// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"regexp"
	"strings"
	"time"
)

// Tenant is the state of the partner tenant. Everything in it survives encoding/json, which snapshots use.
type Tenant struct {
	Partner     Partner
	Resellers   []Reseller
	Customers   []*Customer
	Products    []*Product
	Promotions  []Promotion
	Audit       []AuditRecord
	Invoices    []Invoice
	Bought      []Purchase
	Generation  int       // of availability ids; see rotateAvailabilities
	RotatedAt   time.Time // of the last generation
	AuditSerial int
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
	ListReads                                int          // list requests so far, by which lists catch up
	OrderCourse                              OrderOutcome // of new orders, instead of the knob's
	Created                                  time.Time
}

func (c *Customer) currency() string { return currencyOf(c.Country) }

func (c *Customer) agreed() bool { return c.DirectSigned || len(c.Agreements) > 0 }

func (c *Customer) path() string { return "/customers/" + c.ID }

func newTenant(s *Server) *Tenant {
	return &Tenant{Partner: samplePartner(), RotatedAt: s.now()}
}

// EmptyTenant starts with a partner that has no customers.
func EmptyTenant() Option { return func(s *Server) { s.build = newTenant } }

// SampleTenant starts with an indirect provider's real day: customers, resellers, products and subscriptions.
func SampleTenant() Option { return func(s *Server) { s.build = sampleTenant } }

// DirectBill makes the partner a direct-bill partner, which has no indirect resellers; give it after the tenant's option.
func DirectBill() Option {
	return func(s *Server) {
		build := s.build
		s.build = func(s *Server) *Tenant {
			t := build(s)
			t.Partner.DirectBill, t.Resellers = true, nil
			return t
		}
	}
}

func (t *Tenant) customer(id string) *Customer {
	for _, c := range t.Customers {
		if strings.EqualFold(c.ID, id) {
			return c
		}
	}
	return nil
}

func (c *Customer) subscription(id string) *Subscription {
	for _, sub := range c.Subscriptions {
		if strings.EqualFold(sub.ID, id) {
			return sub
		}
	}
	return nil
}

func (c *Customer) order(id string) *Order {
	for _, o := range c.Orders {
		if o.ID == id {
			return o
		}
	}
	return nil
}

var guidForm = regexp.MustCompile(`(?i)^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// forCustomer finds the customer of the path, lets time pass for it and calls h.
func forCustomer(h func(s *Server, c *Customer, r *http.Request) (int, any)) handler {
	return func(s *Server, r *http.Request) (int, any) {
		id := r.PathValue("customer")
		if !guidForm.MatchString(id) {
			return http.StatusBadRequest, fault(900118, "The customer ID %s is invalid.", id)
		}
		c := s.tenant.customer(id)
		if c == nil {
			return http.StatusNotFound, fault(60003, "Tenant %s was not found.", id)
		}
		if c.Relationship != "reseller" {
			return http.StatusForbidden, fault(s.behaviour.NoRelationshipCode, "The partner has no commerce relationship with customer %s.", id)
		}
		s.settle(c)
		return h(s, c, r)
	}
}

// forSubscription finds the subscription of the path, as far as it can be seen already, and calls h.
func forSubscription(h func(s *Server, c *Customer, sub *Subscription, r *http.Request) (int, any)) handler {
	return forCustomer(func(s *Server, c *Customer, r *http.Request) (int, any) {
		sub := c.subscription(r.PathValue("subscription"))
		if sub == nil || !s.readable(c, sub) {
			return http.StatusNotFound, fault(20003, "Subscription %s was not found.", r.PathValue("subscription"))
		}
		return h(s, c, sub, r)
	})
}

// settle brings the customer's subscriptions, and the catalogue, to the present of the virtual clock.
func (s *Server) settle(c *Customer) {
	now := s.now()
	s.rotateByTime(now)
	for i := 0; i < len(c.Subscriptions); i++ {
		s.live(c, c.Subscriptions[i], now)
	}
}
