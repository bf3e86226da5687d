// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"net/http"
)

// SubscriptionProvisioningStatus is how far the licences of a subscription are assigned, renewed every 15 minutes.
type SubscriptionProvisioningStatus struct {
	SkuID    string `json:"skuId"`
	Status   string `json:"status"` // success, pending or failed
	Quantity Int    `json:"quantity"`
	EndDate  Time   `json:"endDate"`
}

// SubscriptionProvisioningStatus reads how far the licences are assigned; needs a signed-in user.
// See https://learn.microsoft.com/partner-center/developer/get-subscription-provisioning-status.
func (c *Client) SubscriptionProvisioningStatus(ctx context.Context, customerID, subscriptionID string) (*SubscriptionProvisioningStatus, error) {
	return one[SubscriptionProvisioningStatus](ctx, c, call{
		operation: "read provisioning status", method: http.MethodGet,
		path: route("customers", customerID, "subscriptions", subscriptionID, "provisioningstatus"), customer: customerID, userOnly: true,
	})
}
