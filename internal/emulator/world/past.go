// SPDX-License-Identifier: MPL-2.0

package world

import (
	"strings"
	"time"
)

// PastPurchase is a purchase of some time ago, before the world began.
type PastPurchase struct {
	ID, SKU, Name, Duration, Cycle, Reseller string // SKU is "product:sku"
	Quantity                                 int
	Ago                                      time.Duration
}

// AddPastPurchase makes the subscription of a past purchase, with its order; a marketplace one was activated soon after.
func (w *World) AddPastPurchase(c *Customer, of PastPurchase) *Subscription {
	now := w.Now()
	p, k := w.Tenant.SKU(of.SKU)
	sold := w.Tenant.Current(p, k, c.Country)
	if of.Ago > 30*24*time.Hour {
		sold.Availability = AvailabilityID(p, k, c.Country, sold.Segment, w.Tenant.Generation-1)
	}
	at := now.Add(-of.Ago)
	order := w.NewOrder(c, "UserPurchase", of.Cycle, at)
	if p.Family == FamilySaaS {
		order.ID = strings.ReplaceAll(w.NewID(), "-", "_")[:33]
	}
	sub := &Subscription{
		ID: of.ID, OrderID: order.ID, Family: p.Family, ProductID: p.ID, SkuID: k.ID, OfferID: sold.ID(), OfferName: sold.OfferName(),
		FriendlyName: of.Name, Publisher: p.Publisher, Quantity: of.Quantity, Status: StatusActive, AutoRenew: !k.NotRenewable && p.Family != FamilyAzure,
		Trial: k.Trial, BillingCycle: of.Cycle, TermDuration: of.Duration, PartnerID: of.Reseller,
		Created: at, Purchased: at, TermStart: at, BilledUntil: now, Version: 1,
	}
	w.startTerm(sub, time.Time{})
	if sub.Family == FamilySaaS {
		sub.Unactivated, sub.TermStart = false, at.Add(38*time.Minute)
		sub.TermEnd = AddMonths(sub.TermStart, max(TermMonths(of.Duration), 1))
	}
	for !sub.TermEnd.IsZero() && !sub.TermEnd.After(now) { // renewed since
		sub.TermStart = sub.TermEnd
		sub.TermEnd = AddMonths(sub.TermEnd, max(TermMonths(of.Duration), 1))
	}
	line := w.OrderLineOf(c, sub, "New", of.Quantity)
	line.SubscriptionID = sub.ID
	order.Lines = []*OrderLine{line}
	c.Subscriptions = append(c.Subscriptions, sub)
	return sub
}

// EndPastPurchase ends a subscription of the past.
func (w *World) EndPastPurchase(sub *Subscription, status string, ago time.Duration) {
	at := w.Now().Add(-ago)
	sub.end(status, at)
	sub.TermEnd = at
	sub.TermStart = LaterOf(sub.Created, AddMonths(at, -max(TermMonths(sub.TermDuration), 1)))
}
