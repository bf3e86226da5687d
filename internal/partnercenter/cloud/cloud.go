// SPDX-License-Identifier: MPL-2.0

// Package cloud knows the clouds that Partner Center runs in, and where each answers.
package cloud

import "github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/option"

// Environment names a cloud that Partner Center runs in.
type Environment string

// The clouds, as https://learn.microsoft.com/partner-center/developer/partner-center-rest-urls lists them.
const (
	Global       Environment = "global"
	USGovernment Environment = "usgovernment"
	China        Environment = "china"
)

// Addresses are those of an environment.
type Addresses struct {
	// Endpoint is where Partner Center answers.
	Endpoint string
	// Authority signs in to it.
	Authority string
	// Audience is what the tokens are for; it stays when an endpoint is configured.
	Audience string
	// Exchange is what federated tokens are meant for.
	Exchange string
	// Graph is where Microsoft Graph has the partner's billing data, and what tokens for it are for; empty where it has none
	// (reference/customers-and-billing.md#graph-host-permission-clouds).
	Graph string
}

// clouds of reference/commerce.md#base-urls and reference/commerce.md#token-endpoints-and-audiences.
var clouds = map[Environment]Addresses{
	Global: {
		Endpoint:  "https://api.partnercenter.microsoft.com",
		Authority: "https://login.microsoftonline.com",
		Audience:  "https://api.partnercenter.microsoft.com",
		Exchange:  "api://AzureADTokenExchange",
		Graph:     "https://graph.microsoft.com",
	},
	USGovernment: {
		Endpoint:  "https://api.partnercenter.microsoft.com",
		Authority: "https://login.microsoftonline.us",
		Audience:  "https://api.partnercenter.microsoft.com",
		Exchange:  "api://AzureADTokenExchangeUSGov",
	},
	China: {
		Endpoint:  "https://partner.partnercenterapi.microsoftonline.cn",
		Authority: "https://login.partner.microsoftonline.cn",
		Audience:  "https://partner.partnercenterapi.microsoftonline.cn",
		Exchange:  "api://AzureADTokenExchangeChina",
	},
}

// Of finds the addresses of an environment; an empty one is Global.
func Of(e Environment) (Addresses, *option.Error) {
	if e == "" {
		e = Global
	}
	found, ok := clouds[e]
	if !ok {
		return Addresses{}, option.Errorf("environment", "%q is none of %q, %q and %q.", e, Global, USGovernment, China)
	}
	return found, nil
}

// IsKnown holds for the addresses of the clouds, which are Microsoft's or its operator's.
func IsKnown(address string) bool {
	for _, known := range clouds {
		if address == known.Endpoint || address == known.Authority {
			return true
		}
	}
	return false
}
