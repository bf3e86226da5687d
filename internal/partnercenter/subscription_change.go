// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
)

// Subscription statuses that a change may ask for. See reference/commerce.md#status-values.
const (
	StatusActive    = "active"
	StatusSuspended = "suspended"
	StatusDeleted   = "deleted" // cancels, which cannot be undone
)

// Values of ScheduledAction. See reference/commerce.md#renewal-behavior.
const (
	ScheduleTermEnd                  = "TermEnd"
	ScheduleCustomDate               = "CustomDate"
	ActionCancel                     = "Cancel"
	ActionRenewToNewTerm             = "RenewToNewTerm"
	ActionRenewToExtendedServiceTerm = "RenewToExtendedServiceTerm"
	ActionTransition                 = "Transition"
)

// SubscriptionChange is one change of a subscription; what is nil stays as it is.
// Few properties may share a change: Status deleted with AutoRenewEnabled false, AutoRenewEnabled with ScheduledActions,
// TermDuration with BillingCycle, and NextTerm or ClearNextTerm with ScheduledActions.
type SubscriptionChange struct {
	FriendlyName     *string
	Quantity         *int64  // licenses, absolute
	PartnerID        *string // MPN ID of the indirect reseller; it can be replaced but not removed
	AutoRenewEnabled *bool
	Status           *string // StatusActive, StatusSuspended or StatusDeleted
	BillingCycle     *string // alone: starts with the next charge
	TermDuration     *string // starts at once
	NextTerm         *NextTermInstructions
	ClearNextTerm    bool
	ScheduledActions *[]ScheduledAction // replaces all; empty removes them
}

// Property names of the service that a change can touch.
const (
	propertyFriendlyName     = "friendlyName"
	propertyQuantity         = "quantity"
	propertyPartnerID        = "partnerId"
	propertyAutoRenew        = "autoRenewEnabled"
	propertyStatus           = "status"
	propertyBillingCycle     = "billingCycle"
	propertyTermDuration     = "termDuration"
	propertyNextTerm         = "scheduledNextTermInstructions"
	propertyScheduledActions = "scheduledActions"
	propertyNextCharge       = "nextChargeInstructions"
)

// What may share one PATCH, in the order of properties; the service's precedence among other combinations is undefined.
// See reference/commerce.md#working-decisions.
var sharedProperties = [][]string{
	{propertyAutoRenew, propertyStatus},
	{propertyAutoRenew, propertyScheduledActions},
	{propertyBillingCycle, propertyTermDuration},
	{propertyNextTerm, propertyScheduledActions},
}

// properties are the names of what the change asks for.
func (c SubscriptionChange) properties() []string {
	var names []string
	for _, property := range []struct {
		asked bool
		name  string
	}{
		{c.FriendlyName != nil, propertyFriendlyName},
		{c.Quantity != nil, propertyQuantity},
		{c.PartnerID != nil, propertyPartnerID},
		{c.AutoRenewEnabled != nil, propertyAutoRenew},
		{c.Status != nil, propertyStatus},
		{c.BillingCycle != nil, propertyBillingCycle},
		{c.TermDuration != nil, propertyTermDuration},
		{c.NextTerm != nil || c.ClearNextTerm, propertyNextTerm},
		{c.ScheduledActions != nil, propertyScheduledActions},
	} {
		if property.asked {
			names = append(names, property.name)
		}
	}
	return names
}

// validate refuses what no caller may ask for; such a change is a mistake in the program, not in somebody's configuration.
func (c SubscriptionChange) validate() error {
	names := c.properties()
	together := slices.ContainsFunc(sharedProperties, func(shared []string) bool { return slices.Equal(shared, names) })
	switch {
	case len(names) > 1 && !together:
		return fmt.Errorf("%s cannot be changed together", strings.Join(names, ", "))
	case c.Status != nil && c.AutoRenewEnabled != nil && (!sameEnum(*c.Status, StatusDeleted) || *c.AutoRenewEnabled):
		return errors.New("status and autoRenewEnabled can be changed together only to deleted and false")
	case c.NextTerm != nil && c.ClearNextTerm:
		return errors.New("the next term cannot be both set and cleared")
	case c.Quantity != nil && *c.Quantity < 1:
		return fmt.Errorf("a quantity of %d is not possible, at least one license is", *c.Quantity)
	case c.PartnerID != nil && strings.TrimSpace(*c.PartnerID) == "":
		return errors.New("the partner on record can be replaced but not removed")
	}
	return nil
}

