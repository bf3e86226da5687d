// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

var _ datasource.DataSourceWithConfigure = (*subscriptionsDataSource)(nil)

// NewSubscriptionsDataSource lists the subscriptions of a customer.
func NewSubscriptionsDataSource() datasource.DataSource { return &subscriptionsDataSource{} }

type subscriptionsDataSource struct{ framework.DataSource }

type subscriptionsModel struct {
	CustomerID    types.String            `tfsdk:"customer_id"`
	OrderID       types.String            `tfsdk:"order_id"`
	PartnerID     types.String            `tfsdk:"partner_id"`
	Status        types.String            `tfsdk:"status"`
	Subscriptions []subscriptionDataModel `tfsdk:"subscriptions"`
}

func (d *subscriptionsDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_subscriptions"
}

func (d *subscriptionsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Subscriptions of a customer, ended ones included.",
		Attributes: map[string]schema.Attribute{
			"customer_id": customerID(),
			"order_id": schema.StringAttribute{
				Optional: true, Validators: []validator.String{stringvalidator.ConflictsWith(path.MatchRoot("partner_id"))},
				MarkdownDescription: "Only those of this order. Partner Center may need 15 minutes after a purchase to find them.",
			},
			"partner_id": schema.StringAttribute{
				Optional: true, Validators: []validator.String{framework.PartnerID()}, MarkdownDescription: "Only those with this indirect reseller on record.",
			},
			"status": schema.StringAttribute{Optional: true, MarkdownDescription: "Only those with this status, such as `active`."},
			"subscriptions": schema.ListNestedAttribute{
				Computed: true, MarkdownDescription: "What was found, as Partner Center lists it.",
				NestedObject: schema.NestedAttributeObject{Attributes: framework.Computed(shown(), nil)},
			},
		},
	}
}

func (d *subscriptionsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config subscriptionsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	query := partnercenter.SubscriptionsQuery{OrderID: config.OrderID.ValueString(), PartnerID: config.PartnerID.ValueString()}
	got, err := d.Client.Subscriptions(ctx, config.CustomerID.ValueString(), query)
	if framework.Failed(&resp.Diagnostics, "list subscriptions", err) {
		return
	}
	config.Subscriptions = []subscriptionDataModel{}
	for i := range got {
		if status := config.Status.ValueString(); status == "" || strings.EqualFold(status, got[i].Status) {
			one := subscriptionDataModel{subscriptionModel: subscriptionModel{CustomerID: config.CustomerID}}
			one.fromAPI(&got[i])
			config.Subscriptions = append(config.Subscriptions, one)
		}
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}
