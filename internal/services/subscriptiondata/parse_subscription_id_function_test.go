// SPDX-License-Identifier: MPL-2.0

package subscriptiondata

import (
	"strings"
	"testing"
)

func TestParseSubscriptionID(t *testing.T) {
	const customer, subscription = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10", "b94f7e60-1c2d-4b8a-a3f5-0d9e8c7b6a54"
	for id, want := range map[string]string{
		customer + "/" + subscription:                  customer + " " + subscription,
		customer + "/" + strings.ToUpper(subscription): customer + " " + subscription,
		subscription:                         "is only one ID: the form is customer_id/subscription_id",
		"":                                   "does not have the form customer_id/subscription_id",
		"x/" + subscription:                  `the customer ID "x" is not a GUID`,
		customer + "/":                       `the subscription ID "" is not a GUID`,
		customer + "/" + subscription + "/x": "is not a GUID",
	} {
		parsed, err := parseSubscriptionID(id)
		got := parsed.CustomerID.ValueString() + " " + parsed.SubscriptionID.ValueString()
		if err != nil {
			got = err.Error()
		}
		if err == nil && got != want || !strings.Contains(got, want) {
			t.Errorf("%q: got %s, want %s", id, got, want)
		}
	}
}