// overlay lays the change over the document as the service wrote it: what the change does not name is sent back as it was read,
// because a PATCH that omits autoRenewEnabled or instructions switches them off. See reference/commerce.md#patch-semantics.
func overlay(raw json.RawMessage, change SubscriptionChange) (document, error) {
	var whole document
	if err := json.Unmarshal(raw, &whole); err != nil {
		return nil, fmt.Errorf("reading the subscription: %w", err)
	}
	if whole == nil {
		return nil, errors.New("the subscription is empty")
	}
	var present Subscription
	if err := json.Unmarshal(raw, &present); err != nil {
		return nil, fmt.Errorf("reading the subscription: %w", err)
	}
	for _, difference := range differences(&present, change) {
		if err := whole.set(difference.Property, difference.value); err != nil {
			return nil, err
		}
	}
	return whole, nil
}

// Difference is one property that is not as a change asks; Want and Got are for people.
type Difference struct {
	Property  string // as the service spells it
	Want, Got string

	value any // what to send
}

// differences says what of the change the subscription does not show; none means that nothing has to be sent, or that it is done.
func differences(s *Subscription, change SubscriptionChange) []Difference {
	if change.Status != nil && sameEnum(*change.Status, StatusDeleted) && s.Ended() {
		return nil // over is over: expired and disabled cannot be deleted any more, and nothing of them renews
	}
	var found []Difference
	add := func(same bool, property, want, got string, value any) {
		if !same {
			found = append(found, Difference{Property: property, Want: want, Got: got, value: value})
		}
	}
	if v := change.FriendlyName; v != nil {
		add(strings.TrimSpace(s.FriendlyName) == strings.TrimSpace(*v), propertyFriendlyName, escape.Quoted(*v), escape.Quoted(s.FriendlyName), *v)
	}
	if v := change.Quantity; v != nil {
		add(int64(s.Quantity) == *v, propertyQuantity, strconv.FormatInt(*v, 10), strconv.FormatInt(int64(s.Quantity), 10), *v)
	}
	if v := change.PartnerID; v != nil {
		add(string(s.PartnerID) == strings.TrimSpace(*v), propertyPartnerID, strconv.Quote(*v), strconv.Quote(string(s.PartnerID)), *v)
	}
	if v := change.AutoRenewEnabled; v != nil {
		add(s.AutoRenewEnabled == *v, propertyAutoRenew, strconv.FormatBool(*v), strconv.FormatBool(s.AutoRenewEnabled), *v)
	}
	if v := change.Status; v != nil {
		add(sameEnum(s.Status, *v), propertyStatus, strconv.Quote(*v), strconv.Quote(s.Status), *v)
	}
	if v := change.TermDuration; v != nil {
		add(sameEnum(s.TermDuration, *v), propertyTermDuration, *v, s.TermDuration, *v)
	}
	found = append(found, billingDifferences(s, change)...)
	return append(found, scheduleDifferences(s, change)...)
}

// billingDifferences knows that a billing cycle alone is held as an instruction until the next charge and can be taken back until then.
// See reference/commerce.md#billing-cycle-and-term-of-an-existing-subscription.
func billingDifferences(s *Subscription, change SubscriptionChange) []Difference {
	want := change.BillingCycle
	if want == nil {
		return nil
	}
	present, pending := sameEnum(s.BillingCycle, *want), ""
	if s.NextChargeInstructions != nil && change.TermDuration == nil {
		pending = s.NextChargeInstructions.Product.BillingCycle
	}
	switch {
	case pending != "" && sameEnum(pending, *want), pending == "" && present:
		return nil
	case present:
		return []Difference{{Property: propertyNextCharge, Want: "none", Got: pending + " from the next charge"}}
	}
	return []Difference{{Property: propertyBillingCycle, Want: *want, Got: s.BillingCycle, value: *want}}
}

// visible says that the subscription shows the change. After an update an action without instructions of its own may be one that renews by
// those beside it; before one this reading is not enough, because the action alone would win.
func visible(s *Subscription, change SubscriptionChange) bool {
	if len(differences(s, change)) == 0 {
		return true
	}
	read := *s
	read.ScheduledActions = slices.Clone(s.ScheduledActions)
	for i, action := range read.ScheduledActions {
		if action.renews() && action.Instructions == nil {
			read.ScheduledActions[i].Instructions = s.ScheduledNextTermInstructions
		}
	}
	return len(differences(&read, change)) == 0
}
