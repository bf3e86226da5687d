// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"maps"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/boolplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/objectplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
)

// Values of on_existing: what a purchase does when the customer has the subscription already.
const (
	failOnExisting  = "fail"
	adopt           = "adopt"
	purchaseAnother = "purchase_another"
)

var (
	termDuration = framework.Form(regexp.MustCompile(`^P[1-9][0-9]?[MYD]$`), `a term is an ISO 8601 duration in capitals: "P1M", "P1Y", "P2Y" or "P3Y"`)
	billingCycle = framework.Form(regexp.MustCompile(`^[a-z_]+$`), `a billing cycle is written in lower case: "monthly", "annual", "biennial", "triennial", "one_time" or "none"`)
)

func (r *subscriptionResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	attributes := map[string]schema.Attribute{
		"customer_id": schema.StringAttribute{
			Required:            true,
			Validators:          []validator.String{framework.GUID("a customer id")},
			PlanModifiers:       []planmodifier.String{anotherID},
			MarkdownDescription: "Customer the subscription is bought for: its tenant id, which Partner Center shows as \"Microsoft ID\".",
		},
		"product_id": schema.StringAttribute{
			Required:            true,
			Validators:          []validator.String{framework.ProductID()},
			PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
			MarkdownDescription: "Product to buy, such as `DZH318Z0BQ4B`. Case matters.",
		},
		"sku_id": schema.StringAttribute{
			Required:            true,
			Validators:          []validator.String{framework.SkuID()},
			PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
			MarkdownDescription: "SKU of the product (the publisher's plan), such as `0001`. The availability is looked up whenever it is needed, because its id changes.",
		},
		"quantity": schema.Int64Attribute{
			Required:   true,
			Validators: []validator.Int64{int64validator.AtLeast(1)},
			MarkdownDescription: "Licences, as an absolute number within the limits of the SKU. More can be added at any time and are charged for the rest of the term; " +
				"fewer only while `refundable_quantity` allows it, otherwise from the next term on.",
		},
		"term_duration": schema.StringAttribute{
			Optional:      true,
			Computed:      true,
			Validators:    []validator.String{termDuration},
			PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			MarkdownDescription: "Commitment: `P1M`, `P1Y`, `P2Y` or `P3Y`. May be left out where the SKU is sold with one pair of term and billing cycle only. " +
				"A new-commerce subscription can move to a longer term at once, to a shorter one only at its renewal.",
		},
		"billing_cycle": schema.StringAttribute{
			Optional:      true,
			Computed:      true,
			Validators:    []validator.String{billingCycle},
			PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			MarkdownDescription: "How often the partner is charged: `monthly`, `annual`, `biennial`, `triennial`, `one_time`, or `none` for free trials. " +
				"May be left out like `term_duration`. A change takes effect with the next charge, and only where Partner Center allows it.",
		},
		"friendly_name": schema.StringAttribute{
			Optional:      true,
			Computed:      true,
			Validators:    []validator.String{stringvalidator.UTF8LengthBetween(1, 256)},
			PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			MarkdownDescription: "Nickname. Give each subscription one of its own: it is how a purchase is found again when a run breaks off. " +
				"Left out, Partner Center takes the name of the offer.",
		},
		"auto_renew_enabled": schema.BoolAttribute{
			Optional:      true,
			Computed:      true,
			PlanModifiers: []planmodifier.Bool{boolplanmodifier.UseStateForUnknown()},
			MarkdownDescription: "Whether it renews at the end of the term. Partner Center starts with `true`; `false` is set right after the purchase, and for new-commerce products " +
				"the cancellation at the end of the term is scheduled with it, because they would go on in a paid extended service term otherwise. While a subscription is suspended it does not renew. " +
				"Absent after the import of a new-commerce subscription that neither renews nor ends with its term, until it is configured.",
		},
		"partner_id": schema.StringAttribute{
			Optional:      true,
			Validators:    []validator.String{framework.PartnerID()},
			PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			MarkdownDescription: "PartnerID (formerly MPN ID) of the indirect reseller on record, for indirect providers. It can be changed, but not removed. " +
				"Setting it confirms to Microsoft that this reseller is the partner on record.",
		},
		"status": schema.StringAttribute{
			Optional:            true,
			Computed:            true,
			Validators:          []validator.String{stringvalidator.OneOf(statusActive, statusSuspended, "pending", "expired", "disabled", "deleted")},
			PlanModifiers:       []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			MarkdownDescription: "`active` or `suspended` to pin it; left out, it shows what Partner Center says, also `pending`, `expired`, `disabled` or `deleted`, which cannot be asked for. A suspended new-commerce subscription is still billed.",
		},
		"scheduled_next_term_instructions": nextTermAttribute("What the subscription renews into, for new-commerce products; it needs `auto_renew_enabled`. Removing it removes what is scheduled. " +
			"When a renewal has carried it out, `quantity` and the others still say what was before: the plan then leaves the subscription as it renewed, and says what to write. " +
			"A `custom_term_end_date` is over then, and has to be removed or become a later one."),
	}
	maps.Copy(attributes, answered())
	maps.Copy(attributes, purchaseAttributes())
	attributes["timeouts"] = timeouts.Attributes(ctx, timeouts.Opts{
		Create: true, Read: true, Update: true, Delete: true,
		CreateDescription: "How long the outcome of a purchase is waited for; `30m` by default. What is not known by then stays in the state and is looked for by the next plan.",
		ReadDescription:   "How long reading the subscription may take; `5m` by default.",
		UpdateDescription: "How long a change is waited for until Partner Center shows it; `20m` by default.",
		DeleteDescription: "How long cancelling it or turning its renewal off may take; `20m` by default.",
	})
	resp.Schema = schema.Schema{
		MarkdownDescription: "A subscription of a customer, from its purchase to its end: commercial marketplace SaaS or new-commerce licences.\n\n" +
			"Creating this resource **spends money** that mostly cannot be refunded after hours or days; destroying it stops the spending only as `deletion_policy` says.",
		Attributes: attributes,
	}
}

