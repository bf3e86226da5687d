// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"fmt"
	"slices"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// renderSubscription is the subscription as GET answers it at a time: each family leaves out and fills in other members.
func (r *call) renderSubscription(c *world.Customer, sub *world.Subscription, now time.Time) object {
	answer := object{
		"id": sub.ID, "offerId": sub.OfferID, "offerName": sub.OfferName, "friendlyName": sub.FriendlyName,
		"quantity": sub.Quantity, "unitType": unitType(sub.Family), "hasPurchasableAddons": false,
		"creationDate": stamp(sub.Created), "status": r.shownStatus(sub), "autoRenewEnabled": sub.AutoRenew,
		"isTrial": sub.Trial, "billingType": billingType(sub.Family), "billingCycle": sub.BillingCycle,
		"termDuration": sub.TermDuration, "renewalTermDuration": "", "isMicrosoftProduct": sub.Family != world.FamilySaaS,
		"partnerId": sub.PartnerID, "attentionNeeded": r.needsAttention(sub), "actionTaken": sub.Family == world.FamilySaaS && !r.needsAttention(sub),
		"contractType": contractType(sub.Family), "publisherName": sub.Publisher, "orderId": sub.OrderID,
		"links": r.subscriptionLinks(c, sub), "attributes": objectType("Subscription"),
	}
	if tag, present := r.etag(sub); present {
		answer["attributes"] = object{"etag": tag, "objectType": "Subscription"}
	}
	if sub.Family != world.FamilyLegacy {
		answer["productType"] = productType(sub.Family)
	}
	if !sub.IsOver() && sub.Family != world.FamilyLegacy {
		answer["actions"] = []string{"edit"}
		if sub.InWindow(now) {
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
	r.renderDates(answer, sub, now)
	renderSchedule(answer, sub)
	for name, value := range sub.Extra {
		answer[name] = value
	}
	return answer
}

func (r *call) shownStatus(sub *world.Subscription) string {
	if sub.Unactivated && sub.Status == world.StatusActive {
		return r.behaviour.BeforeActivation
	}
	return sub.Status
}

func unitType(f world.Family) string {
	switch f {
	case world.FamilySaaS:
		return "License(s)"
	case world.FamilyNCE:
		return "Licenses"
	case world.FamilyAzure:
		return "Usage-based"
	}
	return "none"
}

func billingType(f world.Family) string {
	switch f {
	case world.FamilyAzure:
		return "usage"
	case world.FamilySoftware:
		return "none"
	}
	return "license"
}

func contractType(f world.Family) string {
	if f == world.FamilySoftware {
		return "product_key"
	}
	return "subscription"
}

// renderDates writes term, windows and refunds in the forms of the family.
func (r *call) renderDates(answer object, sub *world.Subscription, now time.Time) {
	switch sub.Family {
	case world.FamilySaaS:
		answer["effectiveStartDate"], answer["commitmentEndDate"] = offsetStamp(sub.TermStart), offsetStamp(sub.TermEnd)
		if !sub.CancelUntil.IsZero() {
			answer["refundOptions"] = []object{{"type": "Full", "expiresAt": stamp(sub.CancelUntil)}}
			if r.behaviour.SaaSCancellationDate && sub.InWindow(now) {
				answer["cancellationAllowedUntilDate"] = stamp(sub.CancelUntil)
			}
		}
	case world.FamilyNCE:
		renderNCEDates(answer, sub, now)
	default:
		answer["effectiveStartDate"] = stamp(sub.TermStart)
		answer["commitmentEndDate"] = "9999-12-14T00:00:00Z"
		if !sub.TermEnd.IsZero() {
			answer["commitmentEndDate"] = stamp(sub.TermEnd)
		}
	}
}

// renderNCEDates writes inclusive last days at midnight beside exact ends.
func renderNCEDates(answer object, sub *world.Subscription, now time.Time) {
	lastDay := sub.TermEnd.Add(-time.Nanosecond)
	cycleEnd := sub.CycleEnd(now).Add(-time.Nanosecond)
	answer["effectiveStartDate"] = stamp(sub.TermStart)
	answer["commitmentEndDate"], answer["commitmentEndDateTime"] = stamp(world.Midnight(lastDay)), stamp(lastDay.Truncate(time.Second))
	answer["billingCycleEndDate"], answer["billingCycleEndDateTime"] = stamp(world.Midnight(cycleEnd)), stamp(cycleEnd.Truncate(time.Second))
	if sub.InWindow(now) && !sub.IsOver() {
		answer["cancellationAllowedUntilDate"] = stamp(sub.CancelUntil)
		answer["refundOptions"] = []object{{"type": "Partial", "expiresAt": stamp(sub.CancelUntil)}}
		if full := sub.CancelUntil.AddDate(0, 0, -6); !sub.EST && full.After(now) {
			answer["refundOptions"] = []object{{"type": "Full", "expiresAt": stamp(full)}, {"type": "Partial", "expiresAt": stamp(sub.CancelUntil)}}
		}
	}
	switch {
	case sub.Status == world.StatusSuspended:
		answer["refundableQuantity"] = nil
	case sub.Status == world.StatusActive && !sub.EST:
		details := []object{}
		for _, b := range sub.Batches {
			if b.Until.After(now) {
				details = append(details, object{"quantity": b.Quantity, "allowedUntilDateTime": stamp(b.Until)})
			}
		}
		answer["refundableQuantity"] = object{"totalQuantity": sub.Refundable(now), "details": details}
	}
}

// renderSchedule writes what happens at term end; marketplace subscriptions show none of it.
func renderSchedule(answer object, sub *world.Subscription) {
	if sub.NextCharge != nil {
		answer["nextChargeInstructions"] = renderInstructions(sub.NextCharge)
	}
	if sub.Family != world.FamilyNCE && (sub.Instructions == nil && len(sub.Actions) == 0) {
		return
	}
	answer["scheduledNextTermInstructions"] = nil
	if sub.Instructions != nil {
		answer["scheduledNextTermInstructions"] = renderInstructions(sub.Instructions)
	}
	answer["scheduledActions"] = renderActions(sub)
}

func renderInstructions(i *world.Instructions) object {
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
func renderActions(sub *world.Subscription) []object {
	actions := slices.Clone(sub.Actions)
	if len(actions) == 0 && sub.AutoRenew && !sub.IsOver() {
		actions = []world.ScheduledAction{{ScheduleType: world.ScheduleAtEnd, ActionType: world.ActionRenew, Instructions: sub.Instructions}}
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

func (r *call) subscriptionLinks(c *world.Customer, sub *world.Subscription) object {
	links := object{"self": link(subscriptionURI(c, sub))}
	if sub.ProductID == "" {
		links["offer"] = link("/v1/offers/" + sub.OfferID) // legacy answers carry the version
		return links
	}
	product := "/products/" + sub.ProductID
	links["product"] = link(product + "?country=" + c.Country)
	links["sku"] = link(product + "/skus/" + sub.SkuID + "?country=" + c.Country)
	if i, code := r.world.Tenant.FindItem(sub.OfferID, c.Country); code == 0 {
		links["availability"] = link(fmt.Sprintf("%s/skus/%s/availabilities/%s?country=%s", product, sub.SkuID, i.Availability, c.Country))
	}
	if sub.Family == world.FamilySaaS {
		links["activationLinks"] = link(subscriptionURI(c, sub) + "/activationlinks")
	}
	if sub.ParentID != "" {
		links["parentSubscription"] = link(customerURI(c) + "/subscriptions/" + sub.ParentID)
	}
	return links
}

// needsAttention holds for what waits for its publisher, and by a reading for plans that activate themselves.
func (r *call) needsAttention(sub *world.Subscription) bool {
	return sub.Unactivated || sub.SelfActivated && r.behaviour.SelfActivatedNeedsAttention
}
