// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/purchase"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// alreadyOwned is the text that stops a purchase, with the blocks to paste. It begins with a small letter, like an error;
// framework.Sentence makes a diagnostic of it.
func alreadyOwned(e *purchase.EarlierPurchaseError) string {
	var text strings.Builder
	if e.OnExisting == purchase.Adopt && len(e.Subscriptions) > 1 {
		fmt.Fprintf(&text, "on_existing is %q, and takes over one subscription only, but %d fit: ", purchase.Adopt, len(e.Subscriptions))
	}
	text.WriteString("the customer already has this subscription. Partner Center would sell it a second time without asking.\n")
	for i := range e.Subscriptions {
		text.WriteString("\n  " + purchase.Describe(&e.Subscriptions[i]) + renewalNote(&e.Subscriptions[i]))
	}
	for i := range e.Orders {
		text.WriteString("\n  " + purchase.DescribeOrder(&e.Orders[i]))
	}
	text.WriteString("\n\n")
	if len(e.Subscriptions) == 0 {
		text.WriteString("Wait until the order has brought its subscription, or has failed, and plan again. In Partner Center, under the customer's orders, a user of the partner may have to act on it. ")
	} else {
		text.WriteString(words.WaysToKeep(e.CustomerID, e.Subscriptions[0].ID))
		text.WriteString(wayToAdopt(e))
	}
	if e.Unnamed {
		text.WriteString("It has no nickname of its own, and as many licenses were bought within the last day: it may be this purchase, whose nickname was lost. If it is another one, give it a friendly_name, and plan again. ")
	}
	fmt.Fprintf(&text, "If a further subscription is really wanted, give it a friendly_name of its own, or set on_existing = %q.", purchase.PurchaseAnother)
	return text.String()
}

// wayToAdopt says how what was found is taken over, "" where it cannot be: more than one, or one beside an order that waits.
func wayToAdopt(e *purchase.EarlierPurchaseError) string {
	switch {
	case len(e.Subscriptions) != 1 || e.Unnamed || len(e.Orders) > 0:
		return ""
	case e.FromCart:
		return fmt.Sprintf("A purchase from a cart takes nothing over: for that, take the line out of line_items of the cart, remove cart_id and cart_line_item here, and set on_existing = %q. ", purchase.Adopt)
	case e.OnExisting == purchase.Adopt: // the plan has not seen it
		return fmt.Sprintf("Or run plan again: with on_existing = %q it shows that it is taken over. ", purchase.Adopt)
	}
	return fmt.Sprintf("Or set on_existing = %q: the plan then shows that it is taken over. ", purchase.Adopt)
}

// renewalNote says that a subscription does not renew, and what becomes of it then: taking it over does not change that by itself.
func renewalNote(s *partnercenter.Subscription) string {
	facts := change.FactsOf(s)
	if facts.Renews() || facts.Ended() {
		return ""
	}
	if facts.Suspended() {
		return "; it " + facts.AfterTerm() // which says why it does not renew
	}
	return "; it does not renew, and " + facts.AfterTerm()
}

// warnOfTwins tells of what somebody else bought at the same moment.
func warnOfTwins(diags *diag.Diagnostics, customerID string, got *purchase.Receipt) {
	if len(got.Twins) == 0 || got.Subscription == nil {
		return
	}
	diags.AddWarning("Bought twice, by two runs at once"+words.Subject(got.Subscription.FriendlyName, customerID), fmt.Sprintf("While this run bought subscription %s, another run or a person bought %s of the same product and nickname for this customer. "+
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

// earlier looks for an earlier purchase; what this one replaces is none.
func (r *subscriptionResource) earlier(ctx context.Context, c *creation) (found purchase.Earlier, ok bool) {
	customerID := c.plan.CustomerID.ValueString()
	subscriptions, err := r.Client.SharedSubscriptions(ctx, customerID, partnercenter.SubscriptionsQuery{})
	if framework.Failed(c.diags, "list the customer's subscriptions", err) {
		return found, false
	}
	orders, err := r.Client.SharedOrders(ctx, customerID)
	if framework.Failed(c.diags, "list the customer's orders", err) {
		return found, false
	}
	order, likeness := c.order(), c.plan.Likeness()
	order.Replaces = r.Owners.Replaced(likeness.Alike())
	found = purchase.EarlierPurchases(r.Claims.Seen(customerID, subscriptions), orders, r.Claims, order, r.Client.EarliestTime())
	i := slices.IndexFunc(found.Subscriptions, func(s partnercenter.Subscription) bool { return strings.EqualFold(s.ID, c.replaces) })
	if i < 0 {
		return found, true
	}
	if c.refuseAlikeReplacement(&found.Subscriptions[i]) {
		return found, false
	}
	r.Owners.PlanReplacement(likeness.Alike(), c.replaces)
	found.Subscriptions = slices.Delete(found.Subscriptions, i, i+1)
	return found, true
}

// refuseAlikeReplacement stops a replacement whose halves look alike: nothing could tell them apart afterwards, or the old one would be taken
// over again.
func (c *creation) refuseAlikeReplacement(old *partnercenter.Subscription) bool {
	why := ""
	switch {
	case !c.order().Unlike(*old):
		why = "The new one would be like the old one in product, SKU, term, billing cycle and friendly_name, so that nothing could tell them apart."
	case c.plan.OnExisting.ValueString() == string(purchase.Adopt):
		why = fmt.Sprintf("on_existing is %q, and the old one has the friendly_name of the new one: it would be taken over again. Remove on_existing to buy a new one.", purchase.Adopt)
	default:
		return false
	}
	c.diags.AddError("Replacement refused", words.ReplacementRefused(c.replaces, why)+" Give the new one a friendly_name of its own.")
	return true
}
