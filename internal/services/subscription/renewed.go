// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// renewedKey is private state: what a subscription was before renewals that changed it. A configuration says what it is, and beside that,
// in scheduled_next_term_instructions, what it is to become. Once it has, the former is out of date, and taken literally it would buy back
// the licences that were to go.
const renewedKey = "renewed"

// term is what a renewal can change, by the names of attributes.
func (m *subscriptionModel) term() map[string]attr.Value {
	values := map[string]attr.Value{}
	for _, a := range attributes {
		if a.Renewal {
			values[a.Name] = a.value(m)
		}
	}
	return values
}

// renewed reports whether a term has ended and another one goes on.
func renewed(before, after *subscriptionModel, now time.Time) bool {
	ended, err := partnercenter.ParseTime(before.CommitmentEndDate.ValueString())
	ends, errNow := partnercenter.ParseTime(after.CommitmentEndDate.ValueString())
	return err == nil && errNow == nil && !ended.IsZero() && now.After(ended.Time) && ends.After(ended.Time)
}

// noteRenewal remembers what a subscription was before a renewal that made it another one, as scheduled.
func noteRenewal(ctx context.Context, before, after *subscriptionModel, req resource.ReadRequest, resp *resource.ReadResponse) {
	was := map[string]string{}
	for name, value := range before.term() {
		if !value.Equal(after.term()[name]) {
			was[name] = value.String()
		}
	}
	if before.NextTerm.IsNull() || len(was) == 0 {
		return
	}
	encoded, err := json.Marshal(append(beforeRenewals(ctx, req.Private), was))
	if err != nil {
		return // text always encodes
	}
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, renewedKey, encoded)...)
}

func beforeRenewals(ctx context.Context, from private) []map[string]string {
	encoded, diags := from.GetKey(ctx, renewedKey)
	var were []map[string]string
	if diags.HasError() || len(encoded) == 0 || json.Unmarshal(encoded, &were) != nil {
		return nil
	}
	return were
}

// keepRenewed leaves a subscription as it renewed where the configuration still says what it was before, beside instructions for a
// renewal. Without such instructions, what it says is what is wanted now.
func keepRenewed(ctx context.Context, req resource.ModifyPlanRequest, state, plan *subscriptionResourceModel, resp *resource.ModifyPlanResponse) {
	were := beforeRenewals(ctx, req.Private)
	if len(were) == 0 || plan.NextTerm.IsNull() {
		return
	}
	var lines []string
	is, asked := state.term(), plan.term()
	for _, name := range slices.Sorted(maps.Keys(is)) {
		old := asked[name].String()
		if asked[name].Equal(is[name]) || !slices.ContainsFunc(were, func(was map[string]string) bool { return was[name] == old }) {
			continue
		}
		lines = append(lines, fmt.Sprintf("  %s = %s # not %s", name, is[name], old))
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root(name), is[name])...)
	}
	if len(lines) == 0 {
		return
	}
	resp.Diagnostics.Append(resp.Plan.Get(ctx, plan)...)
	resp.Diagnostics.AddAttributeWarning(path.Root("scheduled_next_term_instructions"), "Renewed as scheduled"+state.whose(),
		fmt.Sprintf("The subscription has renewed, and the configuration still asks for what it was before. The plan leaves it as it is now; write that into the configuration:\n\n%s\n\n"+
			"Then remove scheduled_next_term_instructions, or write into it what the next renewal is to bring. %s"+
			"To make the subscription what it was before, at today's price, remove scheduled_next_term_instructions and leave the rest.", strings.Join(lines, "\n"), onceOnly(plan)))
}

// onceOnly says what of instructions that stay for the next renewal was meant for one renewal.
func onceOnly(plan *subscriptionResourceModel) string {
	var names []string
	for _, name := range []string{"promotion_id", "custom_term_end_date"} {
		if value, known := plan.NextTerm.Attributes()[name]; known && !value.IsNull() {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return fmt.Sprintf("There, %s counted for one renewal: write what counts for the next one, or leave it out. ", strings.Join(names, " and "))
}
