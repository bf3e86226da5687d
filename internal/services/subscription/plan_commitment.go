// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/purchase"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/subscriptionmodel"
)

// planPrice plans what a purchase commits to, from the cart that apply would check out, and compares it with the limits.
func (r *subscriptionResource) planPrice(ctx context.Context, c *creation, o *catalog.Offer, chosen catalog.TermOption) {
	if currency := chosen.Availability.DefaultCurrency.Code; currency != "" && c.limitedInAnother(ctx, currency) {
		framework.Wrong(c.diags, path.Root("price_limit").AtName("currency"), "Price limit in another currency",
			"The limit is in another currency, and Partner Center sells %s to this customer in %s. Write the limit in %s.", o.Name(), currency, currency)
		return
	}
	if unknown := c.unknownForPrice(); unknown != "" {
		c.warnUnpriced(o.Name(), unknown+" is known only during apply")
		return
	}
	order := c.plan.ToOrder(ctx, c.diags)
	order.Planned, order.CartContent = nil, ""
	if err := catalog.CheckPromotion(ctx, r.Client, order.CustomerID, chosen, order.Line); framework.FailedAttribute(c.diags, path.Root("promotion_id"), "buy with this promotion", err) {
		return
	}
	if !r.QuotePrices && order.CartID == "" {
		c.warnUnpriced(o.Name(), "quote_prices is off")
		return
	}
	asked := time.Now()
	cart, err := r.priceOrder(ctx, order, chosen)
	if err == nil {
		framework.WarnOfSlowQuote(c.diags, time.Since(asked), c.plan.Subject())
	}
	if stopped := ctx.Err(); stopped != nil {
		framework.Failed(c.diags, "quote the price", fmt.Errorf("nothing was bought: %w", cmp.Or(err, stopped)))
		return
	}
	if framework.RefuseAboveLimit(c.diags, err) {
		return
	}
	if order.CartID != "" && partnercenter.IsNotFound(err) { // what it bought before it expired is still there
		c.warnUnpriced(o.Name(), "its cart has expired")
		return
	}
	if purchase.NeedsBase(err) && slices.ContainsFunc(o.Bases(), func(base string) bool { return r.Owners.PlansPurchaseOf(order.CustomerID, base) }) {
		c.warnUnpriced(o.Name(), "it is an add-on, and Partner Center gives a price once its base, which this run buys first, is bought")
		return
	}
	if framework.Failed(c.diags, "quote the price", err) {
		return
	}
	if order.CartID == "" {
		r.Quotes.Keep(cart)
	} else if c.fillFromCart(cart, o); r.refuseNamedByCart(c, cart) {
		return
	}
	r.planQuoted(c, cart, o, chosen)
}

// requireLimit refuses a purchase without price_limit where the provider requires one. Whether on_existing = "adopt" buys may be open still.
func (r *subscriptionResource) requireLimit(c *creation, price spending.Quote) bool {
	unknown := c.config.CustomerID.IsUnknown() || c.config.ProductID.IsUnknown() || c.config.SkuID.IsUnknown() || c.config.FriendlyName.IsUnknown()
	mayAdopt := c.plan.OnExisting.IsUnknown() || unknown && c.plan.OnExisting.ValueString() == string(purchase.Adopt)
	if !r.RequirePriceLimit || !c.plan.PriceLimit.IsNull() || !c.plan.ID.IsUnknown() || mayAdopt {
		return false
	}
	framework.RefuseWithoutLimit(c.diags, price)
	return true
}

// priceOrder makes a cart for the order, or reads the one that it names.
func (r *subscriptionResource) priceOrder(ctx context.Context, order purchase.Order, chosen catalog.TermOption) (*purchase.PricedCart, error) {
	if order.CartID != "" {
		return purchase.PriceCart(ctx, r.Client, order)
	}
	return purchase.PriceOption(ctx, r.Client, order, chosen)
}

func (r *subscriptionResource) planQuoted(c *creation, cart *purchase.PricedCart, o *catalog.Offer, chosen catalog.TermOption) {
	quote := cart.Quote()
	if r.requireLimit(c, quote) {
		return
	}
	if err := r.Ledger.Quote(quote.Amount()); framework.Failed(c.diags, "stay within the spending limit", err) {
		return
	}
	if promotion := cart.AppliedPromotion(); promotion != "" {
		title, text := words.PromotionApplies(c.licenses(), o.Name(), promotion)
		c.diags.AddWarning(title+c.plan.Subject(), text)
	}
	planned := subscriptionmodel.Commitment{Quote: quote, Refund: o.Refunds(chosen), Margin: c.margin}
	if !c.plan.CartID.IsNull() {
		planned.Cart = cart.Content()
	}
	c.plan.Commitment = planned.Object()
	if quote.Total == nil || quote.Currency == "" {
		c.warnUnpriced(o.Name(), "Partner Center gives no price")
	}
}

func (c *creation) limitedInAnother(ctx context.Context, currency string) bool {
	limit := c.plan.ToLimit(ctx, c.diags)
	return limit != nil && limit.Currency != "" && !strings.EqualFold(currency, limit.Currency)
}

