// SPDX-License-Identifier: MPL-2.0

package change

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Ways to make a transition.
const (
	TransitionOnly         = "transition_only"
	TransitionWithTransfer = "transition_with_license_transfer"
)

// Target is what licenses are to move to; what is empty is left out.
type Target struct {
	ProductID, SkuID string
	TransitionType   string
	Quantity         *int64 // all when it is nil
	SubscriptionID   string // existing subscription to move into
	TermDuration     string
	BillingCycle     string
	PromotionID      string
	PriceLimit       *spending.PriceLimit // for the target; nil for none
}

// Transition is a transition that Partner Center says is possible.
type Transition struct {
	Quantity int64
	IntoID   string // existing subscription to move into, "" for none

	customerID string
	from       *partnercenter.Subscription
	ask        Target
	target     partnercenter.TransitionEligibility
	existing   *partnercenter.SubscriptionEligibilityDetail
	term       string
	billing    string
}

// PlanTransition checks a transition against what Partner Center says the subscription may become.
func PlanTransition(ctx context.Context, client *partnercenter.Client, customerID string, from *partnercenter.Subscription, ask Target) (*Transition, error) {
	if err := mayTransition(from); err != nil {
		return nil, err
	}
	t := &Transition{customerID: customerID, from: from, ask: ask, Quantity: int64(from.Quantity), term: from.TermDuration, billing: strings.ToLower(from.BillingCycle)}
	if ask.Quantity != nil {
		t.Quantity = *ask.Quantity
	}
	if t.Quantity > int64(from.Quantity) {
		return nil, fmt.Errorf("quantity is %d, but %s has only %s to move. Lower quantity, or leave it out to move all", t.Quantity, Title(from), words.Count(int64(from.Quantity), "license"))
	}
	eligibilities, err := client.TransitionEligibilities(ctx, customerID, from.ID, partnercenter.TransitionImmediate)
	if err != nil {
		return nil, err
	}
	if err := t.choose(eligibilities); err != nil {
		return nil, err
	}
	if err := t.chooseTerm(ctx, client); err != nil {
		return nil, err
	}
	return t, nil
}

func mayTransition(from *partnercenter.Subscription) error {
	switch {
	case from.Family() != partnercenter.FamilyNewCommerce:
		return fmt.Errorf("%s is no new-commerce subscription, and Partner Center moves no others. Buy the other product as a subscription of its own and let this one end", Title(from))
	case from.Ended():
		return fmt.Errorf("%s is %s, so it cannot move any more. Buy the other product as a subscription of its own", Title(from), strings.ToLower(from.Status))
	case !IsActive(from):
		return fmt.Errorf("%s is %s, and only active subscriptions can move. Reactivate it first (action partnercenter_reactivate_subscription)", Title(from), strings.ToLower(from.Status))
	}
	return nil
}

// OffersTransition is the title of a product and SKU that the whole subscription can move to at once, "" where that is not offered.
func OffersTransition(eligibilities []partnercenter.TransitionEligibility, productID, skuID string) string {
	for _, e := range eligibilities {
		target := partnercenter.Subscription{OfferID: e.CatalogItemID}
		whole := slices.ContainsFunc(e.Eligibilities, func(d partnercenter.TransitionEligibilityDetail) bool {
			return d.IsEligible && strings.EqualFold(d.TransitionType, TransitionOnly)
		})
		if whole && target.ProductID() == productID && strings.EqualFold(target.SkuID(), skuID) {
			return e.Title
		}
	}
	return ""
}

// choose finds the target among the eligibilities, with the way to move and the subscription to move into.
func (t *Transition) choose(eligibilities []partnercenter.TransitionEligibility) error {
	index := slices.IndexFunc(eligibilities, func(e partnercenter.TransitionEligibility) bool {
		target := partnercenter.Subscription{OfferID: e.CatalogItemID}
		return target.ProductID() == t.ask.ProductID && target.SkuID() == t.ask.SkuID
	})
	if index < 0 {
		return fmt.Errorf("%s cannot become to_product_id = %s, to_sku_id = %s.%s", Title(t.from), escape.HCL(t.ask.ProductID), escape.HCL(t.ask.SkuID), targets(eligibilities, "to_"))
	}
	t.target = eligibilities[index]
	way := slices.IndexFunc(t.target.Eligibilities, func(d partnercenter.TransitionEligibilityDetail) bool {
		return strings.EqualFold(d.TransitionType, t.ask.TransitionType)
	})
	switch {
	case way < 0:
		return fmt.Errorf("%s cannot move to %s by transition_type = %q; Partner Center offers %s", Title(t.from), escape.Terminal(t.target.Title), t.ask.TransitionType, ways(t.target.Eligibilities))
	case !t.target.Eligibilities[way].IsEligible:
		return fmt.Errorf("%s cannot move to %s by transition_type = %q: %s", Title(t.from), escape.Terminal(t.target.Title), t.ask.TransitionType, reasons(t.target.Eligibilities[way].Errors, partnercenter.TransitionError.Remedy))
	}
	return t.chooseExisting()
}

