// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"net/http"
	"net/url"
)

// SubscribedSku is a product of Microsoft in a customer's tenant, with its seats. It counts the tenant: all subscriptions of the product,
// those of other partners too (reference/customers-and-billing.md#seats-bought-and-seats-assigned).
type SubscribedSku struct {
	ProductSku       LicenseSku           `json:"productSku"`
	CapabilityStatus string               `json:"capabilityStatus"` // Enabled, Warning, Suspended
	ActiveUnits      Int                  `json:"activeUnits"`      // paid and active
	ConsumedUnits    Int                  `json:"consumedUnits"`    // assigned to users
	AvailableUnits   Int                  `json:"availableUnits"`   // not assigned; below zero where more are assigned than bought
	SuspendedUnits   Int                  `json:"suspendedUnits"`
	WarningUnits     Int                  `json:"warningUnits"` // in grace
	TotalUnits       Int                  `json:"totalUnits"`   // active and in grace
	ServicePlans     []LicenseServicePlan `json:"servicePlans"`
}

// LicenseSku is a product as the customer's tenant knows it; the catalog does not know its ID.
type LicenseSku struct {
	ID             string `json:"id"`
	Name           string `json:"name"`
	SkuPartNumber  string `json:"skuPartNumber"`
	TargetType     string `json:"targetType"`
	LicenseGroupID string `json:"licenseGroupId"` // group1 or group2
}

// LicenseServicePlan is a service that a product holds.
type LicenseServicePlan struct {
	ID               string `json:"id"`
	DisplayName      string `json:"displayName"`
	ServiceName      string `json:"serviceName"`
	CapabilityStatus string `json:"capabilityStatus"`
	TargetType       string `json:"targetType"`
}

// SubscribedSkus lists the products of Microsoft in a customer's tenant, of both license groups; needs a signed-in user with a role there.
// See https://learn.microsoft.com/partner-center/developer/get-a-list-of-available-licenses.
func (c *Client) SubscribedSkus(ctx context.Context, customerID string) ([]SubscribedSku, error) {
	return list[SubscribedSku](ctx, c, call{
		operation: "list subscribed SKUs", method: http.MethodGet, path: route("customers", customerID, "subscribedskus"),
		query:    url.Values{"licenseGroupIds": {"Group1", "Group2"}}, // the service's own default is the first alone
		customer: customerID, userOnly: true,
	})
}
