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

var _ datasource.DataSourceWithConfigure = (*skuDataSource)(nil)

// NewSkuDataSource reads one SKU of a product.
func NewSkuDataSource() datasource.DataSource { return &skuDataSource{} }

type skuDataSource struct{ framework.DataSource }

type skuDataModel struct {
	scopeModel
	skuModel

	ProductID types.String `tfsdk:"product_id"`
}

func (d *skuDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_sku"
}

func (d *skuDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := skuAttributes()
	attributes["product_id"] = productID()
	attributes["id"] = schema.StringAttribute{
		Required: true, Validators: []validator.String{framework.SkuID()}, MarkdownDescription: "SKU to read, 4 characters, unique inside its product.",
	}
	resp.Schema = schema.Schema{MarkdownDescription: "One SKU of a product: a plan with its limits.", Attributes: scoped(attributes)}
}

func (d *skuDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config skuDataModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	got, err := d.Client.Sku(ctx, config.toScope(), config.ProductID.ValueString(), config.ID.ValueString())
	if framework.Failed(&resp.Diagnostics, "read SKU", err) {
		return
	}
	config.skuModel = skuFromAPI(got)
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}
