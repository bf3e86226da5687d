// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// attribute says who changed a subscription since the state was written, where the audit records tell. It asks for them once per
// customer and run, and fails nothing.
func (r *subscriptionResource) attribute(ctx context.Context, before, after *subscriptionModel, diags *diag.Diagnostics) {
	changed := drifted(before, after)
	if len(changed) == 0 || !r.DriftAttribution {
		return
	}
	records := r.Audits.Of(after.CustomerID.ValueString(), func() []partnercenter.AuditRecord {
		found, err := r.Client.LatestAuditRecords(ctx, after.CustomerID.ValueString())
		if err != nil {
			return nil // it stands in the log; nothing hangs on it
		}
		return found
	})
	record := latestChange(records, after.ID.ValueString())
	if record == nil {
		return
	}
	by := record.UserPrincipalName
	if by == "" {
		by = "application " + record.ApplicationID
	}
	diags.AddWarning("Changed outside of this configuration"+after.whose(),
		fmt.Sprintf("Subscription %s: %s. The last change in Partner Center's audit records was made by %s on %s.",
			after.ID.ValueString(), strings.Join(changed, ", "), by, words.Day(record.OperationDate.Time)))
}

// drifted names what people configure and somebody else changed, with both values.
func drifted(before, after *subscriptionModel) []string {
	var changed []string
	for _, a := range changeable() {
		switch was, is := a.value(before), a.value(after); {
		case was.IsNull() || was.Equal(is): // null: just imported
		case a.Name == change.NextTerm: // too long to print
			changed = append(changed, a.Name)
		default:
			changed = append(changed, fmt.Sprintf("%s %s -> %s", a.Name, was, is))
		}
	}
	return changed
}

// latestChange is the newest record about a subscription: records name it in the values before and after the change.
func latestChange(records []partnercenter.AuditRecord, id string) *partnercenter.AuditRecord {
	var latest *partnercenter.AuditRecord
	for i := range records {
		record := &records[i]
		if strings.EqualFold(record.OperationType, "update_subscription") && (concerns(record.ResourceNewValue, id) || concerns(record.ResourceOldValue, id)) &&
			(latest == nil || record.OperationDate.After(latest.OperationDate.Time)) {
			latest = record
		}
	}
	return latest
}

func concerns(value partnercenter.Text, id string) bool {
	var named struct {
		ID string `json:"Id"`
	}
	return json.Unmarshal([]byte(value), &named) == nil && strings.EqualFold(named.ID, id)
}
