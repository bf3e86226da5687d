// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
)

var _ datasource.DataSourceWithConfigure = (*skusDataSource)(nil)

// NewSkusDataSource lists the SKUs of a product.
func NewSkusDataSource() datasource.DataSource { return &skusDataSource{} }

type skusDataSource struct{ framework.DataSource }

type skusModel struct {
	listScopeModel

	ProductID types.String `tfsdk:"product_id"`
	Skus      []skuModel   `tfsdk:"skus"`
}

func (d *skusDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_skus"
}

func (d *skusDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "SKUs of a product: the plans it is sold in, with their limits.",
		Attributes: listScoped(map[string]schema.Attribute{
			"product_id": productID(),
			"skus":       framework.ShownObjects("What was found.", skuAttributes()),
		}),
	}
}

func productID() schema.StringAttribute {
	return schema.StringAttribute{
		Required: true, Validators: []validator.String{framework.ProductID()},
		MarkdownDescription: "Product, 12 characters, as data source `partnercenter_products` finds it.",
	}
}

func (d *skusDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config skusModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	got, err := d.Client.Skus(ctx, config.toScope(), config.ProductID.ValueString())
	if framework.Failed(&resp.Diagnostics, "list SKUs", err) {
		return
	}
	config.Skus = framework.Each(got, skuFromAPI)
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}
