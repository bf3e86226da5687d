// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/purchase"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/cloud"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/option"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/signin"
)

// Environment variables of each attribute; the first that is set counts. Configuration counts before all of them, unless the attribute
// restricts what a run may do (restrictions.go) or says where credentials go (addresses.go).
// Which of those that choose a way to sign in are looked at is in sign_in.go.
var (
	envTenantID                  = []string{"PARTNERCENTER_TENANT_ID", "ARM_TENANT_ID"}
	envClientID                  = []string{"PARTNERCENTER_CLIENT_ID", "ARM_CLIENT_ID"}
	envClientSecret              = []string{"PARTNERCENTER_CLIENT_SECRET", "ARM_CLIENT_SECRET"}
	envClientCertificatePath     = []string{"PARTNERCENTER_CLIENT_CERTIFICATE_PATH", "ARM_CLIENT_CERTIFICATE_PATH"}
	envClientCertificate         = []string{"PARTNERCENTER_CLIENT_CERTIFICATE", "ARM_CLIENT_CERTIFICATE"}
	envClientCertificatePassword = []string{"PARTNERCENTER_CLIENT_CERTIFICATE_PASSWORD", "ARM_CLIENT_CERTIFICATE_PASSWORD"}
	envUseOIDC                   = []string{"PARTNERCENTER_USE_OIDC", "ARM_USE_OIDC"}
	envOIDCToken                 = []string{"PARTNERCENTER_OIDC_TOKEN", "ARM_OIDC_TOKEN"}
	envOIDCTokenFilePath         = []string{"PARTNERCENTER_OIDC_TOKEN_FILE_PATH", "ARM_OIDC_TOKEN_FILE_PATH"}
	envOIDCRequestURL            = []string{"PARTNERCENTER_OIDC_REQUEST_URL", "ARM_OIDC_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_URL", "SYSTEM_OIDCREQUESTURI"}
	envOIDCRequestToken          = []string{"PARTNERCENTER_OIDC_REQUEST_TOKEN", "ARM_OIDC_REQUEST_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "SYSTEM_ACCESSTOKEN"}
	envOIDCServiceConnection     = []string{"PARTNERCENTER_OIDC_AZURE_SERVICE_CONNECTION_ID", "ARM_OIDC_AZURE_SERVICE_CONNECTION_ID", "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID"}
	envUseMSI                    = []string{"PARTNERCENTER_USE_MSI", "ARM_USE_MSI"}
	envUseCLI                    = []string{"PARTNERCENTER_USE_CLI", "ARM_USE_CLI"}
	envRefreshToken              = []string{"PARTNERCENTER_REFRESH_TOKEN"}
	envAccessToken               = []string{"PARTNERCENTER_ACCESS_TOKEN"}
	envEnvironment               = []string{"PARTNERCENTER_ENVIRONMENT"}
	envEndpoint                  = []string{"PARTNERCENTER_ENDPOINT"}
	envAuthorityHost             = []string{"PARTNERCENTER_AUTHORITY_HOST"}
	envPinnedCustomerIDs         = []string{"PARTNERCENTER_PIN_ALLOWED_CUSTOMER_IDS"}
	envPinnedSpendingLimit       = []string{"PARTNERCENTER_PIN_SPENDING_LIMIT"}
	envReadOnly                  = []string{"PARTNERCENTER_READ_ONLY"}
	envQuotePrices               = []string{"PARTNERCENTER_QUOTE_PRICES"}
	envRequirePriceLimit         = []string{"PARTNERCENTER_REQUIRE_PRICE_LIMIT"}
	envPartnerOnRecordAttested   = []string{"PARTNERCENTER_PARTNER_ON_RECORD_ATTESTED"}
	envDriftAttribution          = []string{"PARTNERCENTER_DRIFT_ATTRIBUTION"}
	envRequestsPerMinute         = []string{"PARTNERCENTER_REQUESTS_PER_MINUTE"}
	envMaxRetries                = []string{"PARTNERCENTER_MAX_RETRIES"}
	envRequestTimeout            = []string{"PARTNERCENTER_REQUEST_TIMEOUT"}
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
	r := reader{diags: diags}
	options := partnercenter.Options{
		Environment:             cloud.Environment(r.pinned("environment", m.Environment, envEnvironment)),
		Endpoint:                r.pinned("endpoint", m.Endpoint, envEndpoint),
		UserAgent:               fmt.Sprintf("terraform-provider-partnercenter/%s terraform/%s", version, terraformVersion),
		Application:             "terraform-provider-partnercenter",
		ReadOnly:                r.either("read_only", m.ReadOnly, envReadOnly),
		AllowedCustomerIDs:      m.customers(r),
		RequestsPerMinute:       r.atMost("requests_per_minute", m.RequestsPerMinute, envRequestsPerMinute, 400),
		MaxRetries:              r.number("max_retries", m.MaxRetries, envMaxRetries, 5),
		PartnerOnRecordAttested: r.both("partner_on_record_attested", m.PartnerOnRecordAttested, envPartnerOnRecordAttested),
		RequestTimeout:          r.duration("request_timeout", m.RequestTimeout, envRequestTimeout, 3*time.Minute),
		Log:                     func(ctx context.Context, message string, fields map[string]any) { tflog.Debug(ctx, message, fields) },
	}
	signIn := signin.Options{
		AuthorityHost: r.pinned("authority_host", m.AuthorityHost, envAuthorityHost),
		Credentials:   m.credentials(r),
	}
	m.guardCredentials(r, signIn.Credentials)
	configured := &framework.Provider{
		Ledger: &spending.Ledger{Limit: m.spendingLimit(r)}, Claims: &spending.Claims{}, Owners: &spending.Owners{}, Audits: &framework.Audits{}, Quotes: &purchase.Quotes{},
		RequirePriceLimit: r.either("require_price_limit", m.RequirePriceLimit, envRequirePriceLimit),
		DriftAttribution:  r.both("drift_attribution", m.DriftAttribution, envDriftAttribution),
	}
	configured.QuotePrices, options.AllowQuotes = m.quotes(r)
	if options.MaxRetries == 0 {
		options.MaxRetries = -1 // the client takes 0 for its default
	}
	return options, signIn, configured
}

// connect makes the client with its sign-in, which share what is about both.
func connect(options partnercenter.Options, signIn signin.Options) (*partnercenter.Client, error) {
	signIn.Environment, signIn.RootCAs, signIn.Timeout = options.Environment, options.RootCAs, options.RequestTimeout
	if options.Clock != nil {
		signIn.Now = options.Clock.Now
	}
	tokens, err := signin.New(signIn)
	if err != nil {
		return nil, err
	}
	options.Tokens = tokens
	if options.GraphTokens, err = graphTokens(signIn); err != nil {
		return nil, err
	}
	return partnercenter.New(options)
}

// graphTokens signs in at Microsoft Graph in the same way; it is nil where the cloud has no billing data there, and for a token that somebody
// got for Partner Center.
func graphTokens(signIn signin.Options) (partnercenter.TokenSource, error) {
	home, invalid := cloud.Of(signIn.Environment)
	if invalid != nil {
		return nil, invalid
	}
	if home.Graph == "" || signIn.Credentials.AccessToken != "" {
		return nil, nil //nolint:nilnil // there is none, and that is no error before anybody asks for it
	}
	signIn.Audience = home.Graph
	tokens, err := signin.New(signIn)
	if err != nil {
		return nil, err
	}
	return tokens, nil
}

// optionFailed points at the attribute that the client or the sign-in could not accept.
func optionFailed(diags *diag.Diagnostics, err error) bool {
	if wrong, ok := errors.AsType[*option.Error](err); ok {
		diags.AddAttributeError(path.Root(wrong.Option), "Invalid provider configuration", wrong.Message)
		return true
	}
	return framework.Failed(diags, "configure the provider", err)
}

// reader takes each setting from the configuration, else from the environment, else from its default.
type reader struct{ diags *diag.Diagnostics }

func (r reader) known(name string, v attr.Value) {
	if v.IsUnknown() {
		r.diags.AddAttributeError(path.Root(name), "Unknown value in the provider configuration",
			fmt.Sprintf("The value of %s is known only after apply, but the provider needs it to plan. Use a value that is known beforehand, "+
				"or apply what it depends on first with -target.", name))
	}
}

func (r reader) text(name string, v types.String, names []string) string {
	r.known(name, v)
	if !v.IsNull() {
		return v.ValueString()
	}
	value, _ := fromEnvironment(names)
	return value
}

func (r reader) secret(name string, v types.String, names []string) wire.Secret {
	return wire.Secret(r.text(name, v, names))
}

func (r reader) flag(name string, v types.Bool, names []string, otherwise bool) bool {
	r.known(name, v)
	if !v.IsNull() {
		return v.ValueBool()
	}
	value, variable := fromEnvironment(names)
	if value == "" {
		return otherwise
	}
	set, err := strconv.ParseBool(value)
	if err != nil {
		r.wrong(name, variable, value, "true or false")
	}
	return set
}

func (r reader) number(name string, v types.Int64, names []string, otherwise int) int {
	r.known(name, v)
	if !v.IsNull() {
		return int(v.ValueInt64())
	}
	value, variable := fromEnvironment(names)
	if value == "" {
		return otherwise
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 || name == "requests_per_minute" && n == 0 {
		r.wrong(name, variable, value, "a whole number such as "+strconv.Itoa(otherwise))
	}
	return n
}

func (r reader) duration(name string, v types.String, names []string, otherwise time.Duration) time.Duration {
	value := r.text(name, v, names)
	if value == "" {
		return otherwise
	}
	d, err := time.ParseDuration(value)
	if err != nil || d <= 0 {
		_, variable := fromEnvironment(names)
		r.wrong(name, variable, value, `a duration with its unit, such as "3m"`)
	}
	return d
}

func (r reader) wrong(name, variable, value, allowed string) {
	r.diags.AddAttributeError(path.Root(name), "Invalid environment variable", fmt.Sprintf("%s is %q; it has to be %s.", variable, value, allowed))
}

func fromEnvironment(names []string) (value, variable string) {
	for _, name := range names {
		if v := os.Getenv(name); v != "" {
			return v, name
		}
	}
	return "", ""
}

// env is the sentence of a description that names the environment variables.
func env(names []string) string {
	return "Environment: `" + strings.Join(names, "`, `") + "`."
}
