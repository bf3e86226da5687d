// SPDX-License-Identifier: MPL-2.0

package order

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

var _ datasource.DataSourceWithConfigure = (*ordersDataSource)(nil)

// NewOrdersDataSource lists the orders of a customer.
func NewOrdersDataSource() datasource.DataSource { return &ordersDataSource{} }

type ordersDataSource struct{ framework.DataSource }

type ordersModel struct {
	CustomerID      types.String `tfsdk:"customer_id"`
	BillingType     types.String `tfsdk:"billing_type"`
	Status          types.String `tfsdk:"status"`
	TransactionType types.String `tfsdk:"transaction_type"`
	SubscriptionID  types.String `tfsdk:"subscription_id"`
	Orders          []orderModel `tfsdk:"orders"`
}

func (d *ordersDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_orders"
}

func (d *ordersDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Orders of a customer: purchases, changes of quantity, cancellations, renewals and recurring charges. Partner Center may need 15 minutes to list a new one.",
		Attributes: map[string]schema.Attribute{
			"customer_id": customerID(),
			"billing_type": schema.StringAttribute{
				Optional: true, Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
				MarkdownDescription: "Only orders with this billing cycle: `monthly`, `annual` or `onetime`.",
			},
			"status": schema.StringAttribute{
				Optional: true, Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
				MarkdownDescription: "Only orders with this status, such as `pending_review`.",
			},
			"transaction_type": schema.StringAttribute{
				Optional: true, Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
				MarkdownDescription: "Only orders of this origin: `UserPurchase`, `SystemPurchase` or `SystemBilling`.",
			},
			"subscription_id": schema.StringAttribute{
				Optional: true, Validators: []validator.String{framework.GUID("a subscription ID")},
				MarkdownDescription: "Only orders with a line about this subscription: its purchase and what changed it.",
			},
			"orders": framework.ShownObjects("What was found.", orderAttributes()),
		},
	}
}

func (d *ordersDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config ordersModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	query := partnercenter.OrdersQuery{IncludePrice: true, BillingType: config.BillingType.ValueString()}
	got, err := d.Client.Orders(ctx, config.CustomerID.ValueString(), query)
	if framework.Failed(&resp.Diagnostics, "list orders", err) {
		return
	}
	config.Orders = framework.Each(slices.DeleteFunc(got, func(o partnercenter.Order) bool { return !config.wants(o) }), orderFromAPI)
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}

// wants filters by what Partner Center cannot filter by.
func (m *ordersModel) wants(o partnercenter.Order) bool {
	about := func(line partnercenter.OrderLine) bool {
		return strings.EqualFold(line.SubscriptionID, m.SubscriptionID.ValueString())
	}
	switch {
	case !m.Status.IsNull() && partnercenter.OrderStatus(o.Status) != partnercenter.OrderStatus(m.Status.ValueString()),
		!m.TransactionType.IsNull() && !strings.EqualFold(o.TransactionType, m.TransactionType.ValueString()),
		!m.SubscriptionID.IsNull() && !slices.ContainsFunc(o.LineItems, about):
		return false
	}
	return true
}
