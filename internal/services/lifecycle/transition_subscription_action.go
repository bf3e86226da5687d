// SPDX-License-Identifier: MPL-2.0

package lifecycle

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/purchase"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

var (
	_ action.ActionWithConfigure  = (*transitionSubscriptionAction)(nil)
	_ action.ActionWithModifyPlan = (*transitionSubscriptionAction)(nil)
)

// NewTransitionSubscriptionAction moves a new-commerce subscription to another product.
func NewTransitionSubscriptionAction() action.Action { return &transitionSubscriptionAction{} }

type transitionSubscriptionAction struct{ subscriptionAction }

type transitionSubscriptionModel struct {
	subscriptionActionModel

	ToProductID      types.String `tfsdk:"to_product_id"`
	ToSkuID          types.String `tfsdk:"to_sku_id"`
	TransitionType   types.String `tfsdk:"transition_type"`
	Quantity         types.Int64  `tfsdk:"quantity"`
	ToSubscriptionID types.String `tfsdk:"to_subscription_id"`
	TermDuration     types.String `tfsdk:"term_duration"`
	BillingCycle     types.String `tfsdk:"billing_cycle"`
	PromotionID      types.String `tfsdk:"promotion_id"`
	PriceLimit       types.Object `tfsdk:"price_limit"`
}

// target is what the action is configured to move to.
func (m *transitionSubscriptionModel) target(ctx context.Context, diags *diag.Diagnostics) change.Target {
	return change.Target{
		ProductID: m.ToProductID.ValueString(), SkuID: m.ToSkuID.ValueString(), TransitionType: m.TransitionType.ValueString(),
		Quantity: framework.KnownInt64(m.Quantity), SubscriptionID: m.ToSubscriptionID.ValueString(),
		TermDuration: m.TermDuration.ValueString(), BillingCycle: m.BillingCycle.ValueString(), PromotionID: m.PromotionID.ValueString(),
		PriceLimit: framework.ToPriceLimit(ctx, m.PriceLimit, diags),
	}
}

// transitionTimeout leaves time for what takes more than half an hour (reference/commerce.md#known-delays).
const transitionTimeout = 90 * time.Minute

func (a *transitionSubscriptionAction) Metadata(_ context.Context, req action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_transition_subscription"
}

func (a *transitionSubscriptionAction) Schema(ctx context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	intoAnother := stringvalidator.ConflictsWith(path.MatchRoot("to_subscription_id"))
	resp.Schema = actionSchema(ctx, "Moves licenses of a new-commerce subscription to another product at once, or turns a trial into a paid subscription, and waits until Partner Center has done it, which may take more than half an hour. "+
		"Data source `partnercenter_transition_eligibilities` lists where a subscription may move.\n\n"+
		"This **spends money** and cannot be undone: the target is charged for the rest of the term, and moving all licenses opens no new cancellation window. "+
		"What is scheduled for the end of the term (`end_of_term = \"cancel\"` or `\"extend\"`) is put back, because Partner Center drops it with a transition. "+
		"Afterwards the action says which attributes of a `partnercenter_subscription` to change, so that the next plan has nothing to do.", "90m", map[string]schema.Attribute{
		"to_product_id": schema.StringAttribute{Required: true, Validators: []validator.String{framework.ProductID()}, MarkdownDescription: "Product to move to."},
		"to_sku_id":     schema.StringAttribute{Required: true, Validators: []validator.String{framework.SkuID()}, MarkdownDescription: "SKU to move to."},
		"transition_type": schema.StringAttribute{
			Required: true, Validators: []validator.String{stringvalidator.OneOf(change.TransitionOnly, change.TransitionWithTransfer)},
			MarkdownDescription: "`transition_only` moves the licenses and leaves it to you to assign them to users; `transition_with_license_transfer` also reassigns the users' licenses.",
		},
		"quantity":           schema.Int64Attribute{Optional: true, Validators: []validator.Int64{int64validator.AtLeast(1)}, MarkdownDescription: "Licenses to move; all when it is left out. Fewer than all make a new subscription, unless `to_subscription_id` names one."},
		"to_subscription_id": schema.StringAttribute{Optional: true, Validators: []validator.String{framework.GUID("a subscription ID")}, MarkdownDescription: "Existing subscription of the target to move the licenses into."},
		"term_duration":      schema.StringAttribute{Optional: true, Validators: []validator.String{framework.TermDuration, intoAnother}, MarkdownDescription: "Term from then on, not shorter than now; it stays as it is when this is left out."},
		"billing_cycle":      schema.StringAttribute{Optional: true, Validators: []validator.String{framework.BillingCycle, intoAnother}, MarkdownDescription: "Billing cycle from then on; it stays as it is when this is left out."},
		"promotion_id":       schema.StringAttribute{Optional: true, MarkdownDescription: "Promotion for the target."},
		"price_limit": schema.SingleNestedAttribute{
			Optional: true,
			MarkdownDescription: "Most that the target may cost, as a purchase of the same for a whole term: Partner Center prices no transition beforehand. The price is compared when the action is planned, unless the provider has `quote_prices = false`, and right before it begins; " +
				"a higher price, another currency or an unknown price stops it.",
			Attributes: map[string]schema.Attribute{
				"unit_price": schema.StringAttribute{
					Optional: true, Validators: []validator.String{framework.Decimals("unit_price"), stringvalidator.AtLeastOneOf(path.MatchRelative().AtParent().AtName("total"))},
					MarkdownDescription: "For one license and one billing cycle, a decimal number in quotes.",
				},
				"total":    schema.StringAttribute{Optional: true, Validators: []validator.String{framework.Decimals("total")}, MarkdownDescription: "For all licenses that move and the whole term, a decimal number in quotes."},
				"currency": schema.StringAttribute{Required: true, Validators: []validator.String{framework.Currency()}, MarkdownDescription: "ISO 4217, such as `EUR`."},
			},
		},
	})
}

