// SPDX-License-Identifier: MPL-2.0

// Package framework holds what the services share: configuring, diagnostics, values, import. A helper lives here once a second
// service needs it.
package framework

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/purchase"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Provider is what the configured provider hands to everything it offers.
type Provider struct {
	Client *partnercenter.Client
	Ledger *spending.Ledger
	Claims *spending.Claims
	Owners *spending.Owners
	Quotes *purchase.Quotes
	Audits *Audits

	QuotePrices       bool // plan may make carts to learn prices
	RequirePriceLimit bool // no purchase without price_limit
	DriftAttribution  bool // a read that finds a difference asks who made it
}

// Buyer makes purchases on behalf of the configured provider.
func (p *Provider) Buyer() purchase.Buyer {
	return purchase.Buyer{Client: p.Client, Ledger: p.Ledger, Claims: p.Claims, Quotes: p.Quotes}
}

// Resource is embedded by every resource and brings the configured client.
type Resource struct{ *Provider }

// DataSource is embedded by every data source and brings the configured client.
type DataSource struct{ *Provider }

// EphemeralResource is embedded by every ephemeral resource and brings the configured client.
type EphemeralResource struct{ *Provider }

// Action is embedded by every action and brings the configured client.
type Action struct{ *Provider }

// Configure implements resource.ResourceWithConfigure.
func (r *Resource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.Provider = configured(req.ProviderData, &resp.Diagnostics)
}

// Configure implements datasource.DataSourceWithConfigure.
func (d *DataSource) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.Provider = configured(req.ProviderData, &resp.Diagnostics)
}

// Configure implements ephemeral.EphemeralResourceWithConfigure.
func (e *EphemeralResource) Configure(_ context.Context, req ephemeral.ConfigureRequest, resp *ephemeral.ConfigureResponse) {
	e.Provider = configured(req.ProviderData, &resp.Diagnostics)
}

// Configure implements action.ActionWithConfigure.
func (a *Action) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	a.Provider = configured(req.ProviderData, &resp.Diagnostics)
}

// configured is nil while Terraform only validates: the provider has not been configured then.
func configured(data any, diags *diag.Diagnostics) *Provider {
	if data == nil {
		return nil
	}
	p, ok := data.(*Provider)
	if !ok {
		diags.AddError("Cannot configure the provider", fmt.Sprintf("The provider handed over %T. Please report this as a bug.", data))
	}
	return p
}
