// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
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
		fmt.Sprintf("For %s, billed %s. %s%s %s", words.Term(chosen.TermDuration), words.Billing(chosen.BillingCycle), price, words.Refunds(o.Refunds(chosen)), renewalWords(plan, o)))
}

func (m *subscriptionModel) whose() string {
	return words.Subject(m.FriendlyName.ValueString(), m.CustomerID.ValueString())
}

func renewalWords(plan *subscriptionResourceModel, o *catalog.Offer) string {
	sku := o.SKU()
	return words.Renewal(framework.Known(plan.AutoRenewEnabled), plan.AutoRenewEnabled.ValueBool(), sku != nil && sku.IsTrial)
}

// warnOfMore says what more licences commit to, with their price where it is known, and until when they can be given back.
func warnOfMore(diags *diag.Diagnostics, state *subscriptionResourceModel, was, will int64, price string) {
	if will <= was {
		return
	}
	facts := state.facts()
	diags.AddWarning(fmt.Sprintf("Purchase: %s more%s", words.Count(will-was, "licence"), state.whose()),
		words.MoreLicenses(facts.CommitmentEnd, price, facts.Family == partnercenter.FamilyNewCommerce))
}

// warnOfDestroy says what destroying does, each with a title of its own, as for purchases.
func warnOfDestroy(diags *diag.Diagnostics, state *subscriptionResourceModel, policy change.Policy, now time.Time) {
	facts := state.facts()
	if facts.ID == "" || facts.Ended() {
		return
	}
	title, text := facts.EndConsequences(policy, now)
	diags.AddWarning(title+state.whose(), text)
}
