// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// Index is what a newcomer needs: addresses, credentials, the virtual time, ids of the tenant, and the control routes.
func (s *Server) Index() map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	return map[string]any{
		"url": s.URL, "tlsUrl": s.TLSURL, "now": s.world.Now(),
		"tenantId": s.world.Tenant.Partner.TenantID, "clientId": ClientID, "clientSecret": ClientSecret,
		"tenant": tenantIndex(s.world.Tenant), "control": ControlRoutes(),
	}
}

// TenantID is the id of the partner tenant, in which clients sign in.
func (s *Server) TenantID() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.world.Tenant.Partner.TenantID
}

// Purchases lists every subscription ever bought through the API, oldest first: the proof of "exactly one".
func (s *Server) Purchases() []world.Purchase {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]world.Purchase{}, s.world.Tenant.Bought...)
}

// Drift changes properties of a subscription behind the API, as a person in the portal would: quantity, friendlyName,
// autoRenewEnabled, status, partnerId, suspensionReasons, scheduledActions ([] or one of Cancel and
// RenewToExtendedServiceTerm by actionType), or any other member, which then stays on the subscription as one nobody
// documented. "purged": true makes it 404.
func (s *Server) Drift(customerID, subscriptionID string, changes map[string]any) error {
	drift, err := readDrift(changes)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.world.Drift(customerID, subscriptionID, drift)
}

// Activate is the publisher finishing the set-up of a subscription.
func (s *Server) Activate(customerID, subscriptionID string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.world.PublisherActivates(customerID, subscriptionID)
}

// Accept is a customer that accepts the Microsoft Customer Agreement: in the admin center now, for the zero time, or through the partner
// on a day in the past. Earlier acceptances are forgotten.
func (s *Server) Accept(customerID string, on time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.world.Accepts(customerID, on)
}

// AcceptAttestation is the person at a customer who accepts what the page of an attestation shows.
func (s *Server) AcceptAttestation(id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.world.AcceptAttestation(id)
}

// OfferMargin is a publisher granting a margin through a private offer.
func (s *Server) OfferMargin(margin world.Margin) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p := s.world.Tenant.Product(margin.ProductID); p == nil || margin.SkuID != "" && p.SKU(margin.SkuID) == nil {
		return fmt.Errorf("there is no product %s, or no SKU %s of it", margin.ProductID, margin.SkuID)
	}
	s.world.Tenant.Margins = append(s.world.Tenant.Margins, margin)
	return nil
}

// RequireSeats makes a term of three years of a SKU take so many seats at least.
func (s *Server) RequireSeats(productID, skuID string, least int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, k := s.world.Tenant.SKU(productID + ":" + skuID)
	if k == nil {
		return fmt.Errorf("there is no SKU %s of product %s", skuID, productID)
	}
	k.LeastForYears = least
	return nil
}

// SuspendReseller ends or restores the right of a reseller to stand on purchases and changes.
func (s *Server) SuspendReseller(mpnID string, suspended bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	reseller := s.world.Tenant.Reseller(mpnID)
	if reseller == nil {
		return fmt.Errorf("there is no reseller %s", mpnID)
	}
	reseller.Suspended = suspended
	return nil
}

// Refuse is the publisher refusing what is pending on a subscription.
func (s *Server) Refuse(customerID, subscriptionID string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.world.PublisherRefuses(customerID, subscriptionID)
}

// RotateAvailabilities re-issues every availability id and returns how many there are.
func (s *Server) RotateAvailabilities() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.world.RotateAvailabilities()
}

// CompleteOrder is Microsoft finishing the review of an order: its subscriptions appear.
func (s *Server) CompleteOrder(customerID, orderID string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.world.CompleteOrder(customerID, orderID)
}

// UnfinishedOrders are the IDs of a customer's orders that have not come to their end.
func (s *Server) UnfinishedOrders(customerID string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.world.UnfinishedOrders(customerID)
}

// FinishOrders lets all orders come to their end, those under review among them.
func (s *Server) FinishOrders() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.world.FinishOrders()
}

// RejectOrder is Microsoft refusing an order under review: it fails, and its subscriptions never appear.
func (s *Server) RejectOrder(customerID, orderID string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.world.RejectOrder(customerID, orderID)
}

// OrderCourse makes new orders of one customer take a course of their own instead of the knob's; "" goes back to that.
func (s *Server) OrderCourse(customerID string, course world.OrderOutcome) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.world.OrderCourse(customerID, course)
}

// BackfillExtendedTerms is what Microsoft did in 2026: subscriptions without auto-renew and without an explicit
// cancellation get an extended service term scheduled. It returns how many.
func (s *Server) BackfillExtendedTerms() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.world.BackfillExtendedTerms()
}

// CatalogItemID is what a cart line needs today to buy a SKU for a customer, "" for an unknown one.
func (s *Server) CatalogItemID(customerID, productID, skuID string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.world.CatalogItemID(customerID, productID, skuID)
}

// Subscription is a subscription as a read answers it, without being a read: nothing is counted and nothing goes on by it.
// ok is false for one that does not exist.
func (s *Server) Subscription(customerID, subscriptionID string) (members map[string]any, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, sub, err := s.world.Look(customerID, subscriptionID)
	if err != nil {
		return nil, false
	}
	r := &call{world: s.world, behaviour: &s.behaviour}
	text, err := json.Marshal(r.renderSubscription(c, sub, s.world.Now()))
	if err == nil {
		err = json.Unmarshal(text, &members)
	}
	return members, err == nil
}

// Clock is the server's virtual clock.
func (s *Server) Clock() *world.Clock { return s.clock }

// Advance moves the virtual time forward by d.
func (s *Server) Advance(d time.Duration) { s.clock.Advance(d) }

// SetTime moves the virtual time to t, which may lie in the past.
func (s *Server) SetTime(t time.Time) { s.clock.Set(t) }
