// SPDX-License-Identifier: MPL-2.0

package change

import (
	"fmt"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// NextTermBlock is the configuration of instructions for the next term.
func NextTermBlock(next *partnercenter.NextTermInstructions) string {
	return "  " + NextTerm + " = " + nextTermValue(next).String()
}

func nextTermValue(next *partnercenter.NextTermInstructions) Value {
	if next == nil || next.Product.ProductID == "" && next.Quantity == 0 {
		return Value{}
	}
	var block strings.Builder
	fmt.Fprintf(&block, `{
    product_id    = %s
    sku_id        = %s
    term_duration = %s
    billing_cycle = %s
`, escape.HCL(next.Product.ProductID), escape.HCL(next.Product.SkuID), escape.HCL(next.Product.TermDuration), escape.HCL(strings.ToLower(next.Product.BillingCycle)))
	if next.Quantity != 0 {
		fmt.Fprintf(&block, "    quantity      = %d\n", next.Quantity)
	}
	if next.Product.PromotionID != "" {
		fmt.Fprintf(&block, "    promotion_id = %s\n", escape.HCL(next.Product.PromotionID))
	}
	if !next.CustomTermEndDate.IsZero() {
		fmt.Fprintf(&block, "    custom_term_end_date = %q\n", next.CustomTermEndDate.UTC().Format(time.RFC3339Nano))
	}
	return Value{block.String() + "  }"}
}

// CheckNextEnd says why a next term of this length cannot end on a day, "" where it can: the day has to lie inside the first term after
// the renewal (reference/commerce.md#codes-subscription-updates, code 900245). Days are those of UTC, and a term includes the day it ends
// on. will is the term that holds until the renewal, "" where it is not known. What a renewal has carried out is mostly found here: its day
// has become the end of the present term.
func (f Facts) CheckNextEnd(will, nextTerm, configured string, now time.Time) (title, text string) {
	end, err := partnercenter.ParseTime(configured)
	if err != nil || end.IsZero() || f.CommitmentEnd.IsZero() || f.Family != partnercenter.FamilyNewCommerce {
		return "", "" // not configured, not known yet, or nothing that Partner Center says the term of
	}
	term := "the present term"
	ends, until := day(end.Time), day(f.CommitmentEnd)
	if months := catalog.Months(will); months > 0 && will != f.TermDuration {
		term, until = fmt.Sprintf("the term of %s that begins now", words.Term(will)), day(now).AddDate(0, int(months), -1)
	}
	months := catalog.Months(nextTerm)
	latest := until.AddDate(0, 0, 1).AddDate(0, int(months), -1)
	switch {
	case !ends.After(until):
		return "Next term would end too early", fmt.Sprintf(
			"custom_term_end_date is %q, and %s ends on %s (UTC): the next one begins on the day after. Write a later date. "+
				"If a renewal has brought already what stands in scheduled_next_term_instructions, remove custom_term_end_date from it, or all of it where the next renewal is to change nothing.",
			configured, term, until.Format(time.DateOnly))
	case months > 0 && will != "" && ends.After(latest.AddDate(0, 0, 3)): // months differ in length by as much; there the service has the last word
		return "Next term would end too late", fmt.Sprintf(
			"custom_term_end_date is %q, and %s ends on %s (UTC): a next term of %s is over on %s. Write an earlier date or a longer term_duration for the next term, or remove custom_term_end_date to have it in full.",
			configured, term, until.Format(time.DateOnly), words.Term(nextTerm), latest.Format(time.DateOnly))
	}
	return "", ""
}

func day(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }

// NotOffered says why a subscription cannot renew into a product and SKU, "" where it can.
func (f Facts) NotOffered(offered []partnercenter.TransitionEligibility, product, sku string) string {
	keep := fmt.Sprintf("product_id = %s and sku_id = %s", escape.HCL(f.ProductID), escape.HCL(f.SkuID))
	var listed []partnercenter.TransitionEligibility
	for _, e := range offered {
		if target := (partnercenter.Subscription{OfferID: e.CatalogItemID}); target.ProductID() == product && target.SkuID() == sku {
			listed = append(listed, e)
		}
	}
	if len(listed) == 0 {
		way := "Take one of these, or keep " + keep
		switch {
		case len(offered) == 0:
			way = "Keep " + keep
		case f.Trial: // no trial follows a trial
			way = "Take one of these"
		}
		return fmt.Sprintf("%s cannot renew into product_id = %s, sku_id = %s.%s\n\n%s for the next term. To have the other product, buy it as a subscription of its own, and let this one end (auto_renew_enabled = false).",
			f.Title(), escape.HCL(product), escape.HCL(sku), targets(offered, ""), way)
	}
	problems, ok := possible(listed)
	if ok || f.Status != partnercenter.StatusActive { // while it is suspended nothing is possible, and what is scheduled waits
		return ""
	}
	return fmt.Sprintf("%s cannot renew into %s (product_id = %s, sku_id = %s): %s\n\nUntil that has changed, keep %s for the next term, or remove scheduled_next_term_instructions.",
		f.Title(), escape.Terminal(listed[0].Title), escape.HCL(product), escape.HCL(sku), reasons(problems, partnercenter.TransitionError.Remedy), keep)
}

// possible reports whether one of these can be moved to, and why not. A renewal does not say how it is to move: a transfer of licenses that
// is not possible is no obstacle then.
func possible(listed []partnercenter.TransitionEligibility) (why []partnercenter.TransitionError, ok bool) {
	ok = true
	for _, e := range listed {
		for _, way := range e.Eligibilities {
			if way.IsEligible {
				return nil, true
			}
			if ok || way.TransitionType == TransitionOnly {
				why, ok = way.Errors, false
			}
		}
	}
	return why, ok
}

// AtRenewal says how a term or billing cycle that cannot change now is scheduled for the renewal, "" for what cannot be scheduled.
func (f Facts) AtRenewal(attribute, termDuration, billingCycle string, quantity int64) string {
	ofTerm := attribute == TermDuration || attribute == BillingCycle
	if !ofTerm || !f.PaidNewCommerce() || quantity == 0 || termDuration == "" || billingCycle == "" {
		return ""
	}
	if !f.Renews() {
		return fmt.Sprintf(" It has no renewal that could change it: it %s.", f.AfterTerm())
	}
	next := partnercenter.NextTermInstructions{Quantity: partnercenter.Int(quantity), Product: partnercenter.NextTermProduct{
		ProductID: f.ProductID, SkuID: f.SkuID, TermDuration: termDuration, BillingCycle: billingCycle,
	}}
	return fmt.Sprintf(" It can change with the renewal: leave term_duration = %s and billing_cycle = %s, and schedule it:\n\n%s\n\n", escape.HCL(f.TermDuration), escape.HCL(f.BillingCycle), NextTermBlock(&next))
}
