// SPDX-License-Identifier: MPL-2.0

package world

import (
	"cmp"
	"strings"
	"time"
)

// buy is the only place where money is spent: it makes the order of a group of lines and its subscriptions.
func (w *World) buy(c *Customer, cartID string, lines []*Line, who Caller) *Order {
	now := w.Now()
	order := w.NewOrder(c, "UserPurchase", lines[0].Cycle, now)
	order.ThroughAPI, order.BoughtAtListRead = true, c.ListReads
	w.setCourse(order, cmp.Or(c.OrderCourse, w.Rules.OrderOutcome), now)
	for _, line := range lines {
		w.buyLine(c, order, line, "", cartID)
	}
	w.auditOrder(c, order, who)
	return order
}

var farFuture = time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)

// setCourse decides when the order's subscription ids are shown and how its status goes on.
func (w *World) setCourse(order *Order, course OrderOutcome, now time.Time) {
	order.HiddenReads = w.Rules.SubscriptionIDAfterReads
	order.HiddenUntil = now.Add(w.Rules.SubscriptionIDAfter)
	order.Status, order.FinalStatus = StatusPending, "completed"
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

func (w *World) buyLine(c *Customer, order *Order, line *Line, parentID, cartID string) {
	found, _ := w.Tenant.FindItem(line.CatalogItemID, c.Country)
	if found.Product.Family == FamilySaaS && order.AlternateID == order.ID {
		order.ID = strings.ReplaceAll(w.NewID(), "-", "_")[:33]
	}
	ordered := &OrderLine{
		Number: len(order.Lines), OfferID: line.CatalogItemID, ParentID: parentID, FriendlyName: line.FriendlyName,
		Duration: line.Duration, RenewsTo: line.RenewsTo, Transaction: "New", PromotionID: line.PromotionID,
		Quantity: line.Quantity, Reseller: line.Reseller, AdditionalResellers: line.AdditionalResellers,
		Context: line.Context, CustomTermEnd: line.CustomTermEnd, Attested: line.Attested,
		Pricing: w.priceOf(c, found, line.Duration, line.Cycle, line.Quantity, line.PromotionID),
	}
	margin := w.MarginAt(found.Product, found.SKU, w.Now())
	if ordered.Pricing != nil {
		ordered.Pricing.withMargin(margin, c.Currency())
	}
	order.Lines = append(order.Lines, ordered)
	if !order.provisions(ordered.Number) {
		return // nothing is provisioned, nothing is owed
	}
	sub := w.newSubscription(c, found, line, order)
	sub.Line, sub.ParentID, sub.Margin = ordered.Number, parentID, margin != nil
	ordered.SubscriptionID = sub.ID
	w.Tenant.Bought = append(w.Tenant.Bought, Purchase{CustomerID: c.ID, SubscriptionID: sub.ID, OrderID: order.ID,
		CartID: cartID, OfferID: sub.OfferID, Quantity: sub.Quantity})
	for _, addon := range line.Addons {
		w.buyLine(c, order, addon, sub.ID, cartID)
	}
}

// newSubscription provisions a line of an order as of now.
func (w *World) newSubscription(c *Customer, found Item, line *Line, order *Order) *Subscription {
	now := w.Now()
	sub := &Subscription{
		ID: w.NewID(), OrderID: order.ID, Family: found.Product.Family, ProductID: found.Product.ID, SkuID: found.SKU.ID,
		OfferID: line.CatalogItemID, OfferName: found.OfferName(), FriendlyName: line.FriendlyName,
		Publisher: found.Product.Publisher, Quantity: line.Quantity, Status: StatusActive, AutoRenew: !found.SKU.NotRenewable,
		Trial: found.SKU.Trial, BillingCycle: line.Cycle, TermDuration: line.Duration, RenewsTo: line.RenewsTo,
		PartnerID: line.Reseller, Created: now, Purchased: now, TermStart: now, BilledUntil: now,
		NotReady: w.Rules.NotReadyUpdates, MissingReads: w.Rules.NewSubscriptionMissingReads,
		BoughtAtListRead: c.ListReads, ThroughAPI: true,
	}
	if promotion, problems := w.PromotionFor(c, line.PromotionID, found, line.Quantity, line.Duration, line.Cycle); promotion != nil && len(problems) == 0 {
		sub.PromotionID = promotion.ID
	}
	w.startTerm(sub, line.CustomTermEnd)
	if found.SKU.TrialOf != "" {
		p, k := w.Tenant.SKU(found.SKU.TrialOf)
		paid, first := w.Tenant.Current(p, k, c.Country), k.Terms[0]
		sub.Instructions = &Instructions{Quantity: sub.Quantity, Product: InstructionProduct{ProductID: p.ID, SkuID: k.ID,
			AvailabilityID: paid.Availability, BillingCycle: strings.ToLower(first.Cycle), TermDuration: first.Duration}}
	}
	c.Subscriptions = append(c.Subscriptions, sub)
	return sub
}
