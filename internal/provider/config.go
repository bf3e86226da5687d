// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/purchase"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/option"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/settings"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/signin"
)

var (
	environments = []string{"global", "usgovernment", "china"}
	tenant       = framework.Form(regexp.MustCompile(`^([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9A-Za-z][0-9A-Za-z-]*(\.[0-9A-Za-z-]+)+)$`),
		"a tenant is the GUID of the partner's tenant, or one of its domain names such as contoso.onmicrosoft.com")
)

type providerModel struct {
	TenantID                  types.String   `tfsdk:"tenant_id"`
	ClientID                  types.String   `tfsdk:"client_id"`
	ClientSecret              types.String   `tfsdk:"client_secret"`
	ClientCertificatePath     types.String   `tfsdk:"client_certificate_path"`
	ClientCertificate         types.String   `tfsdk:"client_certificate"`
	ClientCertificatePassword types.String   `tfsdk:"client_certificate_password"`
	UseOIDC                   types.Bool     `tfsdk:"use_oidc"`
	OIDCToken                 types.String   `tfsdk:"oidc_token"`
	OIDCTokenFilePath         types.String   `tfsdk:"oidc_token_file_path"`
	OIDCRequestURL            types.String   `tfsdk:"oidc_request_url"`
	OIDCRequestToken          types.String   `tfsdk:"oidc_request_token"`
	OIDCServiceConnectionID   types.String   `tfsdk:"oidc_azure_service_connection_id"`
	UseMSI                    types.Bool     `tfsdk:"use_msi"`
	UseCLI                    types.Bool     `tfsdk:"use_cli"`
	RefreshToken              types.String   `tfsdk:"refresh_token"`
	AccessToken               types.String   `tfsdk:"access_token"`
	Environment               types.String   `tfsdk:"environment"`
	Endpoint                  types.String   `tfsdk:"endpoint"`
	AuthorityHost             types.String   `tfsdk:"authority_host"`
	ReadOnly                  types.Bool     `tfsdk:"read_only"`
	AllowedCustomerIDs        types.List     `tfsdk:"allowed_customer_ids"`
	SpendingLimit             *spendingLimit `tfsdk:"spending_limit"`
	QuotePrices               types.Bool     `tfsdk:"quote_prices"`
	RequirePriceLimit         types.Bool     `tfsdk:"require_price_limit"`
	PartnerOnRecordAttested   types.Bool     `tfsdk:"partner_on_record_attested"`
	DriftAttribution          types.Bool     `tfsdk:"drift_attribution"`
	RequestsPerMinute         types.Int64    `tfsdk:"requests_per_minute"`
	MaxRetries                types.Int64    `tfsdk:"max_retries"`
	RequestTimeout            types.String   `tfsdk:"request_timeout"`
}

type spendingLimit struct {
	Amount   types.String `tfsdk:"amount"`
	Currency types.String `tfsdk:"currency"`
}

// read is the configuration with the environment behind it.
func (m *providerModel) read(version, terraformVersion string, diags *diag.Diagnostics) (partnercenter.Options, signin.Options, *framework.Provider) {
	read, problems := settings.Read(m.block(diags))
	for _, p := range problems {
		at := path.Root(p.Attribute)
		if p.Nested != "" {
			at = at.AtName(p.Nested)
		}
		diags.AddAttributeError(at, p.Title, p.Detail)
	}
	options := read.Client
	options.UserAgent = fmt.Sprintf("terraform-provider-partnercenter/%s terraform/%s", version, terraformVersion)
	options.Application = "terraform-provider-partnercenter"
	options.Log = func(ctx context.Context, message string, fields map[string]any) { tflog.Debug(ctx, message, fields) }
	return options, read.SignIn, &framework.Provider{
		Ledger: &spending.Ledger{Limit: read.SpendingLimit}, Claims: &spending.Claims{}, Owners: &spending.Owners{}, Audits: &framework.Audits{}, Quotes: &purchase.Quotes{},
		RequirePriceLimit: read.RequirePriceLimit, DriftAttribution: read.DriftAttribution, QuotePrices: read.QuotePrices,
	}
}

