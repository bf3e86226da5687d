// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	resourceschema "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
)

var _ datasource.DataSourceWithConfigure = (*subscriptionDataSource)(nil)

// NewSubscriptionDataSource reads one subscription of a customer.
func NewSubscriptionDataSource() datasource.DataSource { return &subscriptionDataSource{} }

type subscriptionDataSource struct{ framework.DataSource }

// subscriptionDataModel is a subscription with everything that only reading shows.
type subscriptionDataModel struct {
	subscriptionModel

	PromotionID       types.String      `tfsdk:"promotion_id"`
	CustomTermEndDate timetypes.RFC3339 `tfsdk:"custom_term_end_date"`
}

func (d *subscriptionDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_subscription"
}

func (d *subscriptionDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "One subscription of a customer, of any product family and in any state.",
		Attributes: framework.Computed(shown(), map[string]schema.Attribute{
			"customer_id": customerID(),
			"id": schema.StringAttribute{
				Required: true, Validators: []validator.String{framework.GUID("a subscription id")}, MarkdownDescription: "Subscription to read, a GUID.",
			},
		}),
	}
}

// shown is every attribute of a subscription that reading can fill, as the data sources describe it.
func shown() map[string]resourceschema.Attribute {
	attributes := answered()
	attributes["customer_id"] = text("Customer the subscription belongs to.")
	attributes["product_id"] = text("Product; absent for legacy offers.")
	attributes["sku_id"] = text("SKU of the product; absent for legacy offers.")
	attributes["quantity"] = number("Licences.")
	attributes["term_duration"] = text("Commitment, an ISO 8601 duration such as `P1Y`.")
	attributes["billing_cycle"] = text("How often the partner is charged.")
	attributes["friendly_name"] = text("Nickname.")
	attributes["auto_renew_enabled"] = flag("Whether it renews at the end of the term.")
	attributes["partner_id"] = text("PartnerID (formerly MPN ID) of the indirect reseller on record; absent when there is none.")
	attributes["status"] = text("`active`, `suspended`, `pending`, `expired`, `disabled` or `deleted`. The last three have ended.")
	attributes["promotion_id"] = text("Promotion it was bought with.")
	attributes["custom_term_end_date"] = date("Day the term was aligned to.")
	attributes["scheduled_next_term_instructions"] = nextTermAttribute("What the subscription renews into, for new-commerce products.")
	return attributes
}

func customerID() schema.StringAttribute {
	return schema.StringAttribute{
		Required: true, Validators: []validator.String{framework.GUID("a customer id")},
		MarkdownDescription: "Customer the subscription belongs to: its tenant id, which Partner Center shows as \"Microsoft ID\".",
	}
}

func (d *subscriptionDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config subscriptionDataModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	got, err := d.Client.SharedSubscription(ctx, config.CustomerID.ValueString(), config.ID.ValueString())
	if framework.Failed(&resp.Diagnostics, "read subscription", err) {
		return
	}
	config.fromAPI(got)
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}
