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
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/subscriptionmodel"
)

// reportDrift says what was changed of a subscription since the state was written, and who did it where the audit records tell. It asks
// for them once per customer and run, and fails nothing. The moves are those of licenses to other subscriptions.
func (r *subscriptionResource) reportDrift(ctx context.Context, before, after *subscriptionmodel.Model, moves []change.Move, diags *diag.Diagnostics) {
	changed := drifted(before, after)
	if len(changed) == 0 {
		return
	}
	text := fmt.Sprintf("Subscription %s: %s.", after.ID.ValueString(), strings.Join(changed, ", "))
	by := r.changedBy(ctx, after)
	moved := framework.SayMoves(after.CustomerID.ValueString(), moves)
	partner := !before.PartnerID.Equal(after.PartnerID) && !after.PartnerID.IsNull()
	if by == "" && moved == "" && !partner {
		return // the plan shows it
	}
	if partner && !before.PartnerID.IsNull() { // else no configuration can have had one: the plan keeps the new one
		text += fmt.Sprintf(" Where partner_id is configured, write partner_id = %s to keep the reseller.", after.PartnerID)
	}
	diags.AddWarning("Changed outside of this configuration"+after.Subject(), text+by+moved)
}

// changedBy names who made the last change, beginning with a blank; "" where the audit records do not tell.
func (r *subscriptionResource) changedBy(ctx context.Context, after *subscriptionmodel.Model) string {
	if !r.DriftAttribution {
		return ""
	}
	customerID := after.CustomerID.ValueString()
	records := r.Audits.Of(customerID, func() []partnercenter.AuditRecord {
		found, err := r.Client.LatestAuditRecords(ctx, customerID)
		if err != nil {
			return nil // it stands in the log; nothing hangs on it
		}
		return found
	})
	record := latestChange(records, after.ID.ValueString())
	if record == nil {
		return ""
	}
	by := record.UserPrincipalName
	if by == "" {
		by = "application " + record.ApplicationID
	}
	return fmt.Sprintf(" The last change in Partner Center's audit records was made by %s on %s.", escape.Terminal(by), words.Day(record.OperationDate.Time))
}

// drifted names what people configure and someone else changed, with both values.
func drifted(before, after *subscriptionmodel.Model) []string {
	var changed []string
	for _, a := range subscriptionmodel.Attributes {
		was, is := a.Value(before), a.Value(after)
		switch {
		case a.Ask == nil || !before.Counts(a.Name) || was.Equal(is) || before.Status.IsNull(): // null: just imported
		case was.IsNull() && a.Name != change.PartnerID:
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
