// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// planMargin names the margin of a private offer that a purchase of marketplace software gets, and says when it ends before the term does.
// See reference/commerce.md#margins-of-private-offers.
func (r *subscriptionResource) planMargin(ctx context.Context, c *creation, o *catalog.Offer, chosen catalog.TermOption) {
	expected := c.plan.ExpectMargin.ValueBool()
	if !expected && o.Family() != partnercenter.FamilyMarketplaceSaaS {
		return
	}
	all, err := r.Client.SharedMargins(ctx)
	if err != nil {
		if expected {
			framework.FailedAttribute(c.diags, path.Root("expect_margin"), "look up the margin", err)
		}
		return // the price in the plan is what counts
	}
	now := r.Client.ServiceTime()
	margin := all.ForBoth(c.plan.ProductID.ValueString(), c.plan.SkuID.ValueString(), r.Client.EarliestTime(), r.Client.LatestTime())
	if margin == nil {
		if expected {
			framework.Wrong(c.diags, path.Root("expect_margin"), "No margin", "expect_margin is set, and no publisher's private offer grants a margin for %s at present%s, so it would be bought at the full price. "+
				"Data source partnercenter_margins shows when which margin runs; remove expect_margin to buy without one.", o.Name(), missing(all))
		}
		return
	}
	c.margin = words.Margin(margin.Percentage(), margin.EndDate.Time)
	charges, _ := catalog.Charges(chosen.TermDuration, chosen.BillingCycle)
	if ends := margin.EndDate.Time; charges > 1 && !ends.IsZero() && ends.Before(firstTermEnd(c, now, chosen.TermDuration)) {
		title, text := words.MarginEnds(c.licenses(), o.Name(), ends, words.Billing(chosen.BillingCycle))
		c.diags.AddWarning(title+c.plan.Subject(), text)
	}
}

// missing says that a margin may be one that Partner Center does not list.
func missing(all *partnercenter.Margins) string {
	if all.Complete() {
		return ""
	}
	return fmt.Sprintf(" among the %d of %d that Partner Center lists", len(all.Results), all.TotalSize)
}

// firstTermEnd is when the first term of a purchase made now is over.
func firstTermEnd(c *creation, now time.Time, duration string) time.Time {
	if end, err := partnercenter.ParseTime(c.plan.CustomTermEndDate.ValueString()); err == nil && !end.IsZero() {
		return end.Time
	}
	return now.AddDate(0, int(catalog.Months(duration)), 0)
}
