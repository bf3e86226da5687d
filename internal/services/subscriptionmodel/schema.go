// SPDX-License-Identifier: MPL-2.0

// Package subscriptionmodel is resource partnercenter_subscription without what it does: its attributes, what they mean to people, what
// Partner Center answers and is asked in terms of them, and what a plan changes of them. It sends nothing.
package subscriptionmodel

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/objectplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/purchase"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
)

// Schema is the schema of the resource.
func Schema(ctx context.Context) schema.Schema {
	all := map[string]schema.Attribute{}
	maps.Copy(all, subjectAttributes())
	maps.Copy(all, changeableAttributes())
	maps.Copy(all, purchaseAttributes())
	maps.Copy(all, treatmentAttributes())
	maps.Copy(all, computedAttributes())
	all["timeouts"] = timeouts.Attributes(ctx, timeouts.Opts{
		Create: true, Read: true, Update: true, Delete: true,
		CreateDescription: "How long to wait for the outcome of a purchase; `30m` by default. A purchase whose outcome is not known by then stays in the state, and the next plan looks for it.",
		ReadDescription:   "How long reading the subscription may take; `5m` by default.",
		UpdateDescription: "How long to wait until Partner Center shows a change; `20m` by default.",
		DeleteDescription: "How long canceling it or turning its renewal off may take; `20m` by default.",
	})
	return schema.Schema{
		MarkdownDescription: "A subscription of a customer, from its purchase to its end: commercial marketplace SaaS or new-commerce licenses.\n\n" +
			"Creating this resource **spends money**, most of which is not refunded after hours or days; destroying it stops the spending only as `deletion_policy` says. " +
			"The plan shows the amount in `commitment`, and apply buys at exactly that price or not at all.\n\n" +
			"Data source `partnercenter_subscription` has everything that Partner Center knows about a subscription; the resource has what you decide and what you refer to.",
		Attributes: all,
	}
}

// subjectAttributes say for whom and what; another value is another subscription.
func subjectAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"customer_id": schema.StringAttribute{
			Required:            true,
			Validators:          []validator.String{framework.GUID("a customer ID")},
			MarkdownDescription: "Customer the subscription is bought for: its tenant ID, which Partner Center shows as \"Microsoft ID\".",
		},
		"product_id": schema.StringAttribute{
			Required:            true,
			Validators:          []validator.String{framework.ProductID()},
			MarkdownDescription: "Product to buy, such as `DZH318Z0BQ4B`. Case matters.",
		},
		"sku_id": schema.StringAttribute{
			Required:            true,
			Validators:          []validator.String{framework.SkuID()},
			MarkdownDescription: "SKU of the product (the publisher's plan), such as `0001`. The provider looks the availability up whenever it needs one, because its ID changes.",
		},
	}
}

