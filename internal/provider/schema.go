// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/settings"
)

func (p *partnerCenter) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Buys, changes and stops license-based subscriptions of a Cloud Solution Provider's customers through the Microsoft Partner Center API: " +
			"commercial marketplace SaaS and new-commerce licenses.\n\n" +
			"An attribute that is left out is read from the environment: the first variable that is set, of those that its description names.\n\n" + settings.AboutRestrictions + "\n\n" + settings.AboutSignIn,
		Attributes: map[string]schema.Attribute{
			"tenant_id": schema.StringAttribute{
				Optional:            true,
				Validators:          []validator.String{tenant},
				MarkdownDescription: "Tenant of the partner, as a GUID or a domain name. " + env("tenant_id"),
			},
			"client_id": schema.StringAttribute{
				Optional:            true,
				Validators:          []validator.String{framework.GUID("client_id")},
				MarkdownDescription: "Application registered in the partner's tenant and added in Partner Center under App management. " + env("client_id"),
			},
			"client_secret": secret("Secret of the application, for app-only sign-in.", "client_secret"),
			"client_certificate_path": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "File with the application's certificate and private key, PEM or PFX, for app-only sign-in. " + env("client_certificate_path"),
			},
			"client_certificate":          secret("The certificate and private key themselves, base64-encoded PEM or PFX.", "client_certificate"),
			"client_certificate_password": secret("Password of the certificate, where it has one.", "client_certificate_password"),
			"use_oidc": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Sign in with a federated identity: a token of GitHub Actions, Azure DevOps, HCP Terraform or another issuer the application trusts. " + env("use_oidc"),
			},
			"oidc_token": secret("The federated token itself.", "oidc_token"),
			"oidc_token_file_path": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "File with the federated token; read again whenever a token is needed. " + env("oidc_token_file_path"),
			},
			"oidc_request_url": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Address that issues the federated token, in GitHub Actions or Azure DevOps. " + env("oidc_request_url"),
			},
			"oidc_request_token": secret("Bearer token for `oidc_request_url`.", "oidc_request_token"),
			"oidc_azure_service_connection_id": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Azure DevOps service connection that the federated token is asked for. " + env("oidc_azure_service_connection_id"),
			},
			"use_msi": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Sign in with the managed identity of the machine. " + env("use_msi"),
			},
			"use_cli": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Sign in as the account of the Azure CLI (`az login`). " + env("use_cli"),
			},
			"refresh_token": secret("Refresh token of a partner user who signed in with MFA (App+User, the Secure Application Model), for the operations that need a user.", "refresh_token"),
			"access_token":  secret("An access token that something else obtained, used as it is until it expires.", "access_token"),
			"environment": schema.StringAttribute{
				Optional:            true,
				Validators:          []validator.String{stringvalidator.OneOf(environments...)},
				MarkdownDescription: "Cloud of the partner: `global` (default), `usgovernment` or `china`. What the environment says cannot be replaced here. " + env("environment"),
			},
			"endpoint": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Address of the Partner Center API, instead of the cloud's; plain `http` on loopback addresses only. For the emulator. What the environment says cannot be replaced here. " + env("endpoint"),
			},
			"authority_host": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Address of the identity authority, instead of the cloud's; plain `http` on loopback addresses only. For the emulator. What the environment says cannot be replaced here. " + env("authority_host"),
			},
			"read_only": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Refuse every write before it leaves the machine: for jobs that only plan or look for drift. `true` here or in the environment is enough. " + env("read_only"),
			},
			"allowed_customer_ids": schema.ListAttribute{
				Optional:    true,
				ElementType: types.StringType,
				Validators: []validator.List{
					listvalidator.SizeAtLeast(1),
					listvalidator.ValueStringsAre(framework.GUID("a customer ID")),
				},
				MarkdownDescription: "The only customers that may be written to; writes to any other are refused before they leave the machine. All, if left out. " +
					"`PARTNERCENTER_PIN_ALLOWED_CUSTOMER_IDS`, IDs with commas between them, leaves only those that both name.",
			},
			"spending_limit": schema.SingleNestedAttribute{
				Optional: true,
				MarkdownDescription: "Most that all purchases of one run may add up to, each counted for its whole term before tax: subscriptions, licenses added to them, longer terms and transitions, the last three as if they were bought today. " +
					"What has no known price is refused. What is scheduled for a renewal does not count. Each provider block counts by itself. " +
					"`PARTNERCENTER_PIN_SPENDING_LIMIT`, such as `5000.00 EUR`, is another limit; the lower one counts.",
				Attributes: map[string]schema.Attribute{
					"amount": schema.StringAttribute{
						Required:            true,
						Validators:          []validator.String{framework.Decimals("amount")},
						MarkdownDescription: "The amount, a decimal number in quotes such as `\"5000.00\"`.",
					},
					"currency": schema.StringAttribute{
						Required:            true,
						Validators:          []validator.String{framework.Currency()},
						MarkdownDescription: "Its currency, ISO 4217 such as `EUR`. A purchase priced in another one is refused.",
					},
				},
			},
			"quote_prices": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Whether `plan` creates a cart for each purchase it proposes, and for each change that buys licenses or a longer term, to plan its price (`commitment`), which then binds; and one to say what `end_of_term = \"extend\"`, more licenses by `partnercenter_license_quantity` and a transition cost. Default `true`. A cart commits to nothing and expires by itself; it is the only write " +
					"that `read_only` lets through, and only when this is set to `true` explicitly: in the environment, where it is the environment that says `read_only`. `false` here or there is enough. " + env("quote_prices"),
			},
			"require_price_limit": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Refuse a purchase without `price_limit`, and say the block to write, filled in with the present price. Default `false`; `true` here or in the environment is enough. " + env("require_price_limit"),
			},
			"partner_on_record_attested": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "What you state to Microsoft with every cart: that the partner on record is the one that `partner_id` names, or you where it names none. Indirect providers have to state it, for others it means nothing. Default `true`. " +
					"With `false` it is stated only where `partner_id` is set, and Partner Center may refuse other purchases (900206); `false` here or in the environment is enough. " + env("partner_on_record_attested"),
			},
			"drift_attribution": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Whether a difference found by a refresh is looked up in the audit records, to say who made it: at most one request for each customer and run. Default `true`; it never fails a run. " +
					"Where plans become public comments, set `false`, here or in the environment. " + env("drift_attribution"),
			},
			"requests_per_minute": schema.Int64Attribute{
				Optional:            true,
				Validators:          []validator.Int64{int64validator.Between(1, 10000)},
				MarkdownDescription: "Most requests a minute, all resources together. Default 400; Partner Center allows 500 for each tenant, shared with every other program. The lower of this and the environment's counts. " + env("requests_per_minute"),
			},
			"max_retries": schema.Int64Attribute{
				Optional:            true,
				Validators:          []validator.Int64{int64validator.Between(0, 20)},
				MarkdownDescription: "How often a request that was throttled or got no answer is repeated. Default 5. " + env("max_retries"),
			},
			"request_timeout": schema.StringAttribute{
				Optional:            true,
				Validators:          []validator.String{framework.Duration("request_timeout")},
				MarkdownDescription: "How long one request may take, such as `\"90s\"`. Default `\"3m\"`. " + env("request_timeout"),
			},
		},
	}
}

func secret(description, attribute string) schema.StringAttribute {
	return schema.StringAttribute{Optional: true, Sensitive: true, MarkdownDescription: description + " " + env(attribute)}
}