func nextTermAttribute(description string) schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		Optional:            true,
		MarkdownDescription: description,
		Attributes: map[string]schema.Attribute{
			"product_id":    schema.StringAttribute{Required: true, Validators: []validator.String{framework.ProductID()}, MarkdownDescription: "Product of the next term: the present one, or one that `partnercenter_transition_eligibilities` lists with `eligibility_type = \"scheduled\"`."},
			"sku_id":        schema.StringAttribute{Required: true, Validators: []validator.String{framework.SkuID()}, MarkdownDescription: "SKU of the next term, likewise."},
			"term_duration": schema.StringAttribute{Required: true, Validators: []validator.String{termDuration}, MarkdownDescription: "Term from then on; it may be shorter than now."},
			"billing_cycle": schema.StringAttribute{Required: true, Validators: []validator.String{billingCycle}, MarkdownDescription: "Billing cycle from then on."},
			"quantity":      schema.Int64Attribute{Required: true, Validators: []validator.Int64{int64validator.AtLeast(1)}, MarkdownDescription: "Licences from then on, as an absolute number; it may be smaller than now."},
			"promotion_id":  schema.StringAttribute{Optional: true, MarkdownDescription: "Promotion for the next term."},
			"custom_term_end_date": schema.StringAttribute{
				Optional: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: "Day the next term ends on instead of its full length, RFC 3339: one of its own, in UTC.",
			},
		},
	}
}