// block is what the configuration says; whatever is unknown is an error.
func (m *providerModel) block(diags *diag.Diagnostics) settings.Block {
	r := blockReader{diags}
	return settings.Block{
		TenantID: r.text("tenant_id", m.TenantID), ClientID: r.text("client_id", m.ClientID), ClientSecret: r.text("client_secret", m.ClientSecret),
		ClientCertificatePath:     r.text("client_certificate_path", m.ClientCertificatePath),
		ClientCertificate:         r.text("client_certificate", m.ClientCertificate),
		ClientCertificatePassword: r.text("client_certificate_password", m.ClientCertificatePassword),
		UseOIDC:                   r.flag("use_oidc", m.UseOIDC), OIDCToken: r.text("oidc_token", m.OIDCToken),
		OIDCTokenFilePath: r.text("oidc_token_file_path", m.OIDCTokenFilePath), OIDCRequestURL: r.text("oidc_request_url", m.OIDCRequestURL),
		OIDCRequestToken:        r.text("oidc_request_token", m.OIDCRequestToken),
		OIDCServiceConnectionID: r.text("oidc_azure_service_connection_id", m.OIDCServiceConnectionID),
		UseMSI:                  r.flag("use_msi", m.UseMSI), UseCLI: r.flag("use_cli", m.UseCLI),
		RefreshToken: r.text("refresh_token", m.RefreshToken), AccessToken: r.text("access_token", m.AccessToken),
		Environment: r.text("environment", m.Environment), Endpoint: r.text("endpoint", m.Endpoint), AuthorityHost: r.text("authority_host", m.AuthorityHost),
		ReadOnly: r.flag("read_only", m.ReadOnly), AllowedCustomerIDs: r.texts("allowed_customer_ids", m.AllowedCustomerIDs), SpendingLimit: r.limit(m.SpendingLimit),
		QuotePrices: r.flag("quote_prices", m.QuotePrices), RequirePriceLimit: r.flag("require_price_limit", m.RequirePriceLimit),
		PartnerOnRecordAttested: r.flag("partner_on_record_attested", m.PartnerOnRecordAttested),
		DriftAttribution:        r.flag("drift_attribution", m.DriftAttribution),
		RequestsPerMinute:       r.number("requests_per_minute", m.RequestsPerMinute), MaxRetries: r.number("max_retries", m.MaxRetries),
		RequestTimeout: r.text("request_timeout", m.RequestTimeout),
	}
}

// optionFailed points at the attribute that the client or the sign-in could not accept.
func optionFailed(diags *diag.Diagnostics, err error) bool {
	if wrong, ok := errors.AsType[*option.Error](err); ok {
		diags.AddAttributeError(path.Root(wrong.Option), "Invalid provider configuration", wrong.Message)
		return true
	}
	return framework.Failed(diags, "configure the provider", err)
}

// blockReader takes values out of Terraform's types.
type blockReader struct{ diags *diag.Diagnostics }

func (r blockReader) known(name string, v attr.Value) {
	if v.IsUnknown() {
		r.diags.AddAttributeError(path.Root(name), "Unknown value in the provider configuration",
			fmt.Sprintf("The value of %s is known only after apply, but the provider needs it to plan. Use a value that is known beforehand, "+
				"or apply what it depends on first with -target.", name))
	}
}

func (r blockReader) text(name string, v types.String) *string {
	r.known(name, v)
	if v.IsNull() {
		return nil
	}
	return new(v.ValueString())
}

func (r blockReader) flag(name string, v types.Bool) *bool {
	r.known(name, v)
	if v.IsNull() {
		return nil
	}
	return new(v.ValueBool())
}

func (r blockReader) number(name string, v types.Int64) *int64 {
	r.known(name, v)
	if v.IsNull() {
		return nil
	}
	return new(v.ValueInt64())
}

func (r blockReader) texts(name string, v types.List) []string {
	r.known(name, v)
	if v.IsNull() {
		return nil
	}
	texts := []string{}
	for _, element := range v.Elements() {
		r.known(name, element)
		if text, ok := element.(types.String); ok {
			texts = append(texts, text.ValueString())
		}
	}
	return texts
}

func (r blockReader) limit(v *spendingLimit) *settings.Limit {
	if v == nil {
		return nil
	}
	r.known("spending_limit", v.Amount)
	r.known("spending_limit", v.Currency)
	if v.Amount.IsUnknown() {
		return nil // reported already
	}
	return &settings.Limit{Amount: v.Amount.ValueString(), Currency: v.Currency.ValueString()}
}

// env is the sentence of a description that names the environment variables of an attribute.
func env(attribute string) string {
	return "Environment: `" + strings.Join(settings.Variables(attribute), "`, `") + "`."
}
