// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"net/http"
	"net/url"
)

// AccountValidation is Microsoft's vetting of a customer account; purchases are refused while Status is UnderReview, NotAllowed or Unknown.
// See https://learn.microsoft.com/partner-center/developer/retrieve-validation-status.
type AccountValidation struct {
	Type               string `json:"type"`
	Status             string `json:"status"` // Allowed, UnderReview, NotAllowed, Unknown or Not Ready
	LastUpdateDateTime Time   `json:"lastUpdateDateTime"`
}

// ValidationStatus reads how far the vetting of a customer is; IsNotFound says that nothing is on record. It may need a signed-in user.
// See https://learn.microsoft.com/partner-center/developer/retrieve-validation-status.
func (c *Client) ValidationStatus(ctx context.Context, customerID string) (*AccountValidation, error) {
	return one[AccountValidation](ctx, c, call{
		operation: "read validation status", method: http.MethodGet, path: route("customers", customerID, "validationStatus"),
		query: url.Values{"type": {"account"}}, customer: customerID, userOnly: true,
	})
}
