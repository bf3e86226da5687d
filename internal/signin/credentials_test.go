// SPDX-License-Identifier: MPL-2.0

package signin

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/cloud"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/option"
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

func methodOf(changes ...func(*Credentials)) (method, *option.Error) {
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
		setting string
	}{
		"unknown cloud":             {Options{Environment: "mars", Credentials: secret}, "environment"},
		"plain authority":           {Options{AuthorityHost: "http://example.com", Credentials: secret}, "authority_host"},
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
			var invalid *option.Error
			if !errors.As(err, &invalid) || invalid.Option != test.setting || invalid.Message == "" {
				t.Errorf("got %#v", err)
			}
		})
	}
}

func TestNew_authority(t *testing.T) {
	for name, test := range map[string]struct {
		options   Options
		authority string
	}{
		"global":       {Options{}, "https://login.microsoftonline.com"},
		"usgovernment": {Options{Environment: cloud.USGovernment}, "https://login.microsoftonline.us"},
		"china":        {Options{Environment: cloud.China}, "https://login.partner.microsoftonline.cn"},
		"override":     {Options{AuthorityHost: "http://[::1]:8765/"}, "http://[::1]:8765"},
		"host alone":   {Options{AuthorityHost: "login.example.com"}, "https://login.example.com"},
	} {
		t.Run(name, func(t *testing.T) {
			test.options.Credentials.AccessToken = "x"
			s, err := newSignIn(test.options)
			if err != nil || s.authority != test.authority {
				t.Errorf("got %+v, %v", s, err)
			}
		})
	}
}

// Who signs in decides what a refused token and an operation for users mean.
func TestSource_who(t *testing.T) {
	who := map[string]string{
		"access_token": "fixed, may be a user", "use_cli": "may be a user", "refresh_token": "user, may be a user", "client_secret": "", "use_msi": "", "use_oidc": "",
	}
	for name, want := range who {
		c := Credentials{TenantID: "tenant", ClientID: "client"}
		ways[name](&c)
		s, err := New(Options{Credentials: c})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for text, holds := range map[string]bool{"fixed": !s.Renewable(), "user": s.IsUser(), "may be a user": s.MayBeUser()} {
			if holds {
				got = append(got, text)
			}
		}
		slices.Sort(got)
		wanted := strings.FieldsFunc(want, func(r rune) bool { return r == ',' })
		for i := range wanted {
			wanted[i] = strings.TrimSpace(wanted[i])
		}
		slices.Sort(wanted)
		if !slices.Equal(got, wanted) {
			t.Errorf("%s: %q, want %q", name, got, wanted)
		}
	}
}

func TestTrimmed(t *testing.T) {
	got := Credentials{AccessToken: " Bearer abc\n", ClientSecret: " s "}.trimmed()
	if got.AccessToken != "abc" || got.ClientSecret != " s " {
		t.Errorf("got %q and %q", got.AccessToken, got.ClientSecret)
	}
}