// changeableAttributes are what can be changed of a subscription that exists.
func changeableAttributes() map[string]schema.Attribute {
	kept := []planmodifier.String{stringplanmodifier.UseStateForUnknown()}
	return map[string]schema.Attribute{
		"quantity": schema.Int64Attribute{
			Required:   true,
			Validators: []validator.Int64{int64validator.AtLeast(1)},
			MarkdownDescription: "Licenses, as an absolute number within the limits of the SKU. More can be added at any time and are charged for the rest of the term; " +
				"fewer only while Partner Center takes licenses back, otherwise from the next term on.",
		},
		"term_duration": schema.StringAttribute{
			Optional: true, Computed: true, Validators: []validator.String{framework.TermDuration}, PlanModifiers: kept,
			MarkdownDescription: "Term for which the partner commits to pay: `P1M`, `P1Y`, `P2Y` or `P3Y`. May be left out where the SKU is sold with one pair of term and billing cycle only. " +
				"A new-commerce subscription can move to a longer term at once, to a shorter one only at its renewal.",
		},
		"billing_cycle": schema.StringAttribute{
			Optional: true, Computed: true, Validators: []validator.String{framework.BillingCycle}, PlanModifiers: kept,
			MarkdownDescription: "How often the partner is charged: `monthly`, `annual`, `biennial`, `triennial`, `one_time`, or `none` for free trials. " +
				"May be left out where the SKU is sold with one pair of term and billing cycle only. A change takes effect with the next charge, and only where Partner Center allows it.",
		},
		"friendly_name": schema.StringAttribute{
			Optional: true, Computed: true, Validators: []validator.String{stringvalidator.UTF8LengthBetween(1, 256)}, PlanModifiers: kept,
			MarkdownDescription: "Nickname. Give each subscription a nickname of its own: after a run that broke off, the provider finds the purchase by it. " +
				"If it is left out, it is the name of the offer.",
		},
		"auto_renew_enabled": schema.BoolAttribute{
			Optional: true, Computed: true, PlanModifiers: []planmodifier.Bool{boolplanmodifier.UseStateForUnknown()},
			MarkdownDescription: "Whether it renews at the end of the term; a purchase renews unless this is `false`. With `false` the provider also schedules the cancellation of a new-commerce subscription for the end of its term, " +
				"because it would otherwise continue in a paid extended service term. Absent for a new-commerce subscription that neither renews nor ends with its term.",
		},
		"end_of_term": schema.StringAttribute{
			Optional: true, Validators: []validator.String{stringvalidator.OneOf(change.TermEnds()...), stringvalidator.ConflictsWith(path.MatchRoot("auto_renew_enabled"))},
			MarkdownDescription: "What happens at the end of the term, in place of `auto_renew_enabled`: `renew`, `cancel`, or `extend`, which lets a new-commerce subscription continue month by month in a paid extended service term, " +
				"at the price of its monthly plan and 3 percent, or 23 percent where it has no monthly plan. `auto_renew_enabled` follows from it, and is absent with `extend`. If it is left out, `auto_renew_enabled` decides.",
		},
		"partner_id": schema.StringAttribute{
			Optional: true, Computed: true, Validators: []validator.String{framework.PartnerID()}, PlanModifiers: kept,
			MarkdownDescription: "PartnerID (formerly MPN ID) of the indirect reseller on record, for indirect providers. It can be changed, but not removed. " +
				"Setting it confirms to Microsoft that this reseller is the partner on record.",
		},
		"suspended": schema.BoolAttribute{
			Optional:            true,
			MarkdownDescription: "`true` suspends the subscription, `false` makes it active again; if it is left out, Partner Center decides. A suspended new-commerce subscription is still billed, and does not renew.",
		},
		"scheduled_next_term_instructions": nextTermAttribute("What the subscription renews into, for new-commerce products; it needs `auto_renew_enabled`. Removing it removes what is scheduled. " +
			"After such a renewal, `quantity` and the other attributes still say what was before: the plan then leaves the subscription as it renewed, and says what to write. " +
			"A `custom_term_end_date` counts for one renewal: remove it afterwards, or write a later day."),
	}
}

func nextTermAttribute(description string) schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		Optional:            true,
		MarkdownDescription: description,
		Attributes: map[string]schema.Attribute{
			"product_id":    schema.StringAttribute{Required: true, Validators: []validator.String{framework.ProductID()}, MarkdownDescription: "Product of the next term: the present one, or one that `partnercenter_transition_eligibilities` lists with `eligibility_type = \"scheduled\"`."},
			"sku_id":        schema.StringAttribute{Required: true, Validators: []validator.String{framework.SkuID()}, MarkdownDescription: "SKU of the next term, with the same condition."},
			"term_duration": schema.StringAttribute{Required: true, Validators: []validator.String{framework.TermDuration}, MarkdownDescription: "Term from then on; it may be shorter than now."},
			"billing_cycle": schema.StringAttribute{Required: true, Validators: []validator.String{framework.BillingCycle}, MarkdownDescription: "Billing cycle from then on."},
			"quantity":      schema.Int64Attribute{Required: true, Validators: []validator.Int64{int64validator.AtLeast(1)}, MarkdownDescription: "Licenses from then on, as an absolute number; it may be smaller than now."},
			"promotion_id":  schema.StringAttribute{Optional: true, MarkdownDescription: "Promotion for the next term."},
			"custom_term_end_date": schema.StringAttribute{
				Optional: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: "Day the next term ends on instead of its full length, RFC 3339: one of its own, in UTC.",
			},
		},
	}
}

