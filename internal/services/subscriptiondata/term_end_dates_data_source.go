// SPDX-License-Identifier: MPL-2.0

package subscriptiondata

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

var _ datasource.DataSourceWithConfigure = (*termEndDatesDataSource)(nil)

// NewTermEndDatesDataSource lists the days that a purchase may end on.
func NewTermEndDatesDataSource() datasource.DataSource { return &termEndDatesDataSource{} }

type termEndDatesDataSource struct{ framework.DataSource }

type termEndDatesModel struct {
	CustomerID     types.String       `tfsdk:"customer_id"`
	TermDuration   types.String       `tfsdk:"term_duration"`
	TermStartDate  types.String       `tfsdk:"term_start_date"`
	SubscriptionID types.String       `tfsdk:"subscription_id"`
	TermEndDates   []termEndDateModel `tfsdk:"term_end_dates"`
}

type termEndDateModel struct {
	CustomTermEndDate     timetypes.RFC3339 `tfsdk:"custom_term_end_date"`
	Type                  types.String      `tfsdk:"type"`
	CotermSubscriptionIDs types.List        `tfsdk:"coterm_subscription_ids"`
}

func (d *termEndDatesDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_term_end_dates"
}

func (d *termEndDatesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Days that a purchase of new-commerce licenses may end on, instead of after its whole first term: the ends of months, and the ends of other subscriptions of the customer. " +
			"`custom_term_end_date` of a `partnercenter_subscription` takes one of them. Marketplace software, trials and perpetual software cannot be aligned, and a term of a year or longer not with one of a month. " +
			"The days are for purchases; renewals are not among what Partner Center answers. They move on with time: write the day into the configuration rather than a reference to this data source.",
		Attributes: map[string]schema.Attribute{
			"customer_id": customerIDAttribute(),
			"term_duration": schema.StringAttribute{
				Required: true, Validators: []validator.String{framework.TermDuration},
				MarkdownDescription: "Commitment that is to be bought, such as `P1Y`: the first term ends within it.",
			},
			"term_start_date": schema.StringAttribute{
				Optional: true, Validators: []validator.String{framework.Date("term_start_date")},
				MarkdownDescription: "Day the term begins on. Left out, today.",
			},
			"subscription_id": schema.StringAttribute{
				Optional: true, Validators: []validator.String{framework.GUID("a subscription ID")},
				MarkdownDescription: "Only days that align with this subscription; none where it cannot be aligned with.",
			},
			"term_end_dates": framework.ShownObjects("What was found, earliest first.", map[string]schema.Attribute{
				"custom_term_end_date":    framework.ShownTime("Day to end on, midnight in UTC."),
				"type":                    framework.ShownText("What the day aligns with: `calendar_month_aligned` or `subscription_aligned`, or what Partner Center says where it is neither."),
				"coterm_subscription_ids": framework.ShownTexts("Subscriptions that end on this day."),
			}),
		},
	}
}

func (d *termEndDatesDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config termEndDatesModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	start, err := partnercenter.ParseTime(config.TermStartDate.ValueString())
	if framework.FailedAttribute(&resp.Diagnostics, path.Root("term_start_date"), "read the day", err) {
		return
	}
	found, err := d.Client.CustomTermEndDates(ctx, config.CustomerID.ValueString(),
		partnercenter.CustomTermEndDatesQuery{TermDuration: config.TermDuration.ValueString(), TermStartDate: start})
	if framework.Failed(&resp.Diagnostics, "list the days a term may end on", err) {
		return
	}
	config.TermEndDates = framework.Each(config.wanted(found), termEndDateFromAPI)
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}

// wanted are the days of the subscription that was named, or all of them, earliest first.
func (m *termEndDatesModel) wanted(found []partnercenter.CustomTermEndDate) []partnercenter.CustomTermEndDate {
	if subscription := m.SubscriptionID.ValueString(); subscription != "" {
		found = slices.DeleteFunc(found, func(d partnercenter.CustomTermEndDate) bool {
			return !slices.ContainsFunc(d.CotermSubscriptionIDs, func(id string) bool { return strings.EqualFold(id, subscription) })
		})
	}
	slices.SortStableFunc(found, func(a, b partnercenter.CustomTermEndDate) int {
		return a.AllowedCustomTermEndDate.Compare(b.AllowedCustomTermEndDate.Time)
	})
	return found
}

func termEndDateFromAPI(d *partnercenter.CustomTermEndDate) termEndDateModel {
	return termEndDateModel{
		CustomTermEndDate: framework.Time(d.AllowedCustomTermEndDate), Type: framework.String(d.Kind()), CotermSubscriptionIDs: framework.Strings(d.CotermSubscriptionIDs),
	}
}
