// SPDX-License-Identifier: MPL-2.0

package world

import (
	"slices"
)

// Update is what is to become different about a subscription: nil where nothing changes.
type Update struct {
	Quantity                                                    *int
	Status, FriendlyName, PartnerID, BillingCycle, TermDuration *string
	AutoRenew                                                   *bool
	Instructions                                                *ChangedInstructions
	Actions                                                     *[]ScheduledAction
	SentActions                                                 []ScheduledAction // all that were sent, changed or not
	Omits                                                       Omissions
}

// ChangedInstructions are other instructions than before; none take those before away.
type ChangedInstructions struct{ To *Instructions }

// Omissions are what an update does not mention although the subscription has it.
type Omissions struct {
	AutoRenew, Instructions, Actions, NextCharge bool
	Extra                                        []string
}

// Names of the properties that an update may change, in the order in which the service looks at them.
const (
	PropStatus       = "status"
	PropQuantity     = "quantity"
	PropAutoRenew    = "autoRenewEnabled"
	PropName         = "friendlyName"
	PropPartner      = "partnerId"
	PropTerm         = "termDuration"
	PropCycle        = "billingCycle"
	PropInstructions = "scheduledNextTermInstructions"
	PropActions      = "scheduledActions"
)

// groupsOfOnePatch are the only combinations one PATCH may change (reference/commerce.md#working-decisions, 1).
var groupsOfOnePatch = [][]string{
	{PropAutoRenew, PropActions},
	{PropTerm, PropCycle},
	{PropInstructions, PropActions},
}

func (u *Update) names() []string {
	var found []string
	add := func(changed bool, name string) {
		if changed {
			found = append(found, name)
		}
	}
	add(u.Status != nil, PropStatus)
	add(u.Quantity != nil, PropQuantity)
	add(u.AutoRenew != nil, PropAutoRenew)
	add(u.FriendlyName != nil, PropName)
	add(u.PartnerID != nil, PropPartner)
	add(u.TermDuration != nil, PropTerm)
	add(u.BillingCycle != nil, PropCycle)
	add(u.Instructions != nil, PropInstructions)
	add(u.Actions != nil, PropActions)
	return found
}

func (u *Update) mayShareOnePatch() bool {
	names := u.names()
	if len(names) < 2 {
		return true
	}
	if u.Status != nil && *u.Status == StatusDeleted && slices.Equal(names, []string{PropStatus, PropAutoRenew}) && !*u.AutoRenew {
		return true
	}
	return slices.ContainsFunc(groupsOfOnePatch, func(group []string) bool {
		return !slices.ContainsFunc(names, func(name string) bool { return !slices.Contains(group, name) })
	})
}

// keepFirst forgets all changes but the first.
func (u *Update) keepFirst() {
	first := u.names()[0]
	keep := Update{Omits: u.Omits, SentActions: u.SentActions}
	switch first {
	case PropStatus:
		keep.Status = u.Status
	case PropQuantity:
		keep.Quantity = u.Quantity
	case PropAutoRenew:
		keep.AutoRenew = u.AutoRenew
	case PropName:
		keep.FriendlyName = u.FriendlyName
	case PropPartner:
		keep.PartnerID = u.PartnerID
	case PropTerm:
		keep.TermDuration = u.TermDuration
	case PropCycle:
		keep.BillingCycle = u.BillingCycle
	case PropInstructions:
		keep.Instructions = u.Instructions
	}
	*u = keep
}
