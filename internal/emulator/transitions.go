// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

func listEligibilities(r *call, c *world.Customer, sub *world.Subscription) (int, any) {
	kind := parameter(r, "eligibilityType")
	if kind != "" && !world.OneOf(kind, "immediate", "scheduled") {
		return http.StatusBadRequest, fault(900126, "The value %q of eligibilityType could not be parsed.", kind)
	}
	scheduled := strings.EqualFold(kind, "scheduled")
	found := []object{}
	for _, target := range r.world.TransitionTargets(c, sub) {
		found = append(found, r.renderEligibility(c, sub, target, scheduled))
	}
	return http.StatusOK, collection(r, found)
}

func (r *call) renderEligibility(c *world.Customer, sub *world.Subscription, target world.Item, scheduled bool) object {
	problems := []object{}
	if sub.Status != world.StatusActive {
		problems = append(problems, object{"code": world.TransitionSourceInactive, "description": "Subscription can't be transitioned: the source subscription isn't active."})
	}
	targets := []object{}
	for _, other := range c.Subscriptions {
		if !scheduled && !sub.Trial && other != sub && other.ProductID == target.Product.ID && other.SkuID == target.SKU.ID {
			targets = append(targets, r.renderTarget(sub, other))
		}
	}
	return object{
		"catalogItemId": target.ID(), "title": target.OfferName(), "description": target.Product.Description, "quantity": sub.Quantity,
		"eligibilities": []object{
			{"isEligible": len(problems) == 0, "transitionType": world.TransitionOnly, "errors": problems},
			{"isEligible": false, "transitionType": world.TransitionWithLicenses, "errors": append(problems, object{
				"code": world.TransitionServicesConflict, "description": "Transition type isn't compatible: conflicting subscriptions for license transfer exist."})},
		},
		"subscriptionEligibilities": targets, "attributes": objectType("TransitionEligibility"),
	}
}

func (r *call) renderTarget(sub, target *world.Subscription) object {
	problems := []object{}
	if code, text := r.world.TargetProblem(sub, target); code != 0 {
		problems = append(problems, object{"code": code, "description": text})
	}
	return object{"isEligible": len(problems) == 0, "subscriptionId": target.ID, "subscriptionFriendlyName": target.FriendlyName,
		"subscriptionTermDuration": target.TermDuration, "subscriptionBillingCycle": target.BillingCycle, "errors": problems}
}

// transitionRequest is what a caller posts; what only answers have is taken and ignored.
type transitionRequest struct {
	OperationID, Events, Links, Attributes                                   any
	FromCatalogItemID, FromSubscriptionID, ToCatalogItemID, ToSubscriptionID string
	Quantity                                                                 int
	TermDuration, BillingCycle, TransitionType, PromotionID                  string
}

func startTransition(r *call, c *world.Customer, sub *world.Subscription) (int, any) {
	var sent transitionRequest
	if refusal := decode(r, &sent); refusal != nil {
		return refuse(refusal)
	}
	t, refusal := r.world.StartTransition(c, sub, world.TransitionRequest{ToCatalogItemID: sent.ToCatalogItemID, ToSubscriptionID: sent.ToSubscriptionID,
		Quantity: sent.Quantity, TermDuration: sent.TermDuration, BillingCycle: sent.BillingCycle, Kind: sent.TransitionType, PromotionID: sent.PromotionID}, r.caller)
	if refusal != nil {
		return refuse(refusal)
	}
	return http.StatusOK, renderTransition(t, false)
}

// listTransitions answers in the shape of the published history: under "transition", with leaking PascalCase.
func listTransitions(r *call, c *world.Customer, sub *world.Subscription) (int, any) {
	wanted := parameter(r, "operationId")
	shown := []object{}
	for _, t := range r.world.ReadTransitions(c, sub) {
		if wanted == "" || strings.EqualFold(wanted, t.OperationID) {
			shown = append(shown, renderTransition(t, true))
		}
	}
	return http.StatusOK, object{"transition": shown, "attributes": objectType("Collection")}
}

func renderTransition(t *world.Transition, history bool) object {
	event := func(status string, at time.Time) object {
		return object{"name": "Conversion", "status": status, "timestamp": stamp(at), "attributes": objectType("TransitionEvent")}
	}
	events := []object{event("Started ", t.Started)} // the blank is in the published answer
	switch {
	case t.Failed:
		failed := event("Failed", t.Done)
		failed["errors"] = []object{{"code": world.TransitionSourceInactive, "description": "The conversion failed."}}
		events = append(events, failed)
	case !t.Done.IsZero():
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
