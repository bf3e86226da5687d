// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
)

// NewParseCatalogItemIDFunction takes the id of a catalog item apart.
func NewParseCatalogItemIDFunction() function.Function { return parseCatalogItemIDFunction{} }

type parseCatalogItemIDFunction struct{}

type catalogItemModel struct {
	ProductID      types.String `tfsdk:"product_id"`
	SkuID          types.String `tfsdk:"sku_id"`
	AvailabilityID types.String `tfsdk:"availability_id"`
}

func (parseCatalogItemIDFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "parse_catalog_item_id"
}

func (parseCatalogItemIDFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Takes the ID of a catalog item apart.",
		MarkdownDescription: "Takes `product:sku:availability`, such as the `offer_id` of a subscription or an order line, apart. A `product:sku` is taken too, " +
			"with null as its availability.",
		Parameters: []function.Parameter{function.StringParameter{
			Name: "catalog_item_id", MarkdownDescription: "ID such as `DZH318Z0MG7P:0001:DZH318ZK2WQX`.",
		}},
		Return: function.ObjectReturn{AttributeTypes: map[string]attr.Type{
			"product_id": types.StringType, "sku_id": types.StringType, "availability_id": types.StringType,
		}},
	}
}

func (parseCatalogItemIDFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var id string
	if resp.Error = req.Arguments.Get(ctx, &id); resp.Error != nil {
		return
	}
	item, err := parseCatalogItemID(id)
	if err != nil {
		resp.Error = function.NewArgumentFuncError(0, err.Error())
		return
	}
	resp.Error = resp.Result.Set(ctx, &item)
}

func parseCatalogItemID(id string) (catalogItemModel, error) {
	if framework.IsGUID(id) {
		return catalogItemModel{}, fmt.Errorf("%q is the ID of a legacy offer, which has no product, SKU and availability", id)
	}
	parts := strings.Split(id, ":")
	if len(parts) < 2 || len(parts) > 3 {
		return catalogItemModel{}, fmt.Errorf("%q does not have the form product:sku:availability or product:sku: it has %d parts between colons", id, len(parts))
	}
	item := catalogItemModel{ProductID: types.StringValue(parts[0]), SkuID: types.StringValue(parts[1]), AvailabilityID: types.StringNull()}
	if len(parts) == 3 {
		item.AvailabilityID = types.StringValue(parts[2])
	}
	if fault := item.fault(); fault.text != "" {
		return catalogItemModel{}, fmt.Errorf("%q does not have the form product:sku:availability: %s", id, fault.text)
	}
	return item, nil
}

// itemFault is the first part that cannot be right; position counts from 0.
type itemFault struct {
	position int64
	text     string
}

func (m catalogItemModel) fault() itemFault {
	parts := []struct {
		name  string
		value types.String
		valid func(string) bool
		form  string
	}{
		{"a product", m.ProductID, framework.IsProductID, "12"},
		{"a SKU", m.SkuID, framework.IsSkuID, "4"},
		{"an availability", m.AvailabilityID, framework.IsProductID, "12"}, // of the same form
	}
	for i, part := range parts {
		if !part.value.IsNull() && !part.valid(part.value.ValueString()) {
			return itemFault{int64(i), fmt.Sprintf("%s is no ID of %s, which has %s letters and digits", part.value, part.name, part.form)}
		}
	}
	return itemFault{}
}
