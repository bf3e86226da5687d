// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/wait"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// move is a transition that has been found possible.
type move struct {
	from     *partnercenter.Subscription
	target   partnercenter.TransitionEligibility
	existing *partnercenter.SubscriptionEligibilityDetail // to move into, nil for none
	quantity int64
	term     string
	billing  string
	request  partnercenter.TransitionRequest
}

// planMove checks a transition against what Partner Center says the subscription may become.
func planMove(ctx context.Context, p *framework.Provider, config *transitionSubscriptionModel, from *partnercenter.Subscription) (*move, error) {
	if err := movable(from); err != nil {
		return nil, err
	}
	m := &move{from: from, quantity: int64(from.Quantity), term: from.TermDuration, billing: strings.ToLower(from.BillingCycle)}
	if quantity := framework.KnownInt64(config.Quantity); quantity != nil {
		m.quantity = *quantity
	}
	if m.quantity > int64(from.Quantity) {
		return nil, fmt.Errorf("quantity is %d, but %s has only %s to move. Lower quantity, or leave it out to move all", m.quantity, title(from), words.Count(int64(from.Quantity), "licence"))
	}
	eligibilities, err := p.Client.TransitionEligibilities(ctx, config.CustomerID.ValueString(), from.ID, partnercenter.TransitionImmediate)
	if err != nil {
		return nil, err
	}
	if err := m.choose(eligibilities, config); err != nil {
		return nil, err
	}
	if err := m.chooseTerm(ctx, p.Client, config); err != nil {
		return nil, err
	}
	m.request = partnercenter.TransitionRequest{
		FromCatalogItemID: from.OfferID, FromSubscriptionID: from.ID, ToCatalogItemID: m.target.CatalogItemID, ToSubscriptionID: config.ToSubscriptionID.ValueString(),
		Quantity: partnercenter.Int(m.quantity), TermDuration: config.TermDuration.ValueString(), BillingCycle: config.BillingCycle.ValueString(),
		TransitionType: config.TransitionType.ValueString(), PromotionID: config.PromotionID.ValueString(),
	}
	return m, nil
}

func movable(from *partnercenter.Subscription) error {
	switch {
	case from.Family() != partnercenter.FamilyNewCommerce:
		return fmt.Errorf("%s is no new-commerce subscription, and Partner Center moves no others. Buy the other product as a subscription of its own and let this one end", title(from))
	case from.Ended():
		return fmt.Errorf("%s is %s, so it cannot move any more. Buy the other product as a subscription of its own", title(from), strings.ToLower(from.Status))
	case !hasStatus(from, statusActive):
		return fmt.Errorf("%s is %s, and only active subscriptions can move. Reactivate it first (action partnercenter_reactivate_subscription)", title(from), strings.ToLower(from.Status))
	}
	return nil
}

// choose finds the target among the eligibilities, with the way to move and the subscription to move into.
func (m *move) choose(eligibilities []partnercenter.TransitionEligibility, config *transitionSubscriptionModel) error {
	index := slices.IndexFunc(eligibilities, func(e partnercenter.TransitionEligibility) bool {
		target := partnercenter.Subscription{OfferID: e.CatalogItemID}
		return target.ProductID() == config.ToProductID.ValueString() && target.SkuID() == config.ToSkuID.ValueString()
	})
	if index < 0 {
		return fmt.Errorf("%s cannot become to_product_id = %s, to_sku_id = %s.%s", title(m.from), config.ToProductID, config.ToSkuID, targets(eligibilities, "to_"))
	}
	m.target = eligibilities[index]
	way := slices.IndexFunc(m.target.Eligibilities, func(d partnercenter.TransitionEligibilityDetail) bool {
		return strings.EqualFold(d.TransitionType, config.TransitionType.ValueString())
	})
	switch {
	case way < 0:
		return fmt.Errorf("%s cannot move to %s by transition_type = %s; Partner Center offers %s", title(m.from), m.target.Title, config.TransitionType, ways(m.target.Eligibilities))
	case !m.target.Eligibilities[way].IsEligible:
		return fmt.Errorf("%s cannot move to %s by transition_type = %s: %s", title(m.from), m.target.Title, config.TransitionType, reasons(m.target.Eligibilities[way].Errors, partnercenter.TransitionError.Remedy))
	}
	return m.chooseExisting(config.ToSubscriptionID)
}

func (m *move) chooseExisting(wanted types.String) error {
	if wanted.IsNull() {
		return nil
	}
	for i, detail := range m.target.SubscriptionEligibilities {
		switch {
		case !strings.EqualFold(detail.SubscriptionID, wanted.ValueString()):
		case !detail.IsEligible:
			return fmt.Errorf("licences cannot move into subscription %s (%q): %s", detail.SubscriptionID, detail.SubscriptionFriendlyName, reasons(detail.Errors, partnercenter.TransitionError.TargetRemedy))
		default:
			m.existing = &m.target.SubscriptionEligibilities[i]
			m.term, m.billing = detail.SubscriptionTermDuration, strings.ToLower(detail.SubscriptionBillingCycle)
			return nil
		}
	}
	return fmt.Errorf("licences cannot move into subscription %s: it is not among the customer's subscriptions of %s that Partner Center offers for it. Leave to_subscription_id out, or take one of those that partnercenter_transition_eligibilities lists", wanted.ValueString(), m.target.Title)
}

