// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// facts is what the rules of changing and ending need to know, as the state has it.
func (m *subscriptionModel) facts() change.Facts {
	f := change.Facts{
		ID: m.ID.ValueString(), FriendlyName: m.FriendlyName.ValueString(), OfferName: m.OfferName.ValueString(), Publisher: m.PublisherName.ValueString(),
		ProductID: m.ProductID.ValueString(), SkuID: m.SkuID.ValueString(),
		Family: partnercenter.Family(m.ProductType.ValueString()), Trial: m.IsTrial.ValueBool(), Status: m.Status.ValueString(), Quantity: m.Quantity.ValueInt64(),
		TermDuration: m.TermDuration.ValueString(), BillingCycle: m.BillingCycle.ValueString(), AutoRenew: m.AutoRenewEnabled.ValueBool(),
		CommitmentEnd: moment(m.CommitmentEndDate), CancellableUntil: moment(m.CancellationAllowedUntilDate), NextTerm: m.nextTerm(),
	}
	f.Waiting = change.IsWaiting(f.Family, f.Status, m.AttentionNeeded.ValueBool(), m.ActionTaken.ValueBool())
	for _, option := range m.RefundOptions.Elements() {
		f.Refunds = append(f.Refunds, moment(member[timetypes.RFC3339](option, "expires_at")))
	}
	if total, ok := m.RefundableQuantity.Attributes()["total_quantity"].(types.Int64); ok {
		f.Refundable = total.ValueInt64()
	}
	for _, action := range m.ScheduledActions.Elements() {
		f.Scheduled = append(f.Scheduled, change.Scheduled{
			Schedule: member[types.String](action, "schedule_type").ValueString(), Action: member[types.String](action, "action_type").ValueString(),
		})
	}
	return f
}

// moment is zero for null: that is "", which is no time.
func moment(value timetypes.RFC3339) time.Time {
	at, _ := partnercenter.ParseTime(value.ValueString())
	return at.Time
}

// member is an attribute of an object in a list, null where it has none of that type.
func member[T attr.Value](element attr.Value, name string) T {
	object, _ := element.(types.Object)
	value, _ := object.Attributes()[name].(T)
	return value
}

// nextTerm is the instructions for the next term, nil for none; what is unknown in them is empty.
func (m *subscriptionModel) nextTerm() *partnercenter.NextTermInstructions {
	if next := nextTerm(m.NextTerm); next != nil {
		return next.toAPI()
	}
	return nil
}
