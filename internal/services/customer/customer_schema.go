// SPDX-License-Identifier: MPL-2.0

package customer

import (
	"context"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/objectplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
)

var domains = regexp.MustCompile(`^[a-zA-Z0-9]{1,27}\.onmicrosoft\.com$`)

var credentialTypes = map[string]attr.Type{"user_name": types.StringType, "password": types.StringType}

func required(description string) schema.StringAttribute {
	return schema.StringAttribute{Required: true, Validators: []validator.String{stringvalidator.LengthAtLeast(1)}, MarkdownDescription: description}
}

func optional(description string) schema.StringAttribute {
	return schema.StringAttribute{Optional: true, Validators: []validator.String{stringvalidator.LengthAtLeast(1)}, MarkdownDescription: description}
}

// Schema implements resource.Resource.
func (r *customerResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	keep := []planmodifier.String{stringplanmodifier.UseStateForUnknown()}
	resp.Schema = schema.Schema{
		MarkdownDescription: "A new customer: an Entra tenant, an account and the reseller relationship. The plan asks whether the domain is free and the address exists; the domain is unique, " +
			"so the provider finds a customer by it when the answer to the creation was lost, and never creates one twice. Only the billing profile can be changed later. Where the provider has `allowed_customer_ids`, no customer can be created.\n\n" +
			"**Destroying it ends nothing**: the customer leaves the state, and stays a customer, with all its subscriptions. " +
			"Customers that have a tenant already are not created but invited, by the link of data source `partnercenter_relationship_request`.\n\n" +
			"The customer has to accept the Microsoft Customer Agreement before its first purchase: see action `partnercenter_request_customer_agreement`.",
		Attributes: map[string]schema.Attribute{
			"id": schema.StringAttribute{Computed: true, PlanModifiers: keep, MarkdownDescription: "Tenant ID of the customer, which Partner Center shows as \"Microsoft ID\"."},
			"domain": schema.StringAttribute{
				Required: true, Validators: []validator.String{stringvalidator.RegexMatches(domains, "must be letters and digits before .onmicrosoft.com, such as contoso.onmicrosoft.com")},
				MarkdownDescription: "Domain of the new tenant, such as `contoso.onmicrosoft.com`. It cannot be changed later.",
			},
			"billing_profile":                  newProfile(keep),
			"organization_registration_number": optional("Registration number, in countries that ask for one. It cannot be changed later."),
			"associated_partner_id": schema.StringAttribute{
				Optional: true, Computed: true, Validators: []validator.String{framework.GUID("a tenant ID of an indirect reseller")}, PlanModifiers: keep,
				MarkdownDescription: "Tenant ID of the indirect reseller whose customer it becomes; not its PartnerID. Needs App+User sign-in, and cannot be changed later.",
			},
			"enable_gdap_by_default": schema.BoolAttribute{
				Optional: true, MarkdownDescription: "Whether a default relationship for delegated administration is made with the customer: Partner Center makes one unless this is false. Only the creation uses it.",
			},
			"commerce_id": schema.StringAttribute{Computed: true, PlanModifiers: keep, MarkdownDescription: "ID of the customer's account in Microsoft's commerce system."},
			"user_credentials": schema.SingleNestedAttribute{
				Computed: true, Sensitive: true, PlanModifiers: []planmodifier.Object{objectplanmodifier.UseStateForUnknown()},
				MarkdownDescription: "First administrator of the new tenant. Partner Center shows the password once, in its answer to the creation; absent after an import, and where that answer was lost. Change it at the first sign-in: the state holds it.",
				Attributes: map[string]schema.Attribute{
					"user_name": schema.StringAttribute{Computed: true, MarkdownDescription: "Name of the user, before the domain."},
					"password":  schema.StringAttribute{Computed: true, Sensitive: true, MarkdownDescription: "First password."},
				},
			},
			"timeouts": timeouts.Attributes(ctx, timeouts.Opts{
				Create: true, Read: true, Update: true,
				CreateDescription: "How long to look for a customer whose creation was not answered; `30m` by default.",
				ReadDescription:   "How long reading the customer may take; `5m` by default.",
				UpdateDescription: "How long a change of the billing profile may take; `20m` by default.",
			}),
		},
	}
}

func newProfile(keep []planmodifier.String) schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		Required: true, MarkdownDescription: "Name and address of the customer on invoices.",
		Attributes: map[string]schema.Attribute{
			"company_name": required("Company."),
			"first_name":   schema.StringAttribute{Optional: true, Computed: true, PlanModifiers: keep, MarkdownDescription: "First name of the contact; that of the address by default."},
			"last_name":    schema.StringAttribute{Optional: true, Computed: true, PlanModifiers: keep, MarkdownDescription: "Last name of the contact; that of the address by default."},
			"email":        schema.StringAttribute{Required: true, Sensitive: true, MarkdownDescription: "E-mail address of the contact."},
			"culture":      required("Culture such as `de-DE`."),
			"language":     required("Language such as `de`."),
			"default_address": schema.SingleNestedAttribute{
				Required: true, MarkdownDescription: "Address. Partner Center is asked whether it exists before the customer is created.",
				Attributes: map[string]schema.Attribute{
					"first_name":    required("First name of the person at that address."),
					"last_name":     required("Last name of the person at that address."),
					"address_line1": required("First line: street and number."),
					"address_line2": optional("Second line."),
					"city":          required("City."),
					"state":         optional("State or province, in countries that have them in addresses."),
					"postal_code":   required("Postal code."),
					"country": schema.StringAttribute{
						Required: true, Validators: []validator.String{framework.Country()},
						MarkdownDescription: "ISO 3166 alpha-2, such as `DE`: it decides what can be bought, and in which currency.",
					},
					"phone_number": optional("Phone number; some countries require it."),
				},
			},
		},
	}
}
