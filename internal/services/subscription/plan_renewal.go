// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/subscriptionmodel"
)

// warnOfRenewal says what changes of the renewal mean for money, which a diff does not.
func warnOfRenewal(u *update) {
	suspended := u.plan.Suspended.ValueBool() || u.plan.Suspended.IsUnknown()
	if u.diags.HasError() || u.facts.Ended() || u.facts.CommitmentEnd.IsZero() || u.plan.AtTermEnd() != change.TermEndRenew || suspended {
		return // what does not renew is no renewal, whatever was scheduled
	}
	present := words.Renewal{Licenses: u.plan.Quantity.ValueInt64(), Item: escape.Terminal(u.facts.OfferName), Term: u.plan.TermDuration.ValueString()}
	if u.facts.Trial {
		present.Term = ""
	}
	before, after := u.scheduledBefore(), u.scheduledAfter()
	next, again := subscriptionmodel.NextTermOf(u.plan.NextTerm), !u.facts.Renews() && (!u.facts.Suspended() || u.changes(change.Suspended))
	switch {
	case u.plan.NextTerm.IsUnknown(), next != nil && next.Quantity.IsUnknown(), u.plan.Quantity.IsUnknown() && (after == nil || before == nil && !again):
		return // there is no number to compare
	case again:
		if after == nil {
			after = &present
		}
		title, text := words.RenewsAgain(u.facts.CommitmentEnd, after.Or(present))
		u.diags.AddWarning(title+u.state.Subject(), text)
	case u.changes(change.NextTerm):
		if title, text := words.ScheduledRenewal(u.facts.CommitmentEnd, present, before, after); title != "" {
			u.diags.AddWarning(title+u.state.Subject(), text)
		}
	}
}

// scheduledBefore is what Partner Center has scheduled for the renewal, nil for nothing.
func (u *update) scheduledBefore() *words.Renewal {
	next := u.facts.NextTerm
	if next == nil {
		return nil
	}
	return &words.Renewal{
		Licenses: int64(next.Quantity), Item: u.renewedItem(next.Product.ProductID, next.Product.SkuID), Term: next.Product.TermDuration, Promotion: escape.Terminal(next.Product.PromotionID),
	}
}

// scheduledAfter is what is planned to be scheduled for the renewal, nil for nothing.
func (u *update) scheduledAfter() *words.Renewal {
	next := subscriptionmodel.NextTermOf(u.plan.NextTerm)
	if next == nil {
		return nil
	}
	return &words.Renewal{
		Licenses: next.Quantity.ValueInt64(), Item: u.renewedItem(next.ProductID.ValueString(), next.SkuID.ValueString()), Term: next.TermDuration.ValueString(), Promotion: escape.Terminal(next.PromotionID.ValueString()),
	}
}

// renewedItem names what a subscription renews into, "" for what it is.
func (u *update) renewedItem(productID, skuID string) string {
	if productID == "" || strings.EqualFold(productID, u.facts.ProductID) && strings.EqualFold(skuID, u.facts.SkuID) {
		return ""
	}
	return escape.Terminal(productID + ":" + skuID)
}

// renewsFor is the term that a purchase renews for, "" where that is not known.
func (c *creation) renewsFor(term string) string {
	if c.plan.NextTerm.IsUnknown() {
		return ""
	}
	if next := subscriptionmodel.NextTermOf(c.plan.NextTerm); next != nil {
		return next.TermDuration.ValueString()
	}
	return term
}
