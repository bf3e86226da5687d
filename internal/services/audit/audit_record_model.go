// SPDX-License-Identifier: MPL-2.0

package audit

import (
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

type auditRecordsModel struct {
	StartDate         types.String  `tfsdk:"start_date"`
	EndDate           types.String  `tfsdk:"end_date"`
	CustomerID        types.String  `tfsdk:"customer_id"`
	SubscriptionID    types.String  `tfsdk:"subscription_id"`
	ResourceType      types.String  `tfsdk:"resource_type"`
	OperationType     types.String  `tfsdk:"operation_type"`
	OperationStatus   types.String  `tfsdk:"operation_status"`
	UserPrincipalName types.String  `tfsdk:"user_principal_name"`
	ApplicationID     types.String  `tfsdk:"application_id"`
	AuditRecords      []recordModel `tfsdk:"audit_records"`
}

// recordModel is one change.
type recordModel struct {
	ID                    types.String      `tfsdk:"id"`
	OperationDate         timetypes.RFC3339 `tfsdk:"operation_date"`
	OperationType         types.String      `tfsdk:"operation_type"`
	OperationStatus       types.String      `tfsdk:"operation_status"`
	UserPrincipalName     types.String      `tfsdk:"user_principal_name"`
	ApplicationID         types.String      `tfsdk:"application_id"`
	CustomerID            types.String      `tfsdk:"customer_id"`
	CustomerName          types.String      `tfsdk:"customer_name"`
	ResourceType          types.String      `tfsdk:"resource_type"`
	ResourceOldValue      types.String      `tfsdk:"resource_old_value"`
	ResourceNewValue      types.String      `tfsdk:"resource_new_value"`
	CustomizedData        types.Map         `tfsdk:"customized_data"`
	OriginalCorrelationID types.String      `tfsdk:"original_correlation_id"`
}

func recordFromAPI(r *partnercenter.AuditRecord) recordModel {
	data := map[string]attr.Value{}
	for _, pair := range r.CustomizedData {
		data[pair.Key] = framework.String(string(pair.Value))
	}
	return recordModel{
		ID: framework.String(r.ID), OperationDate: framework.Time(r.OperationDate), OperationType: framework.String(r.OperationType),
		OperationStatus: framework.String(r.OperationStatus), UserPrincipalName: framework.String(r.UserPrincipalName), ApplicationID: framework.String(r.ApplicationID),
		CustomerID: framework.String(r.CustomerID), CustomerName: framework.String(r.CustomerName), ResourceType: framework.String(r.ResourceType),
		ResourceOldValue: framework.String(string(r.ResourceOldValue)), ResourceNewValue: framework.String(string(r.ResourceNewValue)),
		CustomizedData: types.MapValueMust(types.StringType, data), OriginalCorrelationID: framework.String(r.OriginalCorrelationID),
	}
}

// wants filters by what Partner Center cannot filter by.
func (m *auditRecordsModel) wants(r partnercenter.AuditRecord) bool {
	is := func(filter types.String, value string) bool {
		return filter.IsNull() || strings.EqualFold(strings.ReplaceAll(filter.ValueString(), "_", ""), strings.ReplaceAll(value, "_", ""))
	}
	return is(m.OperationType, r.OperationType) && is(m.OperationStatus, r.OperationStatus) && is(m.ApplicationID, r.ApplicationID) &&
		is(m.UserPrincipalName, r.UserPrincipalName) && (m.SubscriptionID.IsNull() || names(r, m.SubscriptionID.ValueString()))
}

// names finds an id wherever records have it: in the values, in the details, in the record's own id.
func names(r partnercenter.AuditRecord, id string) bool {
	has := func(text string) bool { return strings.Contains(strings.ToLower(text), strings.ToLower(id)) }
	return has(r.ID) || has(string(r.ResourceOldValue)) || has(string(r.ResourceNewValue)) ||
		slices.ContainsFunc(r.CustomizedData, func(pair partnercenter.KeyValue) bool { return has(string(pair.Value)) })
}

func recordAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":                  framework.ShownText("ID of the record."),
		"operation_date":      framework.ShownTime("When it was done."),
		"operation_type":      framework.ShownText("What was done, such as `update_subscription`: a change of quantity, nickname, renewal or status, or a cancellation."),
		"operation_status":    framework.ShownText("`succeeded`, `failed` or `progress`."),
		"user_principal_name": framework.ShownText("Who did it: the sign-in name of a user, or an application."),
		"application_id":      framework.ShownText("Through which application: a GUID, or the name of a service of Microsoft's."),
		"customer_id":         framework.ShownText("Customer it is about."),
		"customer_name":       framework.ShownText("Company name of the customer."),
		"resource_type":       framework.ShownText("What it is about, such as `subscription` or `order`."),
		"resource_old_value":  framework.ShownText("State before, JSON for `jsondecode`; its names begin with capitals."),
		"resource_new_value":  framework.ShownText("State afterwards, JSON for `jsondecode`; its names begin with capitals."),
		"customized_data": schema.MapAttribute{
			Computed: true, ElementType: types.StringType, MarkdownDescription: "Details, such as `OrderId` and `SubscriptionId-0` of an order.",
		},
		"original_correlation_id": framework.ShownText("Correlation ID of the request that did it, which this provider prints in its errors."),
	}
}
