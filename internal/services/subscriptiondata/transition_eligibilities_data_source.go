// SPDX-License-Identifier: MPL-2.0

package subscriptiondata

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

var _ datasource.DataSourceWithConfigure = (*transitionEligibilitiesDataSource)(nil)

// NewTransitionEligibilitiesDataSource lists what a new-commerce subscription can become.
func NewTransitionEligibilitiesDataSource() datasource.DataSource {
	return &transitionEligibilitiesDataSource{}
}

type transitionEligibilitiesDataSource struct{ framework.DataSource }

type transitionEligibilitiesModel struct {
	CustomerID      types.String                 `tfsdk:"customer_id"`
	SubscriptionID  types.String                 `tfsdk:"subscription_id"`
	EligibilityType types.String                 `tfsdk:"eligibility_type"`
	Eligibilities   []transitionEligibilityModel `tfsdk:"transition_eligibilities"`
}

type transitionEligibilityModel struct {
	CatalogItemID types.String            `tfsdk:"catalog_item_id"`
	ProductID     types.String            `tfsdk:"product_id"`
	SkuID         types.String            `tfsdk:"sku_id"`
	Title         types.String            `tfsdk:"title"`
	Description   types.String            `tfsdk:"description"`
	Quantity      types.Int64             `tfsdk:"quantity"`
	Types         []transitionTypeModel   `tfsdk:"eligibilities"`
	Targets       []transitionTargetModel `tfsdk:"subscription_eligibilities"`
}

type transitionTypeModel struct {
	TransitionType types.String `tfsdk:"transition_type"`
	IsEligible     types.Bool   `tfsdk:"is_eligible"`
	Errors         types.List   `tfsdk:"errors"`
}

type transitionTargetModel struct {
	SubscriptionID types.String `tfsdk:"subscription_id"`
	FriendlyName   types.String `tfsdk:"subscription_friendly_name"`
	TermDuration   types.String `tfsdk:"subscription_term_duration"`
	BillingCycle   types.String `tfsdk:"subscription_billing_cycle"`
	IsEligible     types.Bool   `tfsdk:"is_eligible"`
	Errors         types.List   `tfsdk:"errors"`
}

func (d *transitionEligibilitiesDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_transition_eligibilities"
}

func (d *transitionEligibilitiesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	answer := func(description string) schema.StringAttribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: description}
	}
	possible := schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether it is possible."}
	errors := schema.ListAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: "Why it is not possible, in Partner Center's words."}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Where a new-commerce subscription may move: to which products, how, and into which existing subscriptions. " +
			"Action `partnercenter_transition_subscription` makes such a move at once; `scheduled_next_term_instructions` of a `partnercenter_subscription` makes one with the renewal. " +
			"Partner Center knows no transitions of marketplace subscriptions.",
		Attributes: map[string]schema.Attribute{
			"customer_id": customerIDAttribute(),
			"subscription_id": schema.StringAttribute{
				Required: true, Validators: []validator.String{framework.GUID("a subscription ID")}, MarkdownDescription: "Subscription that is to move.",
			},
			"eligibility_type": schema.StringAttribute{
				Optional: true, Validators: []validator.String{stringvalidator.OneOf(partnercenter.TransitionImmediate, partnercenter.TransitionScheduled)},
				MarkdownDescription: "`immediate` (default) for moves within the term, `scheduled` for those with the renewal.",
			},
			"transition_eligibilities": schema.ListNestedAttribute{
				Computed: true, MarkdownDescription: "The products to move to; none where there are none.",
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"catalog_item_id": answer("Catalog item of the target, `product:sku:availability`. The availability is re-issued from time to time."),
					"product_id":      answer("Product of the target."),
					"sku_id":          answer("SKU of the target."),
					"title":           answer("Name of the target."),
					"description":     answer("What the target is."),
					"quantity":        schema.Int64Attribute{Computed: true, MarkdownDescription: "Licenses that may move."},
					"eligibilities": schema.ListNestedAttribute{
						Computed: true, MarkdownDescription: "Whether the move is possible, for each way to make it.",
						NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
							"transition_type": answer("`transition_only`, or `transition_with_license_transfer`, which also reassigns the users' licenses."), "is_eligible": possible, "errors": errors,
						}},
					},
					"subscription_eligibilities": schema.ListNestedAttribute{
						Computed: true, MarkdownDescription: "Existing subscriptions of the target that the licenses could move into; empty for trials and scheduled moves.",
						NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
							"subscription_id": answer("Existing subscription."), "subscription_friendly_name": answer("Its nickname."),
							"subscription_term_duration": answer("Its term."), "subscription_billing_cycle": answer("Its billing cycle."), "is_eligible": possible, "errors": errors,
						}},
					},
				}},
			},
		},
	}
}

func (d *transitionEligibilitiesDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config transitionEligibilitiesModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	found, err := d.Client.TransitionEligibilities(ctx, config.CustomerID.ValueString(), config.SubscriptionID.ValueString(), config.EligibilityType.ValueString())
	if framework.Failed(&resp.Diagnostics, "list transition eligibilities", err) {
		return
	}
	config.fromAPI(found)
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}

func (m *transitionEligibilitiesModel) fromAPI(found []partnercenter.TransitionEligibility) {
	m.Eligibilities = []transitionEligibilityModel{}
	for _, e := range found {
		target := &partnercenter.Subscription{OfferID: e.CatalogItemID}
		one := transitionEligibilityModel{
			CatalogItemID: framework.String(e.CatalogItemID), ProductID: framework.String(target.ProductID()), SkuID: framework.String(target.SkuID()),
			Title: framework.String(e.Title), Description: framework.String(e.Description), Quantity: types.Int64Value(int64(e.Quantity)),
			Types: []transitionTypeModel{}, Targets: []transitionTargetModel{},
		}
		for _, t := range e.Eligibilities {
			one.Types = append(one.Types, transitionTypeModel{TransitionType: framework.String(t.TransitionType), IsEligible: types.BoolValue(t.IsEligible), Errors: transitionErrors(t.Errors)})
		}
		for _, t := range e.SubscriptionEligibilities {
			one.Targets = append(one.Targets, transitionTargetModel{
				SubscriptionID: framework.String(t.SubscriptionID), FriendlyName: framework.String(t.SubscriptionFriendlyName), TermDuration: framework.String(t.SubscriptionTermDuration),
				BillingCycle: framework.String(strings.ToLower(t.SubscriptionBillingCycle)), IsEligible: types.BoolValue(t.IsEligible), Errors: transitionErrors(t.Errors),
			})
		}
		m.Eligibilities = append(m.Eligibilities, one)
	}
}

// transitionErrors is what Partner Center says, or the code where it says nothing.
func transitionErrors(found []partnercenter.TransitionError) types.List {
	texts := make([]string, 0, len(found))
	for _, e := range found {
		texts = append(texts, e.String())
	}
	return framework.Strings(texts)
}