// purchaseAttributes say how the provider buys and stops, and what it bought.
func purchaseAttributes() map[string]schema.Attribute {
	onceOnly := " Used by the purchase only: a later change has no effect."
	return map[string]schema.Attribute{
		"price_limit": schema.SingleNestedAttribute{
			Optional: true,
			MarkdownDescription: "Most that may be paid. Partner Center's own price, before tax, is compared before anything is bought; " +
				"a higher price, another currency or an unknown price stops the purchase. It is about the purchase alone; licences added later count against the provider's `spending_limit`.",
			Attributes: map[string]schema.Attribute{
				"unit_price": schema.StringAttribute{
					Optional: true, Validators: []validator.String{framework.Decimals("unit_price"), stringvalidator.AtLeastOneOf(path.MatchRelative().AtParent().AtName("total"))},
					MarkdownDescription: "For one licence and one billing cycle, a decimal number in quotes.",
				},
				"total":    schema.StringAttribute{Optional: true, Validators: []validator.String{framework.Decimals("total")}, MarkdownDescription: "For all licences and the whole term, a decimal number in quotes."},
				"currency": schema.StringAttribute{Required: true, Validators: []validator.String{framework.Currency()}, MarkdownDescription: "ISO 4217, such as `EUR`."},
			},
		},
		"deletion_policy": schema.StringAttribute{
			Optional: true, Computed: true, Default: stringdefault.StaticString(turnOffAutoRenew),
			Validators: []validator.String{stringvalidator.OneOf(turnOffAutoRenew, cancelNow, cancelOrTurnOffAutoRenew, abandon, prevent)},
			MarkdownDescription: "What destroying does: `turn_off_auto_renew` (default) lets it end with its term, `cancel` cancels at once and fails when the cancellation window is over, " +
				"`cancel_or_turn_off_auto_renew` cancels inside the window and otherwise lets it end with its term, `abandon` only forgets it, `prevent` refuses. Apply a change of it before destroying.",
		},
		"on_existing": schema.StringAttribute{
			Optional: true, Computed: true, Default: stringdefault.StaticString(failOnExisting),
			Validators: []validator.String{stringvalidator.OneOf(failOnExisting, adopt, purchaseAnother)},
			MarkdownDescription: "What a purchase does when the customer has a live subscription of the same product, SKU and `friendly_name` (any name, if that is left out): " +
				"`fail` (default) stops with an `import` block to paste, `adopt` takes it over instead of buying, `purchase_another` buys all the same.",
		},
		"allow_replacement": schema.BoolAttribute{
			Optional: true, Computed: true, Default: booldefault.StaticBool(false),
			MarkdownDescription: "Allow a change that can only be met by buying a new subscription and giving up this one, which may mean paying for both. Without it, the default, such a plan is an error.",
		},
		"wait_for_activation": schema.BoolAttribute{
			Optional: true, Computed: true, Default: booldefault.StaticBool(false),
			MarkdownDescription: "Wait after the purchase until the publisher has activated the subscription, within the create timeout. Somebody has to open the activation link for that.",
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
				"term_duration": schema.StringAttribute{Required: true, Validators: []validator.String{termDuration}, MarkdownDescription: "Term of the paid subscription."},
			},
		},
		"cart_id": schema.StringAttribute{
			Optional: true, Computed: true, Validators: []validator.String{framework.GUID("a cart id")}, PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			MarkdownDescription: "Cart to buy from, usually `partnercenter_cart.NAME.id`; left out, the purchase makes a cart of its own. It shows the cart that was bought with." + onceOnly,
		},
		"cart_line_item": schema.Int64Attribute{
			Optional: true, Computed: true, Validators: []validator.Int64{int64validator.AtLeast(0), int64validator.AlsoRequires(path.MatchRoot("cart_id"))},
			PlanModifiers:       []planmodifier.Int64{int64planmodifier.UseStateForUnknown()},
			MarkdownDescription: "Line of the cart to buy, counted from 0; 0 if left out." + onceOnly,
		},
		"order_line_item_number": number("Its line in the order."),
		"purchase_price": schema.SingleNestedAttribute{
			Computed:            true,
			MarkdownDescription: "What the order cost before tax, for purchases made by this resource, where Partner Center says so.",
			Attributes: map[string]schema.Attribute{
				"unit":     schema.StringAttribute{Computed: true, MarkdownDescription: "One licence for one billing cycle."},
				"total":    schema.StringAttribute{Computed: true, MarkdownDescription: "All licences for the term."},
				"currency": schema.StringAttribute{Computed: true, MarkdownDescription: "ISO 4217."},
			},
			PlanModifiers: []planmodifier.Object{objectplanmodifier.UseStateForUnknown()},
		},
	}
}
