// SPDX-License-Identifier: MPL-2.0

package subscriptiondata

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/ephemeralvalidator"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
)

var (
	_ ephemeral.EphemeralResourceWithConfigure        = (*activationLinksEphemeralResource)(nil)
	_ ephemeral.EphemeralResourceWithConfigValidators = (*activationLinksEphemeralResource)(nil)
)

// NewActivationLinksEphemeralResource reads the publisher's links without a trace in state and plan.
func NewActivationLinksEphemeralResource() ephemeral.EphemeralResource {
	return &activationLinksEphemeralResource{}
}

type activationLinksEphemeralResource struct{ framework.EphemeralResource }

func (e *activationLinksEphemeralResource) Metadata(_ context.Context, req ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_activation_links"
}

func (e *activationLinksEphemeralResource) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: aboutActivationLinks + "\n\nAs an ephemeral resource (Terraform 1.10, OpenTofu 1.11) they are in neither state nor plan, and can be handed to write-only attributes, provisioners and other providers.",
		Attributes: map[string]schema.Attribute{
			"customer_id":            schema.StringAttribute{Required: true, Validators: []validator.String{framework.GUID("a customer ID")}, MarkdownDescription: aboutLinkCustomer},
			"subscription_id":        schema.StringAttribute{Optional: true, Validators: linkSubscriptionValidators, MarkdownDescription: aboutLinkSubscription},
			"order_id":               schema.StringAttribute{Optional: true, Validators: linkOrderValidators, MarkdownDescription: aboutLinkOrder},
			"order_line_item_number": schema.Int64Attribute{Optional: true, Validators: linkLineValidators, MarkdownDescription: aboutLinkLine},
			"activation_links": schema.ListNestedAttribute{
				Computed: true, Sensitive: true, MarkdownDescription: aboutLinks,
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"line_item_number": schema.Int64Attribute{Computed: true, MarkdownDescription: aboutLinkNumber},
					"uri":              schema.StringAttribute{Computed: true, Sensitive: true, MarkdownDescription: aboutLinkURI},
				}},
			},
		},
	}
}

func (e *activationLinksEphemeralResource) ConfigValidators(context.Context) []ephemeral.ConfigValidator {
	return []ephemeral.ConfigValidator{ephemeralvalidator.ExactlyOneOf(linkPlaces...)}
}

func (e *activationLinksEphemeralResource) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	var config activationLinksModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() || framework.Failed(&resp.Diagnostics, "read activation links", config.read(ctx, e.Client)) {
		return
	}
	resp.Diagnostics.Append(resp.Result.Set(ctx, &config)...)
}
