// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"bytes"
	"cmp"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

// identify finds out which application asks for a token and checks its credential: a secret in the form or in the
// Authorization header, or an assertion.
func (d *directory) identify(r *call, form url.Values) (string, *entraError) {
	clientID, secret := form.Get("client_id"), form.Get("client_secret")
	if id, password, ok := basicCredentials(r); ok {
		clientID, secret = id, password
	}
	app := d.application(clientID)
	switch {
	case clientID == "":
		return "", entra(http.StatusBadRequest, 900144, "invalid_request", "The request body must contain the following parameter: 'client_id'.")
	case app == nil:
		return "", entra(http.StatusBadRequest, 700016, "unauthorized_client", "Application with identifier '%s' was not found in the directory '%s'.", clientID, d.world.Tenant.Partner.Name)
	case form.Get("client_assertion") != "":
		return clientID, d.checkAssertion(r, app, clientID, form)
	case secret == "":
		return "", invalidClient(7000218, "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.")
	case !slices.Contains(app.secrets, secret):
		return "", invalidClient(7000215, "Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '%s'.", clientID)
	}
	return clientID, nil
}

// basicCredentials reads client id and secret from the Authorization header, both form-encoded.
func basicCredentials(r *call) (id, secret string, ok bool) {
	user, password, ok := r.BasicAuth()
	if !ok {
		return "", "", false
	}
	id, errID := url.QueryUnescape(user)
	secret, errSecret := url.QueryUnescape(password)
	return id, secret, errID == nil && errSecret == nil
}

// checkAssertion verifies a JWT that stands for the client: signed with the key of a registered certificate, or by a
// trusted identity provider.
func (d *directory) checkAssertion(r *call, app *application, clientID string, form url.Values) *entraError {
	if form.Get("client_assertion_type") != assertionType {
		return entra(http.StatusBadRequest, 900144, "invalid_request", "The request body must contain the parameter 'client_assertion_type' with the value '%s'.", assertionType)
	}
	assertion, claims := form.Get("client_assertion"), jwt.MapClaims{}
	token, _, err := jwt.NewParser().ParseUnverified(assertion, claims)
	if err != nil {
		return entra(http.StatusBadRequest, 50027, "invalid_request", "JWT token is invalid or malformed.")
	}
	issuer, _ := claims.GetIssuer()
	if strings.EqualFold(issuer, clientID) {
		return d.checkSigned(r, app, clientID, token)
	}
	return d.checkFederated(app, token)
}

// checkSigned verifies what an application signed itself: key, algorithm, audience, subject and time.
func (d *directory) checkSigned(r *call, app *application, clientID string, token *jwt.Token) *entraError {
	certificate := findCertificate(app.certificates, token.Header)
	if certificate == nil {
		return invalidClient(700027, "The certificate with identifier used to sign the client assertion is not registered on application. [Reason - The key was not found.]")
	}
	if !signedBy(token, certificate.PublicKey) {
		return invalidClient(700027, "Client assertion failed signature validation. [Reason - The key was found, but use of the key to verify the signature failed.]")
	}
	audience, _ := token.Claims.GetAudience()
	if !slices.ContainsFunc(audience, func(a string) bool { return d.isTokenAudience(r, a) }) {
		return invalidClient(700023, "Client assertion audience claim does not match Realm issuer: %s.", strings.Join(audience, ", "))
	}
	if subject, _ := token.Claims.GetSubject(); !strings.EqualFold(subject, clientID) {
		return invalidClient(700021, "Client assertion application identifier doesn't match 'client_id' parameter.")
	}
	return d.checkTimes(token)
}

// isTokenAudience accepts what Entra accepts: a token endpoint of the tenant, or its issuer, under an address of this
// server or the public one.
func (d *directory) isTokenAudience(r *call, audience string) bool {
	tenant := "/" + r.PathValue("tenant")
	for _, base := range append([]string{origin(r), "https://login.microsoftonline.com"}, d.addresses...) {
		for _, path := range []string{"/oauth2/v2.0/token", "/oauth2/token", "/v2.0", "/"} {
			if strings.EqualFold(audience, base+tenant+path) {
				return true
			}
		}
	}
	return false
}

