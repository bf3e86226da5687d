// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/listplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/objectplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// answered is what Partner Center says about a subscription beyond what people configure. Every value is kept over an update; which
// of them a change puts in doubt is decided in one place, markAffected.
func answered() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":       text("Id of the subscription, a GUID."),
		"order_id": text("Order that bought the subscription."),
		"offer_id": text("Catalog item the subscription stands on: `product:sku:availability`, or a GUID for a legacy offer. The availability is re-issued from time to time."),

		"offer_name":                    text("Name of the offer."),
		"publisher_name":                text("Publisher of the product."),
		"is_microsoft_product":          flag("Whether Microsoft is the publisher."),
		"product_type":                  text("Kind of product: `marketplace_saas`, `new_commerce`, `legacy`, `azure`, `software` or `other`."),
		"unit_type":                     text("What is counted, such as `Licenses`."),
		"is_trial":                      flag("Whether this is a free trial."),
		"billing_type":                  text("`license`, `usage`, `benefit` or `none`."),
		"contract_type":                 text("`subscription`, `product_key` or `redemption_code`."),
		"consumption_type":              text("`overage` where consumption beyond the licences is allowed and billed."),
		"parent_subscription_id":        text("Subscription that this one is an add-on of."),
		"entitlement_id":                text("Azure entitlement, for Azure products."),
		"has_purchasable_addons":        flag("Whether add-ons can be bought for it."),
		"migrated_from_subscription_id": text("Legacy subscription that this one came from."),

		"creation_date":                   date("When it was bought."),
		"effective_start_date":            date("Start of the current term."),
		"commitment_end_date":             date("End of the current term: until then the partner pays."),
		"billing_cycle_end_date":          date("End of the current billing cycle."),
		"cancellation_allowed_until_date": date("Last moment at which it can be cancelled. Absent where Partner Center does not say, as for marketplace SaaS: see `refund_options`."),
		"renewal_term_duration":           text("Term it renews into, where Partner Center says so."),

		"refund_options": schema.ListNestedAttribute{
			Computed:            true,
			MarkdownDescription: "Until when cancelling is refunded, and how.",
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"type":       schema.StringAttribute{Computed: true, MarkdownDescription: "`Full` or `Partial`."},
				"expires_at": schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: "Last moment; absent when there is none."},
			}},
			PlanModifiers: []planmodifier.List{listplanmodifier.UseStateForUnknown()},
		},
		"refundable_quantity": schema.SingleNestedAttribute{
			Computed:            true,
			MarkdownDescription: "Licences that can still be given back for a refund; each purchase of licences has a window of its own.",
			Attributes: map[string]schema.Attribute{
				"total_quantity": schema.Int64Attribute{Computed: true, MarkdownDescription: "All of them."},
				"details": schema.ListNestedAttribute{
					Computed:            true,
					MarkdownDescription: "Each batch.",
					NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
						"quantity":                schema.Int64Attribute{Computed: true, MarkdownDescription: "Licences of the batch."},
						"allowed_until_date_time": schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: "Last moment to give them back."},
					}},
				},
			},
			PlanModifiers: []planmodifier.Object{objectplanmodifier.UseStateForUnknown()},
		},
		"scheduled_actions": schema.ListNestedAttribute{
			Computed:            true,
			MarkdownDescription: "What Partner Center has scheduled, such as the cancellation at the end of the term.",
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"schedule_type":  schema.StringAttribute{Computed: true, MarkdownDescription: "`TermEnd` or `CustomDate`."},
				"action_type":    schema.StringAttribute{Computed: true, MarkdownDescription: "`Cancel`, `RenewToNewTerm`, `RenewToExtendedServiceTerm` or `Transition`."},
				"effective_date": schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: "The date, for `CustomDate`."},
			}},
			PlanModifiers: []planmodifier.List{listplanmodifier.UseStateForUnknown()},
		},
		"next_charge_instructions": schema.SingleNestedAttribute{
			Computed:            true,
			MarkdownDescription: "A change of the billing cycle that waits for the next charge.",
			Attributes: map[string]schema.Attribute{
				"billing_cycle": schema.StringAttribute{Computed: true, MarkdownDescription: "Billing cycle from then on."},
				"term_duration": schema.StringAttribute{Computed: true, MarkdownDescription: "Term from then on."},
				"quantity":      schema.Int64Attribute{Computed: true, MarkdownDescription: "Licences from then on."},
			},
			PlanModifiers: []planmodifier.Object{objectplanmodifier.UseStateForUnknown()},
		},
		"attention_needed":   flag("Whether something is to be done; for marketplace SaaS, the set-up at the publisher."),
		"action_taken":       flag("Whether what `attention_needed` asks for has been done."),
		"actions":            texts("What Partner Center allows at the moment, such as `edit` and `cancel`."),
		"suspension_reasons": texts("Why it is suspended."),
	}
}

func text(description string) schema.StringAttribute {
	return schema.StringAttribute{Computed: true, MarkdownDescription: description, PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()}}
}

func date(description string) schema.StringAttribute {
	attribute := text(description + " RFC 3339, UTC.")
	attribute.CustomType = timetypes.RFC3339Type{}
	return attribute
}

func flag(description string) schema.BoolAttribute {
	return schema.BoolAttribute{Computed: true, MarkdownDescription: description, PlanModifiers: []planmodifier.Bool{boolplanmodifier.UseStateForUnknown()}}
}

func number(description string) schema.Int64Attribute {
	return schema.Int64Attribute{Computed: true, MarkdownDescription: description, PlanModifiers: []planmodifier.Int64{int64planmodifier.UseStateForUnknown()}}
}

func texts(description string) schema.ListAttribute {
	return schema.ListAttribute{
		Computed: true, ElementType: types.StringType, MarkdownDescription: description,
		PlanModifiers: []planmodifier.List{listplanmodifier.UseStateForUnknown()},
	}
}
