// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// replacesKey is private state: the id of the subscription that a planned purchase replaces. Terraform hands the private state of the
// old object to the plan of the new one when it replaces, so a purchase can be told from a replacement, -replace included.
const replacesKey = "replaces"

// private is what Terraform keeps beside the state for the provider.
type private interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

// ValidateConfig finds contradictions that the configuration alone shows.
func (r *subscriptionResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config struct {
		NextTerm          types.Object
		AutoRenewEnabled  types.Bool
		CustomTermEndDate types.String
	}
	for name, value := range map[string]any{ // one by one: the whole model takes as long as all other validation
		"scheduled_next_term_instructions": &config.NextTerm, "auto_renew_enabled": &config.AutoRenewEnabled, "custom_term_end_date": &config.CustomTermEndDate,
	} {
		resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root(name), value)...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	renews := config.AutoRenewEnabled
	if framework.Known(config.NextTerm) && framework.Known(renews) && !renews.ValueBool() {
		framework.Wrong(&resp.Diagnostics, path.Root("scheduled_next_term_instructions"), "Contradicting attributes",
			"A subscription with auto_renew_enabled = false has no next term. Remove the instructions, or set auto_renew_enabled = true.")
	}
	if !config.CustomTermEndDate.IsNull() && !config.CustomTermEndDate.IsUnknown() {
		if _, err := partnercenter.ParseTime(config.CustomTermEndDate.ValueString()); err != nil {
			framework.Wrong(&resp.Diagnostics, path.Root("custom_term_end_date"), "Invalid date",
				"%q is not a date. Write RFC 3339, such as \"2027-01-31T00:00:00Z\".", config.CustomTermEndDate.ValueString())
		}
	}
}

// ModifyPlan says at plan time what would fail at apply, where it costs nothing.
func (r *subscriptionResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if r.Provider == nil {
		return
	}
	ctx, cancel := r.Client.WithTimeout(ctx, readTimeout)
	defer cancel()
	switch {
	case req.Plan.Raw.IsNull():
		var state subscriptionResourceModel
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
		if !resp.Diagnostics.HasError() {
			r.planDestroy(&state, &resp.Diagnostics)
		}
	case req.State.Raw.IsNull():
		var plan, config subscriptionResourceModel
		resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
		resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
		resp.Diagnostics.Append(refuseReplacement(ctx, req.Private, &plan)...)
		if resp.Diagnostics.HasError() {
			return
		}
		r.planPurchase(ctx, req, &config, &plan, &resp.Diagnostics)
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("term_duration"), plan.TermDuration)...)
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("billing_cycle"), plan.BillingCycle)...)
	default:
		r.planUpdate(ctx, req, resp)
	}
}

// refuseReplacement stops a purchase that replaces a subscription, unless the configuration allows it.
func refuseReplacement(ctx context.Context, private private, plan *subscriptionResourceModel) diag.Diagnostics {
	id, diags := replaced(ctx, private)
	if id != "" && !plan.AllowReplacement.ValueBool() {
		diags.AddError("Replacement refused", replacementText(id, "It was asked for with -replace, or another attribute needs it."))
	}
	return diags
}

// replacesID is the private value that names the subscription to be replaced, should it be.
func replacesID(id string) []byte { return []byte(strconv.Quote(id)) }

func replaced(ctx context.Context, private private) (string, diag.Diagnostics) {
	value, diags := private.GetKey(ctx, replacesKey)
	return strings.Trim(string(value), `"`), diags
}

func replacementText(id, why string) string {
	return fmt.Sprintf("This plan would buy a new subscription and give up %s, which the partner may have to go on paying for until its term ends. %s "+
		"To keep the subscription, undo the change. To replace it all the same, set allow_replacement = true and look at deletion_policy first.", id, why)
}

