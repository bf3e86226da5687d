// SPDX-License-Identifier: MPL-2.0

// Package provider wires the provider together: its configuration, and the one list of everything it offers.
package provider

import (
	"context"
	"sync/atomic"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/audit"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/cart"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/customer"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/invoice"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/licenses"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/lifecycle"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/order"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/reseller"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/subscription"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/subscriptiondata"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/settings"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/signin"
)

// Address is the provider's source address, as it stands in required_providers.
const Address = "registry.terraform.io/partnercenter-community/partnercenter"

// TypeName is the prefix of every resource and data source.
const TypeName = "partnercenter"

type partnerCenter struct {
	version    string
	overrides  []Override
	configured atomic.Pointer[framework.Provider] // as Terraform has configured it last
}

// Override changes what was read from the configuration, for what is no configuration, such as the clock.
type Override func(client *partnercenter.Options, signIn *signin.Options)

// New returns the constructor that providerserver wants.
func New(version, commit string, overrides ...Override) func() provider.Provider {
	return func() provider.Provider { return newProvider(version, commit, overrides) }
}

func newProvider(version, commit string, overrides []Override) *partnerCenter {
	if commit != "" {
		version += "+" + commit
	}
	return &partnerCenter{version: version, overrides: overrides}
}

func (p *partnerCenter) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = TypeName
	resp.Version = p.version
}

func (p *partnerCenter) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{
		licenses.NewLicenseQuantityResource,
		cart.NewCartResource,
		customer.NewCustomerResource,
		subscription.NewSubscriptionResource,
	}
}

func (p *partnerCenter) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		audit.NewAuditRecordsDataSource,
		catalog.NewAvailabilitiesDataSource,
		catalog.NewMarginsDataSource,
		catalog.NewProductDataSource,
		catalog.NewProductsDataSource,
		catalog.NewPromotionsDataSource,
		catalog.NewQuoteDataSource,
		catalog.NewSkuDataSource,
		catalog.NewSkusDataSource,
		customer.NewAssignedSeatsDataSource,
		customer.NewCustomerAgreementsDataSource,
		customer.NewCustomerDataSource,
		customer.NewCustomersDataSource,
		customer.NewRelationshipRequestDataSource,
		invoice.NewInvoiceDataSource,
		invoice.NewInvoiceLineItemsDataSource,
		invoice.NewInvoicesDataSource,
		order.NewOrderDataSource,
		order.NewOrdersDataSource,
		reseller.NewIndirectResellersDataSource,
		reseller.NewMPNProfileDataSource,
		subscriptiondata.NewActivationLinksDataSource,
		subscriptiondata.NewSubscriptionDataSource,
		subscriptiondata.NewSubscriptionsDataSource,
		subscriptiondata.NewTermEndDatesDataSource,
		subscriptiondata.NewTransitionEligibilitiesDataSource,
	}
}

func (p *partnerCenter) Functions(context.Context) []func() function.Function {
	return []func() function.Function{
		catalog.NewCatalogItemIDFunction,
		catalog.NewParseCatalogItemIDFunction,
		subscriptiondata.NewParseSubscriptionIDFunction,
	}
}

func (p *partnerCenter) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{
		subscriptiondata.NewActivationLinksEphemeralResource,
	}
}

func (p *partnerCenter) ListResources(context.Context) []func() list.ListResource {
	return []func() list.ListResource{
		licenses.NewLicenseQuantityListResource,
		subscription.NewSubscriptionListResource,
	}
}

func (p *partnerCenter) Actions(context.Context) []func() action.Action {
	return []func() action.Action{
		lifecycle.NewActivateSubscriptionAction,
		lifecycle.NewCancelSubscriptionAction,
		lifecycle.NewReactivateSubscriptionAction,
		lifecycle.NewSuspendSubscriptionAction,
		lifecycle.NewTransitionSubscriptionAction,
		customer.NewRequestCustomerAgreementAction,
	}
}

func (p *partnerCenter) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var config providerModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	options, signIn, configured := config.read(p.version, req.TerraformVersion, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	for _, override := range p.overrides {
		override(&options, &signIn)
	}
	client, err := settings.Connect(options, signIn)
	if optionFailed(&resp.Diagnostics, err) {
		return
	}
	configured.Client = client
	p.configured.Store(configured)
	resp.ResourceData, resp.DataSourceData, resp.EphemeralResourceData = configured, configured, configured
	resp.ListResourceData, resp.ActionData = configured, configured
}
