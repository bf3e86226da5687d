// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"net/http"
	"strings"
	"time"
)

// Transition is a started or finished move to another product (commerce reference, Transitions).
type Transition struct {
	OperationID, From, To, ToSubscription, Kind string
	FromSubscription                            string
	Quantity                                    int
	Started                                     time.Time
	ReadsLeft                                   int
	Partial                                     *Subscription // the subscription a partial move makes
	Whole                                       *Subscription // what a full move makes of the subscription
	Done                                        time.Time
}

// Codes of transition eligibility errors (commerce reference, "Other enumerated errors").
const (
	transitionSourceInactive    = 2
	transitionServicesConflict  = 3
	targetInactive              = 1
	targetInCancellationWindow  = 2
	targetTermShorter           = 3
	targetEndsBefore            = 4
	transitionOnly              = "transition_only"
	transitionWithLicenses      = "transition_with_license_transfer"
	transitionSourceUnsupported = 900258
)

func listEligibilities(s *Server, c *Customer, sub *Subscription, r *http.Request) (int, any) {
	kind := query(r, "eligibilityType")
	if kind != "" && !oneOf(kind, "immediate", "scheduled") {
		return http.StatusBadRequest, fault(900126, "The value %q of eligibilityType could not be parsed.", kind)
	}
	scheduled := strings.EqualFold(kind, "scheduled")
	found := []object{}
	_, source := s.sold(sub)
	if source != nil && sub.Family == familyNCE {
		targets := source.TransitionTo
		if source.TrialOf != "" {
			targets = append([]string{source.TrialOf}, targets...)
		}
		for _, id := range targets {
			if p, k := s.tenant.skuOf(id); k != nil {
				found = append(found, s.renderEligibility(c, sub, s.tenant.current(p, k, c.Country), scheduled))
			}
		}
	}
	return http.StatusOK, collection(r, found)
}

func (s *Server) renderEligibility(c *Customer, sub *Subscription, target item, scheduled bool) object {
	problems := []object{}
	if sub.Status != statusActive {
		problems = append(problems, object{"code": transitionSourceInactive, "description": "Subscription can't be transitioned: the source subscription isn't active."})
	}
	targets := []object{}
	for _, other := range c.Subscriptions {
		if !scheduled && !sub.Trial && other != sub && other.ProductID == target.Product.ID && other.SkuID == target.SKU.ID {
			targets = append(targets, s.renderTarget(sub, other))
		}
	}
	return object{
		"catalogItemId": target.id(), "title": target.offerName(), "description": target.Product.Description, "quantity": sub.Quantity,
		"eligibilities": []object{
			{"isEligible": len(problems) == 0, "transitionType": transitionOnly, "errors": problems},
			{"isEligible": false, "transitionType": transitionWithLicenses, "errors": append(problems, object{
				"code": transitionServicesConflict, "description": "Transition type isn't compatible: conflicting subscriptions for license transfer exist."})},
		},
		"subscriptionEligibilities": targets, "attributes": objectType("TransitionEligibility"),
	}
}

func (s *Server) renderTarget(sub, target *Subscription) object {
	problems := []object{}
	if code, text := s.targetProblem(sub, target); code != 0 {
		problems = append(problems, object{"code": code, "description": text})
	}
	return object{"isEligible": len(problems) == 0, "subscriptionId": target.ID, "subscriptionFriendlyName": target.FriendlyName,
		"subscriptionTermDuration": target.TermDuration, "subscriptionBillingCycle": target.BillingCycle, "errors": problems}
}

func (s *Server) targetProblem(sub, target *Subscription) (code int, text string) {
	switch {
	case target.Status != statusActive:
		return targetInactive, "Subscription is not active."
	case target.inWindow(s.now()):
		return targetInCancellationWindow, "Subscription is within its cancellation window."
	case termMonths(target.TermDuration) < termMonths(sub.TermDuration):
		return targetTermShorter, "The subscription's term duration is shorter than the source subscription's."
	case target.TermEnd.Before(sub.TermEnd):
		return targetEndsBefore, "The subscription's term ends before the source subscription's."
	}
	return 0, ""
}

