// SPDX-License-Identifier: MPL-2.0

package reseller

import (
	"context"
	"errors"
	"net/http"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

var _ datasource.DataSourceWithConfigure = (*mpnProfileDataSource)(nil)

// NewMPNProfileDataSource reads who stands behind a PartnerID.
func NewMPNProfileDataSource() datasource.DataSource { return &mpnProfileDataSource{} }

type mpnProfileDataSource struct{ framework.DataSource }

type mpnProfileModel struct {
	MPNID             types.String `tfsdk:"mpn_id"`
	PartnerName       types.String `tfsdk:"partner_name"`
	IsAgreementSigned types.Bool   `tfsdk:"is_agreement_signed"`
}

func (d *mpnProfileDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_mpn_profile"
}

func (d *mpnProfileDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Who stands behind a PartnerID (formerly MPN ID). Needs App+User sign-in.",
		Attributes: map[string]schema.Attribute{
			"mpn_id": schema.StringAttribute{
				Optional: true, Computed: true, Validators: []validator.String{framework.PartnerID()}, MarkdownDescription: "PartnerID to look up. Left out, it is the partner's own.",
			},
			"partner_name": framework.ShownText("Name of the partner; Partner Center does not say it of the partner's own profile unless `mpn_id` is given."),
			"is_agreement_signed": framework.ShownFlag("Whether it is an indirect reseller that has signed the Microsoft Partner Agreement, without which it cannot be partner on record. " +
				"Absent where Partner Center does not say, as of a partner that is no indirect reseller."),
		},
	}
}

func (d *mpnProfileDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config mpnProfileModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	got, err := d.Client.MPNProfile(ctx, config.MPNID.ValueString())
	if framework.FailedAttribute(&resp.Diagnostics, path.Root("mpn_id"), "read partner profile", err) {
		return
	}
	if !config.MPNID.IsNull() {
		config.IsAgreementSigned, err = d.signed(ctx, config.MPNID.ValueString())
		if framework.Failed(&resp.Diagnostics, "read agreement status of reseller", err) {
			return
		}
	}
	config.MPNID, config.PartnerName = framework.String(string(got.MPNID)), framework.String(got.PartnerName)
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}

// signed is null for a partner that Partner Center does not answer for: it is in another region, no reseller, or the asking partner
// sells directly. See reference/customers-and-billing.md#reseller-agreement-status.
func (d *mpnProfileDataSource) signed(ctx context.Context, mpnID string) (types.Bool, error) {
	signed, err := d.Client.ResellerAgreementStatus(ctx, mpnID)
	var refused *partnercenter.Error
	switch {
	case err == nil:
		return types.BoolValue(signed), nil
	case partnercenter.HasCode(err, "2203", "2206"):
		return types.BoolValue(false), nil
	case errors.As(err, &refused) && (refused.StatusCode == http.StatusBadRequest || refused.StatusCode == http.StatusForbidden):
		return types.BoolNull(), nil
	}
	return types.BoolNull(), err
}
