// SPDX-License-Identifier: MPL-2.0

package order

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
)

var _ datasource.DataSourceWithConfigure = (*orderDataSource)(nil)

// NewOrderDataSource reads one order of a customer.
func NewOrderDataSource() datasource.DataSource { return &orderDataSource{} }

type orderDataSource struct{ framework.DataSource }

type orderDataModel struct {
	orderModel

	CustomerID types.String `tfsdk:"customer_id"`
}

func (d *orderDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_order"
}

func (d *orderDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := orderAttributes()
	attributes["customer_id"] = customerID()
	attributes["id"] = schema.StringAttribute{
		Required: true, Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
		MarkdownDescription: "Order to read, exactly as Partner Center spells it: upper and lower case differ.",
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "One order of a customer with its lines. It can be read at once, whereas lists need up to 15 minutes to show it.",
		Attributes:          attributes,
	}
}

func customerID() schema.StringAttribute {
	return schema.StringAttribute{
		Required: true, Validators: []validator.String{framework.GUID("a customer ID")}, MarkdownDescription: "Customer that the orders belong to.",
	}
}

func (d *orderDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config orderDataModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	got, err := d.Client.Order(ctx, config.CustomerID.ValueString(), config.ID.ValueString())
	if framework.Failed(&resp.Diagnostics, "read order", err) {
		return
	}
	config.orderModel = orderFromAPI(got)
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}
