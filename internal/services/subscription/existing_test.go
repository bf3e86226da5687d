// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/purchase"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Who is refused a second purchase reads how to take over what is there, where that can be done, and as it can be done.
func TestAlreadyOwned_wayToAdopt(t *testing.T) {
	t.Parallel()
	const sets, again, leaves, several = `Or set on_existing = "adopt"`, "Or run plan again: with on_existing", "take the line out of line_items of the cart, remove cart_id", "takes over one subscription only, but 2 fit"
	found := make([]partnercenter.Subscription, 2)
	waiting := []partnercenter.Order{{ID: "o-1", Status: "pending"}}
	for name, test := range map[string]struct {
		refused purchase.EarlierPurchaseError
		want    string // of these, "" for none
	}{
		"one":                        {purchase.EarlierPurchaseError{Earlier: purchase.Earlier{Subscriptions: found[:1]}}, sets},
		"one, to be taken over":      {purchase.EarlierPurchaseError{OnExisting: purchase.Adopt, Earlier: purchase.Earlier{Subscriptions: found[:1]}}, again},
		"two":                        {purchase.EarlierPurchaseError{Earlier: purchase.Earlier{Subscriptions: found}}, ""},
		"two, to be taken over":      {purchase.EarlierPurchaseError{OnExisting: purchase.Adopt, Earlier: purchase.Earlier{Subscriptions: found}}, several},
		"one that may be another":    {purchase.EarlierPurchaseError{Earlier: purchase.Earlier{Subscriptions: found[:1], Unnamed: true}}, ""},
		"an order beside it":         {purchase.EarlierPurchaseError{Earlier: purchase.Earlier{Subscriptions: found[:1], Orders: waiting}}, ""},
		"an order":                   {purchase.EarlierPurchaseError{Earlier: purchase.Earlier{Orders: waiting}}, ""},
		"a line of a cart":           {purchase.EarlierPurchaseError{FromCart: true, Earlier: purchase.Earlier{Subscriptions: found[:1]}}, leaves},
		"a line, to be taken over":   {purchase.EarlierPurchaseError{FromCart: true, OnExisting: purchase.Adopt, Earlier: purchase.Earlier{Subscriptions: found[:1]}}, leaves},
		"a line, an order beside it": {purchase.EarlierPurchaseError{FromCart: true, Earlier: purchase.Earlier{Subscriptions: found[:1], Orders: waiting}}, ""},
	} {
		text := alreadyOwned(&test.refused)
		for _, sentence := range []string{sets, again, leaves, several} {
			if strings.Contains(text, sentence) != (sentence == test.want) {
				t.Errorf("%s: it says %q: %t", name, sentence, sentence != test.want)
			}
		}
	}
}
