// SPDX-License-Identifier: MPL-2.0

package customer

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

var _ datasource.DataSourceWithConfigure = (*assignedSeatsDataSource)(nil)

// NewAssignedSeatsDataSource reads how many seats a customer's tenant has bought and assigned.
func NewAssignedSeatsDataSource() datasource.DataSource { return &assignedSeatsDataSource{} }

type assignedSeatsDataSource struct{ framework.DataSource }

type assignedSeatsModel struct {
	CustomerID    types.String         `tfsdk:"customer_id"`
	AssignedSeats []subscribedSkuModel `tfsdk:"assigned_seats"`
}

type subscribedSkuModel struct {
	ID               types.String       `tfsdk:"id"`
	Name             types.String       `tfsdk:"name"`
	SkuPartNumber    types.String       `tfsdk:"sku_part_number"`
	LicenseGroupID   types.String       `tfsdk:"license_group_id"`
	TargetType       types.String       `tfsdk:"target_type"`
	CapabilityStatus types.String       `tfsdk:"capability_status"`
	ActiveUnits      types.Int64        `tfsdk:"active_units"`
	ConsumedUnits    types.Int64        `tfsdk:"consumed_units"`
	AvailableUnits   types.Int64        `tfsdk:"available_units"`
	SuspendedUnits   types.Int64        `tfsdk:"suspended_units"`
	WarningUnits     types.Int64        `tfsdk:"warning_units"`
	TotalUnits       types.Int64        `tfsdk:"total_units"`
	ServicePlans     []servicePlanModel `tfsdk:"service_plans"`
}

type servicePlanModel struct {
	ID               types.String `tfsdk:"id"`
	DisplayName      types.String `tfsdk:"display_name"`
	ServiceName      types.String `tfsdk:"service_name"`
	CapabilityStatus types.String `tfsdk:"capability_status"`
	TargetType       types.String `tfsdk:"target_type"`
}

func (d *assignedSeatsDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_assigned_seats"
}

func (d *assignedSeatsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Seats of Microsoft's products in a customer's tenant: bought, assigned to users, and free. " +
			"**The numbers are those of the whole tenant**: of all subscriptions of a product, those that other partners sold or the customer bought directly too. " +
			"They are not the `quantity` of a subscription, and Partner Center does not say which product of its catalog an entry is: compare, but do not compute a `quantity` from them. " +
			"Software of other publishers is not among them: only its publisher knows who uses it. " +
			"Needs App+User sign-in, by a user who may read the tenant: Directory Reader, Global Reader, User Administrator or License Administrator through GDAP.",
		Attributes: map[string]schema.Attribute{
			"customer_id": schema.StringAttribute{
				Required: true, Validators: []validator.String{framework.GUID("a customer ID")}, MarkdownDescription: "Customer to ask about.",
			},
			"assigned_seats": framework.ShownObjects("Microsoft's products in the tenant.", subscribedSkuAttributes()),
		},
	}
}

func subscribedSkuAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":                framework.ShownText("Id of the product in the tenant, a GUID, as Microsoft Entra and Microsoft Graph have it. The catalog has another one."),
		"name":              framework.ShownText("Name of the product."),
		"sku_part_number":   framework.ShownText("Short name of the product, such as `ENTERPRISEPACK`."),
		"license_group_id":  framework.ShownText("`group1` for what Entra manages, `group2` for Minecraft."),
		"target_type":       framework.ShownText("To whom it is assigned, such as `User`."),
		"capability_status": framework.ShownText("`Enabled`, `Warning`, `Suspended`, or another state in Partner Center's words."),
		"active_units":      framework.ShownNumber("Seats that are paid for and active in the tenant, from any seller."),
		"consumed_units":    framework.ShownNumber("Seats that are assigned in the tenant."),
		"available_units":   framework.ShownNumber("Seats that are not assigned; below zero where more are assigned than there are, as after a decrease."),
		"suspended_units":   framework.ShownNumber("Seats of suspended subscriptions."),
		"warning_units":     framework.ShownNumber("Seats of subscriptions that have ended and are in their time of grace."),
		"total_units":       framework.ShownNumber("Active seats and those in their time of grace."),
		"service_plans": framework.ShownObjects("Services that the product holds.", map[string]schema.Attribute{
			"id": framework.ShownText("Id of the service, a GUID."), "display_name": framework.ShownText("Name."), "service_name": framework.ShownText("Short name."),
			"capability_status": framework.ShownText("State of the service, as that of the product."), "target_type": framework.ShownText("To whom it is assigned."),
		}),
	}
}

func (d *assignedSeatsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config assignedSeatsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	got, err := d.Client.SubscribedSkus(ctx, config.CustomerID.ValueString())
	if framework.Failed(&resp.Diagnostics, "list subscribed SKUs", err) {
		return
	}
	config.AssignedSeats = framework.Each(got, subscribedSkuFromAPI)
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
}

func subscribedSkuFromAPI(s *partnercenter.SubscribedSku) subscribedSkuModel {
	units := func(n partnercenter.Int) types.Int64 { return types.Int64Value(int64(n)) }
	return subscribedSkuModel{
		ID: framework.String(s.ProductSku.ID), Name: framework.String(s.ProductSku.Name), SkuPartNumber: framework.String(s.ProductSku.SkuPartNumber),
		LicenseGroupID: framework.String(s.ProductSku.LicenseGroupID), TargetType: framework.String(s.ProductSku.TargetType),
		CapabilityStatus: framework.String(s.CapabilityStatus), ActiveUnits: units(s.ActiveUnits), ConsumedUnits: units(s.ConsumedUnits),
		AvailableUnits: units(s.AvailableUnits), SuspendedUnits: units(s.SuspendedUnits), WarningUnits: units(s.WarningUnits), TotalUnits: units(s.TotalUnits),
		ServicePlans: framework.Each(s.ServicePlans, func(p *partnercenter.LicenseServicePlan) servicePlanModel {
			return servicePlanModel{framework.String(p.ID), framework.String(p.DisplayName), framework.String(p.ServiceName), framework.String(p.CapabilityStatus), framework.String(p.TargetType)}
		}),
	}
}
