// SPDX-License-Identifier: MPL-2.0

package partnercenter

// Environment names a cloud that Partner Center runs in.
type Environment string

// The clouds, as https://learn.microsoft.com/partner-center/developer/partner-center-rest-urls lists them.
const (
	Global       Environment = "global"
	USGovernment Environment = "usgovernment"
	China        Environment = "china"
)

// cloudAddresses are where an environment answers, who signs in to it, what its tokens are for, and what federated tokens are meant for.
type cloudAddresses struct {
	endpoint  string
	authority string
	audience  string
	exchange  string
}

// clouds of the commerce reference, Base URLs and Token endpoints. The audience stays when endpoint is overridden.
var clouds = map[Environment]cloudAddresses{
	Global: {
		endpoint:  "https://api.partnercenter.microsoft.com",
		authority: "https://login.microsoftonline.com",
		audience:  "https://api.partnercenter.microsoft.com",
		exchange:  "api://AzureADTokenExchange",
	},
	USGovernment: {
		endpoint:  "https://api.partnercenter.microsoft.com",
		authority: "https://login.microsoftonline.us",
		audience:  "https://api.partnercenter.microsoft.com",
		exchange:  "api://AzureADTokenExchangeUSGov",
	},
	China: {
		endpoint:  "https://partner.partnercenterapi.microsoftonline.cn",
		authority: "https://login.partner.microsoftonline.cn",
		audience:  "https://partner.partnercenterapi.microsoftonline.cn",
		exchange:  "api://AzureADTokenExchangeChina",
	},
}
