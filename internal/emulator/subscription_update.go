// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

// update is what a PATCH body asks for, compared with the subscription as it is: nil where nothing changes.
type update struct {
	quantity                                                    *int
	status, friendlyName, partnerID, billingCycle, termDuration *string
	autoRenew                                                   *bool
	instructions                                                *changedInstructions
	actions                                                     *[]ScheduledAction
	sentActions                                                 []ScheduledAction // as in the body, changed or not
	omits                                                       omitted
}

type changedInstructions struct{ to *Instructions }

// omitted is what the body lacks although the subscription has it.
type omitted struct {
	autoRenew, instructions, actions, nextCharge bool
	extra                                        []string
}

// Names of the properties that an update may change, in the order in which the service looks at them.
const (
	propStatus       = "status"
	propQuantity     = "quantity"
	propAutoRenew    = "autoRenewEnabled"
	propName         = "friendlyName"
	propPartner      = "partnerId"
	propTerm         = "termDuration"
	propCycle        = "billingCycle"
	propInstructions = "scheduledNextTermInstructions"
	propActions      = "scheduledActions"
)

// groupsOfOnePatch are the only combinations one PATCH may change (commerce reference, "Working decisions", 1).
var groupsOfOnePatch = [][]string{
	{propAutoRenew, propActions},
	{propTerm, propCycle},
	{propInstructions, propActions},
}

func (u *update) names() []string {
	var found []string
	add := func(changed bool, name string) {
		if changed {
			found = append(found, name)
		}
	}
	add(u.status != nil, propStatus)
	add(u.quantity != nil, propQuantity)
	add(u.autoRenew != nil, propAutoRenew)
	add(u.friendlyName != nil, propName)
	add(u.partnerID != nil, propPartner)
	add(u.termDuration != nil, propTerm)
	add(u.billingCycle != nil, propCycle)
	add(u.instructions != nil, propInstructions)
	add(u.actions != nil, propActions)
	return found
}

func (u *update) mayShareOnePatch() bool {
	names := u.names()
	if len(names) < 2 {
		return true
	}
	if u.status != nil && *u.status == statusDeleted && slices.Equal(names, []string{propStatus, propAutoRenew}) && !*u.autoRenew {
		return true
	}
	return slices.ContainsFunc(groupsOfOnePatch, func(group []string) bool {
		return !slices.ContainsFunc(names, func(name string) bool { return !slices.Contains(group, name) })
	})
}

// keepFirst forgets all changes but the first.
func (u *update) keepFirst() {
	first := u.names()[0]
	keep := update{omits: u.omits, sentActions: u.sentActions}
	switch first {
	case propStatus:
		keep.status = u.status
	case propQuantity:
		keep.quantity = u.quantity
	case propAutoRenew:
		keep.autoRenew = u.autoRenew
	case propName:
		keep.friendlyName = u.friendlyName
	case propPartner:
		keep.partnerID = u.partnerID
	case propTerm:
		keep.termDuration = u.termDuration
	case propCycle:
		keep.billingCycle = u.billingCycle
	case propInstructions:
		keep.instructions = u.instructions
	}
	*u = keep
}

// subscriptionMembers are all members the reference knows; strict mode refuses others.
var subscriptionMembers = strings.Fields(strings.ToLower(`id offerId offerName friendlyName entitlementId productType quantity
	unitType parentSubscriptionId consumptionType hasPurchasableAddons creationDate effectiveStartDate commitmentEndDate
	commitmentEndDateTime cancellationAllowedUntilDate billingCycleEndDate billingCycleEndDateTime status autoRenewEnabled isTrial
	billingType billingCycle termDuration renewalTermDuration refundOptions isMicrosoftProduct publisherName partnerId
	attentionNeeded actionTaken actions suspensionReasons contractType promotionId migratedFromSubscriptionId refundableQuantity
	scheduledNextTermInstructions scheduledActions nextChargeInstructions customTermEndDate productOrderId lineItems orderId links attributes`))

