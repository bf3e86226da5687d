// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Purchase is a subscription that a checkout or an order has ever bought, also after it ended.
type Purchase struct {
	CustomerID     string `json:"customerId"`
	SubscriptionID string `json:"subscriptionId"`
	OrderID        string `json:"orderId"`
	CartID         string `json:"cartId,omitempty"`
	OfferID        string `json:"offerId"`
	Quantity       int    `json:"quantity"`
}

var errNoSubscription = errors.New("no such subscription")

// PortalUser is whom audit records name for changes made by Drift.
const PortalUser = "petra.portal@ostwind-distribution.example"

// The functions below run under the lock; control.go exports them to Go and HTTP.

func (s *Server) find(customerID, subscriptionID string) (*Customer, *Subscription, error) {
	c := s.tenant.customer(customerID)
	if c == nil {
		return nil, nil, fmt.Errorf("no such customer: %s", customerID)
	}
	s.settle(c)
	sub := c.subscription(subscriptionID)
	if sub == nil {
		return nil, nil, errNoSubscription
	}
	return c, sub, nil
}

// drift changes a subscription behind the API: quantity, friendlyName, autoRenewEnabled, status, partnerId,
// suspensionReasons, scheduledActions ([] or one of Cancel and RenewToExtendedServiceTerm by actionType), or any other
// member, which then stays on the subscription as one nobody documented. "purged": true makes it 404.
func (s *Server) drift(customerID, subscriptionID string, changes map[string]json.RawMessage) error {
	c, sub, err := s.find(customerID, subscriptionID)
	if err != nil {
		return err
	}
	before := sub.clone()
	for _, name := range slices.Sorted(maps.Keys(changes)) {
		if err := s.driftOne(c, sub, name, changes[name]); err != nil {
			return fmt.Errorf("change of %s: %w", name, err)
		}
	}
	sub.Version++
	was, is := auditValues(&before, sub)
	s.record(c, auditEntry{resource: "subscription", operation: "update_subscription", old: was, new: is}, PortalUser, "Partner Center Web App", s.newID())
	return nil
}

func (s *Server) driftOne(c *Customer, sub *Subscription, name string, value json.RawMessage) error {
	switch strings.ToLower(name) {
	case "quantity":
		s.dropSchedule(sub) // as with every immediate change
		return json.Unmarshal(value, &sub.Quantity)
	case "friendlyname":
		return json.Unmarshal(value, &sub.FriendlyName)
	case "autorenewenabled":
		before := sub.AutoRenew
		if err := json.Unmarshal(value, &sub.AutoRenew); err != nil || sub.AutoRenew || !before {
			return err
		}
		s.dropSchedule(sub) // and this is one of those
		return nil
	case "partnerid":
		return json.Unmarshal(value, &sub.PartnerID)
	case "suspensionreasons":
		return json.Unmarshal(value, &sub.SuspensionReasons)
	case "status":
		return s.driftStatus(sub, value)
	case "scheduledactions":
		actions, ok := parseActions(value)
		if !ok {
			return errors.New("not a list of scheduled actions")
		}
		sub.Actions = actions
		return nil
	case "purged":
		c.Subscriptions = slices.DeleteFunc(c.Subscriptions, func(other *Subscription) bool { return other == sub })
		return nil
	}
	if slices.Contains(subscriptionMembers, strings.ToLower(name)) {
		return errors.New("cannot be changed from outside")
	}
	sub.Extra = maps.Clone(sub.Extra)
	if sub.Extra == nil {
		sub.Extra = map[string]json.RawMessage{}
	}
	sub.Extra[name] = value
	return nil
}

func (s *Server) driftStatus(sub *Subscription, value json.RawMessage) error {
	var status string
	if err := json.Unmarshal(value, &status); err != nil {
		return err
	}
	switch status {
	case statusDeleted, statusExpired, statusDisabled:
		s.end(sub, status, s.now())
	case statusSuspended:
		s.dropSchedule(sub)
		sub.Status, sub.AutoRenew, sub.SuspensionReasons = statusSuspended, false, []string{"MicrosoftAction"}
	case statusActive:
		sub.Status, sub.SuspensionReasons, sub.Ended = statusActive, nil, time.Time{}
	default:
		return fmt.Errorf("there is no status %q", status)
	}
	return nil
}

// publisherActivates is the publisher finishing the set-up of a purchased subscription.
func (s *Server) publisherActivates(customerID, subscriptionID string) error {
	_, sub, err := s.find(customerID, subscriptionID)
	switch {
	case err != nil:
		return err
	case !sub.Unactivated:
		return errors.New("the subscription does not wait for its publisher")
	}
	s.activate(sub)
	return nil
}

// publisherRefuses makes the publisher refuse the subscription: an unactivated one is cancelled, of another one the
// pending change of quantity, and every later one, is dropped.
func (s *Server) publisherRefuses(customerID, subscriptionID string) error {
	_, sub, err := s.find(customerID, subscriptionID)
	if err != nil {
		return err
	}
	if sub.Unactivated {
		s.end(sub, statusDeleted, s.now())
		return nil
	}
	sub.Pending, sub.RefusedByPublisher = nil, true
	return nil
}

