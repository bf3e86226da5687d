// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/subscriptionmodel"
)

// hasLapsed reports that a purchase ended because its publisher never set it up. Partner Center shows it like one that was canceled, or not
// at all, so what was known of it before decides. See reference/commerce.md#saas-that-nobody-activates-plans-that-activate-themselves.
func (f keptFacts) hasLapsed(now time.Time) bool {
	return f.Lapsed || f.Unactivated() && !now.Before(change.ActivateBy(f.Created))
}

// keepLapsed leaves a lapsed purchase that Partner Center does not show any more in the state, as one that has ended: without it the next
// plan would buy it again.
func (r *subscriptionResource) keepLapsed(ctx context.Context, state *subscriptionmodel.Model, kept keptFacts, resp *resource.ReadResponse) {
	state.Status, state.WaitingForActivation = types.StringValue(partnercenter.StatusDeleted), types.BoolValue(false)
	kept.Status, kept.Waiting, kept.Lapsed = partnercenter.StatusDeleted, false, true
	warnLapsed(state, kept.Created, &resp.Diagnostics)
	resp.Diagnostics.Append(kept.keepIn(ctx, resp.Private)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

// warnOfEnd says that a subscription is over, or when one that its publisher has not set up will be.
func warnOfEnd(m *subscriptionmodel.Model, kept keptFacts, got *partnercenter.Subscription, diags *diag.Diagnostics) {
	switch {
	case kept.Lapsed:
		warnLapsed(m, kept.Created, diags)
	case kept.Unactivated():
		title, text := words.AwaitsSetUp(kept.Publisher, change.ActivateBy(kept.Created))
		diags.AddWarning(title+m.Subject(), text)
	default:
		framework.WarnIfEnded(diags, m.CustomerID.ValueString(), got)
	}
}

func warnLapsed(m *subscriptionmodel.Model, bought time.Time, diags *diag.Diagnostics) {
	title, text := words.Lapsed(m.ID.ValueString(), m.PublisherName.ValueString(), change.ActivateBy(bought), m.PurchaseAgain())
	diags.AddWarning(title+m.Subject(), text)
}
