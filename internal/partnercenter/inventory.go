// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"net/http"
	"net/url"
)

// InventoryRequest asks whether items may be sold; InventoryContext has the keys that a SKU lists as inventory variables.
type InventoryRequest struct {
	TargetItems      []InventoryTarget `json:"targetItems"`
	InventoryContext map[string]string `json:"inventoryContext"`
}

// InventoryTarget is a product, or one SKU of it.
type InventoryTarget struct {
	ProductID string `json:"productId"`
	SkuID     string `json:"skuId,omitzero"`
}

// InventoryItem says whether a SKU is restricted. See https://learn.microsoft.com/partner-center/developer/product-resources.
type InventoryItem struct {
	ProductID    string                 `json:"productId"`
	SkuID        string                 `json:"skuId"`
	IsRestricted bool                   `json:"isRestricted"`
	Restrictions []InventoryRestriction `json:"restrictions"`
}

// InventoryRestriction is why a SKU may not be sold.
type InventoryRestriction struct {
	ReasonCode  string          `json:"reasonCode"`
	Description string          `json:"description"`
	Properties  map[string]Text `json:"properties"`
}

// CheckInventory asks whether items may be sold in a country (ISO 3166 alpha-2); only SKUs with the prerequisite InventoryCheck need it.
// See https://learn.microsoft.com/partner-center/developer/check-inventory.
func (c *Client) CheckInventory(ctx context.Context, country string, request InventoryRequest) ([]InventoryItem, error) {
	if request.InventoryContext == nil {
		request.InventoryContext = map[string]string{}
	}
	return list[InventoryItem](ctx, c, call{
		operation: "check inventory", method: http.MethodPost, path: route("extensions", "product", "checkInventory"),
		query: url.Values{"country": {country}}, body: request, asks: true,
	})
}
