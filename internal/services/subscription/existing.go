// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/purchase"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// explainRefusal says with an import block to paste what an earlier purchase is that keeps another from being made.
func explainRefusal(err error) error {
	if earlier, ok := errors.AsType[*purchase.EarlierPurchaseError](err); ok {
		return &purchase.NotBoughtError{Err: errors.New(alreadyOwned(earlier))}
	}
	return err
}

// alreadyOwned is the text that stops a purchase, with an import block to paste.
//
// It begins with a small letter, like an error; framework.Sentence makes a diagnostic of it.
func alreadyOwned(e *purchase.EarlierPurchaseError) string {
	var text strings.Builder
	if e.OnExisting == purchase.Adopt {
		fmt.Fprintf(&text, "on_existing is %q, and takes over one subscription only, but %d fit: ", adopt, len(e.Found))
	}
	text.WriteString("the customer already has this subscription. Partner Center would sell it a second time without asking.\n")
	for i := range e.Found {
		text.WriteString("\n  " + purchase.Describe(&e.Found[i]))
	}
	fmt.Fprintf(&text, `

If this is the purchase that an earlier run began, or one made by hand, take it over: put this into the root module, with the address of this resource.

import {
  to = partnercenter_subscription.NAME
  id = "%s/%s"
}

`, e.CustomerID, e.Found[0].ID)
	if len(e.Found) == 1 {
		fmt.Fprintf(&text, "Or set on_existing = %q to let apply do that. ", adopt)
	}
	fmt.Fprintf(&text, "If a further subscription is really wanted, give it a friendly_name of its own, or set on_existing = %q.", purchaseAnother)
	return text.String()
}

// warnOfTwins tells of what somebody else bought at the same moment.
func warnOfTwins(diags *diag.Diagnostics, customerID string, got *purchase.Receipt) {
	if len(got.Twins) == 0 || got.Subscription == nil {
		return
	}
	diags.AddWarning("Bought twice, by two runs at once"+words.Subject(got.Subscription.FriendlyName, customerID), fmt.Sprintf("While this run bought subscription %s, somebody else bought %s of the same product and nickname for this customer. "+
		"If only one was wanted, cancel the other now: that is free for a short time only. The run that bought it can destroy it with deletion_policy = %q.",
		got.Subscription.ID, strings.Join(ids(got.Twins), ", "), cancelNow))
}

func ids(subscriptions []partnercenter.Subscription) []string {
	found := make([]string, len(subscriptions))
	for i, s := range subscriptions {
		found[i] = s.ID
	}
	return found
}
