// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"errors"
	"strings"
	"testing"
)

// All settings that choose a way to sign in, each with what it needs besides.
var ways = map[string]func(*Credentials){
	"access_token":            func(c *Credentials) { c.AccessToken = "x" },
	"refresh_token":           func(c *Credentials) { c.RefreshToken = "x" },
	"client_secret":           func(c *Credentials) { c.ClientSecret = "x" },
	"client_certificate_path": func(c *Credentials) { c.ClientCertificatePath = "x" },
	"client_certificate":      func(c *Credentials) { c.ClientCertificate = "x" },
	"use_oidc":                func(c *Credentials) { c.UseOIDC, c.OIDCToken = true, "x" },
	"use_msi":                 func(c *Credentials) { c.UseMSI = true },
	"use_cli":                 func(c *Credentials) { c.UseCLI = true },
}

// Settings that are only about a way chosen by others, and may be left over in an environment.
var companions = map[string]func(*Credentials){
	"client_certificate_password":   func(c *Credentials) { c.ClientCertificatePassword = "x" },
	"oidc_request_url":              func(c *Credentials) { c.OIDCRequestURL = "https://x" },
	"oidc_request_token":            func(c *Credentials) { c.OIDCRequestToken = "x" },
	"oidc_service_connection_id":    func(c *Credentials) { c.OIDCServiceConnectionID = "x" },
	"oidc_token without use_oidc":   func(c *Credentials) { c.OIDCToken = "x" },
	"oidc_token_file without it":    func(c *Credentials) { c.OIDCTokenFilePath = "x" },
	"tenant_id and client_id alone": func(*Credentials) {},
}

func methodOf(changes ...func(*Credentials)) (method, *OptionError) {
	c := Credentials{TenantID: "tenant", ClientID: "client"}
	for _, change := range changes {
		change(&c)
	}
	return c.method()
}

func TestCredentials_everyPairOfWays(t *testing.T) {
	together := map[string]method{ // by the two names in alphabetical order
		"client_secret refresh_token":           byRefreshToken,
		"client_certificate refresh_token":      byRefreshToken,
		"client_certificate_path refresh_token": byRefreshToken,
	}
	for one, setOne := range ways {
		for other, setOther := range ways {
			if one >= other {
				continue
			}
			got, err := methodOf(setOne, setOther)
			if want, ok := together[one+" "+other]; ok {
				if err != nil || got != want {
					t.Errorf("%s with %s: got %q, %v, want %q", one, other, got, err, want)
				}
				continue
			}
			if err == nil || !strings.Contains(err.Message, one) || !strings.Contains(err.Message, other) || err.Option != one && err.Option != other {
				t.Errorf("%s with %s: got %q, %v, want an error that names both", one, other, got, err)
			}
		}
	}
}

func TestCredentials_oneWay(t *testing.T) {
	want := map[string]method{
		"access_token": byAccessToken, "refresh_token": byRefreshToken, "client_secret": bySecret, "client_certificate_path": byCertificate,
		"client_certificate": byCertificate, "use_oidc": byOIDC, "use_msi": byMSI, "use_cli": byCLI,
	}
	for name, set := range ways {
		if got, err := methodOf(set); err != nil || got != want[name] {
			t.Errorf("%s: got %q, %v, want %q", name, got, err, want[name])
		}
		for companion, setCompanion := range companions {
			if name == "use_oidc" && companion == "oidc_token_file without it" {
				continue
			}
			if got, err := methodOf(set, setCompanion); err != nil || got != want[name] {
				t.Errorf("%s with %s: got %q, %v, want %q", name, companion, got, err, want[name])
			}
		}
	}
}

func TestCredentials_refused(t *testing.T) {
	all := func(names ...string) []func(*Credentials) {
		var changes []func(*Credentials)
		for _, name := range names {
			changes = append(changes, ways[name])
		}
		return changes
	}
	for name, test := range map[string]struct {
		changes []func(*Credentials)
		option  string
		says    string
	}{
		"nothing":                       {nil, "", "No way to sign in"},
		"token without use_oidc":        {[]func(*Credentials){func(c *Credentials) { c.OIDCToken = "x" }}, "use_oidc", "not true"},
		"refresh token, two proofs":     {all("refresh_token", "client_secret", "client_certificate"), "client_secret", "client_certificate"},
		"refresh token, certificates":   {all("refresh_token", "client_certificate", "client_certificate_path"), "client_certificate_path", "client_certificate"},
		"refresh token, proof, other":   {all("refresh_token", "client_secret", "use_msi"), "refresh_token", "use_msi"},
		"no tenant":                     {append(all("client_secret"), func(c *Credentials) { c.TenantID = "" }), "tenant_id", "needed"},
		"tenant is an address":          {append(all("client_secret"), func(c *Credentials) { c.TenantID = "a/b" }), "tenant_id", "neither"},
		"no client":                     {append(all("refresh_token"), func(c *Credentials) { c.ClientID = "" }), "client_id", "needed"},
		"federation without token":      {[]func(*Credentials){func(c *Credentials) { c.UseOIDC = true }}, "use_oidc", "id-token: write"},
		"federation with two tokens":    {append(all("use_oidc"), func(c *Credentials) { c.OIDCTokenFilePath = "x" }), "oidc_token", "oidc_token_file_path"},
		"federation, address, no token": {[]func(*Credentials){func(c *Credentials) { c.UseOIDC, c.OIDCRequestURL = true, "https://x" }}, "oidc_request_token", "oidc_request_url"},
		"federation, plain address": {[]func(*Credentials){func(c *Credentials) {
			c.UseOIDC, c.OIDCRequestURL, c.OIDCRequestToken = true, "http://example.com/x?y=z", "x"
		}}, "oidc_request_url", "https"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := methodOf(test.changes...)
			if err == nil || err.Option != test.option || !strings.Contains(err.Message, test.says) {
				t.Errorf("got %#v", err)
			}
		})
	}
}

