// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// formOf is a form of pairs.
func formOf(pairs ...string) url.Values {
	values := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return values
}

func secretForm(more ...string) url.Values {
	values := formOf("grant_type", "client_credentials", "client_id", ClientID, "client_secret", ClientSecret, "scope", Audience+"/.default")
	maps.Copy(values, formOf(more...))
	return values
}

func v2(s *Server) string { return s.URL + "/" + s.TenantID() + "/oauth2/v2.0/token" }

func v1(s *Server) string { return s.URL + "/" + s.TenantID() + "/oauth2/token" }

func TestSignInWithSecret(t *testing.T) {
	s := newServer(t, counting())
	newer := postForm(t, v2(s), secretForm())
	wantStatus(t, newer, http.StatusOK)
	if got := newer.object(t); got["expires_in"] != 3600.0 || got["resource"] != nil || got["refresh_token"] != nil {
		t.Errorf("v2 answers %s", newer.body)
	}
	older := postForm(t, v1(s), secretForm("resource", Audience))
	wantStatus(t, older, http.StatusOK)
	if got := older.object(t); got["expires_in"] != "3600" || got["resource"] != Audience {
		t.Errorf("v1 answers %s", older.body)
	}
	inHeader := secretForm()
	inHeader.Del("client_secret")
	r, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, v2(s), strings.NewReader(inHeader.Encode()))
	r.SetBasicAuth(url.QueryEscape(ClientID), url.QueryEscape(ClientSecret))
	wantStatus(t, perform(http.DefaultClient, r), http.StatusOK)
	for _, answer := range []reply{newer, older} {
		token, _ := answer.object(t)["access_token"].(string)
		wantStatus(t, send(t, "GET", s.URL+"/v1/things/special", "", "Authorization", "Bearer "+token), http.StatusOK)
	}
	if logged := asJSON(t, s.Requests()); strings.Contains(logged, url.QueryEscape(ClientSecret)) || strings.Contains(logged, ClientSecret) {
		t.Error("the journal contains the secret")
	}
}

func TestSignInRefusals(t *testing.T) {
	for name, test := range map[string]struct {
		tenant string
		form   url.Values
		status int
		name   string
		number float64
	}{
		"wrong secret":          {"", secretForm("client_secret", "wrong"), 401, "invalid_client", 7000215},
		"no credential":         {"", secretForm("client_secret", ""), 401, "invalid_client", 7000218},
		"unknown application":   {"", secretForm("client_id", firstID), 400, "unauthorized_client", 700016},
		"unknown tenant":        {firstID, secretForm(), 400, "invalid_request", 90002},
		"application in common": {"common", secretForm(), 400, "invalid_request", 90002},
		"scope without default": {"", secretForm("scope", Audience+"/user_impersonation"), 400, "invalid_scope", 1002012},
		"unknown resource":      {"", secretForm("scope", "https://graph.microsoft.example/.default"), 400, "invalid_resource", 500011},
		"unknown grant":         {"", secretForm("grant_type", "password"), 400, "unsupported_grant_type", 70003},
		"no grant":              {"", secretForm("grant_type", ""), 400, "invalid_request", 900144},
		"unknown refresh token": {"", secretForm("grant_type", "refresh_token", "refresh_token", "x"), 400, "invalid_grant", 9002313},
	} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, nil)
			got := postForm(t, s.URL+"/"+orText(test.tenant, s.TenantID())+"/oauth2/v2.0/token", test.form)
			wantEntra(t, got, test.status, test.name, test.number)
		})
	}
}

func wantEntra(t *testing.T, got reply, status int, name string, number float64) {
	t.Helper()
	wantStatus(t, got, status)
	body := got.object(t)
	numbers, _ := body["error_codes"].([]any)
	if body["error"] != name || len(numbers) != 1 || numbers[0] != number {
		t.Errorf("got %s, want %s %v", got.body, name, number)
	}
}