// checkFederated verifies another provider's token against the trust that is configured on the application.
func (d *directory) checkFederated(app *application, token *jwt.Token) *entraError {
	issuer, _ := token.Claims.GetIssuer()
	subject, _ := token.Claims.GetSubject()
	audience, _ := token.Claims.GetAudience()
	trusted := app.federated
	keep := func(refusal *entraError, matches func(FederatedCredential) bool) *entraError {
		trusted = slices.DeleteFunc(slices.Clone(trusted), func(c FederatedCredential) bool { return !matches(c) })
		if len(trusted) == 0 {
			return refusal
		}
		return nil
	}
	return cmp.Or(
		keep(invalidClient(700211, "No matching federated identity record found for presented assertion issuer '%s'.", issuer),
			func(c FederatedCredential) bool { return c.Issuer == issuer }),
		keep(invalidClient(700213, "No matching federated identity record found for presented assertion subject '%s'.", subject),
			func(c FederatedCredential) bool { return c.Subject == subject }),
		keep(invalidClient(700212, "No matching federated identity record found for presented assertion audience '%s'.", strings.Join(audience, ", ")),
			func(c FederatedCredential) bool {
				return slices.Contains(audience, cmp.Or(c.Audience, exchangeAudience))
			}),
		keep(invalidClient(50013, "Assertion failed signature validation. [Reason - The key was not found.]"),
			func(c FederatedCredential) bool {
				id, _ := token.Header["kid"].(string)
				key, known := c.Keys[id]
				return known && signedBy(token, key)
			}),
		d.checkTimes(token),
	)
}

// checkTimes refuses an expired assertion. Libraries stamp assertions with the machine's clock, which a test may have
// left behind: valid by either clock is valid.
func (d *directory) checkTimes(token *jwt.Token) *entraError {
	expiry, err := token.Claims.GetExpirationTime()
	if err != nil || expiry == nil {
		return invalidClient(700024, "Client assertion is not within its valid time range: it has no expiry.")
	}
	begin, _ := token.Claims.GetNotBefore()
	const skew = 5 * time.Minute
	for _, now := range []time.Time{d.world.Now(), time.Now()} {
		if now.Before(expiry.Add(skew)) && (begin == nil || now.After(begin.Add(-skew))) {
			return nil
		}
	}
	return invalidClient(700024, "Client assertion is not within its valid time range. Current time: %s, expiry time of assertion: %s.",
		d.world.Now().Format(time.RFC3339), expiry.UTC().Format(time.RFC3339))
}

// signedBy verifies the signature alone; the algorithms are those that Entra takes.
func signedBy(token *jwt.Token, key any) bool {
	parser := jwt.NewParser(jwt.WithValidMethods([]string{"RS256", "PS256"}), jwt.WithoutClaimsValidation())
	_, err := parser.Parse(token.Raw, func(*jwt.Token) (any, error) { return key, nil })
	return err == nil
}

// findCertificate finds the certificate by the thumbprint in x5t#S256 or x5t.
func findCertificate(registered []*x509.Certificate, header map[string]any) *x509.Certificate {
	for _, certificate := range registered {
		long, short := sha256.Sum256(certificate.Raw), sha1.Sum(certificate.Raw)
		if isThumbprint(header["x5t#S256"], long[:]) || isThumbprint(header["x5t"], short[:]) {
			return certificate
		}
	}
	return nil
}

// isThumbprint compares a header with a thumbprint; libraries write it in either alphabet of base64, and Entra reads both.
func isThumbprint(sent any, want []byte) bool {
	text, _ := sent.(string)
	text = strings.NewReplacer("+", "-", "/", "_").Replace(strings.TrimRight(text, "="))
	got, err := base64.RawURLEncoding.DecodeString(text)
	return err == nil && bytes.Equal(got, want)
}
