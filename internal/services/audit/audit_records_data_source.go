// SPDX-License-Identifier: MPL-2.0

// Package audit is what people write in HCL about who changed what.
package audit

import (
	"context"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

var _ datasource.DataSourceWithConfigure = (*auditRecordsDataSource)(nil)

// NewAuditRecordsDataSource lists who changed what.
func NewAuditRecordsDataSource() datasource.DataSource { return &auditRecordsDataSource{} }

type auditRecordsDataSource struct{ framework.DataSource }

func (d *auditRecordsDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_audit_records"
}

func (d *auditRecordsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	filter := func(description string) schema.StringAttribute {
		return schema.StringAttribute{Optional: true, Validators: []validator.String{stringvalidator.LengthAtLeast(1)}, MarkdownDescription: description}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Who changed what, through any client and in the portal too. Partner Center keeps records for 90 days.",
		Attributes: map[string]schema.Attribute{
			"start_date": schema.StringAttribute{
				Optional: true, Validators: []validator.String{framework.Date("start_date")},
				MarkdownDescription: "First day, such as `2026-03-01`, at most 90 days ago. Left out, it is 29 days before the last day.",
			},
			"end_date": schema.StringAttribute{
				Optional: true, Validators: []validator.String{framework.Date("end_date")}, MarkdownDescription: "Last day. Left out, it is today.",
			},
			"customer_id": schema.StringAttribute{
				Optional: true, Validators: []validator.String{framework.GUID("a customer ID")}, MarkdownDescription: "Only records about this customer.",
			},
			"subscription_id": schema.StringAttribute{
				Optional: true, Validators: []validator.String{framework.GUID("a subscription ID")}, MarkdownDescription: "Only records that name this subscription.",
			},
			"resource_type":       filter("Only records about this kind of thing, such as `subscription`, `order`, `customer` or `agreement`."),
			"operation_type":      filter("Only records of this operation, such as `update_subscription` or `create_order`."),
			"operation_status":    filter("Only records with this outcome: `succeeded`, `failed` or `progress`."),
			"user_principal_name": filter("Only what this user or application did."),
			"application_id":      filter("Only what was done through this application."),
			"audit_records":       framework.ShownObjects("What was found, the newest month first.", recordAttributes()),
		},
	}
}

func (d *auditRecordsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config auditRecordsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	query, diags := config.toQuery(d.Client.ServiceTime())
	if resp.Diagnostics.Append(diags...); diags.HasError() {
		return
	}
	got, err := d.Client.AuditRecords(ctx, query)
	if framework.Failed(&resp.Diagnostics, "list audit records", err) {
		return
	}
	got = slices.DeleteFunc(got, func(r partnercenter.AuditRecord) bool { return !config.wants(r) })
	config.AuditRecords = framework.Each(got, recordFromAPI)
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}

// kept is how many days back Partner Center keeps records. See reference/customers-and-billing.md#audit-records.
const kept = 90

// toQuery refuses what Partner Center would refuse without saying which value is at fault.
func (m *auditRecordsModel) toQuery(now time.Time) (partnercenter.AuditQuery, diag.Diagnostics) {
	var diags diag.Diagnostics
	query := partnercenter.AuditQuery{
		Start: day(m.StartDate.ValueString()), End: day(m.EndDate.ValueString()),
		CustomerID: m.CustomerID.ValueString(), ResourceType: m.ResourceType.ValueString(),
	}
	end := query.End
	if end.IsZero() {
		end = now
	}
	oldest := now.UTC().Truncate(24*time.Hour).AddDate(0, 0, -kept)
	switch {
	case !query.Start.IsZero() && query.Start.Before(oldest):
		framework.Wrong(&diags, path.Root("start_date"), "Too long ago",
			"Partner Center keeps audit records for %d days: start_date can be %s or later, and is %s.", kept, oldest.Format(time.DateOnly), m.StartDate)
	case query.Start.After(end):
		framework.Wrong(&diags, path.Root("start_date"), "Dates in the wrong order", "start_date is %s, and the last day is %s. Set start_date to that day or an earlier one, or end_date to a later one.", m.StartDate, end.UTC().Format(time.DateOnly))
	case end.Before(oldest):
		framework.Wrong(&diags, path.Root("end_date"), "Too long ago",
			"Partner Center keeps audit records for %d days: end_date can be %s or later, and is %s.", kept, oldest.Format(time.DateOnly), m.EndDate)
	case query.Start.IsZero() && end.AddDate(0, 0, -29).Before(oldest):
		query.Start = oldest
	}
	return query, diags
}

// day is the zero time for "", and for what validation has refused.
func day(text string) time.Time {
	parsed, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return time.Time{}
	}
	return parsed
}
