// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// availabilityModel is a SKU as it is sold today.
type availabilityModel struct {
	ID                      types.String            `tfsdk:"id"`
	CatalogItemID           types.String            `tfsdk:"catalog_item_id"`
	Country                 types.String            `tfsdk:"country"`
	Segment                 types.String            `tfsdk:"segment"`
	DefaultCurrency         *currencyModel          `tfsdk:"default_currency"`
	IsPurchasable           types.Bool              `tfsdk:"is_purchasable"`
	IsRenewable             types.Bool              `tfsdk:"is_renewable"`
	Terms                   []termModel             `tfsdk:"terms"`
	RenewalInstructions     []instructionModel      `tfsdk:"renewal_instructions"`
	IncludedQuantityOptions []includedQuantityModel `tfsdk:"included_quantity_options"`
	Product                 *productModel           `tfsdk:"product"`
	Sku                     *skuModel               `tfsdk:"sku"`
}

type currencyModel struct {
	Code   types.String `tfsdk:"code"`
	Symbol types.String `tfsdk:"symbol"`
}

type termModel struct {
	ID                   types.String         `tfsdk:"id"`
	Duration             types.String         `tfsdk:"duration"`
	BillingCycle         types.String         `tfsdk:"billing_cycle"`
	Description          types.String         `tfsdk:"description"`
	RenewalOptions       []termRenewalModel   `tfsdk:"renewal_options"`
	CancellationPolicies []cancellationPolicy `tfsdk:"cancellation_policies"`
}

type termRenewalModel struct {
	TermDuration types.String `tfsdk:"term_duration"`
	Description  types.String `tfsdk:"description"`
}

type cancellationPolicy struct {
	RefundOptions []refundOptionModel `tfsdk:"refund_options"`
}

type refundOptionModel struct {
	SequenceID   types.String `tfsdk:"sequence_id"`
	Type         types.String `tfsdk:"type"`
	ExpiresAfter types.String `tfsdk:"expires_after"`
}

type instructionModel struct {
	ApplicableTermIDs types.List           `tfsdk:"applicable_term_ids"`
	RenewalOptions    []offerRenewalOption `tfsdk:"renewal_options"`
}

type offerRenewalOption struct {
	RenewToID       types.String `tfsdk:"renew_to_id"`
	IsAutoRenewable types.Bool   `tfsdk:"is_auto_renewable"`
}

type includedQuantityModel struct {
	Units       types.String `tfsdk:"units"`
	Description types.String `tfsdk:"description"`
}

func availabilityFromAPI(a *partnercenter.Availability) availabilityModel {
	m := availabilityModel{
		ID: framework.String(a.ID), CatalogItemID: framework.String(a.CatalogItemID), Country: framework.String(a.Country), Segment: framework.String(a.Segment),
		IsPurchasable: types.BoolValue(a.IsPurchasable), IsRenewable: types.BoolValue(a.IsRenewable),
		Terms:               framework.Each(a.Terms, termFromAPI),
		RenewalInstructions: framework.Each(a.RenewalInstructions, instructionFromAPI),
		IncludedQuantityOptions: framework.Each(a.IncludedQuantities, func(q *partnercenter.IncludedQuantity) includedQuantityModel {
			return includedQuantityModel{framework.String(string(q.Units)), framework.String(q.Description)}
		}),
	}
	if c := a.DefaultCurrency; c.Code != "" {
		m.DefaultCurrency = &currencyModel{types.StringValue(c.Code), framework.String(c.Symbol)}
	}
	if a.Product != nil {
		product := productFromAPI(a.Product)
		m.Product = &product
	}
	if a.Sku != nil {
		sku := skuFromAPI(a.Sku)
		m.Sku = &sku
	}
	return m
}

// termFromAPI writes billing cycles the way subscriptions do, so that they can be handed on.
func termFromAPI(t *partnercenter.Term) termModel {
	return termModel{
		ID: framework.String(t.ID), Duration: framework.String(t.Duration), BillingCycle: framework.String(strings.ToLower(t.BillingCycle)),
		Description: framework.String(t.Description),
		RenewalOptions: framework.Each(t.RenewalOptions, func(o *partnercenter.RenewalOption) termRenewalModel {
			return termRenewalModel{framework.String(o.TermDuration), framework.String(o.Description)}
		}),
		CancellationPolicies: framework.Each(t.CancellationPolicies, func(p *partnercenter.CancellationPolicy) cancellationPolicy {
			return cancellationPolicy{framework.Each(p.RefundOptions, refundOptionFromAPI)}
		}),
	}
}

func refundOptionFromAPI(o *partnercenter.PolicyRefundOption) refundOptionModel {
	return refundOptionModel{types.StringValue(strconv.FormatInt(int64(o.SequenceID), 10)), framework.String(o.Type), framework.String(o.ExpiresAfter)}
}

func instructionFromAPI(i *partnercenter.RenewalInstruction) instructionModel {
	return instructionModel{
		ApplicableTermIDs: framework.Strings(i.ApplicableTermIDs),
		RenewalOptions: framework.Each(i.RenewalOptions, func(o *partnercenter.RenewalOption) offerRenewalOption {
			return offerRenewalOption{framework.String(o.RenewToID), types.BoolValue(o.IsAutoRenewable)}
		}),
	}
}