// purchaseAttributes go into the purchase, and mean nothing afterwards.
func purchaseAttributes() map[string]schema.Attribute {
	onceOnly := " Only the purchase uses it."
	return map[string]schema.Attribute{
		"price_limit": schema.SingleNestedAttribute{
			Optional: true,
			MarkdownDescription: "The most that may be paid, before tax. The provider compares it with Partner Center's own price before it buys; " +
				"a higher price, another currency or an unknown price stops the purchase. It also counts for licenses that are added and for a longer term: `total` is then compared with the new `commitment`.",
			Attributes: map[string]schema.Attribute{
				"unit_price": schema.StringAttribute{
					Optional: true, Validators: []validator.String{framework.Decimals("unit_price"), stringvalidator.AtLeastOneOf(path.MatchRelative().AtParent().AtName("total"))},
					MarkdownDescription: "For one license and one billing cycle, a decimal number in quotes.",
				},
				"total":    schema.StringAttribute{Optional: true, Validators: []validator.String{framework.Decimals("total")}, MarkdownDescription: "For all licenses and the whole term, a decimal number in quotes."},
				"currency": schema.StringAttribute{Required: true, Validators: []validator.String{framework.Currency()}, MarkdownDescription: "ISO 4217, such as `EUR`."},
			},
		},
		"expect_margin": schema.BoolAttribute{
			Optional:            true,
			MarkdownDescription: "`true` refuses a purchase that gets no margin from a private offer of its publisher, as `partnercenter_margins` lists them." + onceOnly,
		},
		"promotion_id":         schema.StringAttribute{Optional: true, MarkdownDescription: "Promotion to buy with, for new-commerce products." + onceOnly},
		"custom_term_end_date": schema.StringAttribute{Optional: true, MarkdownDescription: "Day the first term ends on, to align it with another subscription or the end of a month, RFC 3339; for new-commerce products." + onceOnly},
		"provisioning_context": schema.MapAttribute{
			Optional: true, ElementType: types.StringType, Validators: []validator.Map{mapvalidator.SizeAtLeast(1)},
			MarkdownDescription: "What the SKU asks for under `provisioning_variables`." + onceOnly,
		},
		"attestation_accepted": schema.BoolAttribute{Optional: true, MarkdownDescription: "Accept the attestation that the SKU asks for." + onceOnly},
		"renews_to": schema.SingleNestedAttribute{
			Optional: true, MarkdownDescription: "What a trial turns into when it ends." + onceOnly,
			Attributes: map[string]schema.Attribute{
				"term_duration": schema.StringAttribute{Required: true, Validators: []validator.String{framework.TermDuration}, MarkdownDescription: "Term of the paid subscription."},
			},
		},
		"cart_id": schema.StringAttribute{
			Optional: true, Validators: []validator.String{framework.GUID("a cart ID")},
			MarkdownDescription: "Cart to buy from, usually `partnercenter_cart.NAME.id`; left out, the purchase makes a cart of its own." + onceOnly,
		},
		"cart_line_item": schema.Int64Attribute{
			Optional: true, Validators: []validator.Int64{int64validator.AtLeast(0), int64validator.AlsoRequires(path.MatchRoot("cart_id"))},
			MarkdownDescription: "Line of the cart to buy, counted from 0; 0 if left out." + onceOnly,
		},
	}
}

// treatmentAttributes say how the provider buys, replaces and ends the subscription. Absent means the default.
func treatmentAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"deletion_policy": schema.StringAttribute{
			Optional:   true,
			Validators: []validator.String{stringvalidator.OneOf(change.Policies()...)},
			MarkdownDescription: "What destroying does: `turn_off_auto_renew` (default) lets it end with its term, `cancel` cancels at once and fails when the cancellation window is over, " +
				"`cancel_or_turn_off_auto_renew` cancels inside the window and otherwise lets it end with its term, `abandon` only forgets it, `prevent` refuses. Apply a change of it before destroying.",
		},
		"on_existing": schema.StringAttribute{
			Optional:   true,
			Validators: []validator.String{stringvalidator.OneOf(string(purchase.Refuse), string(purchase.Adopt), string(purchase.PurchaseAnother))},
			MarkdownDescription: "What a purchase does when the customer has a live subscription of the same product, SKU and `friendly_name` (any name, if that is left out): " +
				"`fail` (default) stops with an `import` block to paste, `adopt` takes it over instead of buying (not with `cart_id`), `purchase_another` buys anyway. " +
				"The plan shows the decision: an adoption has the `id` of the subscription that it takes over, and apply does that or nothing.",
		},
		"allow_replacement": schema.BoolAttribute{
			Optional:            true,
			MarkdownDescription: "Allow a change for which a new subscription has to be bought and this one ended, which may mean paying for both. Without it such a plan is an error. The new subscription is bought before the old one is ended, by the `deletion_policy` that has been applied.",
		},
		"wait_for_activation": schema.BoolAttribute{
			Optional:            true,
			MarkdownDescription: "Wait after the purchase until the publisher has activated the subscription, at most for the create timeout. A person of the customer has to open the activation link first.",
		},
	}
}