func (t *Transition) chooseExisting() error {
	wanted := t.ask.SubscriptionID
	if wanted == "" {
		return nil
	}
	for i, detail := range t.target.SubscriptionEligibilities {
		switch {
		case !strings.EqualFold(detail.SubscriptionID, wanted):
		case !detail.IsEligible:
			return fmt.Errorf("licenses cannot move into subscription %s (%s): %s", detail.SubscriptionID, escape.Quoted(detail.SubscriptionFriendlyName), reasons(detail.Errors, partnercenter.TransitionError.TargetRemedy))
		default:
			t.existing, t.IntoID = &t.target.SubscriptionEligibilities[i], detail.SubscriptionID
			t.term, t.billing = detail.SubscriptionTermDuration, strings.ToLower(detail.SubscriptionBillingCycle)
			return nil
		}
	}
	return fmt.Errorf("licenses cannot move into subscription %s: it is not among the customer's subscriptions of %s that Partner Center offers for it. Leave to_subscription_id out, or take one of those that partnercenter_transition_eligibilities lists", wanted, escape.Terminal(t.target.Title))
}

// chooseTerm checks term and billing cycle of the target; moving into an existing subscription keeps that one's.
func (t *Transition) chooseTerm(ctx context.Context, client *partnercenter.Client) error {
	if t.existing != nil {
		return nil
	}
	if term := t.ask.TermDuration; term != "" {
		if catalog.Months(term) < catalog.Months(t.term) && !t.from.IsTrial {
			return fmt.Errorf("term_duration is %q, but a term can only become longer: %s has %q. Take that or a longer one, or leave term_duration out", term, Title(t.from), t.term)
		}
		t.term = term
	}
	if t.ask.BillingCycle != "" {
		t.billing = t.ask.BillingCycle
	}
	o, err := catalog.ReadOffer(ctx, client.Availabilities, t.customerID, t.ask.ProductID, t.ask.SkuID)
	if err != nil {
		return err
	}
	_, err = o.Choose(t.term, t.billing)
	return err
}

func (t *Transition) request() partnercenter.TransitionRequest {
	return partnercenter.TransitionRequest{
		FromCatalogItemID: t.from.OfferID, FromSubscriptionID: t.from.ID, ToCatalogItemID: t.target.CatalogItemID, ToSubscriptionID: t.ask.SubscriptionID,
		Quantity: partnercenter.Int(t.Quantity), TermDuration: t.ask.TermDuration, BillingCycle: t.ask.BillingCycle,
		TransitionType: t.ask.TransitionType, PromotionID: t.ask.PromotionID,
	}
}

// whole holds where all licenses move and the subscription itself becomes the target.
func (t *Transition) whole() bool { return t.existing == nil && t.Quantity == int64(t.from.Quantity) }

// Into says where the licenses go.
func (t *Transition) Into() string {
	switch {
	case t.existing != nil:
		return fmt.Sprintf("%s, into subscription %s (%s)", escape.Terminal(t.target.Title), t.existing.SubscriptionID, escape.Quoted(t.existing.SubscriptionFriendlyName))
	case t.whole():
		return escape.Terminal(t.target.Title)
	}
	return escape.Terminal(t.target.Title) + ", as a new subscription"
}

// Buys is what the transition commits to.
func (t *Transition) Buys() *spending.Addition {
	target := partnercenter.Subscription{OfferID: t.target.CatalogItemID}
	return &spending.Addition{
		ProductID: target.ProductID(), SkuID: target.SkuID(), Term: t.term, Billing: t.billing,
		Licenses: t.Quantity, Among: t.Quantity, Line: ResoldBy(t.from), Limit: t.ask.PriceLimit,
	}
}

// Commitment says what the transition means for the money.
func (t *Transition) Commitment(price string) string {
	text := fmt.Sprintf("The target has a term of %s, billed %s; its price is charged from now on.%s This cannot be undone.", words.Term(t.term), words.Billing(t.billing), price)
	if t.whole() {
		return text + " It opens no new cancellation window."
	}
	return text + " The cancellation window is that of the subscription they come from."
}

// targets lists what Partner Center offers, in attributes with a prefix.
func targets(eligibilities []partnercenter.TransitionEligibility, prefix string) string {
	if len(eligibilities) == 0 {
		return " Partner Center offers nothing to move to."
	}
	var lines strings.Builder
	lines.WriteString(" Partner Center offers:")
	for _, e := range eligibilities {
		target := partnercenter.Subscription{OfferID: e.CatalogItemID}
		fmt.Fprintf(&lines, "\n  %[1]sproduct_id = %[2]s, %[1]ssku_id = %[3]s (%[4]s)", prefix, escape.HCL(target.ProductID()), escape.HCL(target.SkuID()), escape.Terminal(e.Title))
	}
	return lines.String()
}

// ways lists the ways to move that Partner Center offers.
func ways(details []partnercenter.TransitionEligibilityDetail) string {
	var offered []string
	for _, d := range details {
		if d.IsEligible {
			offered = append(offered, "transition_type = "+escape.HCL(d.TransitionType))
		}
	}
	if len(offered) == 0 {
		return "no way at the moment"
	}
	return strings.Join(offered, " and ")
}

// reasons are Partner Center's own, with what to do about them.
func reasons(found []partnercenter.TransitionError, remedy func(partnercenter.TransitionError) string) string {
	if len(found) == 0 {
		return "Partner Center does not say why. Look at the subscription in Partner Center"
	}
	texts := TransitionErrors(found)
	for i, e := range found {
		texts[i] = words.Sentence(texts[i])
		if advice := remedy(e); advice != "" && !slices.Contains(texts, advice) {
			texts = append(texts, advice)
		}
	}
	return strings.Join(texts, " ")
}

// TransitionErrors are Partner Center's reasons as texts.
func TransitionErrors(found []partnercenter.TransitionError) []string {
	var texts []string
	for _, e := range found {
		text := e.Description
		if text == "" {
			text = "code " + string(e.Code)
		}
		texts = append(texts, escape.Terminal(text))
	}
	return texts
}
