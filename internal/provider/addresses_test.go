// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// TestAddresses lets a configuration choose addresses, beside credentials that are its own and credentials of the environment.
func TestAddresses(t *testing.T) {
	const attacker, emulated = "https://attacker.example", "http://127.0.0.1:8765"
	text, yes := types.StringValue, types.BoolValue(true)
	type environment = map[string]string
	secret := environment{"PARTNERCENTER_CLIENT_SECRET": "s"}
	github := environment{"ARM_USE_OIDC": "true", "ACTIONS_ID_TOKEN_REQUEST_URL": "https://github.example/token", "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "t"}
	with := func(a, b environment) environment {
		sum := maps.Clone(a)
		maps.Copy(sum, b)
		return sum
	}
	pins := environment{"PARTNERCENTER_ENDPOINT": emulated, "PARTNERCENTER_AUTHORITY_HOST": emulated}
	for name, test := range map[string]struct {
		block       providerModel
		environment environment
		refused     bool
	}{
		"all of it in the block":                      {providerModel{Endpoint: text(emulated), AuthorityHost: text(emulated), ClientSecret: text("s")}, nil, false},
		"all of it in the environment":                {providerModel{}, with(pins, secret), false},
		"both say the same":                           {providerModel{Endpoint: text("HTTP://127.1:8765/v1/"), AuthorityHost: text(emulated + "/")}, with(pins, secret), false},
		"another endpoint than the environment's":     {providerModel{Endpoint: text(attacker)}, with(pins, secret), true},
		"another authority than the environment's":    {providerModel{AuthorityHost: text(attacker)}, with(pins, secret), true},
		"another port than the environment's":         {providerModel{Endpoint: text("http://127.0.0.1:8766")}, with(pins, secret), true},
		"a replaced address, and a secret of its own": {providerModel{Endpoint: text(attacker), ClientSecret: text("mine")}, pins, true},
		"another cloud than the environment's":        {providerModel{Environment: text("china")}, environment{"PARTNERCENTER_ENVIRONMENT": "global"}, true},
		"the environment's cloud":                     {providerModel{Environment: text("china")}, environment{"PARTNERCENTER_ENVIRONMENT": "china"}, false},
		"an empty address":                            {providerModel{Endpoint: text("")}, with(pins, secret), false},
		"only one is pinned":                          {providerModel{Endpoint: text(attacker)}, with(secret, environment{"PARTNERCENTER_AUTHORITY_HOST": emulated}), true},

		"a secret of the environment, endpoint":     {providerModel{Endpoint: text(attacker)}, secret, true},
		"a secret of the environment, authority":    {providerModel{AuthorityHost: text(attacker)}, secret, true},
		"a secret of the environment, loopback":     {providerModel{Endpoint: text(emulated)}, secret, true},
		"a secret of the environment, Microsoft":    {providerModel{AuthorityHost: text("https://LOGIN.microsoftonline.us/"), Endpoint: text("https://api.partnercenter.microsoft.com/v1")}, secret, false},
		"a secret of the environment, nearly":       {providerModel{AuthorityHost: text("https://login.microsoftonline.com.attacker.example")}, secret, true},
		"a secret of the environment, another port": {providerModel{AuthorityHost: text("https://login.microsoftonline.com:444")}, secret, true},
		"an empty secret beside it":                 {providerModel{Endpoint: text(attacker), ClientSecret: text("")}, environment{"PARTNERCENTER_REFRESH_TOKEN": "r"}, true},
		"a secret of its own":                       {providerModel{Endpoint: text(attacker), ClientSecret: text("mine")}, secret, false},
		"a token of the environment":                {providerModel{Endpoint: text(attacker)}, environment{"PARTNERCENTER_ACCESS_TOKEN": "a"}, true},
		"a refresh token, and the other's proof":    {providerModel{AuthorityHost: text(attacker), RefreshToken: text("mine")}, secret, true},
		"a certificate of the environment":          {providerModel{AuthorityHost: text(attacker)}, environment{"ARM_CLIENT_CERTIFICATE": "x"}, true},
		"a certificate's file":                      {providerModel{AuthorityHost: text(attacker)}, environment{"ARM_CLIENT_CERTIFICATE_PATH": "/x"}, true},
		"the managed identity":                      {providerModel{Endpoint: text(attacker), UseMSI: yes}, nil, true},
		"the account of the Azure CLI":              {providerModel{Endpoint: text(attacker), UseCLI: yes}, nil, true},
		"an assertion of the environment":           {providerModel{AuthorityHost: text(attacker), UseOIDC: yes}, environment{"ARM_OIDC_TOKEN": "o"}, true},
		"a token's file of the environment":         {providerModel{AuthorityHost: text(attacker), UseOIDC: yes}, environment{"ARM_OIDC_TOKEN_FILE_PATH": "/o"}, true},
		"an assertion of its own":                   {providerModel{AuthorityHost: text(attacker), UseOIDC: yes, OIDCToken: text("mine")}, github, false},
		"an assertion to be asked for":              {providerModel{AuthorityHost: text(attacker)}, github, true},
		"the environment's request token":           {providerModel{OIDCRequestURL: text(attacker)}, github, true},
		"the environment's request token, its URL":  {providerModel{OIDCRequestURL: text("https://github.example/token")}, github, false},
		"a request token and URL of its own":        {providerModel{OIDCRequestURL: text(attacker), OIDCRequestToken: text("mine")}, github, false},
	} {
		t.Run(name, func(t *testing.T) {
			withEnvironment(t, test.environment)
			var diags diag.Diagnostics
			test.block.read("", "", &diags)
			if diags.HasError() != test.refused {
				t.Errorf("refused: %t, want %t: %v", diags.HasError(), test.refused, diags)
			}
		})
	}
}