// unknownForPrice names an attribute that a price depends on and that is not known yet, "" for none.
func (c *creation) unknownForPrice() string {
	for _, a := range []struct {
		name    string
		unknown bool
	}{
		{"quantity", c.config.Quantity.IsUnknown()}, {"friendly_name", c.config.FriendlyName.IsUnknown()}, {"partner_id", c.config.PartnerID.IsUnknown()},
		{"promotion_id", c.config.PromotionID.IsUnknown()}, {"custom_term_end_date", c.config.CustomTermEndDate.IsUnknown()},
		{"provisioning_context", partlyUnknown(c.config.ProvisioningContext)}, {"renews_to", partlyUnknown(c.config.RenewsTo)},
		{"price_limit", partlyUnknown(c.config.PriceLimit)}, {"cart_id", c.config.CartID.IsUnknown() || c.config.CartLineItem.IsUnknown()},
	} {
		if a.unknown {
			return a.name
		}
	}
	return ""
}

// partlyUnknown holds for what is configured, and of which something is not known yet.
func partlyUnknown(v attr.Value) bool { return !v.IsNull() && !framework.WhollyKnown(v) }

// licenses says how many are bought, as far as that is known.
func (c *creation) licenses() string {
	if c.plan.Quantity.IsUnknown() {
		return "an unknown number of licenses"
	}
	return words.Count(c.plan.Quantity.ValueInt64(), "license")
}

// warnUnpriced says in a warning what the diff cannot: that the price of a purchase is not in the plan.
func (c *creation) warnUnpriced(offer, why string) {
	c.diags.AddWarning(fmt.Sprintf("Price unknown: purchase of %s of %s%s", c.licenses(), offer, c.plan.Subject()), words.Sentence("The commitment of this purchase is not in the plan: "+why))
}

// warnUnusual says what a reviewer would not expect of a purchase, one line each; the diff says the rest.
func (c *creation) warnUnusual(o *catalog.Offer, chosen catalog.TermOption) {
	sku := o.SKU()
	warn := func(title, text string) { c.diags.AddWarning(title+c.plan.Subject(), text) }
	switch end, err := partnercenter.ParseTime(c.plan.CustomTermEndDate.ValueString()); {
	case sku != nil && sku.IsTrial:
		warn(words.Trial(c.licenses(), o.Name(), c.plan.RenewsToTerm(), c.plan.AutoRenewEnabled.ValueBool()))
	case err == nil && !end.IsZero():
		warn(words.CoTermed(c.licenses(), o.Name(), end.Time, c.renewsFor(chosen.TermDuration), string(c.plan.AtTermEnd())))
	case catalog.Months(chosen.TermDuration) > 12:
		warn(words.LongTerm(c.licenses(), o.Name(), chosen.TermDuration, c.renewsFor(chosen.TermDuration), c.plan.AutoRenewEnabled.ValueBool()))
	}
	if o.Family() == partnercenter.FamilyMarketplaceSaaS {
		warn(words.SetUp(c.licenses(), o.Name(), o.PublisherName()))
	}
	if sku != nil && sku.ConsumptionType != "" && !strings.EqualFold(sku.ConsumptionType, "none") {
		warn(words.Metered(o.Name()))
	}
}

// planCommitment plans what a change adds to the commitment, or takes from it.
func (r *subscriptionResource) planCommitment(ctx context.Context, u *update) {
	u.plan.Commitment = u.state.Commitment
	if u.state.Commitment.IsNull() || u.state.Commitment.IsUnknown() {
		u.plan.Commitment = types.ObjectNull(subscriptionmodel.CommitmentTypes)
	}
	was := u.state.Committed(ctx, u.diags)
	if u.unknown("quantity") || u.unknown("term_duration") || u.unknown("billing_cycle") {
		u.plan.Commitment = types.ObjectUnknown(subscriptionmodel.CommitmentTypes)
		u.warnOpen()
		return
	}
	want := subscriptionmodel.ToDesired(ctx, u.changed, u.state, u.plan, u.diags)
	addition := want.Buys(u.now())
	switch {
	case u.diags.HasError():
	case addition == nil:
		u.plan.Commitment = was.Billed(u.state, u.plan).Less(u.state.Quantity.ValueInt64()-u.plan.Quantity.ValueInt64(), u.plan).Object()
	case !r.QuotePrices:
		u.plan.Commitment = types.ObjectUnknown(subscriptionmodel.CommitmentTypes)
		u.warnUnpriced(more(addition.Licenses), "quote_prices is off")
	default:
		r.planAddition(ctx, u, was, addition)
	}
}

// planAddition quotes what is added: more licenses for the rest of the term, counted for a whole one, or a new term for all of them.
func (r *subscriptionResource) planAddition(ctx context.Context, u *update, was subscriptionmodel.Commitment, addition *spending.Addition) {
	quote, err := purchase.QuoteAddition(ctx, r.Client, u.state.CustomerID.ValueString(), addition) // the planned one may not be known yet
	if addition.Term != u.state.TermDuration.ValueString() && purchase.TooFew(err) {
		framework.FailedAttribute(u.diags, path.Root(change.TermDuration), "change the term", err)
		return
	}
	if r.RefuseAddition(u.diags, addition, quote, err) {
		return
	}
	if err != nil || quote.Total == nil || quote.Currency == "" {
		u.plan.Commitment = types.ObjectUnknown(subscriptionmodel.CommitmentTypes)
		why := "Partner Center gives no price"
		if err != nil {
			why = "it could not be found out. " + framework.Explain(err)
		}
		u.warnUnpriced(more(addition.Licenses), why)
		return
	}
	will := subscriptionmodel.Commitment{Quote: quote.Plus(addition.Committed), Refund: was.Refund, Margin: was.Margin}
	u.plan.Commitment = will.Billed(u.state, u.plan).Object()
}
