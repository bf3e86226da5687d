// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// boughtBefore finds live subscriptions that look like an earlier purchase of the same thing: same product, SKU and nickname. Those
// that this run bought or gave up are not meant. A purchase without a nickname is named by the service, so then any name counts.
func boughtBefore(subscriptions []partnercenter.Subscription, claims *spending.Claims, productID, skuID, friendlyName string) []partnercenter.Subscription {
	var found []partnercenter.Subscription
	for _, s := range subscriptions {
		switch {
		case s.Ended() || claims.WasBought(s.ID) || claims.Ordered(s.OrderID) || claims.WasGivenUp(s.ID):
		case s.ProductID() != productID || s.SkuID() != skuID:
		case friendlyName != "" && !strings.EqualFold(strings.TrimSpace(s.FriendlyName), strings.TrimSpace(friendlyName)):
		default:
			found = append(found, s)
		}
	}
	return found
}

// refuseExisting is alreadyOwned with why on_existing does not settle it.
func refuseExisting(onExisting, customerID string, found []partnercenter.Subscription) string {
	if onExisting == adopt {
		return fmt.Sprintf("on_existing is %q, and takes over one subscription only, but %d fit: %s", adopt, len(found), alreadyOwned(customerID, found))
	}
	return alreadyOwned(customerID, found)
}

// alreadyOwned is the text that stops a purchase, with an import block to paste.
//
// It begins with a small letter, like an error; framework.Sentence makes a diagnostic of it.
func alreadyOwned(customerID string, found []partnercenter.Subscription) string {
	var text strings.Builder
	text.WriteString("the customer already has this subscription. Partner Center would sell it a second time without asking.\n")
	for _, s := range found {
		fmt.Fprintf(&text, "\n  %s: %q, %s, %s, bought %s", s.ID, s.FriendlyName, words.Count(int64(s.Quantity), "licence"), strings.ToLower(s.Status), words.Day(s.CreationDate.Time))
	}
	fmt.Fprintf(&text, `

If this is the purchase that an earlier run began, or one made by hand, take it over: put this into the root module, with the address of this resource.

import {
  to = partnercenter_subscription.NAME
  id = "%s/%s"
}

`, customerID, found[0].ID)
	if len(found) == 1 {
		fmt.Fprintf(&text, "Or set on_existing = %q to let apply do that. ", adopt)
	}
	fmt.Fprintf(&text, "If a further subscription is really wanted, give it a friendly_name of its own, or set on_existing = %q.", purchaseAnother)
	return text.String()
}

// twins are subscriptions of the same product, SKU and nickname that somebody else has bought since: another run looked for one at the
// same moment and did not find this one either. Partner Center has no call that would rule this out.
func (p *purchase) twins(ctx context.Context, since time.Time) []partnercenter.Subscription {
	if p.onExisting == purchaseAnother {
		return nil
	}
	all, err := p.client.Subscriptions(ctx, p.customerID, partnercenter.SubscriptionsQuery{})
	if err != nil {
		return nil // what was bought is known; this is only advice
	}
	return slices.DeleteFunc(boughtBefore(all, p.claims, p.productID, p.skuID, p.line.FriendlyName), func(s partnercenter.Subscription) bool {
		return s.CreationDate.Before(since.Add(-clockStep))
	})
}

func warnOfTwins(diags *diag.Diagnostics, customerID string, got *receipt) {
	if len(got.Twins) == 0 || got.Subscription == nil {
		return
	}
	diags.AddWarning("Bought twice, by two runs at once"+words.Subject(got.Subscription.FriendlyName, customerID), fmt.Sprintf("While this run bought subscription %s, somebody else bought %s of the same product and nickname for this customer. "+
		"If only one was wanted, cancel the other now: that is free for a short time only. The run that bought it can destroy it with deletion_policy = %q.",
		got.Subscription.ID, strings.Join(ids(got.Twins), ", "), change.PolicyCancel))
}

func ids(subscriptions []partnercenter.Subscription) []string {
	found := make([]string, len(subscriptions))
	for i, s := range subscriptions {
		found[i] = s.ID
	}
	return found
}
