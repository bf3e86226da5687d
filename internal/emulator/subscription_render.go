// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/base64"
	"fmt"
	"slices"
	"time"
)

func encodeETag(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }

// renderSubscription is the subscription as GET answers it: each family leaves out and fills in other members.
func (s *Server) renderSubscription(c *Customer, sub *Subscription) object {
	answer := object{
		"id": sub.ID, "offerId": sub.OfferID, "offerName": sub.OfferName, "friendlyName": sub.FriendlyName,
		"quantity": sub.Quantity, "unitType": unitType(sub.Family), "hasPurchasableAddons": false,
		"creationDate": stamp(sub.Created), "status": s.shownStatus(sub), "autoRenewEnabled": sub.AutoRenew,
		"isTrial": sub.Trial, "billingType": billingType(sub.Family), "billingCycle": sub.BillingCycle,
		"termDuration": sub.TermDuration, "renewalTermDuration": "", "isMicrosoftProduct": sub.Family != familySaaS,
		"partnerId": sub.PartnerID, "attentionNeeded": sub.Unactivated, "actionTaken": sub.Family == familySaaS && !sub.Unactivated,
		"contractType": contractType(sub.Family), "publisherName": sub.Publisher, "orderId": sub.OrderID,
		"links": s.subscriptionLinks(c, sub), "attributes": objectType("Subscription"),
	}
	if tag, present := s.etag(sub); present {
		answer["attributes"] = object{"etag": tag, "objectType": "Subscription"}
	}
	if sub.Family != familyLegacy {
		answer["productType"] = productType(sub.Family)
	}
	if !sub.ended() && sub.Family != familyLegacy {
		answer["actions"] = []string{"edit"}
		if sub.inWindow(s.now()) {
			answer["actions"] = []string{"edit", "cancel"}
		}
	}
	optional(answer, "parentSubscriptionId", sub.ParentID)
	optional(answer, "promotionId", sub.PromotionID)
	if len(sub.SuspensionReasons) > 0 {
		answer["suspensionReasons"] = sub.SuspensionReasons
	}
	if !sub.CustomTermEnd.IsZero() {
		answer["customTermEndDate"] = bareStamp(sub.CustomTermEnd)
	}
	s.renderDates(answer, sub)
	s.renderSchedule(answer, sub)
	for name, value := range sub.Extra {
		answer[name] = value
	}
	return answer
}

func optional(answer object, name, value string) {
	if value != "" {
		answer[name] = value
	}
}

func (s *Server) shownStatus(sub *Subscription) string {
	if sub.Unactivated && sub.Status == statusActive {
		return s.behaviour.BeforeActivation
	}
	return sub.Status
}

func unitType(f family) string {
	switch f {
	case familySaaS:
		return "License(s)"
	case familyNCE:
		return "Licenses"
	case familyAzure:
		return "Usage-based"
	}
	return "none"
}

func billingType(f family) string {
	switch f {
	case familyAzure:
		return "usage"
	case familySoftware:
		return "none"
	}
	return "license"
}

func contractType(f family) string {
	if f == familySoftware {
		return "product_key"
	}
	return "subscription"
}

// renderDates writes term, windows and refunds in the forms of the family.
func (s *Server) renderDates(answer object, sub *Subscription) {
	switch sub.Family {
	case familySaaS:
		answer["effectiveStartDate"], answer["commitmentEndDate"] = offsetStamp(sub.TermStart), offsetStamp(sub.TermEnd)
		if !sub.CancelUntil.IsZero() {
			answer["refundOptions"] = []object{{"type": "Full", "expiresAt": stamp(sub.CancelUntil)}}
			if s.behaviour.SaaSCancellationDate && sub.inWindow(s.now()) {
				answer["cancellationAllowedUntilDate"] = stamp(sub.CancelUntil)
			}
		}
	case familyNCE:
		s.renderNCEDates(answer, sub)
	default:
		answer["effectiveStartDate"] = stamp(sub.TermStart)
		answer["commitmentEndDate"] = "9999-12-14T00:00:00Z"
		if !sub.TermEnd.IsZero() {
			answer["commitmentEndDate"] = stamp(sub.TermEnd)
		}
	}
}

