// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"net/http"
	"reflect"
	"strings"
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

func (i *sentInstructions) parse() (*Instructions, bool) {
	if i == nil {
		return nil, true
	}
	p := i.Product
	parsed := &Instructions{Quantity: i.Quantity, Product: InstructionProduct{ProductID: p.ProductID, SkuID: p.SkuID,
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
func (u *update) readSchedule(sub *Subscription, sent document) (invalid string) {
	if value, present := sent.get(propInstructions); present {
		var instructions *sentInstructions
		parsed, ok := instructions.parse()
		if string(value) != "null" {
			if decodeStrictly(value, &instructions) != nil {
				return propInstructions
			}
			parsed, ok = instructions.parse()
		}
		if !ok {
			return propInstructions
		}
		if !reflect.DeepEqual(parsed, sub.Instructions) {
			u.instructions = &changedInstructions{parsed}
		}
	}
	value, present := sent.get(propActions)
	if !present {
		return ""
	}
	actions, ok := parseActions(value)
	if !ok {
		return propActions
	}
	u.sentActions = actions
	if !sameActions(sub, actions) {
		u.actions = &actions
	}
	return ""
}

func decodeStrictly(value json.RawMessage, into any) error {
	decoder := json.NewDecoder(strings.NewReader(string(value)))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}

// parseActions takes a list, and a single object as one description has it.
func parseActions(value json.RawMessage) (actions []ScheduledAction, ok bool) {
	var sent []sentAction
	if trimmed := strings.TrimSpace(string(value)); strings.HasPrefix(trimmed, "{") {
		value = json.RawMessage("[" + trimmed + "]")
	}
	if decodeStrictly(value, &sent) != nil {
		return nil, false
	}
	for _, one := range sent {
		action := ScheduledAction{ScheduleType: canonical(one.ScheduleType, scheduleAtEnd, scheduleCustom),
			ActionType: canonical(one.ActionType, actionCancel, actionRenew, actionExtend, "Transition")}
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

func canonical(value string, choices ...string) string {
	for _, choice := range choices {
		if strings.EqualFold(value, choice) {
			return choice
		}
	}
	return ""
}

// sameActions compares with what GET shows: the explicit actions, or the renewal that auto-renew implies.
func sameActions(sub *Subscription, sent []ScheduledAction) bool {
	if len(sub.Actions) > 0 {
		return reflect.DeepEqual(sent, sub.Actions)
	}
	if len(sent) == 0 {
		return true
	}
	implied := []ScheduledAction{{ScheduleType: scheduleAtEnd, ActionType: actionRenew, Instructions: sub.Instructions}}
	return sub.AutoRenew && reflect.DeepEqual(sent, implied)
}

// schedule lays instructions and actions over next; the actions win over instructions in the same body.
func (s *Server) schedule(c *Customer, next *Subscription, u *update) (status int, body any) {
	if u.instructions == nil && u.actions == nil {
		return 0, nil
	}
	if next.Family != familyNCE {
		if status, body, done := s.scheduleElsewhere(next); done {
			return status, body
		}
	}
	if u.actions != nil {
		return s.scheduleActions(c, next, *u.actions)
	}
	wanted := u.instructions.to
	if len(u.sentActions) > 0 && !s.behaviour.InstructionsWin {
		wanted = u.sentActions[0].Instructions // the actions of the body win, changed or not
	}
	return s.scheduleInstructions(c, next, wanted)
}

// scheduleElsewhere answers for families whose schedule is not documented, or lets them pass.
func (s *Server) scheduleElsewhere(next *Subscription) (status int, body any, done bool) {
	if next.Family != familySaaS {
		return http.StatusForbidden, fault(900263, "Scheduled changes are not supported for this subscription."), true
	}
	switch s.behaviour.SaaSSchedules {
	case Allowed:
		return 0, nil, false
	case Ignored:
		return 0, nil, true
	}
	return http.StatusBadRequest, fault(900141, "Scheduled changes are not supported for marketplace subscriptions."), true
}

func (s *Server) scheduleActions(c *Customer, next *Subscription, actions []ScheduledAction) (status int, body any) {
	if len(actions) == 0 {
		next.Actions, next.Instructions = nil, nil
		return 0, nil
	}
	only := actions[0]
	contradiction := http.StatusBadRequest
	switch {
	case len(actions) > 1 || only.ScheduleType == scheduleCustom || only.ActionType == "Transition":
		return contradiction, fault(900141, "The scheduled action is not supported.")
	case (only.ActionType == actionRenew) != next.AutoRenew:
		return contradiction, fault(800002, "The request input is invalid: %s contradicts autoRenewEnabled.", only.ActionType)
	case only.ActionType == actionRenew:
		next.Actions = nil
		return s.scheduleInstructions(c, next, only.Instructions)
	case only.ActionType == actionExtend && !s.extends(next):
		return contradiction, fault(800093, "The subscription is not eligible for an extended service term.")
	}
	next.Actions, next.Instructions = actions, nil
	return 0, nil
}

// scheduleInstructions checks what the subscription is to become (commerce reference, "Renewal behaviour").
func (s *Server) scheduleInstructions(c *Customer, next *Subscription, wanted *Instructions) (status int, body any) {
	if wanted == nil {
		next.Instructions = nil
		return 0, nil
	}
	if !next.AutoRenew {
		return http.StatusBadRequest, fault(800002, "The request input is invalid: scheduledNextTermInstructions need autoRenewEnabled.")
	}
	target := wanted.Product
	p, k := s.tenant.skuOf(target.ProductID + ":" + target.SkuID)
	if k == nil || p.Family != next.Family {
		return http.StatusBadRequest, fault(900260, "The product of the next term is not valid.")
	}
	same := target.ProductID == next.ProductID && target.SkuID == next.SkuID
	if _, source := s.sold(next); !same && !source.movesTo(p, k) {
		return http.StatusBadRequest, fault(900260, "The product of the next term is no transition target of the present one.")
	}
	today := s.tenant.current(p, k, c.Country)
	if target.AvailabilityID != today.Availability && !s.behaviour.StaleInstructions {
		return http.StatusNotFound, fault(400019, "Availability %s of the next term was not found.", target.AvailabilityID)
	}
	switch {
	case termMonths(target.TermDuration) == 0:
		return http.StatusBadRequest, fault(800121, "The term %q of the next term is not valid.", target.TermDuration)
	case k.term(target.TermDuration, target.BillingCycle) == nil:
		return http.StatusBadRequest, fault(900269, "The billing cycle %q is not offered with the term %s.", target.BillingCycle, target.TermDuration)
	case wanted.Quantity < k.Min || wanted.Quantity > k.Max:
		return http.StatusBadRequest, fault(2002, "The quantity of the next term is outside %d to %d.", k.Min, k.Max)
	case target.PromotionID != "" && s.tenant.promotion(target.PromotionID) == nil:
		return http.StatusBadRequest, fault(27007, "The promotion ID is not valid.")
	}
	if status, body := s.checkNextEnd(c, next, wanted); status != 0 {
		return status, body
	}
	next.Instructions = wanted
	return 0, nil
}

// checkNextEnd checks a custom end of the next term: a day of the renewed term, which begins when the present one has ended, and a valid
// alignment.
func (s *Server) checkNextEnd(c *Customer, next *Subscription, wanted *Instructions) (status int, body any) {
	if wanted.CustomTermEnd.IsZero() {
		return 0, nil
	}
	if next.Family != familyNCE {
		return http.StatusBadRequest, fault(900244, "Only new-commerce subscriptions take a custom term end date.")
	}
	end := midnight(wanted.CustomTermEnd)
	if end.Before(next.TermEnd) || !end.Before(addMonths(next.TermEnd, termMonths(wanted.Product.TermDuration))) {
		return http.StatusBadRequest, fault(900245, "The custom term end date lies outside the renewed term.")
	}
	for _, date := range s.customTermEnds(c, next.TermEnd, wanted.Product.TermDuration) {
		if midnight(date.on).Equal(end) {
			return 0, nil
		}
	}
	return http.StatusBadRequest, fault(900246, "The custom term end date matches no valid alignment.")
}
