// SPDX-License-Identifier: MPL-2.0

package settings

import (
	"os"
	"slices"
)

// variables are the environment's, by the provider's attribute; the first that is set counts. A block counts before all of them, unless the
// attribute restricts what a run may do (restrictions.go) or says where credentials go (addresses.go).
// Which of those that choose a way to sign in are looked at is in sign_in.go.
var variables = map[string][]string{
	"tenant_id":                        {"PARTNERCENTER_TENANT_ID", "ARM_TENANT_ID"},
	"client_id":                        {"PARTNERCENTER_CLIENT_ID", "ARM_CLIENT_ID"},
	"client_secret":                    {"PARTNERCENTER_CLIENT_SECRET", "ARM_CLIENT_SECRET"},
	"client_certificate_path":          {"PARTNERCENTER_CLIENT_CERTIFICATE_PATH", "ARM_CLIENT_CERTIFICATE_PATH"},
	"client_certificate":               {"PARTNERCENTER_CLIENT_CERTIFICATE", "ARM_CLIENT_CERTIFICATE"},
	"client_certificate_password":      {"PARTNERCENTER_CLIENT_CERTIFICATE_PASSWORD", "ARM_CLIENT_CERTIFICATE_PASSWORD"},
	"use_oidc":                         {"PARTNERCENTER_USE_OIDC", "ARM_USE_OIDC"},
	"oidc_token":                       {"PARTNERCENTER_OIDC_TOKEN", "ARM_OIDC_TOKEN"},
	"oidc_token_file_path":             {"PARTNERCENTER_OIDC_TOKEN_FILE_PATH", "ARM_OIDC_TOKEN_FILE_PATH"},
	"oidc_request_url":                 {"PARTNERCENTER_OIDC_REQUEST_URL", "ARM_OIDC_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_URL", "SYSTEM_OIDCREQUESTURI"},
	"oidc_request_token":               {"PARTNERCENTER_OIDC_REQUEST_TOKEN", "ARM_OIDC_REQUEST_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "SYSTEM_ACCESSTOKEN"},
	"oidc_azure_service_connection_id": {"PARTNERCENTER_OIDC_AZURE_SERVICE_CONNECTION_ID", "ARM_OIDC_AZURE_SERVICE_CONNECTION_ID", "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID"},
	"use_msi":                          {"PARTNERCENTER_USE_MSI", "ARM_USE_MSI"},
	"use_cli":                          {"PARTNERCENTER_USE_CLI", "ARM_USE_CLI"},
	"refresh_token":                    {"PARTNERCENTER_REFRESH_TOKEN"},
	"access_token":                     {"PARTNERCENTER_ACCESS_TOKEN"},
	"environment":                      {"PARTNERCENTER_ENVIRONMENT"},
	"endpoint":                         {"PARTNERCENTER_ENDPOINT"},
	"authority_host":                   {"PARTNERCENTER_AUTHORITY_HOST"},
	"allowed_customer_ids":             {"PARTNERCENTER_PIN_ALLOWED_CUSTOMER_IDS"},
	"spending_limit":                   {"PARTNERCENTER_PIN_SPENDING_LIMIT"},
	"read_only":                        {"PARTNERCENTER_READ_ONLY"},
	"quote_prices":                     {"PARTNERCENTER_QUOTE_PRICES"},
	"require_price_limit":              {"PARTNERCENTER_REQUIRE_PRICE_LIMIT"},
	"partner_on_record_attested":       {"PARTNERCENTER_PARTNER_ON_RECORD_ATTESTED"},
	"drift_attribution":                {"PARTNERCENTER_DRIFT_ATTRIBUTION"},
	"requests_per_minute":              {"PARTNERCENTER_REQUESTS_PER_MINUTE"},
	"max_retries":                      {"PARTNERCENTER_MAX_RETRIES"},
	"request_timeout":                  {"PARTNERCENTER_REQUEST_TIMEOUT"},
}

// Variables are the environment variables of an attribute, in the order in which they count.
func Variables(attribute string) []string { return slices.Clone(variables[attribute]) }

// FromEnvironment is what the environment says about an attribute, and by which variable; empty where it says nothing.
func FromEnvironment(attribute string) (text, variable string) { return first(variables[attribute]) }

func first(names []string) (text, variable string) {
	for _, name := range names {
		if text := os.Getenv(name); text != "" {
			return text, name
		}
	}
	return "", ""
}
