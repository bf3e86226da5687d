// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
)

// Kinds of transitions that TransitionEligibilities asks for.
const (
	TransitionImmediate = "immediate"
	TransitionScheduled = "scheduled" // with the next renewal
)

// TransitionEligibility is a plan that a new-commerce subscription may move to.
// See https://learn.microsoft.com/partner-center/developer/transition-resources.
type TransitionEligibility struct {
	OperationID               string                          `json:"operationId"`
	CatalogItemID             string                          `json:"catalogItemId"`
	Title                     string                          `json:"title"`
	Description               string                          `json:"description"`
	Quantity                  Int                             `json:"quantity"`
	Eligibilities             []TransitionEligibilityDetail   `json:"eligibilities"`
	SubscriptionEligibilities []SubscriptionEligibilityDetail `json:"subscriptionEligibilities"`
}

// TransitionEligibilityDetail says whether one type of transition, transition_only or transition_with_license_transfer, is possible.
type TransitionEligibilityDetail struct {
	IsEligible     bool              `json:"isEligible"`
	TransitionType string            `json:"transitionType"`
	Errors         []TransitionError `json:"errors"`
}

// SubscriptionEligibilityDetail says whether the licenses may move into an existing subscription.
type SubscriptionEligibilityDetail struct {
	IsEligible               bool              `json:"isEligible"`
	SubscriptionID           string            `json:"subscriptionId"`
	SubscriptionFriendlyName string            `json:"subscriptionFriendlyName"`
	SubscriptionTermDuration string            `json:"subscriptionTermDuration"`
	SubscriptionBillingCycle string            `json:"subscriptionBillingCycle"`
	Errors                   []TransitionError `json:"errors"`
}

// TransitionError is why a transition is not possible or failed.
type TransitionError struct {
	Code        Text   `json:"code"`
	Description string `json:"description"`
}

// String is what Partner Center says, or the code where it says nothing.
func (e TransitionError) String() string {
	if e.Description == "" {
		return "code " + string(e.Code)
	}
	return e.Description
}

// TransitionRequest asks to move licenses to another plan; fewer than all are a partial transition.
type TransitionRequest struct {
	FromCatalogItemID  string `json:"fromCatalogItemId,omitzero"`
	FromSubscriptionID string `json:"fromSubscriptionId,omitzero"`
	ToCatalogItemID    string `json:"toCatalogItemId"`
	ToSubscriptionID   string `json:"toSubscriptionId,omitzero"` // an existing subscription to move into
	Quantity           Int    `json:"quantity"`
	TermDuration       string `json:"termDuration,omitzero"`
	BillingCycle       string `json:"billingCycle,omitzero"`
	TransitionType     string `json:"transitionType"`
	PromotionID        string `json:"promotionId,omitzero"`
}

// Transition is a transition that was started; the events tell how far it is.
type Transition struct {
	OperationID        string            `json:"operationId"`
	FromCatalogItemID  string            `json:"fromCatalogItemId"`
	FromSubscriptionID string            `json:"fromSubscriptionId"`
	ToCatalogItemID    string            `json:"toCatalogItemId"`
	ToSubscriptionID   string            `json:"toSubscriptionId"`
	Quantity           Int               `json:"quantity"`
	TermDuration       string            `json:"termDuration"`
	BillingCycle       string            `json:"billingCycle"`
	TransitionType     string            `json:"transitionType"`
	PromotionID        string            `json:"promotionId"`
	Events             []TransitionEvent `json:"events"`
}

// TransitionEvent is a step of a transition: Status is Started, InProgress, Completed or Failed.
type TransitionEvent struct {
	Name      string            `json:"name"`
	Status    string            `json:"status"`
	Timestamp Time              `json:"timestamp"`
	Errors    []TransitionError `json:"errors"`
}

// UnmarshalJSON removes the blanks that the service leaves behind some statuses.
func (e *TransitionEvent) UnmarshalJSON(data []byte) error {
	type plain TransitionEvent
	if err := json.Unmarshal(data, (*plain)(e)); err != nil {
		return err
	}
	e.Name, e.Status = strings.TrimSpace(e.Name), strings.TrimSpace(e.Status)
	return nil
}

// TransitionEligibilities lists where a new-commerce subscription may move, now (TransitionImmediate) or with the renewal (TransitionScheduled).
// See https://learn.microsoft.com/partner-center/developer/transition-a-new-commerce-subscription.
func (c *Client) TransitionEligibilities(ctx context.Context, customerID, subscriptionID, eligibilityType string) ([]TransitionEligibility, error) {
	query := url.Values{}
	if eligibilityType != "" {
		query.Set("eligibilityType", eligibilityType)
	}
	return list[TransitionEligibility](ctx, c, call{
		operation: "list transition eligibilities", method: http.MethodGet,
		path: route("customers", customerID, "subscriptions", subscriptionID, "transitioneligibilities"), query: query, customer: customerID,
	})
}

// Transitions lists the transitions of a subscription, or the one with the operation ID if that is not empty.
// See https://learn.microsoft.com/partner-center/developer/get-transitions.
func (c *Client) Transitions(ctx context.Context, customerID, subscriptionID, operationID string) ([]Transition, error) {
	query := url.Values{}
	if operationID != "" {
		query.Set("operationId", operationID)
	}
	got, err := do[struct {
		Items      []Transition `json:"items"`
		Transition []Transition `json:"transition"` // the name in a documented sample (reference/commerce.md#transitions)
	}](ctx, c, call{
		operation: "list transitions", method: http.MethodGet,
		path: route("customers", customerID, "subscriptions", subscriptionID, "transitions"), query: query, customer: customerID,
	})
	if err != nil {
		return nil, err
	}
	return append(got.Items, got.Transition...), nil
}

// CreateTransition starts a transition, which buys the target and may take over half an hour; follow it with Transitions.
// See https://learn.microsoft.com/partner-center/developer/transition-a-new-commerce-subscription.
func (c *Client) CreateTransition(ctx context.Context, customerID, subscriptionID string, request TransitionRequest) (*Transition, error) {
	return one[Transition](ctx, c, call{
		operation: "create transition", method: http.MethodPost,
		path: route("customers", customerID, "subscriptions", subscriptionID, "transitions"), body: request, customer: customerID,
	})
}
