// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// skuModel is a plan of a product as every data source shows it.
type skuModel struct {
	ID                     types.String      `tfsdk:"id"`
	Title                  types.String      `tfsdk:"title"`
	Description            types.String      `tfsdk:"description"`
	MinimumQuantity        types.Int64       `tfsdk:"minimum_quantity"`
	MaximumQuantity        types.Int64       `tfsdk:"maximum_quantity"`
	IsTrial                types.Bool        `tfsdk:"is_trial"`
	SupportedBillingCycles types.List        `tfsdk:"supported_billing_cycles"`
	PurchasePrerequisites  types.List        `tfsdk:"purchase_prerequisites"`
	InventoryVariables     types.List        `tfsdk:"inventory_variables"`
	ProvisioningVariables  types.List        `tfsdk:"provisioning_variables"`
	Actions                types.List        `tfsdk:"actions"`
	AttestationProperties  *attestationModel `tfsdk:"attestation_properties"`
	Constraints            []constraintModel `tfsdk:"constraints"`
	ConsumptionType        types.String      `tfsdk:"consumption_type"`
	TermsOfUseURI          types.String      `tfsdk:"terms_of_use_uri"`
	DynamicAttributes      types.String      `tfsdk:"dynamic_attributes"`
}

type attestationModel struct {
	AttestationType    types.String `tfsdk:"attestation_type"`
	EnforceAttestation types.Bool   `tfsdk:"enforce_attestation"`
}

type constraintModel struct {
	ConstraintName  types.String `tfsdk:"constraint_name"`
	ConstraintValue types.String `tfsdk:"constraint_value"`
	ConstraintType  types.String `tfsdk:"constraint_type"`
}

func skuFromAPI(s *partnercenter.Sku) skuModel {
	m := skuModel{
		ID: framework.String(s.ID), Title: framework.String(s.Title), Description: framework.String(s.Description),
		MinimumQuantity: framework.Positive(int64(s.MinimumQuantity)), MaximumQuantity: framework.Positive(int64(s.MaximumQuantity)),
		IsTrial: types.BoolValue(s.IsTrial), SupportedBillingCycles: framework.Strings(s.SupportedBillingCycles),
		PurchasePrerequisites: framework.Strings(s.PurchasePrerequisites), InventoryVariables: framework.Strings(s.InventoryVariables),
		ProvisioningVariables: framework.Strings(s.ProvisioningVariables), Actions: framework.Strings(s.Actions),
		Constraints: framework.Each(s.Constraints, func(c *partnercenter.SkuConstraint) constraintModel {
			return constraintModel{framework.String(c.ConstraintName), framework.String(string(c.ConstraintValue)), framework.String(c.ConstraintType)}
		}),
		ConsumptionType: framework.String(s.ConsumptionType), TermsOfUseURI: framework.String(s.TermsOfUseURI),
		DynamicAttributes: types.StringNull(),
	}
	if a := s.AttestationProperties; a != nil {
		m.AttestationProperties = &attestationModel{framework.String(a.AttestationType), types.BoolValue(a.EnforceAttestation)}
	}
	if text, err := json.Marshal(s.DynamicAttributes); err == nil && len(s.DynamicAttributes) > 0 {
		m.DynamicAttributes = types.StringValue(string(text))
	}
	return m
}

func skuAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":                       framework.ShownText("ID of the SKU, 4 characters, unique inside its product."),
		"title":                    framework.ShownText("Name of the plan."),
		"description":              framework.ShownText("What the publisher says about the plan; may hold HTML."),
		"minimum_quantity":         framework.ShownNumber("Least licenses of a purchase, and of a marketplace subscription at any time; absent where there is no limit."),
		"maximum_quantity":         framework.ShownNumber("Most licenses of a purchase, and of a marketplace subscription at any time; absent where Partner Center does not say."),
		"is_trial":                 framework.ShownFlag("Whether this is a free trial."),
		"supported_billing_cycles": framework.ShownTexts("Billing cycles that exist for the SKU; which goes with which term say the terms of its availabilities."),
		"purchase_prerequisites":   framework.ShownTexts("What has to be done before it can be bought, such as `MicrosoftCustomerAgreement`."),
		"inventory_variables":      framework.ShownTexts("What an inventory check of the SKU needs, such as `AzureSubscriptionId`."),
		"provisioning_variables":   framework.ShownTexts("Keys that `provisioning_context` of a purchase has to have."),
		"actions":                  framework.ShownTexts("What can be done after the purchase, such as `Refund`."),
		"attestation_properties": framework.ShownObject("Attestation that a purchase has to accept; absent for most SKUs.", map[string]schema.Attribute{
			"attestation_type":    framework.ShownText("What is attested."),
			"enforce_attestation": framework.ShownFlag("Whether a purchase without `attestation_accepted` is refused."),
		}),
		"constraints": framework.ShownObjects("Further limits of the SKU.", map[string]schema.Attribute{
			"constraint_name": framework.ShownText("Name of the limit."), "constraint_value": framework.ShownText("Its value, a number."),
			"constraint_type": framework.ShownText("What it limits."),
		}),
		"consumption_type":   framework.ShownText("`overage` where consumption beyond the licenses is allowed and billed."),
		"terms_of_use_uri":   framework.ShownText("Where the publisher's terms can be read."),
		"dynamic_attributes": framework.ShownText("Further properties as JSON, for `jsondecode`. Microsoft changes them without notice."),
	}
}
