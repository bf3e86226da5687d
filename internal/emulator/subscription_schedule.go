// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"reflect"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// sentInstructions are instructions as a body has them; members nobody knows make them invalid.
type sentInstructions struct {
	Product struct {
		ProductID, SkuID, AvailabilityID, BillingCycle, TermDuration string
		PromotionID                                                  *string
		Attributes                                                   any
	}
	Quantity          int
	CustomTermEndDate *string
	Attributes        any
}

type sentAction struct {
	ScheduleType, ActionType string
	EffectiveDate            *string
	Instructions             *sentInstructions
	Attributes               any
}

func (i *sentInstructions) parse() (*world.Instructions, bool) {
	if i == nil {
		return nil, true
	}
	p := i.Product
	parsed := &world.Instructions{Quantity: i.Quantity, Product: world.InstructionProduct{ProductID: p.ProductID, SkuID: p.SkuID,
		AvailabilityID: p.AvailabilityID, BillingCycle: strings.ToLower(p.BillingCycle), TermDuration: strings.ToUpper(p.TermDuration)}}
	if p.PromotionID != nil {
		parsed.Product.PromotionID = *p.PromotionID
	}
	if i.CustomTermEndDate != nil && *i.CustomTermEndDate != "" {
		date, ok := parseStamp(*i.CustomTermEndDate)
		if !ok {
			return nil, false
		}
		parsed.CustomTermEnd = date
	}
	return parsed, true
}

// readSchedule reads instructions and actions; it returns the name of a member that is invalid.
func readSchedule(u *world.Update, sub *world.Subscription, sent document) (invalid string) {
	if value, present := sent.get(world.PropInstructions); present {
		var instructions *sentInstructions
		parsed, ok := instructions.parse()
		if string(value) != "null" {
			if decodeStrictly(value, &instructions) != nil {
				return world.PropInstructions
			}
			parsed, ok = instructions.parse()
		}
		if !ok {
			return world.PropInstructions
		}
		if !reflect.DeepEqual(parsed, sub.Instructions) {
			u.Instructions = &world.ChangedInstructions{To: parsed}
		}
	}
	value, present := sent.get(world.PropActions)
	if !present {
		return ""
	}
	actions, ok := parseActions(value)
	if !ok {
		return world.PropActions
	}
	u.SentActions = actions
	if !sameActions(sub, actions) {
		u.Actions = &actions
	}
	return ""
}

func decodeStrictly(value json.RawMessage, into any) error {
	decoder := json.NewDecoder(strings.NewReader(string(value)))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}

// parseActions takes a list, and a single object as one description has it.
func parseActions(value json.RawMessage) (actions []world.ScheduledAction, ok bool) {
	var sent []sentAction
	if trimmed := strings.TrimSpace(string(value)); strings.HasPrefix(trimmed, "{") {
		value = json.RawMessage("[" + trimmed + "]")
	}
	if decodeStrictly(value, &sent) != nil {
		return nil, false
	}
	for _, one := range sent {
		action := world.ScheduledAction{ScheduleType: world.Canonical(one.ScheduleType, world.ScheduleAtEnd, world.ScheduleCustom),
			ActionType: world.Canonical(one.ActionType, world.ActionCancel, world.ActionRenew, world.ActionExtend, "Transition")}
		if action.ScheduleType == "" || action.ActionType == "" {
			return nil, false
		}
		if one.EffectiveDate != nil {
			if action.EffectiveDate, ok = parseStamp(*one.EffectiveDate); !ok {
				return nil, false
			}
		}
		if action.Instructions, ok = one.Instructions.parse(); !ok {
			return nil, false
		}
		actions = append(actions, action)
	}
	return actions, true
}

// sameActions compares with what GET shows: the explicit actions, or the renewal that auto-renew implies.
func sameActions(sub *world.Subscription, sent []world.ScheduledAction) bool {
	if len(sub.Actions) > 0 {
		return reflect.DeepEqual(sent, sub.Actions)
	}
	if len(sent) == 0 {
		return true
	}
	implied := []world.ScheduledAction{{ScheduleType: world.ScheduleAtEnd, ActionType: world.ActionRenew, Instructions: sub.Instructions}}
	return sub.AutoRenew && reflect.DeepEqual(sent, implied)
}
