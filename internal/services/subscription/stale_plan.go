// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Hours may pass between a plan and its apply, a renewal or a person in between. What costs money at once is changed only from what the
// plan started from to what it said, and left alone where it said nothing.

// onlyPlanned leaves of what moves money at once only what the plan changes.
func onlyPlanned(want *change.Desired, before, plan *subscriptionModel) {
	for _, a := range changeable() {
		if a.Costs {
			a.want(want, &subscriptionModel{}) // asks for nothing
		}
	}
	for _, a := range changeable() {
		if !a.Costs || a.value(plan).Equal(a.value(before)) {
			continue
		}
		a.want(want, plan)
		for _, name := range a.Carries {
			attributeNamed(name).want(want, plan)
		}
	}
}

// refuseStalePlan stops an update of a subscription that is neither what the plan started from nor what it leads to.
func refuseStalePlan(diags *diag.Diagnostics, before, plan *subscriptionModel, got *partnercenter.Subscription) bool {
	now := &snapshot(plan.CustomerID.ValueString(), got).subscriptionModel
	stale := false
	for _, a := range changeable() {
		was, is, will := a.value(before), a.value(now), a.value(plan)
		if a.Costs && framework.Known(will) && !will.Equal(was) && !is.Equal(was) && !is.Equal(will) {
			addStalePlan(diags, a.Name, was, is, will)
			stale = true
		}
	}
	return stale
}

// refuseStaleQuantity is refuseStalePlan where there is nothing but the quantity.
func refuseStaleQuantity(diags *diag.Diagnostics, was, will types.Int64, got *partnercenter.Subscription) bool {
	is := types.Int64Value(int64(got.Quantity))
	if is.Equal(was) || is.Equal(will) {
		return false
	}
	addStalePlan(diags, change.Quantity, was, is, will)
	return true
}

func addStalePlan(diags *diag.Diagnostics, name string, was, is, will attr.Value) {
	diags.AddAttributeError(path.Root(name), "Subscription has changed since the plan",
		fmt.Sprintf("The plan changes %s from %s to %s, and Partner Center shows %s now, so apply would do something else than was planned. Nothing was changed. Run plan again, and look at what it says now.",
			name, strings.Trim(was.String(), `"`), strings.Trim(will.String(), `"`), strings.Trim(is.String(), `"`)))
}
