// SPDX-License-Identifier: MPL-2.0

package customer

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

var _ datasource.DataSourceWithConfigure = (*agreementsDataSource)(nil)

// NewCustomerAgreementsDataSource reads whether a customer has accepted the Microsoft Customer Agreement.
func NewCustomerAgreementsDataSource() datasource.DataSource { return &agreementsDataSource{} }

type agreementsDataSource struct{ framework.DataSource }

type agreementsModel struct {
	CustomerID         types.String     `tfsdk:"customer_id"`
	Accepted           types.Bool       `tfsdk:"accepted"`
	IsSigned           types.Bool       `tfsdk:"is_signed"`
	CustomerAgreements []agreementModel `tfsdk:"customer_agreements"`
}

type agreementModel struct {
	Type           types.String      `tfsdk:"type"`
	DateAgreed     timetypes.RFC3339 `tfsdk:"date_agreed"`
	TemplateID     types.String      `tfsdk:"template_id"`
	AgreementLink  types.String      `tfsdk:"agreement_link"`
	UserID         types.String      `tfsdk:"user_id"`
	PrimaryContact *contactModel     `tfsdk:"primary_contact"`
}

type contactModel struct {
	FirstName   types.String `tfsdk:"first_name"`
	MiddleName  types.String `tfsdk:"middle_name"`
	LastName    types.String `tfsdk:"last_name"`
	Email       types.String `tfsdk:"email"`
	PhoneNumber types.String `tfsdk:"phone_number"`
}

func agreementFromAPI(a *partnercenter.CustomerAgreement) agreementModel {
	contact := a.PrimaryContact
	return agreementModel{
		Type: framework.String(a.Type), DateAgreed: framework.Time(a.DateAgreed), TemplateID: framework.String(a.TemplateID),
		AgreementLink: framework.String(a.AgreementLink), UserID: framework.String(a.UserID),
		PrimaryContact: &contactModel{
			FirstName: framework.String(contact.FirstName), MiddleName: framework.String(contact.MiddleName), LastName: framework.String(contact.LastName),
			Email: framework.String(contact.Email), PhoneNumber: framework.String(contact.PhoneNumber),
		},
	}
}

func (d *agreementsDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_customer_agreements"
}

func (d *agreementsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Whether a customer has accepted the Microsoft Customer Agreement, without which nothing can be bought for it. Needs App+User sign-in.",
		Attributes: map[string]schema.Attribute{
			"customer_id": schema.StringAttribute{
				Required: true, Validators: []validator.String{framework.GUID("a customer id")}, MarkdownDescription: "Customer to ask about.",
			},
			"accepted":  framework.ShownFlag("Whether the customer has accepted the agreement in one way or the other: directly, or confirmed by the partner."),
			"is_signed": framework.ShownFlag("Whether the customer has accepted the agreement directly, in the Microsoft 365 admin center."),
			"customer_agreements": framework.ShownObjects("Acceptances that the partner has confirmed to Microsoft.", map[string]schema.Attribute{
				"type":           framework.ShownText("`MicrosoftCustomerAgreement`."),
				"date_agreed":    framework.ShownTime("When the customer accepted it."),
				"template_id":    framework.ShownText("Text that was accepted, a GUID."),
				"agreement_link": framework.ShownPrivate("Address where the text can be read."),
				"user_id":        framework.ShownText("Partner user who confirmed it, where Partner Center says so."),
				"primary_contact": framework.ShownObject("Who accepted it for the customer.", map[string]schema.Attribute{
					"first_name": text("First name."), "middle_name": text("Middle name."), "last_name": text("Last name."),
					"email": framework.ShownPrivate("E-mail address."), "phone_number": framework.ShownPrivate("Telephone number."),
				}),
			}),
		},
	}
}

func (d *agreementsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config agreementsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	got, err := d.Client.SharedCustomerAgreements(ctx, config.CustomerID.ValueString(), partnercenter.MicrosoftCustomerAgreement)
	if framework.Failed(&resp.Diagnostics, "list customer agreements", err) {
		return
	}
	signed, err := d.Client.SharedDirectSignedAgreementStatus(ctx, config.CustomerID.ValueString())
	if framework.Failed(&resp.Diagnostics, "read agreement signature", err) {
		return
	}
	config.Accepted, config.IsSigned = types.BoolValue(signed || len(got) > 0), types.BoolValue(signed)
	config.CustomerAgreements = framework.Each(got, agreementFromAPI)
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}
