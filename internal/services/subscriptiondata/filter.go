// SPDX-License-Identifier: MPL-2.0

package subscriptiondata

import (
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	listschema "github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// allProducts is the product_type that keeps every family; it is the default.
const allProducts = "all"

// filterModel says which subscriptions of which customers are wanted. What is null keeps everything.
type filterModel struct {
	CustomerIDs     []types.String    `tfsdk:"customer_ids"` // nil for all customers, empty for none
	OrderID         types.String      `tfsdk:"order_id"`
	PartnerID       types.String      `tfsdk:"partner_id"`
	Status          types.String      `tfsdk:"status"`
	ProductType     types.String      `tfsdk:"product_type"`
	PublisherName   types.String      `tfsdk:"publisher_name"`
	RenewsBefore    timetypes.RFC3339 `tfsdk:"renews_before"`
	Cancellable     types.Bool        `tfsdk:"cancellable"`
	AttentionNeeded types.Bool        `tfsdk:"attention_needed"`
}

// filters is how the data source describes the filters.
func filters() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"customer_ids": schema.ListAttribute{
			Optional: true, ElementType: types.StringType,
			Validators: []validator.List{listvalidator.NoNullValues(), listvalidator.ValueStringsAre(framework.GUID("a customer ID"))},
			MarkdownDescription: "Customers to read: their tenant IDs, which Partner Center shows as \"Microsoft ID\". All customers, if left out; none, if empty. " +
				"One that cannot be read is an error when it is named here. Among all customers, those that Partner Center refuses to show (no relationship any more) " +
				"or fails on are left out, with a warning that names them; `customers_left_out` lists them.",
		},
		"order_id": schema.StringAttribute{
			Optional: true, Validators: []validator.String{stringvalidator.ConflictsWith(path.MatchRoot("partner_id"))},
			MarkdownDescription: "Only those of this order. Partner Center may need 15 minutes after a purchase to find them.",
		},
		"partner_id": schema.StringAttribute{
			Optional: true, Validators: []validator.String{framework.PartnerID()},
			MarkdownDescription: "Only those with this indirect reseller on record.",
		},
		"status": schema.StringAttribute{
			Optional: true, Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
			MarkdownDescription: "Only those with this status, such as `active`.",
		},
		"product_type": schema.StringAttribute{
			Optional:            true,
			Validators:          []validator.String{stringvalidator.OneOf(string(partnercenter.FamilyMarketplaceSaaS), string(partnercenter.FamilyNewCommerce), allProducts)},
			MarkdownDescription: "Only commercial marketplace SaaS (`marketplace_saas`) or only new-commerce licenses (`new_commerce`); `all`, the default, keeps every kind.",
		},
		"publisher_name": schema.StringAttribute{
			Optional: true, Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
			MarkdownDescription: "Only those of this publisher, in any case.",
		},
		"renews_before": schema.StringAttribute{
			Optional: true, CustomType: timetypes.RFC3339Type{},
			MarkdownDescription: "Only those that renew before this moment, RFC 3339: auto-renew is on, no cancellation is scheduled, and the term ends earlier. " +
				"`timeadd(plantimestamp(), \"720h\")` is in 30 days.",
		},
		"cancellable": schema.BoolAttribute{
			Optional:            true,
			MarkdownDescription: "Only those that can (`true`) or cannot (`false`) be canceled with a refund at the moment, by Partner Center's clock.",
		},
		"attention_needed": schema.BoolAttribute{
			Optional: true,
			MarkdownDescription: "Only those where something is (`true`) or is not (`false`) to be done: `attention_needed` without `action_taken`. " +
				"For marketplace SaaS that is the set-up at the publisher.",
		},
	}
}

// ListFilters is filters for a list resource, whose schema has types of its own.
func ListFilters() map[string]listschema.Attribute {
	attributes := map[string]listschema.Attribute{}
	for name, attribute := range filters() {
		switch a := attribute.(type) {
		case schema.StringAttribute:
			attributes[name] = listschema.StringAttribute{Optional: true, CustomType: a.CustomType, Validators: a.Validators, MarkdownDescription: a.MarkdownDescription}
		case schema.BoolAttribute:
			attributes[name] = listschema.BoolAttribute{Optional: true, MarkdownDescription: a.MarkdownDescription}
		case schema.ListAttribute:
			attributes[name] = listschema.ListAttribute{Optional: true, ElementType: a.ElementType, Validators: a.Validators, MarkdownDescription: a.MarkdownDescription}
		default:
			panic(fmt.Sprintf("ListFilters does not know %T; add it", a)) // found by the conventions test, which builds every schema
		}
	}
	return attributes
}

// query is the part of the filter that Partner Center applies itself.
func (f *filterModel) query() partnercenter.SubscriptionsQuery {
	return partnercenter.SubscriptionsQuery{OrderID: f.OrderID.ValueString(), PartnerID: f.PartnerID.ValueString()}
}

// keeps reports whether a subscription passes the part of the filter that Partner Center does not apply.
func (f *filterModel) keeps(s *partnercenter.Subscription, now time.Time) bool {
	switch product := f.ProductType.ValueString(); {
	case !f.Status.IsNull() && !strings.EqualFold(f.Status.ValueString(), s.Status):
	case !f.ProductType.IsNull() && product != allProducts && product != string(s.Family()):
	case !f.PublisherName.IsNull() && !strings.EqualFold(f.PublisherName.ValueString(), s.PublisherName):
	case !f.RenewsBefore.IsNull() && !renewsBefore(s, f.RenewsBefore.ValueString()):
	case !f.Cancellable.IsNull() && f.Cancellable.ValueBool() != refundable(s, now):
	case !f.AttentionNeeded.IsNull() && f.AttentionNeeded.ValueBool() != attentionNeeded(s):
	default:
		return true
	}
	return false
}

// renewsBefore compares instants: the type of the attribute has checked the form.
func renewsBefore(s *partnercenter.Subscription, limit string) bool {
	before, err := partnercenter.ParseTime(limit)
	end := s.CommitmentEnd()
	return err == nil && !s.Ended() && s.AutoRenewEnabled && !s.EndsWithTerm() && !end.IsZero() && end.Before(before.Time)
}

// refundable reports whether the service names a way to cancel that is open now; without any date nothing is promised.
func refundable(s *partnercenter.Subscription, now time.Time) bool {
	if s.Ended() {
		return false
	}
	if until := s.CancellationAllowedUntilDate; !until.IsZero() {
		return now.Before(until.Time)
	}
	for _, option := range s.RefundOptions {
		if option.ExpiresAt.IsZero() || now.Before(option.ExpiresAt.Time) {
			return true
		}
	}
	return false
}

func attentionNeeded(s *partnercenter.Subscription) bool {
	needed := s.AttentionNeeded != nil && *s.AttentionNeeded
	taken := s.ActionTaken != nil && *s.ActionTaken
	return needed && !taken
}