// transitionRequest is what a caller posts; what only answers have is taken and ignored.
type transitionRequest struct {
	OperationID, Events, Links, Attributes                                   any
	FromCatalogItemID, FromSubscriptionID, ToCatalogItemID, ToSubscriptionID string
	Quantity                                                                 int
	TermDuration, BillingCycle, TransitionType, PromotionID                  string
}

func startTransition(s *Server, c *Customer, sub *Subscription, r *http.Request) (int, any) {
	var sent transitionRequest
	if status, body, ok := decode(r, &sent); !ok {
		return status, body
	}
	if status, body := s.mayUpdate(sub, r); status != 0 {
		return status, body
	}
	target, status, body := s.checkTransition(c, sub, &sent)
	if status != 0 {
		return status, body
	}
	now := s.now()
	t := &Transition{OperationID: s.newID(), From: sub.OfferID, To: sent.ToCatalogItemID, FromSubscription: sub.ID,
		ToSubscription: sent.ToSubscriptionID, Kind: strings.ToLower(sent.TransitionType), Quantity: sent.Quantity, Started: now,
		ReadsLeft: s.behaviour.TransitionReads}
	next := s.moved(c, sub, target, &sent)
	switch {
	case sent.ToSubscriptionID != "":
	case sent.Quantity < sub.Quantity:
		next.ID, next.Quantity = s.newID(), sent.Quantity
		t.Partial, t.ToSubscription = next, next.ID
	default:
		t.Whole, t.ToSubscription = next, sub.ID
	}
	s.dropSchedule(sub)
	sub.Updates++
	sub.Transitions = append(sub.Transitions, t)
	s.audit(c, r, auditEntry{resource: "subscription", operation: "upgrade_subscription", data: []string{"SubscriptionId", sub.ID}})
	return http.StatusOK, renderTransition(t, false)
}

func (s *Server) checkTransition(c *Customer, sub *Subscription, sent *transitionRequest) (target item, status int, body any) {
	refuse := func(code int, text string) (item, int, any) {
		return item{}, http.StatusBadRequest, fault(code, "%s", text)
	}
	found, code := s.tenant.findItem(sent.ToCatalogItemID, c.Country)
	_, source := s.sold(sub)
	switch {
	case sub.Status != statusActive || sub.Family != familyNCE:
		return refuse(transitionSourceUnsupported, "The source subscription is not active or cannot be transitioned.")
	case !oneOf(sent.TransitionType, transitionOnly, transitionWithLicenses):
		return refuse(900126, "The transition type could not be parsed.")
	case code != 0 || found.Stale || !source.movesTo(found.Product, found.SKU):
		return refuse(900260, "The target is not the right catalog item.")
	case sent.Quantity < 1 || sent.Quantity > sub.Quantity:
		return refuse(2002, "The quantity is outside the seats of the source subscription.")
	case strings.EqualFold(sent.ToSubscriptionID, sub.ID):
		return refuse(900259, "The target is the same as the source.")
	}
	for _, running := range sub.Transitions {
		if running.Done.IsZero() {
			return item{}, http.StatusConflict, fault(900278, "An operation on the subscription is pending. Try again after 24 hours.")
		}
	}
	if sent.ToSubscriptionID != "" {
		other := c.subscription(sent.ToSubscriptionID)
		if other == nil || other.ProductID != found.Product.ID || other.SkuID != found.SKU.ID {
			return refuse(900260, "The target is not the right catalog item.")
		}
		if problem, text := s.targetProblem(sub, other); problem != 0 {
			return refuse(map[int]int{targetInactive: 900258, targetInCancellationWindow: 900261, targetTermShorter: 900267, targetEndsBefore: 900236}[problem], text)
		}
		return found, 0, nil
	}
	duration, cycle := cmp.Or(sent.TermDuration, sub.TermDuration), cmp.Or(sent.BillingCycle, sub.BillingCycle)
	switch {
	case termMonths(duration) == 0:
		return refuse(900268, "The term is invalid.")
	case termMonths(duration) < termMonths(sub.TermDuration):
		return refuse(900267, "The term is shorter than the source's.")
	case cycleMonths(cycle) > termMonths(duration):
		return refuse(900270, "The billing cycle is longer than the term.")
	case found.SKU.term(duration, cycle) == nil:
		return refuse(900269, "The billing cycle is invalid.")
	}
	return found, 0, nil
}