func TestRefreshToken(t *testing.T) {
	refresh := func(s *Server, token string) reply {
		return postForm(t, v2(s), formOf("grant_type", "refresh_token", "client_id", ClientID, "client_secret", ClientSecret,
			"refresh_token", token, "scope", Audience+"/user_impersonation offline_access"))
	}
	t.Run("rotates", func(t *testing.T) {
		s := newServer(t, counting(), WithBehaviour(func(b *Behaviour) { b.RefreshTokensOnce = true }))
		token := s.IssueRefreshToken(TokenOptions{})
		got := refresh(s, token)
		wantStatus(t, got, http.StatusOK)
		next, _ := got.object(t)["refresh_token"].(string)
		if next == "" || next == token {
			t.Errorf("got refresh token %q", next)
		}
		access, _ := got.object(t)["access_token"].(string)
		wantStatus(t, send(t, "GET", s.URL+"/v1/things/a", "", "Authorization", "Bearer "+access), http.StatusOK)
		wantEntra(t, refresh(s, token), 400, "invalid_grant", 54005)
		wantStatus(t, refresh(s, next), http.StatusOK)
	})
	t.Run("lives 90 days after its last use", func(t *testing.T) {
		s := newServer(t, nil)
		token := s.IssueRefreshToken(TokenOptions{})
		s.Advance(89 * 24 * time.Hour)
		wantStatus(t, refresh(s, token), http.StatusOK)
		s.Advance(91 * 24 * time.Hour)
		wantEntra(t, refresh(s, token), 400, "invalid_grant", 700082)
	})
	t.Run("for the scope of the sign-in", func(t *testing.T) {
		s := newServer(t, nil)
		for _, address := range []string{v1(s), v2(s)} {
			got := postForm(t, address, formOf("grant_type", "refresh_token", "client_id", ClientID, "client_secret", ClientSecret,
				"refresh_token", s.IssueRefreshToken(TokenOptions{})))
			wantStatus(t, got, http.StatusOK)
			if got.object(t)["refresh_token"] == nil {
				t.Errorf("got %s, want a refresh token", got.body)
			}
		}
	})
	t.Run("revoked", func(t *testing.T) {
		s := newServer(t, nil)
		token := s.IssueRefreshToken(TokenOptions{})
		s.RevokeRefreshTokens()
		wantEntra(t, refresh(s, token), 400, "invalid_grant", 50173)
	})
	t.Run("without MFA", func(t *testing.T) {
		s := newServer(t, counting())
		token := s.IssueRefreshToken(TokenOptions{NoMFA: true})
		access, _ := refresh(s, token).object(t)["access_token"].(string)
		got := send(t, "GET", s.URL+"/v1/things/a", "", "Authorization", "Bearer "+access, "ValidateMfa", "true")
		wantStatus(t, got, http.StatusUnauthorized)
		if !strings.Contains(got.body, "MFA") || got.header.Get("isMfaCompliant") != "false" {
			t.Errorf("got %s, isMfaCompliant %q", got.body, got.header.Get("isMfaCompliant"))
		}
		s.Behave(func(b *Behaviour) { b.SignInRequiresMFA = true })
		wantEntra(t, refresh(s, token), 400, "invalid_grant", 50076)
	})
	t.Run("of another client", func(t *testing.T) {
		s := newServer(t, nil)
		s.RegisterApplication(firstID, "other")
		wantEntra(t, refresh(s, s.IssueRefreshToken(TokenOptions{ApplicationID: firstID})), 400, "invalid_grant", 70000)
	})
}

// The refusal comes by stages, in a form without a body too, and never for an application.
func TestAccessTokens_stagedMFA(t *testing.T) {
	for share, want := range map[int]string{0: "200 200 200 200", 25: "200 200 200 401", 50: "200 401 200 401", 100: "401 401 401 401"} {
		s := newServer(t, counting())
		s.Behave(func(b *Behaviour) { b.MFAEnforcement = share })
		var got []string
		for range 4 {
			got = append(got, strconv.Itoa(send(t, "GET", s.URL+"/v1/things/a", "", "Authorization", bearer(s, TokenOptions{NoMFA: true})).status))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%d%%: got %v, want %s", share, got, want)
		}
	}
	s := newServer(t, counting())
	s.Behave(func(b *Behaviour) { b.EmptyMFARefusal = true })
	got := send(t, "GET", s.URL+"/v1/things/a", "", "Authorization", bearer(s, TokenOptions{NoMFA: true}))
	wantStatus(t, got, http.StatusUnauthorized)
	if challenge := got.header.Get("WWW-Authenticate"); got.body != "" || challenge != `Bearer error="invalid_token"` {
		t.Errorf("got %q, WWW-Authenticate %q", got.body, challenge)
	}
	wantStatus(t, send(t, "GET", s.URL+"/v1/things/a", "", "Authorization", bearer(s, TokenOptions{AppOnly: true})), http.StatusForbidden) // as without the knob
}

