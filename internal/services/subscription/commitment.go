// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// warnOfCommitment says what a purchase commits the partner to, and until when it can be undone.
func warnOfCommitment(diags *diag.Diagnostics, plan *subscriptionResourceModel, o *offer, chosen plan) {
	licences := "A number of licences"
	if !plan.Quantity.IsUnknown() {
		licences = counted(plan.Quantity.ValueInt64(), "licence")
	}
	diags.AddWarning("A purchase is planned", fmt.Sprintf("%s of %s for %s, billed %s. %s %s",
		licences, o.name(), termWords(chosen.termDuration), billingWords(chosen.billingCycle), refundWords(o, chosen), renewalWords(plan, o)))
}

func counted(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.FormatInt(n, 10) + " " + noun + "s"
}

// termWords is an ISO 8601 duration of one unit as people say it; others are left as they are.
func termWords(duration string) string {
	parts := isoDuration.FindStringSubmatch(strings.ToUpper(duration))
	if parts == nil {
		return duration
	}
	n, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil {
		return duration
	}
	return counted(n, map[string]string{"D": "day", "M": "month", "Y": "year"}[parts[2]])
}

var isoDuration = regexp.MustCompile(`^P([0-9]+)([DMY])$`)

func billingWords(cycle string) string {
	switch cycle {
	case "annual":
		return "every year"
	case "biennial":
		return "every two years"
	case "triennial":
		return "every three years"
	case "one_time":
		return "once"
	case "none":
		return "not at all"
	}
	return cycle
}

// refundWords says for how long the purchase can be undone, by the catalogue's own policy where it has one.
func refundWords(o *offer, chosen plan) string {
	for _, policy := range chosen.term.CancellationPolicies {
		for _, option := range policy.RefundOptions {
			if option.ExpiresAfter != "" {
				return fmt.Sprintf("It can be cancelled for %s after the purchase (%s refund); after that the partner pays for the whole term.",
					termWords(option.ExpiresAfter), strings.ToLower(option.Type))
			}
		}
	}
	switch o.family() {
	case partnercenter.FamilyMarketplaceSaaS:
		return "Marketplace SaaS can be cancelled for 72 hours after the purchase; after that the partner pays for the whole term."
	case partnercenter.FamilyNewCommerce:
		return "New-commerce licences can be cancelled for 7 days after the purchase; after that the partner pays for the whole term."
	}
	return "Partner Center does not say how long it can be cancelled."
}

func renewalWords(plan *subscriptionResourceModel, o *offer) string {
	sku := o.sku()
	switch {
	case framework.Known(plan.AutoRenewEnabled) && !plan.AutoRenewEnabled.ValueBool():
		return "At the end of the term it ends."
	case sku != nil && sku.IsTrial:
		return "At the end of the trial it turns into a paid subscription; set auto_renew_enabled = false if that is not wanted."
	}
	return "At the end of the term it renews at the price of that day; set auto_renew_enabled = false if that is not wanted."
}

// warnOfDestroy says what destroying does, what goes on being billed, and until when more could be undone.
func warnOfDestroy(diags *diag.Diagnostics, state *subscriptionResourceModel, policy string, now time.Time) {
	if isEnded(state) || state.ID.IsNull() {
		return
	}
	name := fmt.Sprintf("Subscription %s (%q)", state.ID.ValueString(), state.FriendlyName.ValueString())
	until := "its term ends"
	if end, err := partnercenter.ParseTime(state.CommitmentEndDate.ValueString()); err == nil && !end.IsZero() {
		until = framework.Day(end.Time)
	}
	w := windowOf(state)
	switch {
	case policy == abandon:
		diags.AddWarning("Subscription will be forgotten", fmt.Sprintf("%s stays as it is at Partner Center (deletion_policy = %q): it goes on being billed, and renews if auto-renew is on.", name, abandon))
	case policy == cancelNow && w.closed(now):
		diags.AddWarning("Subscription cannot be cancelled any more", fmt.Sprintf("%s: %s, so destroying it with deletion_policy = %q will fail. Apply deletion_policy = %q first to let it end with its term on %s.",
			name, w, cancelNow, turnOffAutoRenew, until))
	case policy == cancelNow, policy == cancelOrTurnOffAutoRenew && !w.closed(now):
		diags.AddWarning("Subscription will be cancelled", name+" will be cancelled at once; this cannot be undone."+w.lastMoment())
	default:
		text := fmt.Sprintf("%s will not renew, and goes on being billed until %s.", name, until)
		if w.known && !w.closed(now) {
			text += fmt.Sprintf(" It could still be cancelled until %s: apply deletion_policy = %q before destroying it.", framework.Day(w.until), cancelNow)
		}
		diags.AddWarning("Subscription will end with its term", text)
	}
}

func (w window) lastMoment() string {
	if !w.known {
		return ""
	}
	return fmt.Sprintf(" The cancellation window ends on %s.", framework.Day(w.until))
}