func (a *transitionSubscriptionAction) ModifyPlan(ctx context.Context, req action.ModifyPlanRequest, resp *action.ModifyPlanResponse) {
	got, customerID := a.look(ctx, req.Config, &resp.Diagnostics)
	if got == nil || !req.Config.Raw.IsFullyKnown() {
		a.requireLimit(ctx, req.Config, &resp.Diagnostics)
		return
	}
	var config transitionSubscriptionModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := a.Client.WithTimeout(ctx, framework.ReadTimeout)
	defer cancel()
	accounts := framework.Accounts{CustomerID: customerID, Reseller: string(got.PartnerID), At: path.Root("subscription_id")}
	if accounts.CheckChange(ctx, a.Client, &resp.Diagnostics); resp.Diagnostics.HasError() {
		return
	}
	transition, err := change.PlanTransition(ctx, a.Client, customerID, got, config.target(ctx, &resp.Diagnostics))
	if framework.Failed(&resp.Diagnostics, "transition subscription", err) {
		return
	}
	if a.RequirePriceLimit && config.PriceLimit.IsNull() {
		a.refuseWithoutLimit(ctx, customerID, transition.Buys(), &resp.Diagnostics)
		return
	}
	price := framework.SayAddition(ctx, transition.Buys(), a.Provider, config.CustomerID.ValueString(), &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.AddWarning("Transition: "+words.Count(transition.Quantity, "license")+words.Subject(got.FriendlyName, customerID), fmt.Sprintf("%s of %s will move to %s. %s", words.Count(transition.Quantity, "license"), change.Title(got), transition.Into(), transition.Commitment(price)))
}

// requireLimit refuses a missing price_limit where nothing can be priced yet.
func (a *transitionSubscriptionAction) requireLimit(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) {
	if a.Provider == nil || !a.RequirePriceLimit || diags.HasError() {
		return
	}
	var limit types.Object
	diags.Append(config.GetAttribute(ctx, path.Root("price_limit"), &limit)...)
	if limit.IsNull() && !diags.HasError() {
		framework.RefuseWithoutLimit(diags, spending.Quote{})
	}
}

func (a *transitionSubscriptionAction) refuseWithoutLimit(ctx context.Context, customerID string, addition *spending.Addition, diags *diag.Diagnostics) {
	var quote spending.Quote // without one the block has no amount
	if a.QuotePrices {
		if found, err := purchase.QuoteAddition(ctx, a.Client, customerID, addition); err == nil {
			quote = found
		}
	}
	framework.RefuseWithoutLimit(diags, quote)
}

func (a *transitionSubscriptionAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var config transitionSubscriptionModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	run, ctx, cancel := a.begin(ctx, &config.subscriptionActionModel, transitionTimeout, resp, config.ToSubscriptionID.ValueString())
	defer cancel()
	if run == nil {
		return
	}
	run.say("Checking where %s may move.", change.Title(run.before))
	transition, err := change.PlanTransition(ctx, run.Client, run.customerID, run.before, config.target(ctx, &resp.Diagnostics))
	if run.failed("transition subscription", err) {
		return
	}
	if a.RequirePriceLimit && config.PriceLimit.IsNull() { // the job that planned may have required none, and what was unknown had no plan
		a.refuseWithoutLimit(ctx, run.customerID, transition.Buys(), &resp.Diagnostics)
		return
	}
	progress, err := transition.Make(ctx, run.Buyer(), nil, run.say)
	switch {
	case progress.Begun():
		run.report(ctx, transition, progress)
	case partnercenter.OutcomeUnknown(err):
		run.adviseEnd(change.Title(run.before), progress.EndBefore(run.before.ID), "it is not known whether the transition was made", change.FactsOf(run.before).GoesOn())
	}
	run.failed("transition subscription", err)
}