func TestAccessTokens(t *testing.T) {
	s := newServer(t, counting())
	early := bearer(s, TokenOptions{})
	for name, test := range map[string]struct {
		authorization string
		status        int
		code          string
	}{
		"user":             {early, 200, ""},
		"none":             {"", 401, "400"},
		"not a token":      {"Bearer abc", 401, "400"},
		"another scheme":   {"Basic abc", 401, "400"},
		"expired":          {bearer(s, TokenOptions{Expired: true}), 401, "400"},
		"no MFA":           {bearer(s, TokenOptions{NoMFA: true}), 401, "900421"},
		"retired audience": {bearer(s, TokenOptions{Audience: retiredAudience}), 401, "900420"},
		"other audience":   {bearer(s, TokenOptions{Audience: "https://vault.azure.net"}), 401, "400"},
		"China":            {bearer(s, TokenOptions{Audience: chinaAudience}), 200, ""},
		"app-only":         {bearer(s, TokenOptions{AppOnly: true}), 403, "900329"},
	} {
		t.Run(name, func(t *testing.T) {
			got := send(t, "GET", s.URL+"/v1/things/a", "", "Authorization", test.authorization)
			wantStatus(t, got, test.status)
			if test.code != "" && got.object(t)["code"] != test.code {
				t.Errorf("got %s, want code %s", got.body, test.code)
			}
			if got.status == 401 && got.header.Get("WWW-Authenticate") == "" {
				t.Error("401 without WWW-Authenticate")
			}
		})
	}
	s.Advance(time.Hour + time.Second)
	wantStatus(t, send(t, "GET", s.URL+"/v1/things/a", "", "Authorization", early), http.StatusUnauthorized)
	late := bearer(s, TokenOptions{})
	s.RevokeTokens()
	s.Behave(func(b *Behaviour) { b.EmptyUnauthorized = true })
	got := send(t, "GET", s.URL+"/v1/things/a", "", "Authorization", late)
	wantStatus(t, got, http.StatusUnauthorized)
	if got.body != "" {
		t.Errorf("got body %q, want none", got.body)
	}
}

func TestCallerHasRoles(t *testing.T) {
	var got world.Caller
	s := newServer(t, []route{{method: "GET", path: "me", handle: func(r *call) (int, any) {
		got = r.caller
		return http.StatusNoContent, nil
	}}})
	wantStatus(t, send(t, "GET", s.URL+"/v1/me", "", "Authorization", bearer(s, TokenOptions{User: SalesUser}), "MS-CorrelationId", firstID), 204)
	if !got.HasRole(RoleSalesAgent) || got.HasRole(RoleAdminAgent) || got.AppOnly || !got.MFA || got.User != SalesUser || got.CorrelationID != firstID {
		t.Errorf("got %+v", got)
	}
}

func TestDiscovery(t *testing.T) {
	s := newServer(t, nil)
	instance := send(t, "GET", s.URL+"/common/discovery/instance?api-version=1.1&authorization_endpoint=x", "")
	wantStatus(t, instance, http.StatusOK)
	next, _ := instance.object(t)["tenant_discovery_endpoint"].(string)
	configuration := send(t, "GET", next, "")
	wantStatus(t, configuration, http.StatusOK)
	if got := configuration.object(t)["token_endpoint"]; got != v2(s) {
		t.Errorf("got token endpoint %v, want %s", got, v2(s))
	}
}

func TestManagedIdentity(t *testing.T) {
	s := newServer(t, counting())
	query := "?resource=" + url.QueryEscape(Audience)
	for name, test := range map[string]struct {
		address, header, value string
		status                 int
	}{
		"machine":                     {s.URL + machineTokenPath + query, "Metadata", "true", 200},
		"machine without header":      {s.URL + machineTokenPath + query, "", "", 400},
		"unknown identity":            {s.URL + machineTokenPath + query + "&client_id=" + firstID, "Metadata", "true", 400},
		"App Service":                 {s.AppServiceURL() + query, "X-Identity-Header", AppServiceSecret, 200},
		"App Service, wrong header":   {s.AppServiceURL() + query, "X-Identity-Header", "x", 401},
		"App Service, other resource": {s.AppServiceURL() + "?resource=x", "X-Identity-Header", AppServiceSecret, 400},
	} {
		t.Run(name, func(t *testing.T) {
			got := send(t, "GET", test.address, "", orText(test.header, "X-None"), test.value)
			wantStatus(t, got, test.status)
			if test.status != 200 {
				return
			}
			token, _ := got.object(t)["access_token"].(string)
			wantStatus(t, send(t, "GET", s.URL+"/v1/things/special", "", "Authorization", "Bearer "+token), http.StatusOK)
		})
	}
}

func TestSignInFault(t *testing.T) {
	s := newServer(t, nil)
	s.Fault(Fault{Match: Match{SignIn: true}, Status: http.StatusServiceUnavailable})
	wantStatus(t, postForm(t, v2(s), secretForm()), http.StatusServiceUnavailable)
	wantStatus(t, postForm(t, v2(s), secretForm()), http.StatusOK)
	if len(s.Writes()) != 0 || len(s.Requests()) != 2 {
		t.Errorf("sign-in counts as a write: %s", asJSON(t, s.Writes()))
	}
}

func TestTokenOptionsJSON(t *testing.T) {
	var got TokenOptions
	if err := json.Unmarshal([]byte(`{"appOnly": true, "noMFA": true, "expired": true}`), &got); err != nil || !got.AppOnly || !got.NoMFA || !got.Expired {
		t.Errorf("got %+v, %v", got, err)
	}
}
