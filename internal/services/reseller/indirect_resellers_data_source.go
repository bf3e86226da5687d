// SPDX-License-Identifier: MPL-2.0

// Package reseller is what people write in HCL about who may be partner on record.
package reseller

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

var _ datasource.DataSourceWithConfigure = (*indirectResellersDataSource)(nil)

// NewIndirectResellersDataSource lists the indirect resellers of an indirect provider.
func NewIndirectResellersDataSource() datasource.DataSource { return &indirectResellersDataSource{} }

type indirectResellersDataSource struct{ framework.DataSource }

type indirectResellersModel struct {
	CustomerID        types.String    `tfsdk:"customer_id"`
	Name              types.String    `tfsdk:"name"`
	Location          types.String    `tfsdk:"location"`
	IndirectResellers []resellerModel `tfsdk:"indirect_resellers"`
}

type resellerModel struct {
	ID               types.String `tfsdk:"id"`
	MPNID            types.String `tfsdk:"mpn_id"`
	Name             types.String `tfsdk:"name"`
	Location         types.String `tfsdk:"location"`
	State            types.String `tfsdk:"state"`
	RelationshipType types.String `tfsdk:"relationship_type"`
	IsValid          types.Bool   `tfsdk:"is_valid"`
	InvalidCode      types.String `tfsdk:"invalid_code"`
	InvalidReason    types.String `tfsdk:"invalid_reason"`
}

func resellerFromAPI(r *partnercenter.PartnerRelationship) resellerModel {
	return resellerModel{
		ID: framework.String(r.ID), MPNID: framework.String(string(r.MPNID)), Name: framework.String(r.Name), Location: framework.String(r.Location),
		State: framework.String(r.State), RelationshipType: framework.String(r.RelationshipType),
	}
}

func (d *indirectResellersDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_indirect_resellers"
}

func (d *indirectResellersDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Indirect resellers of the partner, or those of one customer: who may be `partner_id` of its subscriptions. For indirect providers; needs App+User sign-in.",
		Attributes: map[string]schema.Attribute{
			"customer_id": schema.StringAttribute{
				Optional: true, Validators: []validator.String{framework.GUID("a customer ID")}, MarkdownDescription: "Only resellers of this customer.",
			},
			"name": schema.StringAttribute{
				Optional: true, Validators: []validator.String{stringvalidator.LengthAtLeast(1)}, MarkdownDescription: "Only resellers with this in their name, in any case.",
			},
			"location": schema.StringAttribute{
				Optional: true, Validators: []validator.String{framework.CountryInAnyCase()}, MarkdownDescription: "Only resellers in this country, ISO 3166 alpha-2.",
			},
			"indirect_resellers": framework.ShownObjects("What was found.", map[string]schema.Attribute{
				"id":                framework.ShownText("Tenant ID of the reseller, which customers and the filter `indirect_reseller_id` of `partnercenter_customers` know it by."),
				"mpn_id":            framework.ShownText("PartnerID (formerly MPN ID) of the reseller, the `partner_id` of subscriptions."),
				"name":              framework.ShownText("Name of the reseller."),
				"location":          framework.ShownText("Country of the reseller, ISO 3166 alpha-2."),
				"state":             framework.ShownText("State of the relationship, such as `Active`."),
				"relationship_type": framework.ShownText("What the partner is to it: `is_indirect_cloud_solution_provider_of`."),
				"is_valid": framework.ShownFlag("Whether Partner Center takes it as `partner_id` of purchases and of changes of subscriptions; null where Partner Center does not say, " +
					"which the documentation leaves open for national clouds."),
				"invalid_code":   framework.ShownText("Code of Partner Center for why not, such as `900123`."),
				"invalid_reason": framework.ShownText("What to do about it."),
			}),
		},
	}
}

func (d *indirectResellersDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config indirectResellersModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	got, err := d.resellers(ctx, config.CustomerID)
	if framework.Failed(&resp.Diagnostics, "list indirect resellers", err) {
		return
	}
	got = slices.DeleteFunc(got, func(r partnercenter.PartnerRelationship) bool {
		return !strings.Contains(strings.ToLower(r.Name), strings.ToLower(config.Name.ValueString())) ||
			!config.Location.IsNull() && !strings.EqualFold(r.Location, config.Location.ValueString())
	})
	config.IndirectResellers = framework.Each(got, resellerFromAPI)
	d.validate(ctx, config.IndirectResellers)
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}

// resellers of a customer come without state and location, so they are looked up among all.
func (d *indirectResellersDataSource) resellers(ctx context.Context, customerID types.String) ([]partnercenter.PartnerRelationship, error) {
	if customerID.IsNull() {
		return d.Client.IndirectResellers(ctx)
	}
	found, err := d.Client.CustomerResellers(ctx, customerID.ValueString())
	if err != nil || len(found) == 0 {
		return found, err
	}
	all, err := d.Client.IndirectResellers(ctx)
	if err != nil {
		return nil, err
	}
	for i := range found {
		for _, known := range all {
			if strings.EqualFold(known.ID, found[i].ID) {
				found[i].State, found[i].Location = known.State, known.Location
			}
		}
	}
	return found, nil
}

// validate asks about all resellers in one call. Where Partner Center does not answer, the list is as good without.
func (d *indirectResellersDataSource) validate(ctx context.Context, all []resellerModel) {
	var ids []string
	for _, r := range all {
		if id := r.MPNID.ValueString(); id != "" {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return
	}
	results, err := d.Client.ValidateResellers(ctx, ids)
	if err != nil {
		tflog.Warn(ctx, "resellers could not be validated", map[string]any{"error": err.Error()})
		return
	}
	for i := range all {
		for _, v := range results {
			if string(v.PartnerID) == all[i].MPNID.ValueString() {
				all[i].validated(v)
			}
		}
	}
}

func (m *resellerModel) validated(v partnercenter.ResellerValidation) {
	m.IsValid = types.BoolValue(v.IsValid)
	if v.IsValid {
		return
	}
	m.InvalidCode, m.InvalidReason = framework.String(string(v.ErrorCode)), framework.String(cmp.Or(v.Remedy(), v.ErrorDescription))
}
