// SPDX-License-Identifier: MPL-2.0

package subscriptiondata

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
)

var _ datasource.DataSourceWithConfigure = (*subscriptionDataSource)(nil)

// NewSubscriptionDataSource reads one subscription of a customer.
func NewSubscriptionDataSource() datasource.DataSource { return &subscriptionDataSource{} }

type subscriptionDataSource struct{ framework.DataSource }

func (d *subscriptionDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_subscription"
}

func (d *subscriptionDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "One subscription of a customer, of any product family and in any state.",
		Attributes: subscriptionAttributes(map[string]schema.Attribute{
			"customer_id": customerIDAttribute(),
			"id": schema.StringAttribute{
				Required: true, Validators: []validator.String{framework.GUID("a subscription ID")}, MarkdownDescription: "Subscription to read, a GUID.",
			},
		}),
	}
}

func customerIDAttribute() schema.StringAttribute {
	return schema.StringAttribute{
		Required: true, Validators: []validator.String{framework.GUID("a customer ID")},
		MarkdownDescription: "Customer the subscription belongs to: its tenant ID, which Partner Center shows as \"Microsoft ID\".",
	}
}

func (d *subscriptionDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config subscriptionModel
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
