// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/hashicorp/go-uuid"
)

// Subscription is what a customer has bought and still has, or had: ended ones are listed too. It carries no price and no customer ID.
// See https://learn.microsoft.com/partner-center/developer/subscription-resources.
type Subscription struct {
	ID                            string                     `json:"id"`
	OfferID                       string                     `json:"offerId"` // product:sku:availability, or a GUID for legacy offers
	OfferName                     string                     `json:"offerName"`
	FriendlyName                  string                     `json:"friendlyName" text:"exact"` // the nickname
	EntitlementID                 string                     `json:"entitlementId"`
	ProductType                   ProductType                `json:"productType"`
	Quantity                      Int                        `json:"quantity"` // licenses, absolute
	UnitType                      string                     `json:"unitType"`
	ParentSubscriptionID          string                     `json:"parentSubscriptionId"`
	MigratedFromSubscriptionID    string                     `json:"migratedFromSubscriptionId"`
	ConsumptionType               string                     `json:"consumptionType"`
	HasPurchasableAddons          bool                       `json:"hasPurchasableAddons"`
	CreationDate                  Time                       `json:"creationDate"`
	EffectiveStartDate            Time                       `json:"effectiveStartDate"`    // of the present term
	CommitmentEndDate             Time                       `json:"commitmentEndDate"`     // new commerce: midnight of the last day, which is included
	CommitmentEndDateTime         Time                       `json:"commitmentEndDateTime"` // exact, where the service says it
	CancellationAllowedUntilDate  Time                       `json:"cancellationAllowedUntilDate"`
	BillingCycleEndDate           Time                       `json:"billingCycleEndDate"`
	BillingCycleEndDateTime       Time                       `json:"billingCycleEndDateTime"`
	Status                        string                     `json:"status"`
	AutoRenewEnabled              bool                       `json:"autoRenewEnabled"`
	IsTrial                       bool                       `json:"isTrial"`
	BillingType                   string                     `json:"billingType"`
	BillingCycle                  string                     `json:"billingCycle"`
	TermDuration                  string                     `json:"termDuration"` // ISO 8601
	RenewalTermDuration           string                     `json:"renewalTermDuration"`
	RefundOptions                 []RefundOption             `json:"refundOptions"`
	RefundableQuantity            *RefundableQuantity        `json:"refundableQuantity"` // nil while suspended and where it does not apply
	IsMicrosoftProduct            *bool                      `json:"isMicrosoftProduct"` // nil on legacy offers
	PublisherName                 string                     `json:"publisherName"`
	PartnerID                     Text                       `json:"partnerId"` // MPN ID of the indirect reseller
	AttentionNeeded               *bool                      `json:"attentionNeeded"`
	ActionTaken                   *bool                      `json:"actionTaken"`
	Actions                       []string                   `json:"actions"`
	SuspensionReasons             []string                   `json:"suspensionReasons"`
	ContractType                  string                     `json:"contractType"`
	PromotionID                   string                     `json:"promotionId"`
	CustomTermEndDate             Time                       `json:"customTermEndDate"`
	ScheduledNextTermInstructions *NextTermInstructions      `json:"scheduledNextTermInstructions"`
	ScheduledActions              OneOrMany[ScheduledAction] `json:"scheduledActions"`
	NextChargeInstructions        *NextChargeInstructions    `json:"nextChargeInstructions"` // a billing cycle that starts with the next charge
	ProductOrderID                string                     `json:"productOrderId"`
	OrderID                       string                     `json:"orderId"` // of the purchase
	Attributes                    Attributes                 `json:"attributes"`

	raw       json.RawMessage
	mentioned []string // where raw is forgotten: see forgetDocuments
}

func (s Subscription) identity() string { return s.ID }

// Attributes is the service's own label of a resource; ETag is empty on new-commerce and marketplace subscriptions.
type Attributes struct {
	ETag       string `json:"etag"`
	ObjectType string `json:"objectType"`
}

// RefundOption is a deadline for returning a subscription: Type is Full or Partial, and no ExpiresAt means no deadline.
type RefundOption struct {
	Type      string `json:"type"`
	ExpiresAt Time   `json:"expiresAt"`
}

