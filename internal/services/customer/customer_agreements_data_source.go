// SPDX-License-Identifier: MPL-2.0

package customer

import (
	"context"
	"slices"
	"strings"

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
	CustomerID         types.String      `tfsdk:"customer_id"`
	Accepted           types.Bool        `tfsdk:"accepted"`
	IsSigned           types.Bool        `tfsdk:"is_signed"`
	TooOld             types.Bool        `tfsdk:"too_old"`
	AcceptedOn         timetypes.RFC3339 `tfsdk:"accepted_on"`
	AcceptedBy         types.String      `tfsdk:"accepted_by"`
	CustomerAgreements []agreementModel  `tfsdk:"customer_agreements"`
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
		MarkdownDescription: "Whether a customer has accepted the Microsoft Customer Agreement, without which nothing can be bought for it or changed. Needs App+User sign-in. " +
			"Only a person at the customer can accept: in the Microsoft 365 admin center, or on the page that the action `partnercenter_request_customer_agreement` gives.",
		Attributes: map[string]schema.Attribute{
			"customer_id": schema.StringAttribute{
				Required: true, Validators: []validator.String{framework.GUID("a customer ID")}, MarkdownDescription: "Customer to ask about.",
			},
			"accepted": framework.ShownFlag("Whether the customer has accepted the agreement in a way that counts: directly, or confirmed by the partner and no earlier than 1 April 2023. " +
				"Without, Partner Center refuses purchases and changes of quantity, term and billing cycle with code 13605."),
			"too_old":     framework.ShownFlag("Whether there is only an acceptance of before 1 April 2023, which no longer counts."),
			"accepted_on": framework.ShownTime("When the latest acceptance was that the partner has confirmed. Of a direct one Partner Center does not say."),
			"accepted_by": framework.ShownText("Who accepted it then, first and last name."),
			"is_signed":   framework.ShownFlag("Whether the customer has accepted the agreement directly, in the Microsoft 365 admin center."),
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
	config.IsSigned = types.BoolValue(signed)
	config.summarize(signed, got)
	config.CustomerAgreements = framework.Each(got, agreementFromAPI)
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}

// summarize says what counts today.
func (m *agreementsModel) summarize(signed bool, all []partnercenter.CustomerAgreement) {
	m.Accepted, m.TooOld = types.BoolValue(signed), types.BoolValue(false)
	m.AcceptedOn, m.AcceptedBy = timetypes.NewRFC3339Null(), types.StringNull()
	if len(all) == 0 {
		return
	}
	latest := slices.MaxFunc(all, func(a, b partnercenter.CustomerAgreement) int { return a.DateAgreed.Compare(b.DateAgreed.Time) })
	m.AcceptedOn = framework.Time(latest.DateAgreed)
	m.AcceptedBy = framework.String(strings.TrimSpace(latest.PrimaryContact.FirstName + " " + latest.PrimaryContact.LastName))
	m.Accepted = types.BoolValue(signed || latest.Counts())
	m.TooOld = types.BoolValue(!m.Accepted.ValueBool())
}
