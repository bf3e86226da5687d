// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
)

// ActivationLink leads a person to the publisher's page where a subscription is set up. The URI works like a credential.
type ActivationLink struct {
	LineItemNumber Int
	URI            wire.Secret `text:"address"`
}

// UnmarshalJSON lifts the address out of the link object.
func (l *ActivationLink) UnmarshalJSON(data []byte) error {
	var found struct {
		LineItemNumber Int `json:"lineItemNumber"`
		Link           struct {
			URI string `json:"uri"`
		} `json:"link"`
	}
	if err := json.Unmarshal(data, &found); err != nil {
		return err
	}
	*l = ActivationLink{LineItemNumber: found.LineItemNumber, URI: wire.Secret(found.Link.URI)}
	return nil
}

// ActivationLinks lists the publisher's links of a subscription; there are none while the order is pending or where nothing is to be activated.
// See reference/commerce.md#activation-of-marketplace-saas.
func (c *Client) ActivationLinks(ctx context.Context, customerID, subscriptionID string) ([]ActivationLink, error) {
	return list[ActivationLink](ctx, c, call{
		operation: "list activation links of subscription", method: http.MethodGet,
		path: route("customers", customerID, "subscriptions", subscriptionID, "activationlinks"), customer: customerID,
	})
}

// OrderActivationLinks lists the publisher's links of all lines of an order.
// See https://learn.microsoft.com/partner-center/developer/get-activation-link-by-order-line-item.
func (c *Client) OrderActivationLinks(ctx context.Context, customerID, orderID string) ([]ActivationLink, error) {
	return list[ActivationLink](ctx, c, call{
		operation: "list activation links of order", method: http.MethodGet,
		path: route("customers", customerID, "orders", orderID, "activationlinks"), customer: customerID,
	})
}

// OrderLineActivationLinks lists the publisher's links of one line of an order, counted from 0.
// See https://learn.microsoft.com/partner-center/developer/get-activation-link-by-order-line-item.
func (c *Client) OrderLineActivationLinks(ctx context.Context, customerID, orderID string, line int64) ([]ActivationLink, error) {
	return list[ActivationLink](ctx, c, call{
		operation: "list activation links of order line", method: http.MethodGet,
		path:     route("customers", customerID, "orders", orderID, "lineitems", strconv.FormatInt(line, 10), "activationlinks"),
		customer: customerID,
	})
}

// ActivateSubscription plays the publisher's part in the integration sandbox, where links are dummies; elsewhere it is refused.
// The code 800041 says that it had been activated before.
// See https://learn.microsoft.com/partner-center/developer/activate-sandbox-subscription-azure-marketplace-products.
func (c *Client) ActivateSubscription(ctx context.Context, customerID, subscriptionID string) error {
	got, err := do[struct {
		Status string `json:"status"`
	}](ctx, c, call{
		operation: "activate subscription", method: http.MethodPost,
		path: route("customers", customerID, "subscriptions", subscriptionID, "activate"), customer: customerID,
	})
	if err != nil {
		return err
	}
	if got.Status != "" && !sameEnum(got.Status, "Success") {
		return fmt.Errorf("activate subscription %s: the service answered %q", subscriptionID, got.Status)
	}
	return nil
}
