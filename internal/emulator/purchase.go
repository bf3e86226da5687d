// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"
)

// buy is the only place where money is spent: it makes the order of a group of lines and its subscriptions.
func (s *Server) buy(c *Customer, cartID string, lines []*Line, r *http.Request) *Order {
	now := s.now()
	order := s.newOrder(c, "UserPurchase", lines[0].Cycle, now)
	order.ThroughAPI, order.BoughtAtListRead = true, c.ListReads
	s.setCourse(order, cmp.Or(c.OrderCourse, s.behaviour.OrderOutcome), now)
	for _, line := range lines {
		s.buyLine(c, order, line, "", cartID)
	}
	s.auditOrder(c, order, r)
	return order
}

// newOrder appends an order; marketplace orders get the long token as id, which buyLine decides by product.
func (s *Server) newOrder(c *Customer, transaction, cycle string, at time.Time) *Order {
	order := &Order{ID: s.orderID(), Cycle: cycle, Currency: c.currency(), Transaction: transaction,
		Created: at, Status: "completed", FinalStatus: "completed"}
	order.AlternateID = order.ID
	c.Orders = append(c.Orders, order)
	return order
}

// orderID is a new id of twelve hexadecimal digits.
func (s *Server) orderID() string { return strings.ReplaceAll(s.newID(), "-", "")[:12] }

var farFuture = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// setCourse decides when the order's subscription ids are shown and how its status goes on.
func (s *Server) setCourse(order *Order, course OrderOutcome, now time.Time) {
	order.HiddenReads = s.behaviour.SubscriptionIDAfterReads
	order.HiddenUntil = now.Add(s.behaviour.SubscriptionIDAfter)
	order.Status, order.FinalStatus = statusPending, "completed"
	switch course {
	case OrderCompleted:
		order.Status = "completed"
	case OrderPending, OrderUnknown:
		order.Status, order.FinalStatus = string(course), string(course)
	case OrderPendingReview, OrderPendingPOUpload, OrderPOUploadComplete, OrderSuspended:
		order.Status, order.FinalStatus, order.HiddenUntil = string(course), string(course), farFuture
	case OrderError, OrderCancelled, OrderPOReviewRejected, OrderPartialSuccess:
		order.FinalStatus = string(course)
	}
}

// provisions reports whether the order brings a subscription for a line.
func (o *Order) provisions(line int) bool {
	switch OrderOutcome(o.FinalStatus) {
	case OrderError, OrderCancelled, OrderPOReviewRejected:
		return false
	case OrderPartialSuccess:
		return line == 0
	}
	return true
}

func (s *Server) buyLine(c *Customer, order *Order, line *Line, parentID, cartID string) {
	found, _ := s.tenant.findItem(line.CatalogItemID, c.Country)
	if found.Product.Family == familySaaS && order.AlternateID == order.ID {
		order.ID = strings.ReplaceAll(s.newID(), "-", "_")[:33]
	}
	ordered := &OrderLine{
		Number: len(order.Lines), OfferID: line.CatalogItemID, ParentID: parentID, FriendlyName: line.FriendlyName,
		Duration: line.Duration, RenewsTo: line.RenewsTo, Transaction: "New", PromotionID: line.PromotionID,
		Quantity: line.Quantity, Reseller: line.Reseller, AdditionalResellers: line.AdditionalResellers,
		Context: line.Context, CustomTermEnd: line.CustomTermEnd, Attested: line.Attested,
		Pricing: s.priceOf(c, found, line.Duration, line.Cycle, line.Quantity, line.PromotionID),
	}
	order.Lines = append(order.Lines, ordered)
	if !order.provisions(ordered.Number) {
		return // nothing is provisioned, nothing is owed
	}
	sub := s.newSubscription(c, found, line, order)
	sub.Line, sub.ParentID = ordered.Number, parentID
	ordered.SubscriptionID = sub.ID
	s.tenant.Bought = append(s.tenant.Bought, Purchase{CustomerID: c.ID, SubscriptionID: sub.ID, OrderID: order.ID,
		CartID: cartID, OfferID: sub.OfferID, Quantity: sub.Quantity})
	for _, addon := range line.Addons {
		s.buyLine(c, order, addon, sub.ID, cartID)
	}
}