// RefundableQuantity is how many licenses may still be returned, with the deadline of each batch.
type RefundableQuantity struct {
	TotalQuantity Int                        `json:"totalQuantity"`
	Details       []RefundableQuantityDetail `json:"details"`
}

// RefundableQuantityDetail is one batch of licenses and the last moment they may be returned.
type RefundableQuantityDetail struct {
	Quantity             Int  `json:"quantity"`
	AllowedUntilDateTime Time `json:"allowedUntilDateTime"`
}

// NextTermInstructions says what a subscription renews into; Quantity is absolute, 0 leaves it to the service.
// See https://learn.microsoft.com/partner-center/developer/create-scheduled-changes.
type NextTermInstructions struct {
	Product           NextTermProduct `json:"product"`
	Quantity          Int             `json:"quantity,omitzero"`
	CustomTermEndDate Time            `json:"customTermEndDate,omitzero"`

	raw *json.RawMessage // as it was read; a pointer keeps the type comparable
}

// NextTermProduct is what to renew into; AvailabilityID must be the one that is on sale today.
type NextTermProduct struct {
	ProductID      string `json:"productId"`
	SkuID          string `json:"skuId"`
	AvailabilityID string `json:"availabilityId"`
	BillingCycle   string `json:"billingCycle"`
	TermDuration   string `json:"termDuration"`
	PromotionID    string `json:"promotionId,omitzero"`
}

// NextChargeInstructions is a change of the billing cycle that the service holds until the next charge.
type NextChargeInstructions struct {
	Product  NextTermProduct `json:"product"`
	Quantity Int             `json:"quantity"`
}

// ScheduledAction is what happens to a subscription later, see reference/commerce.md#renewal-behavior.
// ScheduleType is TermEnd or CustomDate; ActionType is Cancel, RenewToNewTerm, RenewToExtendedServiceTerm or Transition.
type ScheduledAction struct {
	ScheduleType  string                `json:"scheduleType"`
	ActionType    string                `json:"actionType"`
	EffectiveDate Time                  `json:"effectiveDate,omitzero"`
	Instructions  *NextTermInstructions `json:"instructions,omitempty"`

	raw json.RawMessage // as it was read
}

// UnmarshalJSON keeps the document beside the fields: an update sends everything back.
func (s *Subscription) UnmarshalJSON(data []byte) error {
	type plain Subscription
	if err := json.Unmarshal(data, (*plain)(s)); err != nil {
		return err
	}
	s.raw = bytes.Clone(data)
	return nil
}

// CommitmentEnd is the last moment of the term. The older field names only the day, which is still included.
func (s *Subscription) CommitmentEnd() Time {
	return firstTime(s.CommitmentEndDateTime, s.CommitmentEndDate)
}

// BillingCycleEnd is the last moment of the billing cycle, from the newer field where it is there.
func (s *Subscription) BillingCycleEnd() Time {
	return firstTime(s.BillingCycleEndDateTime, s.BillingCycleEndDate)
}

func firstTime(exact, day Time) Time {
	if exact.IsZero() {
		return day
	}
	return exact
}

// EndsWithTerm reports a cancellation that is scheduled for the end of the term.
func (s *Subscription) EndsWithTerm() bool {
	return slices.ContainsFunc(s.ScheduledActions, func(a ScheduledAction) bool {
		return sameEnum(a.ScheduleType, ScheduleTermEnd) && sameEnum(a.ActionType, ActionCancel)
	})
}

// Omits reports whether the service's answer did not mention a property at all, not even as null.
func (s *Subscription) Omits(property string) bool {
	names := s.mentioned
	if names == nil {
		names = mentionedIn(s.raw)
	}
	return !slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(name, property) })
}

// mentionedIn are the names of a document's properties, sorted.
func mentionedIn(raw json.RawMessage) []string {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(raw, &members); err != nil {
		return nil
	}
	return slices.Sorted(maps.Keys(members))
}