// checkMembers refuses unknown members in strict mode, and a body of another subscription.
func (s *Server) checkMembers(sub *Subscription, sent document) (status int, body any) {
	for name := range sent {
		_, ours := sub.Extra[name]
		if s.behaviour.Strict && !ours && !slices.Contains(subscriptionMembers, strings.ToLower(name)) {
			return http.StatusBadRequest, fault(3000, "The property %s is invalid: a subscription does not have it.", name)
		}
	}
	var id string
	if sent.read("id", &id) == nil && id != "" && !strings.EqualFold(id, sub.ID) {
		return http.StatusBadRequest, fault(3000, "The property id is invalid: it is not the subscription of the path.")
	}
	return 0, nil
}

// repeatedMember finds a member that the body has in two spellings, of which the service would take either.
func repeatedMember(body []byte) string {
	var sent map[string]json.RawMessage
	if json.Unmarshal(trimMark(body), &sent) != nil {
		return ""
	}
	seen := map[string]bool{}
	for name := range sent {
		lower := strings.ToLower(name)
		if seen[lower] {
			return lower
		}
		seen[lower] = true
	}
	return ""
}

// read decodes a member into a value that stays as it is when the member is absent or null.
func (d document) read(name string, into any) error {
	if d.null(name) {
		return nil
	}
	value, _ := d.get(name)
	return json.Unmarshal(value, into)
}

// has reports whether a member is present, null included.
func (d document) has(name string) bool {
	_, present := d.get(name)
	return present
}

// null reports whether a member is absent or null.
func (d document) null(name string) bool {
	value, present := d.get(name)
	return !present || string(value) == "null"
}

func (d document) attributesETag() string {
	var attributes struct{ ETag string }
	if d.read("attributes", &attributes) != nil {
		return ""
	}
	return attributes.ETag
}

// readUpdate compares a body with the subscription. A status other than 0 is the answer to give.
func readUpdate(sub *Subscription, sent document) (u *update, status int, body any) {
	u = &update{}
	invalid := func(name string) (*update, int, any) {
		return nil, http.StatusBadRequest, fault(3000, "The property %s is invalid.", name)
	}
	quantity, autoRenew := sub.Quantity, sub.AutoRenew
	if sent.read(propQuantity, &quantity) != nil {
		return invalid(propQuantity)
	}
	if sent.read(propAutoRenew, &autoRenew) != nil {
		return invalid(propAutoRenew)
	}
	if autoRenew != sub.AutoRenew {
		u.autoRenew = &autoRenew
	}
	for name, field := range map[string]struct {
		current string
		change  **string
	}{
		propStatus: {sub.Status, &u.status}, propName: {sub.FriendlyName, &u.friendlyName}, propPartner: {sub.PartnerID, &u.partnerID},
		propTerm: {sub.TermDuration, &u.termDuration}, propCycle: {sub.BillingCycle, &u.billingCycle},
	} {
		text := ""
		if sent.read(name, &text) != nil {
			return invalid(name)
		}
		if changed := text != field.current && (name == propName || !strings.EqualFold(text, field.current)); text != "" && changed {
			*field.change = &text
		}
	}
	u.normaliseStatus(sub)
	// The official SDK sends quantity 0 beside a new status; alone it is a quantity nobody can have.
	if quantity != sub.Quantity && (quantity != 0 || u.status == nil) {
		u.quantity = &quantity
	}
	if name := u.readSchedule(sub, sent); name != "" {
		return invalid(name)
	}
	u.readOmitted(sub, sent)
	return u, 0, nil
}

// normaliseStatus compares the status with what an unactivated subscription may show instead.
func (u *update) normaliseStatus(sub *Subscription) {
	if u.status == nil {
		return
	}
	lower := strings.ToLower(*u.status)
	u.status = &lower
	if lower == "none" || sub.Unactivated && sub.Status == statusActive && lower == statusPending {
		u.status = nil
	}
}

// readOmitted notes what the subscription has and the body lacks.
func (u *update) readOmitted(sub *Subscription, sent document) {
	u.omits = omitted{
		autoRenew:    sub.AutoRenew && sent.null(propAutoRenew), // a boolean cannot be null: it reads as false
		instructions: sub.Instructions != nil && !sent.has(propInstructions),
		actions:      len(sub.Actions) > 0 && !sent.has(propActions),
		nextCharge:   sub.NextCharge != nil && sent.null("nextChargeInstructions"),
	}
	for name := range sub.Extra {
		if !sent.has(name) {
			u.omits.extra = append(u.omits.extra, name)
		}
	}
}
