// SPDX-License-Identifier: MPL-2.0

package world

import "strings"

// CreateOrder buys without a cart; nothing but the request ID protects it from buying twice.
func (w *World) CreateOrder(c *Customer, lines []*Line, attested bool, who Caller) (*Order, *Refusal) {
	if len(lines) == 0 {
		return nil, noLines()
	}
	if refusal := w.purchaseBlocked(c); refusal != nil {
		return nil, refusal
	}
	for _, line := range lines {
		if refusal := w.checkWholeLine(c, line); refusal != nil {
			return nil, refusal
		}
		if line.Error != nil {
			return nil, line.Error.Whole
		}
		if found, code := w.Tenant.FindItem(line.CatalogItemID, c.Country); code == 0 && found.Stale {
			return nil, staleItem(line.CatalogItemID)
		}
	}
	if refusal := w.checkAttestation(lines, attested); refusal != nil {
		return nil, refusal
	}
	if refusal := w.refusal(c, lines); refusal != nil {
		return nil, refusal
	}
	return w.buy(c, "", lines, who), nil
}

// CancelOrder cancels software; everything else has to be done to the subscription (reference/commerce.md#canceling-through-the-order).
func (w *World) CancelOrder(c *Customer, order *Order, who Caller) *Refusal {
	var software []*Subscription
	for _, line := range order.Lines {
		sub := c.Subscription(line.SubscriptionID)
		switch {
		case sub == nil:
			return notCancellable(order)
		case sub.Family == FamilySaaS:
			return refuse(forbidden, 800077, "Seat-based SaaS cannot be cancelled through the order. Update the subscription.")
		case sub.Family != FamilySoftware:
			return refuse(badRequest, 800063, "Order %s cannot be cancelled. Update the subscription.", order.ID)
		}
		software = append(software, sub)
	}
	if !who.AppOnly && !who.HasRole(RoleAdminAgent) {
		return refuse(forbidden, 900150, "The role of the user has no right for the operation.")
	}
	if strings.EqualFold(order.Status, "cancelled") {
		return notCancellable(order)
	}
	order.Status, order.FinalStatus = "cancelled", "cancelled"
	for _, sub := range software {
		sub.end(StatusDeleted, w.Now())
	}
	w.audit(c, who, auditEntry{resource: "order", operation: "update_order", data: []string{"OrderId", order.ID}})
	return nil
}

func notCancellable(order *Order) *Refusal {
	return refuse(badRequest, 800061, "Order %s cannot be cancelled.", order.ID)
}

// Progress counts a read of an order: first the subscription IDs appear, one read later the status is final.
func (w *World) Progress(order *Order) {
	if order.Revealed(w.Now()) {
		order.Status = order.FinalStatus
		return
	}
	if order.HiddenReads > 0 {
		order.HiddenReads--
	}
}
