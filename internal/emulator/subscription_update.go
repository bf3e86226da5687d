// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"slices"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// readUpdate reads what the body of a PATCH changes about the subscription, and what it leaves out.
func (r *call) readUpdate(sub *world.Subscription) (*world.Update, *world.Refusal) {
	sent, refusal := raw(r)
	if refusal != nil {
		return nil, refusal
	}
	if name := repeatedMember(r.body); name != "" && r.behaviour.Strict {
		return nil, world.Invalid(3000, "The property %s is invalid: it is in the body twice.", name)
	}
	if refusal := r.checkMembers(sub, sent); refusal != nil {
		return nil, refusal
	}
	if r.staleETag(sub, sent, r.Header.Get("If-Match")) {
		return nil, world.Invalid(2055, "The ETag of subscription %s is no longer valid.", sub.ID)
	}
	return compare(sub, sent)
}

// subscriptionMembers are all members of reference/commerce.md#subscription-resource; strict mode refuses others.
var subscriptionMembers = strings.Fields(strings.ToLower(`id offerId offerName friendlyName entitlementId productType quantity
	unitType parentSubscriptionId consumptionType hasPurchasableAddons creationDate effectiveStartDate commitmentEndDate
	commitmentEndDateTime cancellationAllowedUntilDate billingCycleEndDate billingCycleEndDateTime status autoRenewEnabled isTrial
	billingType billingCycle termDuration renewalTermDuration refundOptions isMicrosoftProduct publisherName partnerId
	attentionNeeded actionTaken actions suspensionReasons contractType promotionId migratedFromSubscriptionId refundableQuantity
	scheduledNextTermInstructions scheduledActions nextChargeInstructions customTermEndDate productOrderId lineItems orderId links attributes`))

// checkMembers refuses unknown members in strict mode, and a body of another subscription.
func (r *call) checkMembers(sub *world.Subscription, sent document) *world.Refusal {
	for name := range sent {
		_, ours := sub.Extra[name]
		if r.behaviour.Strict && !ours && !slices.Contains(subscriptionMembers, strings.ToLower(name)) {
			return world.Invalid(3000, "The property %s is invalid: a subscription does not have it.", name)
		}
	}
	var id string
	if sent.read("id", &id) == nil && id != "" && !strings.EqualFold(id, sub.ID) {
		return world.Invalid(3000, "The property id is invalid: it is not the subscription of the path.")
	}
	return nil
}

// compare finds what a body changes about the subscription.
func compare(sub *world.Subscription, sent document) (*world.Update, *world.Refusal) {
	u := &world.Update{}
	invalid := func(name string) (*world.Update, *world.Refusal) {
		return nil, world.Invalid(3000, "The property %s is invalid.", name)
	}
	quantity, autoRenew := sub.Quantity, sub.AutoRenew
	if sent.read(world.PropQuantity, &quantity) != nil {
		return invalid(world.PropQuantity)
	}
	if sent.read(world.PropAutoRenew, &autoRenew) != nil {
		return invalid(world.PropAutoRenew)
	}
	if autoRenew != sub.AutoRenew {
		u.AutoRenew = &autoRenew
	}
	if name := readTexts(u, sub, sent); name != "" {
		return invalid(name)
	}
	normalizeStatus(u, sub)
	// The official SDK sends quantity 0 beside a new status; alone it is a quantity nobody can have.
	if quantity != sub.Quantity && (quantity != 0 || u.Status == nil) {
		u.Quantity = &quantity
	}
	if name := readSchedule(u, sub, sent); name != "" {
		return invalid(name)
	}
	readOmitted(u, sub, sent)
	return u, nil
}

// readTexts reads the members that are texts; it returns the name of one that is invalid.
func readTexts(u *world.Update, sub *world.Subscription, sent document) (invalid string) {
	for name, field := range map[string]struct {
		current string
		change  **string
	}{
		world.PropStatus: {sub.Status, &u.Status}, world.PropName: {sub.FriendlyName, &u.FriendlyName}, world.PropPartner: {sub.PartnerID, &u.PartnerID},
		world.PropTerm: {sub.TermDuration, &u.TermDuration}, world.PropCycle: {sub.BillingCycle, &u.BillingCycle},
	} {
		text := ""
		if sent.read(name, &text) != nil {
			return name
		}
		if changed := text != field.current && (name == world.PropName || !strings.EqualFold(text, field.current)); text != "" && changed {
			*field.change = &text
		}
	}
	return ""
}

// normalizeStatus compares the status with what an unactivated subscription may show instead.
func normalizeStatus(u *world.Update, sub *world.Subscription) {
	if u.Status == nil {
		return
	}
	lower := strings.ToLower(*u.Status)
	u.Status = &lower
	if lower == "none" || sub.Unactivated && sub.Status == world.StatusActive && lower == world.StatusPending {
		u.Status = nil
	}
}

// readOmitted notes what the subscription has and the body lacks.
func readOmitted(u *world.Update, sub *world.Subscription, sent document) {
	u.Omits = world.Omissions{
		AutoRenew:    sub.AutoRenew && sent.null(world.PropAutoRenew), // a boolean cannot be null: it reads as false
		Instructions: sub.Instructions != nil && !sent.has(world.PropInstructions),
		Actions:      len(sub.Actions) > 0 && !sent.has(world.PropActions),
		NextCharge:   sub.NextCharge != nil && sent.null("nextChargeInstructions"),
	}
	for name := range sub.Extra {
		if !sent.has(name) {
			u.Omits.Extra = append(u.Omits.Extra, name)
		}
	}
}
