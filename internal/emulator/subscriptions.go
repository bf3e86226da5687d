// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"maps"
	"net/http"
	"strings"
)

// listSubscriptions answers all states in one page, with a lag (commerce reference, Subscriptions).
func listSubscriptions(s *Server, c *Customer, r *http.Request) (int, any) {
	order, mpn := query(r, "order_id"), query(r, "mpn_id")
	var found []object
	for _, sub := range s.listed(c) {
		if order != "" && sub.OrderID != order || mpn != "" && sub.PartnerID != mpn {
			continue
		}
		one := maps.Clone(s.view(c, sub))
		for member := range strings.SplitSeq(s.behaviour.ListsOmit, ",") {
			delete(one, member)
		}
		found = append(found, one)
	}
	return http.StatusOK, collection(r, found)
}

func getSubscription(s *Server, c *Customer, sub *Subscription, _ *http.Request) (int, any) {
	return http.StatusOK, s.view(c, sub)
}

// view is the subscription as a read shows it now, which may be an old state after an update.
func (s *Server) view(c *Customer, sub *Subscription) object {
	if p := sub.Pending; p != nil {
		if p.ReadsLeft <= 0 && !s.now().Before(p.NotBefore) {
			*sub = p.Then
			s.endAddons(c, sub)
		} else {
			p.ReadsLeft--
		}
	}
	if old := sub.Stale; old != nil && old.ReadsLeft > 0 {
		old.ReadsLeft--
		return old.Document
	}
	return s.renderSubscription(c, sub)
}

func listAddons(s *Server, c *Customer, sub *Subscription, r *http.Request) (int, any) {
	var found []object
	for _, child := range c.Subscriptions {
		if strings.EqualFold(child.ParentID, sub.ID) {
			found = append(found, s.view(c, child))
		}
	}
	return http.StatusOK, collection(r, found)
}

func getProvisioning(s *Server, _ *Customer, sub *Subscription, _ *http.Request) (int, any) {
	status := "success"
	if sub.Pending != nil || sub.Unactivated {
		status = "pending"
	}
	return http.StatusOK, object{"skuId": sub.SkuID, "status": status, "quantity": sub.Quantity,
		"endDate": stamp(sub.TermEnd), "attributes": objectType("SubscriptionProvisioningStatus")}
}

// updateSubscription is the dangerous part: a PATCH that partly behaves like a replacement (commerce reference, "PATCH semantics").
func updateSubscription(s *Server, c *Customer, sub *Subscription, r *http.Request) (int, any) {
	if status, body := s.mayUpdate(sub, r); status != 0 {
		return status, body
	}
	sent, status, body, ok := raw(r)
	if !ok {
		return status, body
	}
	if name := repeatedMember(exchangeOf(r).body); name != "" && s.behaviour.Strict {
		return http.StatusBadRequest, fault(3000, "The property %s is invalid: it is in the body twice.", name)
	}
	if status, body := s.checkMembers(sub, sent); status != 0 {
		return status, body
	}
	if stale := s.staleETag(sub, sent, r.Header.Get("If-Match")); stale {
		return http.StatusBadRequest, fault(2055, "The ETag of subscription %s is no longer valid.", sub.ID)
	}
	wanted, status, body := readUpdate(sub, sent)
	if status != 0 {
		return status, body
	}
	if status, body := s.readyFor(sub, wanted); status != 0 {
		return status, body
	}
	if !wanted.mayShareOnePatch() {
		if s.behaviour.MultipleChanges == MultipleRefused {
			return http.StatusBadRequest, fault(800002, "The request input is invalid: %s cannot be changed in one request.", strings.Join(wanted.names(), ", "))
		}
		wanted.keepFirst()
	}
	next := sub.clone()
	if status, body := s.apply(c, &next, wanted); status != 0 {
		return status, body
	}
	next.Updates++
	next.Version++
	return s.commit(c, sub, next, wanted, r)
}