// CompleteOrder is Microsoft finishing the review of an order: its subscriptions appear.
func (s *Server) CompleteOrder(customerID, orderID string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.tenant.customer(customerID)
	if c == nil || c.order(orderID) == nil {
		return errors.New("no such order")
	}
	order := c.order(orderID)
	order.Status, order.FinalStatus, order.HiddenReads, order.HiddenUntil = "completed", "completed", 0, time.Time{}
	return nil
}

// RejectOrder is Microsoft refusing an order under review: it fails, and its subscriptions never appear.
func (s *Server) RejectOrder(customerID, orderID string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.tenant.customer(customerID)
	if c == nil || c.order(orderID) == nil {
		return errors.New("no such order")
	}
	order := c.order(orderID)
	if order.revealed(s.now()) {
		return errors.New("the order does not wait for anybody")
	}
	order.Status, order.FinalStatus = string(OrderPOReviewRejected), string(OrderPOReviewRejected)
	for _, line := range order.Lines {
		line.SubscriptionID = ""
	}
	c.Subscriptions = slices.DeleteFunc(c.Subscriptions, func(sub *Subscription) bool { return sub.OrderID == orderID })
	s.tenant.Bought = slices.DeleteFunc(s.tenant.Bought, func(p Purchase) bool { return p.OrderID == orderID })
	return nil
}

// OrderCourse makes new orders of one customer take a course of their own instead of the knob's; "" goes back to that.
func (s *Server) OrderCourse(customerID string, course OrderOutcome) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.tenant.customer(customerID)
	if c == nil {
		return errors.New("no such customer")
	}
	c.OrderCourse = course
	return nil
}

// BackfillExtendedTerms is what Microsoft did in 2026: subscriptions without auto-renew and without an explicit
// cancellation get an extended service term scheduled. It returns how many.
func (s *Server) BackfillExtendedTerms() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, c := range s.tenant.Customers {
		s.settle(c)
		for _, sub := range c.Subscriptions {
			if sub.Status == statusActive && !sub.AutoRenew && len(sub.Actions) == 0 && s.extends(sub) {
				sub.Actions = []ScheduledAction{{ScheduleType: scheduleAtEnd, ActionType: actionExtend}}
				n++
			}
		}
	}
	return n
}

// Subscription is a subscription as a read answers it, without being a read: nothing is counted and nothing goes on by it.
// ok is false for one that does not exist.
func (s *Server) Subscription(customerID, subscriptionID string) (members map[string]any, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, sub, err := s.find(customerID, subscriptionID)
	if err != nil {
		return nil, false
	}
	text, err := json.Marshal(s.renderSubscription(c, sub))
	if err == nil {
		err = json.Unmarshal(text, &members)
	}
	return members, err == nil
}

// CatalogItemID is what a cart line needs today to buy a SKU for a customer, "" for an unknown one.
func (s *Server) CatalogItemID(customerID, productID, skuID string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.tenant.customer(customerID)
	p, k := s.tenant.skuOf(productID + ":" + skuID)
	if c == nil || k == nil {
		return ""
	}
	s.rotateByTime(s.now())
	return s.tenant.current(p, k, c.Country).id()
}

// index lists the ids of the tenant for people who look around: kind to entries.
func (s *Server) index() map[string]any {
	customers, products, resellers, subscriptions := []object{}, []object{}, []object{}, []object{}
	for _, c := range s.tenant.Customers {
		customers = append(customers, object{"id": c.ID, "name": c.Name, "country": c.Country, "note": c.note()})
		for _, sub := range c.Subscriptions {
			subscriptions = append(subscriptions, object{"customerId": c.ID, "id": sub.ID, "name": sub.FriendlyName, "offer": sub.OfferName,
				"status": sub.Status, "quantity": sub.Quantity})
		}
	}
	for _, p := range s.tenant.Products {
		for _, k := range p.SKUs {
			products = append(products, object{"id": p.ID, "skuId": k.ID, "name": item{Product: p, SKU: k}.offerName(), "publisher": p.Publisher})
		}
	}
	for _, reseller := range s.tenant.Resellers {
		resellers = append(resellers, object{"id": reseller.TenantID, "mpnId": reseller.MPNID, "name": reseller.Name})
	}
	return map[string]any{"customers": customers, "products": products, "resellers": resellers, "subscriptions": subscriptions}
}

// note says what is special about a customer.
func (c *Customer) note() string {
	switch {
	case c.Relationship != "reseller":
		return "former customer: 403"
	case !c.agreed():
		return "has not accepted the Microsoft Customer Agreement"
	case c.Validation == "UnderReview":
		return "account under review"
	case len(c.Segments) > 0:
		return "qualified for " + strings.Join(c.Segments, ", ")
	}
	return ""
}
