// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Views of the catalog. See reference/commerce.md#targetview.
const (
	marketplaceView    = "MarketplaceSaaS"
	onlineServicesView = "OnlineServices"
)

func targetView() schema.StringAttribute {
	return schema.StringAttribute{
		Optional: true, Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
		MarkdownDescription: "Part of the catalog to search: `MarketplaceSaaS` (software of independent publishers, the default), `OnlineServices` (Microsoft 365 and the like), " +
			"`Azure`, `AzureReservations`, `Software`, `SoftwarePerpetual`, `SoftwareSubscriptions`, `SpecializedOffers` and others of Partner Center's target views. " +
			"Where Partner Center does not offer the view `MarketplaceSaaS`, the marketplace products among `OnlineServices` are searched.",
	}
}

// listView lists a view of the catalog. Older parts of the service know no view for the marketplace and put its products among
// the online services (reference/commerce.md#documented-contradictions, 13).
func listView(ctx context.Context, c *partnercenter.Client, scope partnercenter.CatalogScope, view types.String) ([]partnercenter.Product, error) {
	wanted := view.ValueString()
	if wanted == "" {
		wanted = marketplaceView
	}
	found, err := c.SharedProducts(ctx, scope, wanted)
	refused := partnercenter.HasCode(err, "400036", "900126")
	if !strings.EqualFold(wanted, marketplaceView) || err != nil && !refused || len(found) > 0 {
		return found, err
	}
	found, err = c.SharedProducts(ctx, scope, onlineServicesView)
	return slices.DeleteFunc(found, func(p partnercenter.Product) bool { return p.Family() != partnercenter.FamilyMarketplaceSaaS }), err
}

// contains is a search without regard to case; null finds everything.
func contains(text string, part types.String) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(part.ValueString()))
}

// is compares without regard to case; null finds everything.
func is(text string, wanted types.String) bool {
	return wanted.IsNull() || strings.EqualFold(strings.TrimSpace(text), strings.TrimSpace(wanted.ValueString()))
}
