// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
)

// KeepPlanned lays the values that the plan promised over the state that Partner Center's answer made, and names the attributes
// that differed. Terraform taints an object whose new state breaks a promise, and a tainted purchase is bought again by the next
// apply; so the state keeps the promise, the caller warns, and the next refresh shows the difference as a change.
func KeepPlanned(_ context.Context, plan tfsdk.Plan, state *tfsdk.State) ([]string, diag.Diagnostics) {
	var diags diag.Diagnostics
	planned, got := map[string]tftypes.Value{}, map[string]tftypes.Value{}
	if err := plan.Raw.As(&planned); err != nil {
		diags.AddError("Cannot read the plan", reportBug(err))
		return nil, diags
	}
	if err := state.Raw.As(&got); err != nil {
		diags.AddError("Cannot read the state", reportBug(err))
		return nil, diags
	}
	var differing []string
	for name, want := range planned {
		if !want.IsFullyKnown() || want.Equal(got[name]) {
			continue
		}
		got[name] = want
		differing = append(differing, name)
	}
	state.Raw = tftypes.NewValue(state.Raw.Type(), got)
	slices.Sort(differing)
	return differing, diags
}

// reportBug is for what cannot go wrong unless the provider is at fault.
func reportBug(err error) string {
	return "What was changed at Partner Center has been changed, and this is a bug of the provider: please report it with this text. " + words.Sentence(err.Error())
}
