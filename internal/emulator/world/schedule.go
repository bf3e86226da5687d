// SPDX-License-Identifier: MPL-2.0

package world

// schedule lays instructions and actions over next; the actions win over instructions in the same body.
func (w *World) schedule(c *Customer, next *Subscription, u *Update) *Refusal {
	if u.Instructions == nil && u.Actions == nil {
		return nil
	}
	if next.Family != FamilyNCE {
		if refusal, done := w.scheduleElsewhere(next); done {
			return refusal
		}
	}
	if u.Actions != nil {
		return w.scheduleActions(c, next, *u.Actions)
	}
	wanted := u.Instructions.To
	if len(u.SentActions) > 0 && !w.Rules.InstructionsWin {
		wanted = u.SentActions[0].Instructions // the actions of the body win, changed or not
	}
	return w.scheduleInstructions(c, next, wanted)
}

// scheduleElsewhere answers for families whose schedule is not documented, or lets them pass.
func (w *World) scheduleElsewhere(next *Subscription) (refusal *Refusal, done bool) {
	if next.Family != FamilySaaS {
		return refuse(forbidden, 900263, "Scheduled changes are not supported for this subscription."), true
	}
	switch w.Rules.SaaSSchedules {
	case Allowed:
		return nil, false
	case Ignored:
		return nil, true
	}
	return refuse(badRequest, 900141, "Scheduled changes are not supported for marketplace subscriptions."), true
}

func (w *World) scheduleActions(c *Customer, next *Subscription, actions []ScheduledAction) *Refusal {
	if len(actions) == 0 {
		next.Actions, next.Instructions = nil, nil
		return nil
	}
	only := actions[0]
	switch {
	case len(actions) > 1 || only.ScheduleType == ScheduleCustom || only.ActionType == "Transition":
		return refuse(badRequest, 900141, "The scheduled action is not supported.")
	case (only.ActionType == ActionRenew) != next.AutoRenew:
		return refuse(badRequest, 800002, "The request input is invalid: %s contradicts autoRenewEnabled.", only.ActionType)
	case only.ActionType == ActionRenew:
		next.Actions = nil
		refusal := w.scheduleInstructions(c, next, only.Instructions)
		if refusal == nil && only.Instructions != nil && w.Rules.RenewalActionsStay {
			next.Actions, next.Instructions = actions, nil
		}
		return refusal
	case only.ActionType == ActionExtend && !w.extends(next):
		return refuse(badRequest, 800093, "The subscription is not eligible for an extended service term.")
	}
	next.Actions, next.Instructions = actions, nil
	return nil
}

// scheduleInstructions checks what the subscription is to become (reference/commerce.md#renewal-behavior).
func (w *World) scheduleInstructions(c *Customer, next *Subscription, wanted *Instructions) *Refusal {
	if wanted == nil {
		next.Instructions = nil
		return nil
	}
	if !next.AutoRenew {
		return refuse(badRequest, 800002, "The request input is invalid: scheduledNextTermInstructions need autoRenewEnabled.")
	}
	target := wanted.Product
	p, k := w.Tenant.SKU(target.ProductID + ":" + target.SkuID)
	if k == nil || p.Family != next.Family {
		return refuse(badRequest, 900260, "The product of the next term is not valid.")
	}
	same := target.ProductID == next.ProductID && target.SkuID == next.SkuID
	if _, source := w.sold(next); !same && !source.movesTo(p, k) {
		return refuse(badRequest, 900260, "The product of the next term is no transition target of the present one.")
	}
	today := w.Tenant.Current(p, k, c.Country)
	if target.AvailabilityID != today.Availability && !w.Rules.StaleInstructions {
		return refuse(notFound, 400019, "Availability %s of the next term was not found.", target.AvailabilityID)
	}
	switch {
	case TermMonths(target.TermDuration) == 0:
		return refuse(badRequest, 800121, "The term %q of the next term is not valid.", target.TermDuration)
	case k.Term(target.TermDuration, target.BillingCycle) == nil:
		return refuse(badRequest, 900269, "The billing cycle %q is not offered with the term %s.", target.BillingCycle, target.TermDuration)
	case wanted.Quantity < k.least(target.TermDuration) || wanted.Quantity > k.Max:
		return refuse(badRequest, 2002, "The quantity of the next term is outside %d to %d.", k.Min, k.Max)
	case target.PromotionID != "" && w.Tenant.Promotion(target.PromotionID) == nil:
		return refuse(badRequest, 27007, "The promotion ID is not valid.")
	}
	if refusal := w.checkNextEnd(c, next, wanted); refusal != nil {
		return refusal
	}
	next.Instructions = wanted
	return nil
}

// checkNextEnd checks a custom end of the next term: a day of the renewed term, which begins when the present one has ended, and a valid
// alignment.
func (w *World) checkNextEnd(c *Customer, next *Subscription, wanted *Instructions) *Refusal {
	if wanted.CustomTermEnd.IsZero() {
		return nil
	}
	if next.Family != FamilyNCE {
		return refuse(badRequest, 900244, "Only new-commerce subscriptions take a custom term end date.")
	}
	end := Midnight(wanted.CustomTermEnd)
	if end.Before(next.TermEnd) || !end.Before(AddMonths(next.TermEnd, TermMonths(wanted.Product.TermDuration))) {
		return refuse(badRequest, 900245, "The custom term end date lies outside the renewed term.")
	}
	for _, date := range w.CustomTermEnds(c, next.TermEnd, wanted.Product.TermDuration) {
		if Midnight(date.On).Equal(end) {
			return nil
		}
	}
	return refuse(badRequest, 900246, "The custom term end date matches no valid alignment.")
}