// computedAttributes are what people refer to. Nothing else that Partner Center says is here: rules read it from private state, people
// from the data source.
func computedAttributes() map[string]schema.Attribute {
	kept := []planmodifier.String{stringplanmodifier.UseStateForUnknown()}
	keptObject := []planmodifier.Object{objectplanmodifier.UseStateForUnknown()}
	part := func(description string) schema.StringAttribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: description}
	}
	date := func(description string) schema.StringAttribute {
		return schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: description + " RFC 3339, UTC."}
	}
	return map[string]schema.Attribute{
		"id":             schema.StringAttribute{Computed: true, PlanModifiers: kept, MarkdownDescription: "ID of the subscription, a GUID."},
		"status":         schema.StringAttribute{Computed: true, PlanModifiers: kept, MarkdownDescription: "What Partner Center says: `active`, `suspended`, `pending`, `expired`, `disabled` or `deleted`."},
		"offer_name":     schema.StringAttribute{Computed: true, PlanModifiers: kept, MarkdownDescription: "Name of the offer, from the catalog."},
		"publisher_name": schema.StringAttribute{Computed: true, PlanModifiers: kept, MarkdownDescription: "Publisher of the product; absent for Microsoft's own."},
		"commitment": schema.SingleNestedAttribute{
			Computed: true, PlanModifiers: keptObject,
			MarkdownDescription: "The most that the present term costs before tax, as far as this configuration bought it. It is part of the plan, and binds: at another price nothing is bought. " +
				"More licenses add what a whole term of them would cost, which Partner Center charges in proportion to the rest of the term. " +
				"Licenses that are given back go from it, also those that are given back in Partner Center. Absent after an import, an adoption, a renewal, or a change of product or term in Partner Center, and where Partner Center gives no price; not known in the plan where prices are not quoted (`quote_prices`).",
			Attributes: map[string]schema.Attribute{
				"unit_price": part("One license for one billing cycle, at the price of the last purchase: a decimal number without grouping, as all amounts in attributes."),
				"total":      part("All licenses for the whole term."),
				"currency":   part("ISO 4217."),
				"refund":     part("For how long canceling is refunded, such as `full P1D, partial P7D`; `none` where it is not."),
				"margin":     part("Margin of the publisher's private offer that the purchase got, and its end, such as `15 % until 2027-01-31 00:00 UTC`; absent without one."),
				"cart":       part("Fingerprint of the content of the cart, for purchases with `cart_id`: apply checks the cart out only with the content that was planned."),
			},
		},
		"current_term": schema.SingleNestedAttribute{
			Computed: true, PlanModifiers: keptObject,
			MarkdownDescription: "The present term.",
			Attributes: map[string]schema.Attribute{
				"begins":            date("Beginning of the term."),
				"ends":              date("End of the term: the partner pays until then."),
				"cancellable_until": date("Last moment at which the subscription can be canceled; absent where Partner Center names none."),
			},
		},
		"waiting_for_activation": schema.BoolAttribute{
			Computed: true, PlanModifiers: []planmodifier.Bool{boolplanmodifier.UseStateForUnknown()},
			MarkdownDescription: "Whether marketplace software still waits for its set-up at the publisher: before its term begins nothing about it can be changed. If it is not set up within 30 days of the purchase, it lapses and is not charged. A plan of the publisher that activates itself is billed from the purchase on. Absent for new-commerce products.",
		},
	}
}