// renderNCEDates writes inclusive last days at midnight beside exact ends.
func (s *Server) renderNCEDates(answer object, sub *Subscription) {
	now, lastDay := s.now(), sub.TermEnd.Add(-time.Nanosecond)
	cycleEnd := s.cycleEnd(sub, now).Add(-time.Nanosecond)
	answer["effectiveStartDate"] = stamp(sub.TermStart)
	answer["commitmentEndDate"], answer["commitmentEndDateTime"] = stamp(midnight(lastDay)), stamp(lastDay.Truncate(time.Second))
	answer["billingCycleEndDate"], answer["billingCycleEndDateTime"] = stamp(midnight(cycleEnd)), stamp(cycleEnd.Truncate(time.Second))
	if sub.inWindow(now) && !sub.ended() {
		answer["cancellationAllowedUntilDate"] = stamp(sub.CancelUntil)
		answer["refundOptions"] = []object{{"type": "Partial", "expiresAt": stamp(sub.CancelUntil)}}
		if full := sub.CancelUntil.AddDate(0, 0, -6); !sub.EST && full.After(now) {
			answer["refundOptions"] = []object{{"type": "Full", "expiresAt": stamp(full)}, {"type": "Partial", "expiresAt": stamp(sub.CancelUntil)}}
		}
	}
	switch {
	case sub.Status == statusSuspended:
		answer["refundableQuantity"] = nil
	case sub.Status == statusActive && !sub.EST:
		details := []object{}
		for _, b := range sub.Batches {
			if b.Until.After(now) {
				details = append(details, object{"quantity": b.Quantity, "allowedUntilDateTime": stamp(b.Until)})
			}
		}
		answer["refundableQuantity"] = object{"totalQuantity": sub.refundable(now), "details": details}
	}
}

// cycleEnd is the end of the billing period that holds now.
func (s *Server) cycleEnd(sub *Subscription, now time.Time) time.Time {
	months := cycleMonths(sub.BillingCycle)
	if months == 0 {
		return sub.TermEnd
	}
	start := sub.TermStart
	if sub.Family == familyNCE {
		start = midnight(start)
	}
	for n := 1; ; n++ {
		end := addMonths(start, n*months)
		if !end.Before(sub.TermEnd) {
			return sub.TermEnd
		}
		if end.After(now) {
			return end
		}
	}
}

// renderSchedule writes what happens at term end; marketplace subscriptions show none of it.
func (s *Server) renderSchedule(answer object, sub *Subscription) {
	if sub.NextCharge != nil {
		answer["nextChargeInstructions"] = renderInstructions(sub.NextCharge)
	}
	if sub.Family != familyNCE && (sub.Instructions == nil && len(sub.Actions) == 0) {
		return
	}
	answer["scheduledNextTermInstructions"] = nil
	if sub.Instructions != nil {
		answer["scheduledNextTermInstructions"] = renderInstructions(sub.Instructions)
	}
	answer["scheduledActions"] = renderActions(sub)
}

func renderInstructions(i *Instructions) object {
	p := i.Product
	product := object{"productId": p.ProductID, "skuId": p.SkuID, "availabilityId": p.AvailabilityID,
		"billingCycle": p.BillingCycle, "termDuration": p.TermDuration, "promotionId": nil}
	if p.PromotionID != "" {
		product["promotionId"] = p.PromotionID
	}
	answer := object{"product": product, "quantity": i.Quantity, "customTermEndDate": nil}
	if !i.CustomTermEnd.IsZero() {
		answer["customTermEndDate"] = bareStamp(i.CustomTermEnd)
	}
	return answer
}

// renderActions shows explicit actions, and the renewal that auto-renew implies.
func renderActions(sub *Subscription) []object {
	actions := slices.Clone(sub.Actions)
	if len(actions) == 0 && sub.AutoRenew && !sub.ended() {
		actions = []ScheduledAction{{ScheduleType: scheduleAtEnd, ActionType: actionRenew, Instructions: sub.Instructions}}
	}
	shown := []object{}
	for _, a := range actions {
		one := object{"scheduleType": a.ScheduleType, "actionType": a.ActionType}
		if !a.EffectiveDate.IsZero() {
			one["effectiveDate"] = stamp(a.EffectiveDate)
		}
		if a.Instructions != nil {
			one["instructions"] = renderInstructions(a.Instructions)
		}
		shown = append(shown, one)
	}
	return shown
}

func (s *Server) subscriptionLinks(c *Customer, sub *Subscription) object {
	links := object{"self": link(sub.path(c))}
	if sub.ProductID == "" {
		links["offer"] = link("/v1/offers/" + sub.OfferID) // legacy answers carry the version
		return links
	}
	product := "/products/" + sub.ProductID
	links["product"] = link(product + "?country=" + c.Country)
	links["sku"] = link(product + "/skus/" + sub.SkuID + "?country=" + c.Country)
	if i, code := s.tenant.findItem(sub.OfferID, c.Country); code == 0 {
		links["availability"] = link(fmt.Sprintf("%s/skus/%s/availabilities/%s?country=%s", product, sub.SkuID, i.Availability, c.Country))
	}
	if sub.Family == familySaaS {
		links["activationLinks"] = link(sub.path(c) + "/activationlinks")
	}
	if sub.ParentID != "" {
		links["parentSubscription"] = link(c.path() + "/subscriptions/" + sub.ParentID)
	}
	return links
}