// forgetDocuments keeps of what was read for looking at only what Omits asks for: documents take as much memory as everything else in a large
// list, and an update reads its own. Most of them mention the same.
func forgetDocuments(all []Subscription) {
	kept := map[string][]string{}
	for i := range all {
		names := mentionedIn(all[i].raw)
		key := strings.Join(names, " ")
		if kept[key] == nil {
			kept[key] = append([]string{}, names...)
		}
		all[i].mentioned, all[i].raw = kept[key], nil
	}
}

// Family is the kind of commerce a subscription belongs to; what may be changed, and how, depends on it.
type Family string

// The families of products, told apart by productType and the shape of the offer ID. See reference/commerce.md#vocabulary.
const (
	FamilyMarketplaceSaaS Family = "marketplace_saas"
	FamilyNewCommerce     Family = "new_commerce"
	FamilyLegacy          Family = "legacy"
	FamilyAzure           Family = "azure"
	FamilySoftware        Family = "software"
	FamilyOther           Family = "other"
)

// Family says which kind of commerce the subscription belongs to.
func (s *Subscription) Family() Family {
	if family := s.ProductType.family(); family != FamilyOther {
		return family
	}
	switch {
	case strings.HasPrefix(strings.ToUpper(s.OfferID), "MS-AZR-"), sameEnum(s.BillingType, "usage"):
		return FamilyAzure
	case s.ProductType.ID != "":
		return FamilyOther
	case isGUID(s.OfferID):
		return FamilyLegacy
	case s.ProductID() == "":
		return FamilyOther
	case strings.HasPrefix(strings.ToUpper(s.OfferID), "CFQ7TTC"):
		return FamilyNewCommerce
	case s.IsMicrosoftProduct != nil && !*s.IsMicrosoftProduct:
		return FamilyMarketplaceSaaS
	}
	return FamilyOther
}

// ProductID is the first part of the offer ID, empty for offers that are not product:sku:availability.
func (s *Subscription) ProductID() string { return offerPart(s.OfferID, 0) }

// SkuID is the second part of the offer ID, empty for offers that are not product:sku:availability.
func (s *Subscription) SkuID() string { return offerPart(s.OfferID, 1) }

// Ended says that nothing can be done with the subscription any more: it is deleted, expired or disabled, or was never set up at its
// publisher and is unsubscribed. See reference/commerce.md#saas-that-nobody-activates-plans-that-activate-themselves.
func (s *Subscription) Ended() bool {
	switch enumKey(s.Status) {
	case "deleted", "expired", "disabled", "unsubscribed":
		return true
	}
	return false
}

func offerPart(offerID string, index int) string {
	parts := strings.Split(offerID, ":")
	if len(parts) != 3 {
		return ""
	}
	return parts[index]
}

func isGUID(text string) bool {
	_, err := uuid.ParseUUID(text)
	return err == nil
}

// SubscriptionsQuery narrows a list of subscriptions; at most one may be set.
type SubscriptionsQuery struct {
	OrderID   string // the list lags up to 15 minutes behind a purchase
	PartnerID string // MPN ID of the indirect reseller on record
}

// Subscriptions lists the subscriptions of a customer in all states.
// See https://learn.microsoft.com/partner-center/developer/get-all-of-a-customer-s-subscriptions.
func (c *Client) Subscriptions(ctx context.Context, customerID string, query SubscriptionsQuery) ([]Subscription, error) {
	parameters := url.Values{}
	if query.OrderID != "" {
		parameters.Set("order_id", query.OrderID)
	}
	if query.PartnerID != "" {
		parameters.Set("mpn_id", query.PartnerID)
	}
	return list[Subscription](ctx, c, call{
		operation: "list subscriptions", method: http.MethodGet,
		path: route("customers", customerID, "subscriptions"), query: parameters, customer: customerID,
	})
}

// Subscription reads one subscription; ended ones are found too, and IsNotFound says there never was one or it is not visible yet.
// See https://learn.microsoft.com/partner-center/developer/get-a-subscription-by-id.
func (c *Client) Subscription(ctx context.Context, customerID, id string) (*Subscription, error) {
	got, err := one[Subscription](ctx, c, call{
		operation: "read subscription", method: http.MethodGet,
		path: route("customers", customerID, "subscriptions", id), customer: customerID,
	})
	return sameObject("read subscription", id, got, err)
}
