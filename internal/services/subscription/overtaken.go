// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Hours may pass between a plan and its apply, a renewal or a person in between. What costs money at once is changed only from what the
// plan started from to what it said, and left alone where it said nothing.

// onlyPlanned leaves of quantity, term and billing cycle what the plan changes.
func (want *desired) onlyPlanned(before, plan *subscriptionResourceModel) {
	want.quantity, want.term, want.billing = nil, nil, nil
	if !plan.Quantity.Equal(before.Quantity) {
		want.quantity = plan.Quantity.ValueInt64Pointer()
	}
	if !plan.TermDuration.Equal(before.TermDuration) {
		want.term, want.billing = framework.KnownString(plan.TermDuration), framework.KnownString(plan.BillingCycle)
	}
	if !plan.BillingCycle.Equal(before.BillingCycle) {
		want.billing = framework.KnownString(plan.BillingCycle)
	}
}

// refuseOvertaken stops an update of a subscription that is neither what the plan started from nor what it leads to.
func refuseOvertaken(diags *diag.Diagnostics, before, plan *subscriptionResourceModel, got *partnercenter.Subscription) bool {
	now := snapshot(plan.CustomerID.ValueString(), got)
	overtaken := false
	for _, c := range []struct {
		name          string
		was, is, will attr.Value
	}{
		{"quantity", before.Quantity, now.Quantity, plan.Quantity},
		{"term_duration", before.TermDuration, now.TermDuration, plan.TermDuration},
		{"billing_cycle", before.BillingCycle, now.BillingCycle, plan.BillingCycle},
	} {
		if framework.Known(c.will) && !c.will.Equal(c.was) && !c.is.Equal(c.was) && !c.is.Equal(c.will) {
			addOvertaken(diags, c.name, c.was, c.is, c.will)
			overtaken = true
		}
	}
	return overtaken
}

// refuseOvertakenLicences is refuseOvertaken where there is nothing but the quantity.
func refuseOvertakenLicences(diags *diag.Diagnostics, was, will types.Int64, got *partnercenter.Subscription) bool {
	is := types.Int64Value(int64(got.Quantity))
	if is.Equal(was) || is.Equal(will) {
		return false
	}
	addOvertaken(diags, "quantity", was, is, will)
	return true
}

func addOvertaken(diags *diag.Diagnostics, name string, was, is, will attr.Value) {
	diags.AddAttributeError(path.Root(name), "Subscription has changed since the plan",
		fmt.Sprintf("The plan changes %s from %s to %s, and Partner Center shows %s now, so apply would do something else than was planned. Nothing was changed. Run plan again, and look at what it says now.",
			name, strings.Trim(was.String(), `"`), strings.Trim(will.String(), `"`), strings.Trim(is.String(), `"`)))
}