// mayUpdate checks roles (commerce reference, Roles): app-only calls have none and act with the application's rights.
func (s *Server) mayUpdate(sub *Subscription, r *http.Request) (status int, body any) {
	who := s.caller(r)
	switch {
	case who.AppOnly || who.hasRole(RoleAdminAgent) || who.hasRole(RoleGlobalAdmin):
		return 0, nil
	case who.hasRole(RoleSalesAgent) && sub.Family != familySaaS:
		return 0, nil
	}
	return http.StatusForbidden, fault(900150, "The role of the user has no right for the operation.")
}

// staleETag compares If-Match, or else the etag inside the body, where the subscription has a real one.
func (s *Server) staleETag(sub *Subscription, sent document, ifMatch string) bool {
	current, _ := s.etag(sub)
	if current == "" {
		return false
	}
	given := strings.Trim(ifMatch, `"`)
	if given == "" {
		given = sent.attributesETag()
	}
	return given != "" && given != current
}

// commit makes the new state visible the way the knob says.
func (s *Server) commit(c *Customer, sub *Subscription, next Subscription, wanted *update, r *http.Request) (int, any) {
	mode := s.behaviour.PatchMode
	refuses := s.behaviour.PublisherRefusesChanges || sub.RefusedByPublisher
	if sub.Family == familySaaS && wanted.quantity != nil && refuses {
		mode = PatchDropped
	}
	s.auditUpdate(c, sub, &next, r)
	if mode != PatchDropped {
		s.orderOfChange(c, sub, &next)
	}
	switch mode {
	case PatchAccepted:
		sub.Pending = &pendingUpdate{Then: next, ReadsLeft: s.behaviour.PatchAfterReads, NotBefore: s.now().Add(s.behaviour.PatchAfter)}
	case PatchDropped:
		sub.Updates++
	case PatchStale:
		old := s.renderSubscription(c, sub)
		*sub = next
		sub.Stale = &staleView{Document: old, ReadsLeft: s.behaviour.PatchAfterReads}
		return http.StatusOK, s.renderSubscription(c, sub)
	default:
		*sub = next
		s.endAddons(c, sub)
		return http.StatusOK, s.renderSubscription(c, sub)
	}
	return http.StatusAccepted, withHeader(nil, "Location", sub.path(c))
}

// endAddons cancels the add-ons of a cancelled base.
func (s *Server) endAddons(c *Customer, base *Subscription) {
	if base.Status != statusDeleted {
		return
	}
	for _, child := range c.Subscriptions {
		if strings.EqualFold(child.ParentID, base.ID) && !child.ended() {
			s.end(child, statusDeleted, s.now())
		}
	}
}

// orderOfChange appends the order that a change of quantity or a cancellation creates.
func (s *Server) orderOfChange(c *Customer, before, after *Subscription) {
	transaction, quantity := "", 0
	switch {
	case after.Status == statusDeleted && before.Status != statusDeleted:
		transaction, quantity = "cancel", before.Quantity
	case after.Quantity > before.Quantity:
		transaction, quantity = "addQuantity", after.Quantity-before.Quantity
	case after.Quantity < before.Quantity:
		transaction, quantity = "removeQuantity", before.Quantity-after.Quantity
	case after.TermDuration != before.TermDuration:
		transaction, quantity = "convert", after.Quantity
	default:
		return
	}
	order := s.newOrder(c, "UserPurchase", after.BillingCycle, s.now())
	order.ThroughAPI, order.BoughtAtListRead = true, c.ListReads
	order.Lines = []*OrderLine{s.orderLineOf(c, after, transaction, quantity)}
}

func (s *Server) orderLineOf(c *Customer, sub *Subscription, transaction string, quantity int) *OrderLine {
	line := &OrderLine{OfferID: sub.OfferID, SubscriptionID: sub.ID, ParentID: sub.ParentID, FriendlyName: sub.FriendlyName,
		Duration: sub.TermDuration, Transaction: transaction, Quantity: quantity, Reseller: sub.PartnerID, PromotionID: sub.PromotionID}
	if p, k := s.sold(sub); k != nil {
		line.Pricing = s.priceOf(c, s.tenant.current(p, k, c.Country), sub.TermDuration, sub.BillingCycle, quantity, sub.PromotionID)
	}
	return line
}