// planPurchase checks a purchase against the catalogue and the customer's subscriptions, and says what it commits to. Values that the
// configuration does not know yet skip the checks they are part of; what it leaves out is unknown in the plan as well, and is checked.
func (r *subscriptionResource) planPurchase(ctx context.Context, req resource.ModifyPlanRequest, config, planned *subscriptionResourceModel, diags *diag.Diagnostics) {
	checkStatus(config.Status, diags)
	if config.CustomerID.IsUnknown() || config.ProductID.IsUnknown() || config.SkuID.IsUnknown() {
		return
	}
	read := catalog.Reader(r.Client.SharedAvailabilities)
	if r.QuotePrices { // a cart names the availability, which may have been issued anew
		read = r.Client.Availabilities
	}
	o, err := catalog.ReadOffer(ctx, read, planned.CustomerID.ValueString(), planned.ProductID.ValueString(), planned.SkuID.ValueString())
	if failedOffer(diags, err) {
		return
	}
	if !config.Quantity.IsUnknown() {
		if err := o.CheckQuantity(planned.Quantity.ValueInt64()); err != nil {
			framework.Wrong(diags, path.Root("quantity"), "Quantity not possible", "%s.", err)
		}
	}
	checkAttestation(planned, o, diags)
	if next := nextTerm(planned.NextTerm); next != nil { // it is scheduled after the purchase, which nothing takes back then
		r.checkNextOffer(ctx, planned.CustomerID.ValueString(), next, diags)
	}
	r.planAccounts(ctx, planned, diags)
	var chosen catalog.TermOption
	known := !config.TermDuration.IsUnknown() && !config.BillingCycle.IsUnknown()
	if known {
		chosen, known = planTerm(planned, o, diags)
	}
	// A purchase from a cart is resumed by its cart: what it bought before is no reason to refuse it.
	if !diags.HasError() && !config.FriendlyName.IsUnknown() && config.CartID.IsNull() && planned.OnExisting.ValueString() != purchaseAnother {
		if r.planExisting(ctx, req.Private, config, planned, diags) {
			return // nothing is bought then
		}
	}
	price := ""
	if known && !diags.HasError() && req.Config.Raw.IsFullyKnown() {
		price = r.planPrice(ctx, planned, o, chosen, diags)
	}
	if known && !diags.HasError() {
		warnOfCommitment(diags, planned, o, chosen, price)
	}
}

// failedOffer points at the attribute that the catalogue does not know.
func failedOffer(diags *diag.Diagnostics, err error) bool {
	return failedOfferAt(diags, path.Empty(), err)
}

// failedOfferAt is failedOffer for a product and SKU that stand in a nested object.
func failedOfferAt(diags *diag.Diagnostics, parent path.Path, err error) bool {
	switch partnercenter.Code(err) {
	case "400013":
		return framework.FailedAttribute(diags, parent.AtName("product_id"), "find the product for this customer", err)
	case "400018":
		return framework.FailedAttribute(diags, parent.AtName("sku_id"), "find the SKU for this customer", err)
	case "1000", "60003", "2032", "20002", "900118":
		return framework.FailedAttribute(diags, path.Root("customer_id"), "find the customer", err)
	}
	return framework.Failed(diags, "look up what the customer can buy", err)
}

// planTerm fills in term and billing cycle where the SKU is sold with one pair only.
func planTerm(planned *subscriptionResourceModel, o *catalog.Offer, diags *diag.Diagnostics) (chosen catalog.TermOption, ok bool) {
	chosen, err := o.Choose(planned.TermDuration.ValueString(), planned.BillingCycle.ValueString())
	switch {
	case err == nil:
		planned.TermDuration, planned.BillingCycle = types.StringValue(chosen.TermDuration), types.StringValue(chosen.BillingCycle)
		return chosen, true
	case len(o.TermOptions()) == 0:
		framework.Wrong(diags, path.Root("sku_id"), "Not for sale", "%s.", err)
	case framework.Known(planned.BillingCycle) && o.Sells(planned.TermDuration.ValueString()):
		framework.Wrong(diags, path.Root("billing_cycle"), "Not sold that way", "%s", err)
	default:
		framework.Wrong(diags, path.Root("term_duration"), "Not sold that way", "%s", err)
	}
	return chosen, false
}

func checkAttestation(plan *subscriptionResourceModel, o *catalog.Offer, diags *diag.Diagnostics) {
	sku := o.SKU()
	if sku == nil || sku.AttestationProperties == nil || !sku.AttestationProperties.EnforceAttestation || plan.AttestationAccepted.IsUnknown() || plan.AttestationAccepted.ValueBool() {
		return
	}
	framework.Wrong(diags, path.Root("attestation_accepted"), "Attestation needed",
		"%s is sold only to those who accept its attestation (%s). Read it in Partner Center, then set attestation_accepted = true.", o.Name(), sku.AttestationProperties.AttestationType)
}
