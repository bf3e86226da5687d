// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"crypto/subtle"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// Identity endpoints of the machines that clients run on: a virtual machine (IMDS), App Service, and a CI system.
const (
	machineTokenPath    = "/metadata/identity/oauth2/token"
	appServiceTokenPath = "/msi/token"
	workloadTokenPath   = "/ci/token"
)

// The CI system that the emulator plays. Its issuer and subject have the form of GitHub Actions.
const (
	WorkloadIssuer  = "https://token.actions.githubusercontent.com"
	WorkloadSubject = "repo:ostwind/licenses:environment:production"
	// WorkloadSecret is the bearer that a job presents to get its token, ACTIONS_ID_TOKEN_REQUEST_TOKEN.
	WorkloadSecret = "job~token~of~no~value"
	// AppServiceSecret is the value of IDENTITY_HEADER.
	AppServiceSecret = "identity~header~of~no~value"
	workloadKeyID    = "ci-2026"
)

func (d *directory) newWorkloadToken(subject, audience string) string {
	now := d.world.Now()
	token := jwt.NewWithClaims(jwt.SigningMethodRS256, jwt.MapClaims{
		"iss": WorkloadIssuer, "sub": cmp.Or(subject, WorkloadSubject), "aud": cmp.Or(audience, exchangeAudience),
		"jti": d.world.NewID(), "iat": now.Unix(), "nbf": now.Add(-time.Minute).Unix(), "exp": now.Add(5 * time.Minute).Unix(),
	})
	token.Header["kid"] = workloadKeyID
	signed, err := token.SignedString(workloadKey())
	if err != nil {
		panic(err) // only an unusable key can do that
	}
	return signed
}

// workloadToken answers a CI job: GET as GitHub does it, POST as Azure Pipelines does.
func (d *directory) workloadToken(r *call) (int, any) {
	sent, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if subtle.ConstantTimeCompare([]byte(sent), []byte(WorkloadSecret)) != 1 {
		return http.StatusUnauthorized, map[string]any{"message": "The job token is missing or wrong."}
	}
	token := d.newWorkloadToken("", r.URL.Query().Get("audience"))
	if r.Method == http.MethodPost {
		return http.StatusOK, map[string]any{"oidcToken": token}
	}
	return http.StatusOK, map[string]any{"count": len(token), "value": token}
}

// machineToken is the identity endpoint of a virtual machine.
func (d *directory) machineToken(r *call) (int, any) {
	if !strings.EqualFold(r.Header.Get("Metadata"), "true") {
		return http.StatusBadRequest, map[string]any{"error": "invalid_request", "error_description": "Required metadata header not specified"}
	}
	return d.managedIdentity(r)
}

// appServiceToken is the identity endpoint of App Service.
func (d *directory) appServiceToken(r *call) (int, any) {
	if r.Header.Get("X-IDENTITY-HEADER") != AppServiceSecret {
		return http.StatusUnauthorized, map[string]any{"statusCode": http.StatusUnauthorized, "message": "Unauthorized"}
	}
	return d.managedIdentity(r)
}

func (d *directory) managedIdentity(r *call) (int, any) {
	clientID := cmp.Or(r.URL.Query().Get("client_id"), ClientID)
	resource := strings.TrimRight(r.URL.Query().Get("resource"), "/")
	switch {
	case d.application(clientID) == nil:
		return http.StatusBadRequest, map[string]any{"error": "invalid_request", "error_description": "Identity not found"}
	case !isAudience(resource) && resource != retiredAudience:
		return http.StatusBadRequest, map[string]any{"error": "invalid_resource", "error_description": "AADSTS500011: The resource principal named " + resource + " was not found in the tenant."}
	}
	now := d.world.Now()
	return http.StatusOK, map[string]any{
		"token_type": "Bearer", "client_id": clientID, "resource": resource,
		"access_token": d.newToken(TokenOptions{AppOnly: true, ApplicationID: clientID, Audience: resource}),
		"expires_in":   strconv.Itoa(int(d.transport.TokenLifetime / time.Second)),
		"expires_on":   unix(now.Add(d.transport.TokenLifetime)),
		"not_before":   unix(now),
	}
}
