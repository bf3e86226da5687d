// SPDX-License-Identifier: MPL-2.0

package subscriptionmodel

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// FromAPI copies what Partner Center answered, and keeps what it does not know: how the subscription is treated, and what it cost. A
// billing cycle that holds from the next charge on counts from now on: it is what a change asks for.
func (m *Model) FromAPI(s *partnercenter.Subscription) {
	facts := change.FactsOf(s)
	m.ID = types.StringValue(s.ID)
	m.ProductID = framework.String(s.ProductID())
	m.SkuID = framework.String(s.SkuID())
	m.Quantity = types.Int64Value(int64(s.Quantity))
	m.TermDuration = framework.String(s.TermDuration)
	m.BillingCycle = framework.String(facts.BillingCycle)
	m.FriendlyName = framework.Nickname(m.FriendlyName, s.FriendlyName)
	m.AutoRenewEnabled = types.BoolValue(s.AutoRenewEnabled)
	if !m.EndOfTerm.IsNull() {
		m.EndOfTerm = framework.String(string(facts.AtTermEnd()))
	}
	if (facts.GoesOnAfterTerm() || facts.AtTermEnd() == "") && !facts.Ended() {
		m.AutoRenewEnabled = types.BoolNull() // neither value says what happens: it does not renew, and does not end either
	}
	m.PartnerID = framework.String(string(s.PartnerID))
	m.NextTerm = NextTermFromAPI(s.ScheduledNextTermInstructions)
	if !m.Suspended.IsNull() {
		m.Suspended = types.BoolValue(facts.Suspended())
	}
	m.Status = framework.String(facts.Status)
	m.OfferName = framework.String(s.OfferName)
	m.PublisherName = Publisher(s.PublisherName)
	m.CurrentTerm = types.ObjectValueMust(CurrentTermTypes, map[string]attr.Value{
		"begins": framework.Time(s.EffectiveStartDate), "ends": framework.Time(change.CommitmentEnd(s)),
		"cancellable_until": framework.Time(partnercenter.Time{Time: facts.Window().Until}),
	})
	m.WaitingForActivation = types.BoolNull()
	if facts.Family == partnercenter.FamilyMarketplaceSaaS {
		m.WaitingForActivation = types.BoolValue(facts.Waiting)
	}
	if m.Commitment.IsUnknown() {
		m.Commitment = types.ObjectNull(CommitmentTypes)
	}
}

// Publisher is null for Microsoft, which needs no naming.
func Publisher(name string) types.String {
	if strings.HasPrefix(strings.ToLower(name), "microsoft") {
		return types.StringNull()
	}
	return framework.String(name)
}

// Refresh copies what Partner Center answered, except where the answer says the same in other words, or says what a state only passes
// through.
func (m *Model) Refresh(got *partnercenter.Subscription) {
	before := *m
	m.FromAPI(got)
	if !before.NextTerm.IsNull() && !m.NextTerm.IsNull() && sameNextTerm(before.NextTerm, m.NextTerm) {
		m.NextTerm = before.NextTerm
	}
	if before.NextTerm.IsNull() && got.IsTrial {
		m.NextTerm = before.NextTerm // every trial comes with instructions; they are shown once they are configured
	}
	if !change.Activated(got) { // nothing changes before the publisher's set-up; what is configured counts afterwards
		m.keepEndOfTerm(&before)
	}
	if before.Status.IsNull() || !change.IsSuspended(got) && !got.Ended() { // null right after an import: then all is as Partner Center says
		return
	}
	// Suspending removes at Partner Center what is wanted of the renewal, and so does the end. What was there counts again afterwards.
	if !before.NextTerm.IsUnknown() {
		m.NextTerm = before.NextTerm
	}
	m.keepEndOfTerm(&before)
}

// keepEndOfTerm keeps what was to happen at the end of the term.
func (m *Model) keepEndOfTerm(before *Model) {
	m.EndOfTerm = before.EndOfTerm
	if framework.Known(before.AutoRenewEnabled) || !before.EndOfTerm.IsNull() {
		m.AutoRenewEnabled = before.AutoRenewEnabled
	}
}

// sameNextTerm compares times as instants: the service may spell a date in another way.
func sameNextTerm(a, b types.Object) bool {
	x, y := a.Attributes(), b.Attributes()
	for name := range NextTermTypes {
		if name == "custom_term_end_date" {
			s, okS := x[name].(interface{ ValueString() string })
			t, okT := y[name].(interface{ ValueString() string })
			if okS && okT && sameInstant(s.ValueString(), t.ValueString()) {
				continue
			}
		}
		if !x[name].Equal(y[name]) {
			return false
		}
	}
	return true
}

func sameInstant(a, b string) bool {
	x, errX := partnercenter.ParseTime(a)
	y, errY := partnercenter.ParseTime(b)
	return errX == nil && errY == nil && x.Equal(y.Time)
}
