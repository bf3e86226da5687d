// SPDX-License-Identifier: MPL-2.0

package customer

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
)

var _ datasource.DataSourceWithConfigure = (*customerDataSource)(nil)

// NewCustomerDataSource reads one customer.
func NewCustomerDataSource() datasource.DataSource { return &customerDataSource{} }

type customerDataSource struct{ framework.DataSource }

func (d *customerDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_customer"
}

func (d *customerDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := listed()
	attributes["id"] = schema.StringAttribute{
		Required: true, Validators: []validator.String{framework.GUID("a customer ID")},
		MarkdownDescription: "Customer to read: its tenant id, which Partner Center shows as \"Microsoft ID\".",
	}
	attributes["country"] = text("Country of the customer, ISO 3166 alpha-2: it decides what can be bought, and in which currency.")
	attributes["commerce_id"] = text("Internal commerce account.")
	attributes["organization_registration_number"] = text("Registration number, in countries that ask for one.")
	attributes["allow_delegated_access"] = schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether the partner has delegated administration rights."}
	attributes["associated_partner_id"] = text("Tenant id of the indirect reseller of the customer; not its PartnerID.")
	attributes["custom_domains"] = schema.ListAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: "Domains, where delegated access allows to see them."}
	attributes["billing_profile"] = billingProfile()
	resp.Schema = schema.Schema{MarkdownDescription: "One customer of the partner.", Attributes: attributes}
}

func billingProfile() schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{
		Computed: true, MarkdownDescription: "Who and where the customer is on invoices.",
		Attributes: map[string]schema.Attribute{
			"company_name": text("Company."), "first_name": text("First name of the contact."), "last_name": text("Last name of the contact."),
			"email":   schema.StringAttribute{Computed: true, Sensitive: true, MarkdownDescription: "E-mail address of the contact."},
			"culture": text("Culture such as `de-DE`."), "language": text("Language such as `de`."),
			"default_address": schema.SingleNestedAttribute{
				Computed: true, MarkdownDescription: "Address.",
				Attributes: map[string]schema.Attribute{
					"country": text("ISO 3166 alpha-2."), "region": text("Region."), "city": text("City."), "state": text("State."),
					"address_line1": text("First line."), "address_line2": text("Second line."), "postal_code": text("Postal code."),
				},
			},
		},
	}
}

func (d *customerDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config customerDetailModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	got, err := d.Client.Customer(ctx, config.ID.ValueString())
	if framework.Failed(&resp.Diagnostics, "read customer", err) {
		return
	}
	id := config.ID // as written: Partner Center may spell it in another case
	config.fromAPI(got)
	config.ID = id
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}
