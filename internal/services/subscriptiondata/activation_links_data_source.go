// SPDX-License-Identifier: MPL-2.0

package subscriptiondata

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
)

var (
	_ datasource.DataSourceWithConfigure        = (*activationLinksDataSource)(nil)
	_ datasource.DataSourceWithConfigValidators = (*activationLinksDataSource)(nil)
)

// NewActivationLinksDataSource reads the publisher's links, which the state keeps.
func NewActivationLinksDataSource() datasource.DataSource { return &activationLinksDataSource{} }

type activationLinksDataSource struct{ framework.DataSource }

func (d *activationLinksDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_activation_links"
}

func (d *activationLinksDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: aboutActivationLinks + "\n\nThe state keeps what a data source reads; the ephemeral resource of the same name leaves no trace there.",
		Attributes: map[string]schema.Attribute{
			"customer_id":            schema.StringAttribute{Required: true, Validators: []validator.String{framework.GUID("a customer ID")}, MarkdownDescription: aboutLinkCustomer},
			"subscription_id":        schema.StringAttribute{Optional: true, Validators: linkSubscriptionValidators, MarkdownDescription: aboutLinkSubscription},
			"order_id":               schema.StringAttribute{Optional: true, Validators: linkOrderValidators, MarkdownDescription: aboutLinkOrder},
			"order_line_item_number": schema.Int64Attribute{Optional: true, Validators: linkLineValidators, MarkdownDescription: aboutLinkLine},
			"activation_links": schema.ListNestedAttribute{
				Computed: true, Sensitive: true, MarkdownDescription: aboutLinks,
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"line_item_number": schema.Int64Attribute{Computed: true, MarkdownDescription: aboutLinkNumber},
					"uri":              schema.StringAttribute{Computed: true, Sensitive: true, MarkdownDescription: aboutLinkURI},
				}},
			},
		},
	}
}

func (d *activationLinksDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{datasourcevalidator.ExactlyOneOf(linkPlaces...)}
}

func (d *activationLinksDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config activationLinksModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() || framework.Failed(&resp.Diagnostics, "read activation links", config.read(ctx, d.Client)) {
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}