// newSubscription provisions a line of an order as of now.
func (s *Server) newSubscription(c *Customer, found item, line *Line, order *Order) *Subscription {
	now := s.now()
	sub := &Subscription{
		ID: s.newID(), OrderID: order.ID, Family: found.Product.Family, ProductID: found.Product.ID, SkuID: found.SKU.ID,
		OfferID: line.CatalogItemID, OfferName: found.offerName(), FriendlyName: line.FriendlyName,
		Publisher: found.Product.Publisher, Quantity: line.Quantity, Status: statusActive, AutoRenew: !found.SKU.NotRenewable,
		Trial: found.SKU.Trial, BillingCycle: line.Cycle, TermDuration: line.Duration, RenewsTo: line.RenewsTo,
		PartnerID: line.Reseller, Created: now, Purchased: now, TermStart: now, BilledUntil: now,
		NotReady: s.behaviour.NotReadyUpdates, MissingReads: s.behaviour.NewSubscriptionMissingReads,
		BoughtAtListRead: c.ListReads, ThroughAPI: true,
	}
	if promotion, problems := s.promotionFor(c, line.PromotionID, found, line.Quantity, line.Duration, line.Cycle); promotion != nil && len(problems) == 0 {
		sub.PromotionID = promotion.ID
	}
	s.startTerm(sub, line.CustomTermEnd)
	if found.SKU.TrialOf != "" {
		p, k := s.tenant.skuOf(found.SKU.TrialOf)
		paid, first := s.tenant.current(p, k, c.Country), k.Terms[0]
		sub.Instructions = &Instructions{Quantity: sub.Quantity, Product: InstructionProduct{ProductID: p.ID, SkuID: k.ID,
			AvailabilityID: paid.Availability, BillingCycle: strings.ToLower(first.Cycle), TermDuration: first.Duration}}
	}
	c.Subscriptions = append(c.Subscriptions, sub)
	return sub
}

// startTerm sets dates and windows of a purchase; a marketplace term begins when the publisher activates.
func (s *Server) startTerm(sub *Subscription, customEnd time.Time) {
	switch sub.Family {
	case familySaaS:
		sub.Unactivated = true
		if !s.behaviour.SaaSWindowFromActivation {
			sub.CancelUntil = sub.Purchased.Add(s.behaviour.SaaSWindow)
			sub.Batches = []Batch{{Quantity: sub.Quantity, Until: sub.CancelUntil}}
		}
	case familyNCE:
		sub.TermEnd = addMonths(midnight(sub.TermStart), termMonths(sub.TermDuration))
		if !customEnd.IsZero() {
			sub.TermEnd, sub.CustomTermEnd = midnight(customEnd).AddDate(0, 0, 1), customEnd
		}
		if sub.Trial {
			return // a trial is converted or runs out; it is not cancelled
		}
		until := sub.Purchased.Add(s.behaviour.NCEWindow)
		sub.CancelUntil = midnight(until)
		sub.Batches = []Batch{{Quantity: sub.Quantity, Until: until}}
	case familyLegacy, familySoftware, familyAzure: // no window through the subscription
	}
}

// revealed reports whether the order shows its subscription ids.
func (o *Order) revealed(now time.Time) bool { return o.HiddenReads <= 0 && !now.Before(o.HiddenUntil) }

// lagging reports whether lists still hide something bought when the customer had seen so many list requests.
func (s *Server) lagging(c *Customer, bought time.Time, throughAPI bool, atListRead int) bool {
	if !throughAPI || s.now().Sub(bought) >= s.behaviour.ListLag {
		return false
	}
	reads := s.behaviour.ListLagReads
	return reads == 0 || c.ListReads-atListRead < reads
}

// readable tells whether a subscription can be read by id yet: after its order shows it and the lag of reads.
func (s *Server) readable(c *Customer, sub *Subscription) bool {
	if gone := s.behaviour.DeletedReadableFor; gone > 0 && sub.Status == statusDeleted && s.now().Sub(sub.Ended) >= gone {
		return false
	}
	if !sub.ThroughAPI {
		return true
	}
	lagging := s.lagging(c, sub.Created, true, sub.BoughtAtListRead)
	order := c.order(sub.OrderID)
	if order != nil && (s.now().Before(order.HiddenUntil) || lagging && !order.revealed(s.now())) {
		return false
	}
	if sub.MissingReads > 0 && lagging {
		sub.MissingReads--
		return false
	}
	return true
}

// listed are the subscriptions that a list shows, and counts the list request.
func (s *Server) listed(c *Customer) []*Subscription {
	shown := slices.DeleteFunc(slices.Clone(c.Subscriptions), func(sub *Subscription) bool {
		if gone := s.behaviour.DeletedReadableFor; gone > 0 && sub.Status == statusDeleted && s.now().Sub(sub.Ended) >= gone {
			return true
		}
		order := c.order(sub.OrderID)
		return s.lagging(c, sub.Created, sub.ThroughAPI, sub.BoughtAtListRead) ||
			sub.ThroughAPI && order != nil && s.now().Before(order.HiddenUntil)
	})
	c.ListReads++
	return shown
}

// purchases lists every subscription bought through the API, oldest first.
func (s *Server) purchases() []Purchase { return slices.Clone(s.tenant.Bought) }
