// SPDX-License-Identifier: MPL-2.0

package customer

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

var (
	_ action.ActionWithConfigure  = (*requestAgreementAction)(nil)
	_ action.ActionWithModifyPlan = (*requestAgreementAction)(nil)
)

// NewRequestCustomerAgreementAction asks a person at a customer to accept the Microsoft Customer Agreement.
func NewRequestCustomerAgreementAction() action.Action { return &requestAgreementAction{} }

type requestAgreementAction struct{ framework.Action }

type requestAgreementModel struct {
	CustomerID  types.String `tfsdk:"customer_id"`
	Country     types.String `tfsdk:"country"`
	Language    types.String `tfsdk:"language"`
	CompanyName types.String `tfsdk:"company_name"`
	FirstName   types.String `tfsdk:"signatory_first_name"`
	LastName    types.String `tfsdk:"signatory_last_name"`
	More        types.Map    `tfsdk:"additional_properties"`
}

func (a *requestAgreementAction) Metadata(_ context.Context, req action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_request_customer_agreement"
}

func (a *requestAgreementAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	given := func(description string) schema.StringAttribute {
		return schema.StringAttribute{Required: true, Validators: []validator.String{stringvalidator.LengthAtLeast(1)}, MarkdownDescription: description}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Asks a person at a customer to accept the Microsoft Customer Agreement: makes an attestation at Partner Center and shows the link to the page where that person reads and accepts. " +
			"It accepts nothing, and does not wait for the person; `partnercenter_customer_agreements` shows what came of it.\n\n" +
			"For applications only, in the worldwide cloud. Microsoft documents neither the name under which the signatory's e-mail address is sent nor how an accepted attestation is read: " +
			"give the former in `additional_properties`.\n\nActions need Terraform 1.14.",
		Attributes: map[string]schema.Attribute{
			"customer_id": schema.StringAttribute{
				Required: true, Validators: []validator.String{framework.GUID("a customer ID")},
				MarkdownDescription: "Customer that the agreement is with. It is not sent; `allowed_customer_ids` holds for it.",
			},
			"country": schema.StringAttribute{
				Required: true, Validators: []validator.String{framework.CountryInAnyCase()}, MarkdownDescription: "Country of the customer, ISO 3166 alpha-2.",
			},
			"language":             given("Language of the page, such as `de-DE`."),
			"company_name":         given("Name of the customer's company."),
			"signatory_first_name": given("First name of the person who is to accept."),
			"signatory_last_name":  given("Last name of that person."),
			"additional_properties": schema.MapAttribute{
				Optional: true, ElementType: types.StringType,
				MarkdownDescription: "Further properties of the request by their name at Partner Center, such as the e-mail address and the telephone number of the person.",
			},
		},
	}
}

func (a *requestAgreementAction) ModifyPlan(_ context.Context, _ action.ModifyPlanRequest, resp *action.ModifyPlanResponse) {
	if a.Provider != nil && a.Client.SpeaksForUser() {
		resp.Diagnostics.AddError("Application needed", "Partner Center lets only an application make attestations, and a user is signed in. Sign in without refresh_token for this action, in a provider block of its own.")
	}
}

func (a *requestAgreementAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var config requestAgreementModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	more := map[string]string{}
	if !config.More.IsNull() && !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(config.More.ElementsAs(ctx, &more, false)...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	got, err := a.Client.RequestCustomerAgreement(ctx, config.CustomerID.ValueString(), partnercenter.AttestationRequest{
		Country: config.Country.ValueString(), Language: config.Language.ValueString(), CompanyName: config.CompanyName.ValueString(),
		FirstName: config.FirstName.ValueString(), LastName: config.LastName.ValueString(), More: more,
	})
	if framework.Failed(&resp.Diagnostics, "request customer agreement", err) {
		return
	}
	resp.SendProgress(action.InvokeProgressEvent{Message: fmt.Sprintf("%s %s can read and accept the Microsoft Customer Agreement at %s (attestation %s).",
		config.FirstName.ValueString(), config.LastName.ValueString(), got.Link, got.ID)})
}
