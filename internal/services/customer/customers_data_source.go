// SPDX-License-Identifier: MPL-2.0

package customer

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

var _ datasource.DataSourceWithConfigure = (*customersDataSource)(nil)

// NewCustomersDataSource lists the customers of the partner.
func NewCustomersDataSource() datasource.DataSource { return &customersDataSource{} }

type customersDataSource struct{ framework.DataSource }

type customersModel struct {
	CompanyNamePrefix  types.String    `tfsdk:"company_name_prefix"`
	DomainPrefix       types.String    `tfsdk:"domain_prefix"`
	IndirectResellerID types.String    `tfsdk:"indirect_reseller_id"`
	Customers          []customerModel `tfsdk:"customers"`
}

func (d *customersDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_customers"
}

func (d *customersDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	others := []path.Expression{path.MatchRoot("company_name_prefix"), path.MatchRoot("domain_prefix"), path.MatchRoot("indirect_reseller_id")}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Customers of the partner: all of them, or those that one filter finds.",
		Attributes: map[string]schema.Attribute{
			"company_name_prefix": schema.StringAttribute{
				Optional: true, Validators: []validator.String{stringvalidator.LengthAtLeast(1), stringvalidator.ConflictsWith(others...)},
				MarkdownDescription: "Only customers whose company name begins with this, in any case.",
			},
			"domain_prefix": schema.StringAttribute{
				Optional: true, Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
				MarkdownDescription: "Only customers whose domain begins with this, in any case.",
			},
			"indirect_reseller_id": schema.StringAttribute{
				Optional: true, Validators: []validator.String{framework.GUID("the tenant ID of an indirect reseller"), stringvalidator.ConflictsWith(path.MatchRoot("domain_prefix"))},
				MarkdownDescription: "Only customers of this indirect reseller: its tenant id, a GUID, not its PartnerID. Needs App+User sign-in.",
			},
			"customers": schema.ListNestedAttribute{
				Computed: true, MarkdownDescription: "What was found. Country and addresses come with data source `partnercenter_customer` only.",
				NestedObject: schema.NestedAttributeObject{Attributes: listed()},
			},
		},
	}
}

func listed() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":                      text("Tenant id of the customer, which Partner Center shows as \"Microsoft ID\"."),
		"company_name":            text("Company name."),
		"domain":                  text("Domain of the customer's tenant."),
		"relationship_to_partner": text("`reseller`, `advisor`, `none` and so on."),
	}
}

func text(description string) schema.StringAttribute {
	return schema.StringAttribute{Computed: true, MarkdownDescription: description}
}

func (d *customersDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config customersModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	got, err := d.Client.Customers(ctx, partnercenter.CustomersQuery{
		CompanyNamePrefix: config.CompanyNamePrefix.ValueString(), DomainPrefix: config.DomainPrefix.ValueString(),
		IndirectResellerID: config.IndirectResellerID.ValueString(),
	})
	if framework.Failed(&resp.Diagnostics, "list customers", err) {
		return
	}
	config.Customers = make([]customerModel, len(got))
	for i := range got {
		config.Customers[i].fromAPI(&got[i])
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}
