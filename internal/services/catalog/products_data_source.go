// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

var _ datasource.DataSourceWithConfigure = (*productsDataSource)(nil)

// NewProductsDataSource searches the catalog for products.
func NewProductsDataSource() datasource.DataSource { return &productsDataSource{} }

type productsDataSource struct{ framework.DataSource }

type productsModel struct {
	listScopeModel

	TargetView    types.String   `tfsdk:"target_view"`
	Title         types.String   `tfsdk:"title"`
	PublisherName types.String   `tfsdk:"publisher_name"`
	Products      []productModel `tfsdk:"products"`
}

func (d *productsDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_products"
}

func (d *productsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Products that can be bought, found by title or publisher. The marketplace has thousands, so at least one of the two is required and only what matches enters the state.",
		Attributes: listScoped(map[string]schema.Attribute{
			"target_view": targetView(),
			"title": schema.StringAttribute{
				Optional: true, Validators: []validator.String{
					stringvalidator.LengthAtLeast(1), stringvalidator.AtLeastOneOf(path.MatchRoot("title"), path.MatchRoot("publisher_name")),
				},
				MarkdownDescription: "Only products with this in their title, in any case.",
			},
			"publisher_name": schema.StringAttribute{
				Optional: true, Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
				MarkdownDescription: "Only products with this in the name of their publisher, in any case.",
			},
			"products": framework.ShownObjects("What was found. What a product can be bought with says data source `partnercenter_availabilities`.", productAttributes()),
		}),
	}
}

func (d *productsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config productsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	got, err := listView(ctx, d.Client, config.toScope(), config.TargetView)
	if framework.Failed(&resp.Diagnostics, "list products", err) {
		return
	}
	got = slices.DeleteFunc(got, func(p partnercenter.Product) bool {
		return !contains(p.Title, config.Title) || !contains(p.PublisherName, config.PublisherName)
	})
	config.Products = framework.Each(got, productFromAPI)
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}
