// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// NewCatalogItemIDFunction puts the id of a catalog item together.
func NewCatalogItemIDFunction() function.Function { return catalogItemIDFunction{} }

type catalogItemIDFunction struct{}

func (catalogItemIDFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "catalog_item_id"
}

func (catalogItemIDFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary:             "Puts the ID of a catalog item together.",
		MarkdownDescription: "Puts `product:sku:availability` together, the reverse of `parse_catalog_item_id`. Without an availability, or with null, it is `product:sku`.",
		Parameters: []function.Parameter{
			function.StringParameter{Name: "product_id", MarkdownDescription: "Product, 12 characters."},
			function.StringParameter{Name: "sku_id", MarkdownDescription: "SKU, 4 characters."},
		},
		// Not a third parameter: OpenTofu cannot hand null to a provider's function, so it has to be possible to leave it out.
		VariadicParameter: function.StringParameter{Name: "availability_id", AllowNullValue: true, MarkdownDescription: "Availability, 12 characters; one at most."},
		Return:            function.StringReturn{},
	}
}

func (catalogItemIDFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	item := catalogItemModel{AvailabilityID: types.StringNull()}
	var availabilities []types.String
	if resp.Error = req.Arguments.Get(ctx, &item.ProductID, &item.SkuID, &availabilities); resp.Error != nil {
		return
	}
	switch len(availabilities) {
	case 0:
	case 1:
		item.AvailabilityID = availabilities[0]
	default:
		resp.Error = function.NewArgumentFuncError(3, fmt.Sprintf("a catalog item has one availability, and %d were given", len(availabilities)))
		return
	}
	if fault := item.fault(); fault.text != "" {
		resp.Error = function.NewArgumentFuncError(fault.position, fault.text)
		return
	}
	parts := []string{item.ProductID.ValueString(), item.SkuID.ValueString()}
	if !item.AvailabilityID.IsNull() {
		parts = append(parts, item.AvailabilityID.ValueString())
	}
	resp.Error = resp.Result.Set(ctx, strings.Join(parts, ":"))
}
