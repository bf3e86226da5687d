// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// signInRoutes is the part of Entra that clients of the API need, and the identity endpoints of the machines they run on.
func signInRoutes(d *directory) []route {
	return []route{
		{method: "POST", path: "/{tenant}/oauth2/token", handle: d.tokenV1},
		{method: "POST", path: "/{tenant}/oauth2/v2.0/token", handle: d.tokenV2},
		{method: "GET", path: "/common/discovery/instance", handle: d.instanceDiscovery},
		{method: "GET", path: "/{tenant}/v2.0/.well-known/openid-configuration", handle: d.openIDConfiguration},
		{method: "GET", path: machineTokenPath, handle: d.machineToken},
		{method: "GET", path: appServiceTokenPath, handle: d.appServiceToken},
		{method: "GET", path: workloadTokenPath, handle: d.workloadToken},
		{method: "POST", path: workloadTokenPath, handle: d.workloadToken},
	}
}

// grant is what a token request came to.
type grant struct {
	token    TokenOptions
	audience string
	refresh  string // new refresh token of App+User
}

// tokenV1 is the older token endpoint: it takes a resource and answers numbers as strings (reference/commerce.md#app-only-tokens).
func (d *directory) tokenV1(r *call) (int, any) {
	form, fail := signInForm(r)
	if fail == nil && form.Get("resource") == "" {
		fail = entra(http.StatusBadRequest, 900144, "invalid_request", "The request body must contain the following parameter: 'resource'.")
	}
	if fail != nil {
		return d.refuse(fail)
	}
	g, fail := d.grant(r, form, form.Get("resource"))
	if fail != nil {
		return d.refuse(fail)
	}
	now, seconds := d.world.Now(), int(d.transport.TokenLifetime/time.Second)
	answer := map[string]any{
		"token_type": "Bearer", "access_token": d.newToken(g.token), "resource": g.audience,
		"expires_in": strconv.Itoa(seconds), "ext_expires_in": strconv.Itoa(seconds),
		"expires_on": unix(now.Add(d.transport.TokenLifetime)), "not_before": unix(now.Add(-5 * time.Minute)),
	}
	if g.refresh != "" {
		answer["refresh_token"], answer["scope"] = g.refresh, "user_impersonation"
	}
	return http.StatusOK, answer
}

// tokenV2 takes a scope and answers numbers.
func (d *directory) tokenV2(r *call) (int, any) {
	form, fail := signInForm(r)
	if fail != nil {
		return d.refuse(fail)
	}
	resource, fail := resourceOf(form.Get("scope"), form.Get("grant_type"))
	if fail != nil {
		return d.refuse(fail)
	}
	g, fail := d.grant(r, form, resource)
	if fail != nil {
		return d.refuse(fail)
	}
	seconds := int(d.transport.TokenLifetime / time.Second)
	answer := map[string]any{
		"token_type": "Bearer", "access_token": d.newToken(g.token), "expires_in": seconds, "ext_expires_in": seconds,
	}
	if g.refresh != "" {
		answer["scope"] = g.audience + "/user_impersonation"
		if slices.Contains(strings.Fields(form.Get("scope")), "offline_access") {
			answer["refresh_token"] = g.refresh
		}
	}
	return http.StatusOK, answer
}

// grant checks tenant, resource, client and grant, in the order in which Entra complains.
func (d *directory) grant(r *call, form url.Values, resource string) (*grant, *entraError) {
	if !d.isTenant(r.PathValue("tenant"), form.Get("grant_type")) {
		return nil, entra(http.StatusBadRequest, 90002, "invalid_request", "Tenant '%s' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.", r.PathValue("tenant"))
	}
	audience := strings.TrimRight(resource, "/")
	if !isAudience(audience) && audience != retiredAudience && audience != GraphAudience {
		return nil, entra(http.StatusBadRequest, 500011, "invalid_resource", "The resource principal named %s was not found in the tenant.", resource)
	}
	clientID, fail := d.identify(r, form)
	if fail != nil {
		return nil, fail
	}
	switch kind := form.Get("grant_type"); kind {
	case "client_credentials":
		return &grant{token: TokenOptions{AppOnly: true, ApplicationID: clientID, Audience: audience}, audience: audience}, nil
	case "refresh_token":
		return d.refreshGrant(form.Get("refresh_token"), clientID, audience)
	case "":
		return nil, entra(http.StatusBadRequest, 900144, "invalid_request", "The request body must contain the following parameter: 'grant_type'.")
	default:
		return nil, entra(http.StatusBadRequest, 70003, "unsupported_grant_type", "The app requested an unsupported grant type '%s'.", kind)
	}
}

