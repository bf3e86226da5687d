// SPDX-License-Identifier: MPL-2.0

package signin

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func refusing(status int, code, text string) func(url.Values) (int, string) {
	return func(url.Values) (int, string) {
		return status, fmt.Sprintf(`{"error":"invalid_client","error_description":"%s: %s\r\nTrace ID: 1 Correlation ID: 2","error_codes":[1]}`, code, text)
	}
}

func TestError(t *testing.T) {
	secret := Credentials{TenantID: "tenant-1", ClientID: "client-1", ClientSecret: "s3cret-value"}
	refresh := Credentials{TenantID: "tenant-1", ClientID: "client-1", ClientSecret: "s3cret-value", RefreshToken: "refresh-value"}
	federated := Credentials{TenantID: "tenant-1", ClientID: "client-1", UseOIDC: true, OIDCToken: "jwt-value"}
	for name, test := range map[string]struct {
		credentials Credentials
		insecure    bool
		code, text  string
		setting     string
		remedy      string
	}{
		"secret":               {secret, false, "AADSTS7000215", "Invalid client secret provided: s3cret-value.", "client_secret", "not its ID"},
		"secret over http":     {secret, true, "AADSTS7000215", "Invalid client secret provided: s3cret-value.", "client_secret", "not its ID"},
		"secret expired":       {secret, false, "AADSTS7000222", "The provided client secret keys are expired.", "client_secret", "Create a new one"},
		"application":          {secret, false, "AADSTS700016", "Application not found.", "client_id", "client_id"},
		"tenant":               {secret, false, "AADSTS90002", "Tenant not found.", "tenant_id", "tenant_id"},
		"refresh token":        {refresh, true, "AADSTS700082", "The refresh token refresh-value has expired.", "refresh_token", "90 days"},
		"multifactor":          {refresh, true, "AADSTS50076", "You must use multi-factor authentication.", "refresh_token", "multifactor"},
		"federation":           {federated, false, "AADSTS700213", "No matching federated identity record found, jwt-value.", "use_oidc", "federated credentials"},
		"something else":       {secret, false, "AADSTS999999", "Something new.", "client_secret", "Check client_secret"},
		"something else, user": {refresh, true, "AADSTS999999", "Something new.", "refresh_token", "Check refresh_token"},
	} {
		t.Run(name, func(t *testing.T) {
			e := newEntra(t, !test.insecure, refusing(401, test.code, test.text))
			_, err := signedIn(t, e, test.credentials)
			var got *Error
			if !errors.As(err, &got) || got.Setting != test.setting || got.Code != test.code || got.Temporary || len(e.forms) != 1 {
				t.Fatalf("asked %d times: %#v", len(e.forms), err)
			}
			for _, want := range []string{test.setting, test.code, "Trace ID: 1"} {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q does not say %q", err, want)
				}
			}
			for _, hidden := range []string{"s3cret-value", "refresh-value", "jwt-value"} {
				if strings.Contains(fmt.Sprintf("%v %#v %+v", err, got, got), hidden) {
					t.Errorf("%q gives %q away", err, hidden)
				}
			}
			if !strings.Contains(got.Remedy(), test.remedy) {
				t.Errorf("the remedy is %q", got.Remedy())
			}
		})
	}
}

func TestError_temporary(t *testing.T) {
	secret := Credentials{TenantID: "t", ClientID: "c", ClientSecret: "s"}
	for name, secure := range map[string]bool{"busy, https": true, "busy, http": false} {
		t.Run(name, func(t *testing.T) {
			asked := 0
			e := newEntra(t, secure, func(form url.Values) (int, string) {
				if asked++; asked < 2 {
					return 503, "<html>busy</html>"
				}
				return granting("late")(form)
			})
			tokens := sourceOf(t, e, secret, nil)
			_, err := tokens.Token(t.Context())
			var got *Error
			if !errors.As(err, &got) || !got.Temporary || !got.SignInMayPass() || asked != 1 {
				t.Errorf("asked %d times: %v", asked, err)
			}
			if token, err := tokens.Token(t.Context()); err != nil || token != "late" {
				t.Errorf("got %q, %v", token.Reveal(), err)
			}
		})
	}
	t.Run("nobody there", func(t *testing.T) {
		e := newEntra(t, false, nil)
		e.Close()
		_, err := signedIn(t, e, secret)
		var got *Error
		if !errors.As(err, &got) || !got.Temporary || !strings.Contains(got.Remedy(), "proxy") {
			t.Errorf("got %v", err)
		}
	})
	t.Run("a certificate that is not trusted", func(t *testing.T) {
		tokens, err := New(Options{AuthorityHost: newEntra(t, true, granting("x")).URL, Credentials: secret})
		if err != nil {
			t.Fatal(err)
		}
		_, err = tokens.Token(t.Context())
		var got *Error
		if !errors.As(err, &got) || got.Temporary || !strings.Contains(err.Error(), "certificate") {
			t.Errorf("got %v", err)
		}
	})
}

func TestError_federation(t *testing.T) {
	builder := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/refuses":
			w.WriteHeader(http.StatusForbidden)
		default:
			fmt.Fprint(w, `{"message":"no token here, ask-value"}`)
		}
	}))
	t.Cleanup(builder.Close)
	empty := filepath.Join(t.TempDir(), "empty")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	base := Credentials{TenantID: "t", ClientID: "c", UseOIDC: true}
	for name, test := range map[string]struct {
		change  func(*Credentials)
		setting string
	}{
		"file is missing": {func(c *Credentials) { c.OIDCTokenFilePath = "testdata/none" }, "oidc_token_file_path"},
		"file is empty":   {func(c *Credentials) { c.OIDCTokenFilePath = empty }, "oidc_token_file_path"},
		"refused":         {func(c *Credentials) { c.OIDCRequestURL, c.OIDCRequestToken = builder.URL+"/refuses", "ask-value" }, "oidc_request_url"},
		"no token":        {func(c *Credentials) { c.OIDCRequestURL, c.OIDCRequestToken = builder.URL+"/silent", "ask-value" }, "oidc_request_url"},
	} {
		t.Run(name, func(t *testing.T) {
			credentials := base
			test.change(&credentials)
			_, err := signedIn(t, newEntra(t, true, granting("x")), credentials)
			var got *Error
			if !errors.As(err, &got) || got.Setting != test.setting || got.Temporary || strings.Contains(err.Error(), "ask-value") {
				t.Errorf("got %v", err)
			}
		})
	}
}
