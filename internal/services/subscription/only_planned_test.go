// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
)

// What a subscription has never had stays unknown in a plan that changes something else, and is no reason to send it.
func TestOnlyPlanned(t *testing.T) {
	t.Parallel()
	model := func(quantity int64, term, billing types.String) *subscriptionModel {
		return &subscriptionModel{Quantity: types.Int64Value(quantity), TermDuration: term, BillingCycle: billing}
	}
	year, three, monthly, annual := types.StringValue("P1Y"), types.StringValue("P3Y"), types.StringValue("monthly"), types.StringValue("annual")
	for name, test := range map[string]struct {
		before, plan        *subscriptionModel
		quantity            int64 // 0 and "" for nothing
		wantTerm, wantCycle string
	}{
		"nothing":             {model(5, year, monthly), model(5, year, monthly), 0, "", ""},
		"licences":            {model(5, year, monthly), model(8, year, monthly), 8, "", ""},
		"a term":              {model(5, year, monthly), model(5, three, monthly), 0, "P3Y", "monthly"}, // the pair, because the service takes it as one
		"a billing cycle":     {model(5, three, monthly), model(5, three, annual), 0, "", "annual"},
		"no term ever":        {model(5, types.StringNull(), types.StringNull()), model(8, types.StringUnknown(), types.StringUnknown()), 8, "", ""},
		"no billing, a term":  {model(5, year, types.StringNull()), model(5, three, types.StringUnknown()), 0, "P3Y", ""},
		"a cycle that is new": {model(5, year, types.StringNull()), model(5, year, annual), 0, "", "annual"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := change.Desired{Quantity: new(int64(1)), TermDuration: new(""), BillingCycle: new("")}
			onlyPlanned(&want, test.before, test.plan)
			if got := deref(want.Quantity); got != test.quantity {
				t.Errorf("quantity = %d, want %d", got, test.quantity)
			}
			if got := deref(want.TermDuration); got != test.wantTerm || (want.TermDuration != nil) != (test.wantTerm != "") {
				t.Errorf("term = %q, want %q", got, test.wantTerm)
			}
			if got := deref(want.BillingCycle); got != test.wantCycle || (want.BillingCycle != nil) != (test.wantCycle != "") {
				t.Errorf("billing = %q, want %q", got, test.wantCycle)
			}
		})
	}
}

func deref[T any](p *T) T {
	if p == nil {
		var none T
		return none
	}
	return *p
}