// refreshGrant exchanges a refresh token; each exchange hands out a new one (reference/commerce.md#appuser-tokens).
func (d *directory) refreshGrant(token, clientID, audience string) (*grant, *entraError) {
	invalid := func(code int, format string, args ...any) (*grant, *entraError) {
		return nil, entra(http.StatusBadRequest, code, "invalid_grant", format, args...)
	}
	kept := d.refresh[token]
	switch {
	case kept == nil:
		return invalid(9002313, "Invalid request. Request is malformed or invalid.")
	case !strings.EqualFold(kept.user.ApplicationID, clientID):
		return invalid(70000, "The provided value for the 'refresh_token' is not valid: it was issued to another client.")
	case kept.revoked:
		return invalid(50173, "The provided grant has expired due to it being revoked, a fresh auth token is needed.")
	case d.world.Now().Sub(kept.lastUsed) > refreshTokenLifetime:
		return invalid(700082, "The refresh token has expired due to inactivity. The token was issued on %s.", kept.lastUsed.Format(time.RFC3339))
	case kept.used && d.transport.RefreshTokensOnce:
		return invalid(54005, "The refresh token was already redeemed.")
	case kept.user.NoMFA && d.transport.SignInRequiresMFA:
		return invalid(50076, "Due to a configuration change made by your administrator, you must use multi-factor authentication to access '%s'.", audience)
	}
	kept.used, kept.lastUsed = true, d.world.Now()
	user := kept.user
	user.Audience = audience
	return &grant{token: user, audience: audience, refresh: d.newRefreshToken(kept.user)}, nil
}

// isTenant knows the partner tenant by id and by domain; users may also come through the shared names.
func (d *directory) isTenant(name, grantType string) bool {
	if strings.EqualFold(name, "common") || strings.EqualFold(name, "organizations") {
		return grantType != "client_credentials"
	}
	_, domain, _ := strings.Cut(AdminUser, "@")
	return strings.EqualFold(name, d.world.Tenant.Partner.TenantID) || strings.EqualFold(name, domain)
}

// resourceOf finds the resource in a v2 scope, such as https://resource/.default.
func resourceOf(scope, grantType string) (string, *entraError) {
	for each := range strings.FieldsSeq(scope) {
		if slices.Contains([]string{"offline_access", "openid", "profile", "email"}, each) {
			continue
		}
		resource, found := strings.CutSuffix(each, "/.default")
		if !found && grantType == "client_credentials" {
			return "", entra(http.StatusBadRequest, 1002012, "invalid_scope", "The provided value for scope %s is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier.", each)
		}
		if !found {
			resource = strings.TrimSuffix(each, "/user_impersonation")
		}
		return resource, nil
	}
	return "", entra(http.StatusBadRequest, 900144, "invalid_request", "The request body must contain the following parameter: 'scope'.")
}

// signInForm reads the form. A refresh that names neither scope nor resource is for those of the sign-in.
func signInForm(r *call) (url.Values, *entraError) {
	form, err := url.ParseQuery(string(r.body))
	if err != nil {
		return nil, entra(http.StatusBadRequest, 900144, "invalid_request", "The request body is not a form.")
	}
	if form.Get("grant_type") == "refresh_token" && form.Get("scope") == "" && form.Get("resource") == "" {
		form.Set("scope", Audience+"/user_impersonation offline_access")
		form.Set("resource", Audience)
	}
	return form, nil
}

func unix(t time.Time) string { return strconv.FormatInt(t.Unix(), 10) }

// origin is the address under which the client reached the server.
func origin(r *call) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

func (d *directory) instanceDiscovery(r *call) (int, any) {
	return http.StatusOK, map[string]any{
		"tenant_discovery_endpoint": origin(r) + "/" + d.world.Tenant.Partner.TenantID + "/v2.0/.well-known/openid-configuration",
		"api-version":               "1.1",
		"metadata": []any{map[string]any{
			"preferred_network": r.Host, "preferred_cache": r.Host, "aliases": []string{r.Host},
		}},
	}
}

func (d *directory) openIDConfiguration(r *call) (int, any) {
	base := origin(r) + "/" + r.PathValue("tenant")
	if !d.isTenant(r.PathValue("tenant"), "") {
		return d.refuse(entra(http.StatusBadRequest, 90002, "invalid_tenant", "Tenant '%s' not found.", r.PathValue("tenant")))
	}
	return http.StatusOK, map[string]any{
		"issuer":                                base + "/v2.0",
		"authorization_endpoint":                base + "/oauth2/v2.0/authorize",
		"token_endpoint":                        base + "/oauth2/v2.0/token",
		"device_authorization_endpoint":         base + "/oauth2/v2.0/devicecode",
		"token_endpoint_auth_methods_supported": []string{"client_secret_post", "private_key_jwt", "client_secret_basic"},
		"response_types_supported":              []string{"code"},
		"tenant_region_scope":                   "EU",
	}
}