// moved is the source as the target product; a partial move keeps the source's window and end.
func (s *Server) moved(c *Customer, sub *Subscription, target item, sent *transitionRequest) *Subscription {
	next := sub.clone()
	next.Transitions, next.Instructions, next.Actions = nil, nil, nil
	duration, cycle := strings.ToUpper(cmp.Or(sent.TermDuration, sub.TermDuration)), strings.ToLower(cmp.Or(sent.BillingCycle, sub.BillingCycle))
	s.become(c, &next, InstructionProduct{ProductID: target.Product.ID, SkuID: target.SKU.ID, TermDuration: duration,
		BillingCycle: cycle, PromotionID: sent.PromotionID}, sent.Quantity)
	if duration != sub.TermDuration || sub.Trial {
		now := s.now()
		next.TermStart, next.TermEnd, next.BilledUntil = now, addMonths(midnight(now), termMonths(duration)), now
	}
	return &next
}

// listTransitions answers in the shape of the published history: under "transition", with leaking PascalCase.
func listTransitions(s *Server, c *Customer, sub *Subscription, r *http.Request) (int, any) {
	wanted := query(r, "operationId")
	shown := []object{}
	for _, t := range sub.Transitions {
		if t.Done.IsZero() {
			if t.ReadsLeft <= 0 {
				s.finish(c, sub, t)
			}
			t.ReadsLeft--
		}
		if wanted == "" || strings.EqualFold(wanted, t.OperationID) {
			shown = append(shown, renderTransition(t, true))
		}
	}
	return http.StatusOK, object{"transition": shown, "attributes": objectType("Collection")}
}

// finish carries a transition out.
func (s *Server) finish(c *Customer, sub *Subscription, t *Transition) {
	t.Done = s.now()
	switch {
	case t.Whole != nil:
		history := sub.Transitions
		*sub = *t.Whole
		sub.Transitions = history
		return
	case t.Partial != nil:
		c.Subscriptions = append(c.Subscriptions, t.Partial)
	default:
		if target := c.subscription(t.ToSubscription); target != nil {
			target.Quantity += t.Quantity
		}
	}
	sub.giveBack(t.Quantity)
	if sub.Quantity -= t.Quantity; sub.Quantity == 0 {
		s.end(sub, statusDeleted, t.Done)
	}
}

func renderTransition(t *Transition, history bool) object {
	event := func(status string, at time.Time) object {
		return object{"name": "Conversion", "status": status, "timestamp": stamp(at), "attributes": objectType("TransitionEvent")}
	}
	events := []object{event("Started ", t.Started)} // the blank is in the published answer
	if !t.Done.IsZero() {
		events = append(events, event("Completed", t.Done))
	}
	answer := object{"operationId": t.OperationID, "quantity": t.Quantity, "transitionType": t.Kind,
		"fromSubscriptionId": t.FromSubscription, "attributes": objectType("Transition")}
	optional(answer, "toSubscriptionId", t.ToSubscription)
	if history {
		answer["FromCatalogItemId"], answer["ToCatalogItemId"], answer["Events"] = t.From, t.To, events
	} else {
		answer["fromCatalogItemId"], answer["toCatalogItemId"], answer["events"] = t.From, t.To, events
	}
	return answer
}