// chooseTerm checks term and billing cycle of the target; moving into an existing subscription keeps that one's.
func (m *move) chooseTerm(ctx context.Context, client *partnercenter.Client, config *transitionSubscriptionModel) error {
	if m.existing != nil {
		return nil
	}
	if term := config.TermDuration.ValueString(); term != "" {
		if catalog.Months(term) < catalog.Months(m.term) && !m.from.IsTrial {
			return fmt.Errorf("term_duration is %q, but a term can only become longer: %s has %q. Take that or a longer one, or leave term_duration out", term, title(m.from), m.term)
		}
		m.term = term
	}
	if billing := config.BillingCycle.ValueString(); billing != "" {
		m.billing = billing
	}
	o, err := catalog.ReadOffer(ctx, client.Availabilities, config.CustomerID.ValueString(), config.ToProductID.ValueString(), config.ToSkuID.ValueString())
	if err != nil {
		return err
	}
	_, err = o.Choose(m.term, m.billing)
	return err
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
		fmt.Fprintf(&lines, "\n  %[1]sproduct_id = %[2]q, %[1]ssku_id = %[3]q (%[4]s)", prefix, target.ProductID(), target.SkuID(), e.Title)
	}
	return lines.String()
}

// ways lists the ways to move that Partner Center offers.
func ways(details []partnercenter.TransitionEligibilityDetail) string {
	var offered []string
	for _, d := range details {
		if d.IsEligible {
			offered = append(offered, fmt.Sprintf("transition_type = %q", d.TransitionType))
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
	texts := transitionErrors(found)
	for i, e := range found {
		texts[i] = framework.Sentence(texts[i])
		if advice := remedy(e); advice != "" && !slices.Contains(texts, advice) {
			texts = append(texts, advice)
		}
	}
	return strings.Join(texts, " ")
}

func (m *move) whole() bool { return m.existing == nil && m.quantity == int64(m.from.Quantity) }

// into says where the licences go.
func (m *move) into() string {
	switch {
	case m.existing != nil:
		return fmt.Sprintf("%s, into subscription %s (%q)", m.target.Title, m.existing.SubscriptionID, m.existing.SubscriptionFriendlyName)
	case m.whole():
		return m.target.Title
	}
	return m.target.Title + ", as a new subscription"
}

// buys is what the move commits to.
func (m *move) buys() *spending.Addition {
	target := partnercenter.Subscription{OfferID: m.target.CatalogItemID}
	return &spending.Addition{
		ProductID: target.ProductID(), SkuID: target.SkuID(), Term: m.term, Billing: m.billing,
		Licenses: m.quantity, Among: m.quantity, Line: resoldBy(m.from),
	}
}

// commitment says what a transition means for the money.
func (m *move) commitment(price string) string {
	text := fmt.Sprintf("The target has a term of %s, billed %s; its price is charged from now on.%s This cannot be undone.", words.Term(m.term), words.Billing(m.billing), price)
	if m.whole() {
		return text + " It opens no new cancellation window."
	}
	return text + " The cancellation window is that of the subscription they come from."
}

// move starts the transition and follows it to its end. What has begun comes back with an error too.
func (i *invocation) move(ctx context.Context, m *move) (*progress, error) {
	before, err := i.history(ctx)
	if err != nil {
		return nil, err
	}
	p := &progress{move: m}
	for _, t := range before {
		p.old = append(p.old, t.OperationID)
		if state := stateOf(&t); state.running() {
			return nil, fmt.Errorf("another transition of %s is under way (%s), and Partner Center makes one at a time. Run this again when it has ended", title(i.before), state)
		}
	}
	// Once this has left, it is seen through to its answer: stopping in the middle would leave a purchase that nobody knows of.
	sending, cancel := wait.Finishing(ctx, i.Client, readTimeout)
	started, err := i.Client.CreateTransition(sending, i.customerID, i.before.ID, m.request)
	cancel()
	switch {
	case err == nil:
		p.transition = started
	case partnercenter.OutcomeUnknown(err):
		i.say("The answer was lost; looking in the subscription's history for what became of it. It is not sent again.")
		p.unclear = err
	default:
		return nil, err
	}
	return p, i.follow(ctx, p)
}

// history is every transition of the subscription so far.
func (i *invocation) history(ctx context.Context) ([]partnercenter.Transition, error) {
	found, err := i.Client.Transitions(ctx, i.customerID, i.before.ID, "")
	if partnercenter.IsNotFound(err) { // no history yet
		return nil, nil
	}
	return found, err
}

// follow reads the history until the transition has ended. An unclear one that does not appear there in time has to be looked after by people.
func (i *invocation) follow(ctx context.Context, p *progress) error {
	appear, cancel := i.Client.WithTimeout(ctx, wait.ListLag)
	defer cancel()
	shown := ""
	look := func(ctx context.Context) error {
		found, err := i.history(ctx)
		if err != nil {
			return wait.IgnoreLag(err)
		}
		if t := p.own(found); t != nil {
			p.transition, p.listed = t, true
			if now := stateOf(t).String(); now != shown {
				i.say("Transition %s: %s.", t.OperationID, now)
				shown = now
			}
		}
		return nil
	}
	err := i.Client.Poll(appear, func(ctx context.Context) (bool, error) { err := look(ctx); return p.listed, err })
	if err == nil {
		err = i.Client.Poll(ctx, func(ctx context.Context) (bool, error) {
			err := look(ctx)
			return !stateOf(p.transition).running(), err
		})
	}
	switch {
	case p.unclear != nil && p.transition == nil:
		return p.unclear
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("the transition was started and has not ended within the time for it (%s). It goes on at Partner Center: do not start it again, but look at the subscription later", stateOf(p.transition))
	case err != nil:
		return fmt.Errorf("the transition was started, but it could not be followed, so do not start it again: %w", err)
	}
	return stateOf(p.transition).failure()
}
