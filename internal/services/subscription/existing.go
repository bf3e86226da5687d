// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"fmt"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// boughtBefore finds live subscriptions that look like an earlier purchase of the same thing: same product, SKU and nickname. Those
// that this run bought or gave up are not meant. A purchase without a nickname is named by the service, so then any name counts.
func boughtBefore(subscriptions []partnercenter.Subscription, run *framework.Run, productID, skuID, friendlyName string) []partnercenter.Subscription {
	var found []partnercenter.Subscription
	for _, s := range subscriptions {
		switch {
		case s.Ended() || run.WasBought(s.ID) || run.WasGivenUp(s.ID):
		case s.ProductID() != productID || s.SkuID() != skuID:
		case friendlyName != "" && !strings.EqualFold(strings.TrimSpace(s.FriendlyName), strings.TrimSpace(friendlyName)):
		default:
			found = append(found, s)
		}
	}
	return found
}

// alreadyOwned is the text that stops a purchase, with an import block to paste.
func alreadyOwned(customerID string, found []partnercenter.Subscription) string {
	var text strings.Builder
	text.WriteString("The customer already has this subscription, so nothing was bought. Partner Center would sell it a second time without asking.\n")
	for _, s := range found {
		fmt.Fprintf(&text, "\n  %s: %q, %d licences, %s, bought %s", s.ID, s.FriendlyName, s.Quantity, strings.ToLower(s.Status), framework.Day(s.CreationDate.Time))
	}
	fmt.Fprintf(&text, `

If this is the purchase that an earlier run began, or one made by hand, take it over. Put this beside the resource, with the resource's own name:

import {
  to = partnercenter_subscription.NAME
  id = "%s/%s"
}

or set on_existing = "adopt" to let apply do that. If a further subscription is really wanted, give it a friendly_name of its own, or set on_existing = "purchase_another".`,
		customerID, found[0].ID)
	return text.String()
}
