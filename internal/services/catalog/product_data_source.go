// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"context"
	"fmt"
	"slices"
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

var _ datasource.DataSourceWithConfigure = (*productDataSource)(nil)

// NewProductDataSource reads one product.
func NewProductDataSource() datasource.DataSource { return &productDataSource{} }

type productDataSource struct{ framework.DataSource }

type productDataModel struct {
	scopeModel
	productModel

	TargetView types.String `tfsdk:"target_view"`
}

func (d *productDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_product"
}

func (d *productDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := productAttributes()
	attributes["id"] = schema.StringAttribute{
		Optional: true, Computed: true, Validators: []validator.String{
			framework.ProductID(), stringvalidator.ExactlyOneOf(path.MatchRoot("id"), path.MatchRoot("title")),
		},
		MarkdownDescription: "Product to read, 12 characters. Either this or `title` is required.",
	}
	attributes["title"] = schema.StringAttribute{
		Optional: true, Computed: true, Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
		MarkdownDescription: "Whole title of the product, in any case. Finding a product by its title reads the whole view; by its `id` it is one request.",
	}
	attributes["publisher_name"] = schema.StringAttribute{
		Optional: true, Computed: true, Validators: []validator.String{stringvalidator.LengthAtLeast(1), stringvalidator.ConflictsWith(path.MatchRoot("id"))},
		MarkdownDescription: "Publisher of the product. Beside `title` it is the whole name, in any case, and tells products of the same title apart.",
	}
	view := targetView()
	view.Validators = append(view.Validators, stringvalidator.ConflictsWith(path.MatchRoot("id")))
	attributes["target_view"] = view
	resp.Schema = schema.Schema{MarkdownDescription: "One product that can be bought, by its ID or by its exact title.", Attributes: scoped(attributes)}
}

func (d *productDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config productDataModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	got, err := d.find(ctx, &config)
	if framework.Failed(&resp.Diagnostics, "read product", err) {
		return
	}
	config.productModel = productFromAPI(got)
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}

// find answers with exactly one product or an error.
func (d *productDataSource) find(ctx context.Context, config *productDataModel) (*partnercenter.Product, error) {
	if !config.ID.IsNull() {
		return d.Client.Product(ctx, config.toScope(), config.ID.ValueString())
	}
	listed, err := listView(ctx, d.Client, config.toScope(), config.TargetView)
	if err != nil {
		return nil, err
	}
	return theOne(config, listed)
}

// theOne is the product with the title, and the publisher where one is given.
func theOne(config *productDataModel, listed []partnercenter.Product) (*partnercenter.Product, error) {
	found := slices.DeleteFunc(slices.Clone(listed), func(p partnercenter.Product) bool {
		return !is(p.Title, config.Title) || !is(p.PublisherName, config.PublisherName)
	})
	if len(found) == 1 {
		return &found[0], nil
	}
	return nil, notOne(config, listed, found)
}

// notOne says how many products were found, and what to do.
func notOne(config *productDataModel, listed, found []partnercenter.Product) error {
	if len(found) > 1 {
		var each []string
		for _, p := range found {
			each = append(each, fmt.Sprintf("%s (%s)", p.ID, p.PublisherName))
		}
		return fmt.Errorf("%d products have the title %s: %s. Name one of them by its ID, or add publisher_name",
			len(found), config.Title, strings.Join(each, ", "))
	}
	err := fmt.Errorf("no product has the title %s, among the %d listed. Data source partnercenter_products finds parts of titles; "+
		"target_view says which part of the catalog is searched", config.Title, len(listed))
	if !config.PublisherName.IsNull() {
		return fmt.Errorf("%w; publisher_name has to be the whole name", err)
	}
	return err
}