func TestNew_namesTheOption(t *testing.T) {
	secret := Credentials{TenantID: "tenant", ClientID: "client", ClientSecret: "s"}
	for name, test := range map[string]struct {
		options Options
		option  string
	}{
		"unknown cloud":             {Options{Environment: "mars", Credentials: secret}, "environment"},
		"plain endpoint":            {Options{Endpoint: "http://example.com", Credentials: secret}, "endpoint"},
		"plain authority":           {Options{AuthorityHost: "http://example.com", Credentials: secret}, "authority_host"},
		"endpoint with a query":     {Options{Endpoint: "https://example.com?x=y", Credentials: secret}, "endpoint"},
		"endpoint with a user":      {Options{Endpoint: "https://me@example.com", Credentials: secret}, "endpoint"},
		"endpoint of another kind":  {Options{Endpoint: "ftp://example.com", Credentials: secret}, "endpoint"},
		"endpoint without host":     {Options{Endpoint: "https://", Credentials: secret}, "endpoint"},
		"endpoint that is none":     {Options{Endpoint: "https://a b", Credentials: secret}, "endpoint"},
		"negative rate":             {Options{RequestsPerMinute: -1, Credentials: secret}, "requests_per_minute"},
		"negative timeout":          {Options{RequestTimeout: -1, Credentials: secret}, "request_timeout"},
		"empty customer":            {Options{AllowedCustomerIDs: []string{" "}, Credentials: secret}, "allowed_customer_ids"},
		"user agent of two lines":   {Options{UserAgent: "a\nb", Credentials: secret}, ""},
		"access token of two lines": {Options{Credentials: Credentials{AccessToken: "a\nb"}}, "access_token"},
		"no sign-in":                {Options{}, ""},
		"federation over http": {Options{AuthorityHost: "http://localhost:1", Credentials: Credentials{
			TenantID: "t", ClientID: "c", UseOIDC: true, OIDCToken: "x"}}, "authority_host"},
		"no such certificate": {Options{Credentials: Credentials{TenantID: "t", ClientID: "c", ClientCertificatePath: "testdata/none.pem"}}, "client_certificate_path"},
		"not base64":          {Options{Credentials: Credentials{TenantID: "t", ClientID: "c", ClientCertificate: "?"}}, "client_certificate"},
		"not a certificate":   {Options{Credentials: Credentials{TenantID: "t", ClientID: "c", ClientCertificate: "QUJD"}}, "client_certificate"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := New(test.options)
			var invalid *OptionError
			if !errors.As(err, &invalid) || invalid.Option != test.option || invalid.Message == "" {
				t.Errorf("got %#v", err)
			}
		})
	}
}

func TestNew_addresses(t *testing.T) {
	for name, test := range map[string]struct {
		options             Options
		endpoint, authority string
	}{
		"global":       {Options{}, "https://api.partnercenter.microsoft.com", "https://login.microsoftonline.com"},
		"usgovernment": {Options{Environment: USGovernment}, "https://api.partnercenter.microsoft.com", "https://login.microsoftonline.us"},
		"china":        {Options{Environment: China}, "https://partner.partnercenterapi.microsoftonline.cn", "https://login.partner.microsoftonline.cn"},
		"overrides":    {Options{Endpoint: "http://127.0.0.1:8765/v1/", AuthorityHost: "http://[::1]:8765/"}, "http://127.0.0.1:8765", "http://[::1]:8765"},
		"host alone":   {Options{Endpoint: "api.example.com", AuthorityHost: "login.example.com"}, "https://api.example.com", "https://login.example.com"},
	} {
		t.Run(name, func(t *testing.T) {
			test.options.Credentials.AccessToken = "x"
			c, err := New(test.options)
			if err != nil || c.base.String() != test.endpoint || c.options.AuthorityHost != test.authority {
				t.Errorf("got %+v, %v", c, err)
			}
		})
	}
}
