// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// warnOfCommitment says what a purchase commits the partner to, what it costs where that is known, and until when it can be undone.
func warnOfCommitment(diags *diag.Diagnostics, plan *subscriptionResourceModel, o *catalog.Offer, chosen catalog.TermOption, price string) {
	licences := "A number of licences"
	if !plan.Quantity.IsUnknown() {
		licences = words.Count(plan.Quantity.ValueInt64(), "licence")
	}
	if price != "" {
		price += " "
	}
	diags.AddWarning(fmt.Sprintf("Purchase: %s of %s%s", licences, o.Name(), plan.whose()),
		fmt.Sprintf("For %s, billed %s. %s%s %s", words.Term(chosen.TermDuration), words.Billing(chosen.BillingCycle), price, refundWords(o, chosen), renewalWords(plan, o)))
}

func (m *subscriptionModel) whose() string {
	return words.Subject(m.FriendlyName.ValueString(), m.CustomerID.ValueString())
}

// refundWords says for how long the purchase can be undone, by the catalogue's own policy where it has one.
func refundWords(o *catalog.Offer, chosen catalog.TermOption) string {
	var windows []string
	for _, policy := range chosen.Term.CancellationPolicies {
		for _, option := range policy.RefundOptions {
			if option.ExpiresAfter != "" {
				windows = append(windows, fmt.Sprintf("%s (%s refund)", words.Term(option.ExpiresAfter), strings.ToLower(option.Type)))
			}
		}
	}
	switch {
	case len(windows) > 0:
	case o.Family() == partnercenter.FamilyMarketplaceSaaS:
		windows = []string{"72 hours"}
	case o.Family() == partnercenter.FamilyNewCommerce:
		windows = []string{"7 days"}
	default:
		return "Partner Center does not say how long it can be cancelled."
	}
	return fmt.Sprintf("It can be cancelled for %s after the purchase; after that the partner pays for the whole term.", strings.Join(windows, " or "))
}

func renewalWords(plan *subscriptionResourceModel, o *catalog.Offer) string {
	sku := o.SKU()
	switch {
	case framework.Known(plan.AutoRenewEnabled) && !plan.AutoRenewEnabled.ValueBool():
		return "At the end of the term it ends."
	case framework.Known(plan.AutoRenewEnabled) && sku != nil && sku.IsTrial: // somebody has decided, and needs no advice
		return "At the end of the trial it turns into a paid subscription."
	case framework.Known(plan.AutoRenewEnabled):
		return "At the end of the term it renews at the price of that day."
	case sku != nil && sku.IsTrial:
		return "At the end of the trial it turns into a paid subscription; set auto_renew_enabled = false if that is not wanted."
	}
	return "At the end of the term it renews at the price of that day; set auto_renew_enabled = false if that is not wanted."
}

// warnOfMore says what more licences commit to, with their price where it is known, and until when they can be given back.
func warnOfMore(diags *diag.Diagnostics, state *subscriptionResourceModel, was, will int64, price string) {
	if will <= was {
		return
	}
	text := "They are charged from now on, in proportion to the rest of the term"
	if end, err := partnercenter.ParseTime(state.CommitmentEndDate.ValueString()); err == nil && !end.IsZero() {
		text += ", which ends on " + words.Day(end.Time)
	}
	text += "." + price
	if state.ProductType.ValueString() == string(partnercenter.FamilyNewCommerce) {
		text += " They can be given back for 7 days; after that only with the renewal."
	}
	diags.AddWarning(fmt.Sprintf("Purchase: %s more%s", words.Count(will-was, "licence"), state.whose()), text)
}

// warnOfDestroy says what destroying does, what goes on being billed, and until when more could be undone.
func warnOfDestroy(diags *diag.Diagnostics, state *subscriptionResourceModel, policy string, now time.Time) {
	if isEnded(state) || state.ID.IsNull() {
		return
	}
	name := fmt.Sprintf("Subscription %s (%q)", state.ID.ValueString(), state.FriendlyName.ValueString())
	warn := func(summary, detail string) { // each with a summary of its own, as for purchases
		diags.AddWarning(summary+state.whose(), detail)
	}
	until := "its term ends"
	if end, err := partnercenter.ParseTime(state.CommitmentEndDate.ValueString()); err == nil && !end.IsZero() {
		until = words.Day(end.Time)
	}
	w := windowOf(state)
	switch {
	case isWaiting(state) && policy == turnOffAutoRenew:
		warn("Subscription is not activated yet", fmt.Sprintf("%s waits for its set-up at %s, and Partner Center may refuse to change its renewal before. It is not billed until then: "+
			"apply deletion_policy = %q first to cancel it.", name, words.Publisher(state.PublisherName.ValueString()), cancelNow))
	case policy == abandon:
		warn("Subscription will be forgotten", fmt.Sprintf("%s stays as it is at Partner Center (deletion_policy = %q): it goes on being billed, and renews if auto-renew is on.", name, abandon))
	case policy == cancelNow && w.closed(now):
		warn("Subscription cannot be cancelled any more", fmt.Sprintf("%s: %s, so destroying it with deletion_policy = %q will fail. Apply deletion_policy = %q first to let it end with its term on %s.",
			name, w, cancelNow, turnOffAutoRenew, until))
	case policy == cancelNow, policy == cancelOrTurnOffAutoRenew && !w.closed(now):
		warn("Subscription will be cancelled", name+" will be cancelled at once; this cannot be undone."+w.lastMoment())
	default:
		text := fmt.Sprintf("%s will not renew, and goes on being billed until %s.", name, until)
		if w.known && !w.closed(now) {
			text += fmt.Sprintf(" It could still be cancelled until %s: apply deletion_policy = %q before destroying it.", words.Day(w.until), cancelNow)
		}
		warn("Subscription will end with its term", text)
	}
}

func (w window) lastMoment() string {
	if !w.known {
		return ""
	}
	return fmt.Sprintf(" The cancellation window ends on %s.", words.Day(w.until))
}
