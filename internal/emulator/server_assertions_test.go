// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// keyPair is a key with its certificate, and one that nobody registered.
type keyPair struct {
	key, stranger *rsa.PrivateKey
	certificate   *x509.Certificate
}

func newCredential(t *testing.T) keyPair {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	stranger, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	template := certificateTemplate("application", 3)
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return keyPair{key: key, stranger: stranger, certificate: certificate}
}

func (c keyPair) thumbprint() string {
	sum := sha256.Sum256(c.certificate.Raw)
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// oldThumbprint is x5t as some libraries write it, in the usual alphabet of base64.
func (c keyPair) oldThumbprint() string {
	sum := sha1.Sum(c.certificate.Raw)
	return base64.StdEncoding.EncodeToString(sum[:])
}

func signedAssertion(t *testing.T, method jwt.SigningMethod, key any, header map[string]any, claims jwt.MapClaims) string {
	t.Helper()
	token := jwt.NewWithClaims(method, claims)
	maps.Copy(token.Header, header)
	text, err := token.SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func assertionForm(assertion string) url.Values {
	return formOf("grant_type", "client_credentials", "client_id", ClientID, "scope", Audience+"/.default",
		"client_assertion_type", assertionType, "client_assertion", assertion)
}

func TestSignInWithCertificate(t *testing.T) {
	c := newCredential(t)
	s := newServer(t, nil)
	s.RegisterCertificate(ClientID, c.certificate)
	claims := func(change func(jwt.MapClaims)) jwt.MapClaims {
		all := jwt.MapClaims{
			"aud": v2(s), "iss": ClientID, "sub": ClientID, "jti": firstID,
			"nbf": time.Now().Unix(), "exp": time.Now().Add(10 * time.Minute).Unix(),
		}
		if change != nil {
			change(all)
		}
		return all
	}
	known := map[string]any{"x5t#S256": c.thumbprint()}
	for name, test := range map[string]struct {
		assertion string
		status    int
		number    float64
	}{
		"RS256":            {signedAssertion(t, jwt.SigningMethodRS256, c.key, known, claims(nil)), 200, 0},
		"PS256":            {signedAssertion(t, jwt.SigningMethodPS256, c.key, known, claims(nil)), 200, 0},
		"older thumbprint": {signedAssertion(t, jwt.SigningMethodRS256, c.key, map[string]any{"x5t": c.oldThumbprint()}, claims(nil)), 200, 0},
		"public audience": {signedAssertion(t, jwt.SigningMethodPS256, c.key, known, claims(func(m jwt.MapClaims) {
			m["aud"] = "https://login.microsoftonline.com/" + s.TenantID() + "/v2.0"
		})), 200, 0},
		"another algorithm":   {signedAssertion(t, jwt.SigningMethodRS512, c.key, known, claims(nil)), 401, 700027},
		"another key":         {signedAssertion(t, jwt.SigningMethodRS256, c.stranger, known, claims(nil)), 401, 700027},
		"another certificate": {signedAssertion(t, jwt.SigningMethodRS256, c.key, map[string]any{"x5t": "AAAA"}, claims(nil)), 401, 700027},
		"no thumbprint":       {signedAssertion(t, jwt.SigningMethodRS256, c.key, nil, claims(nil)), 401, 700027},
		"another audience": {signedAssertion(t, jwt.SigningMethodRS256, c.key, known, claims(func(m jwt.MapClaims) {
			m["aud"] = "https://login.microsoftonline.com/" + firstID + "/oauth2/v2.0/token"
		})), 401, 700023},
		"another subject": {signedAssertion(t, jwt.SigningMethodRS256, c.key, known, claims(func(m jwt.MapClaims) { m["sub"] = firstID })), 401, 700021},
		"expired": {signedAssertion(t, jwt.SigningMethodRS256, c.key, known, claims(func(m jwt.MapClaims) {
			m["exp"] = time.Now().Add(-time.Hour).Unix()
		})), 401, 700024},
		"no expiry":    {signedAssertion(t, jwt.SigningMethodRS256, c.key, known, claims(func(m jwt.MapClaims) { delete(m, "exp") })), 401, 700024},
		"not yet":      {signedAssertion(t, jwt.SigningMethodRS256, c.key, known, claims(func(m jwt.MapClaims) { m["nbf"] = time.Now().Add(time.Hour).Unix() })), 401, 700024},
		"not a token":  {"abc", 400, 50027},
		"unsigned":     {signedAssertion(t, jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, known, claims(nil)), 401, 700027},
		"other issuer": {signedAssertion(t, jwt.SigningMethodRS256, c.key, known, claims(func(m jwt.MapClaims) { m["iss"] = firstID })), 401, 700211},
	} {
		t.Run(name, func(t *testing.T) {
			got := postForm(t, v2(s), assertionForm(test.assertion))
			wantStatus(t, got, test.status)
			if test.number != 0 && got.object(t)["error_codes"].([]any)[0] != test.number {
				t.Errorf("got %s, want %v", got.body, test.number)
			}
		})
	}
	withoutType := assertionForm(signedAssertion(t, jwt.SigningMethodRS256, c.key, known, claims(nil)))
	withoutType.Del("client_assertion_type")
	wantEntra(t, postForm(t, v2(s), withoutType), 400, "invalid_request", 900144)
}

func TestSignInWithFederatedToken(t *testing.T) {
	s := newServer(t, nil)
	wantEntra(t, postForm(t, v2(s), assertionForm(s.WorkloadToken("", ""))), 401, "invalid_client", 700211)
	s.TrustWorkload(ClientID)
	for name, test := range map[string]struct {
		assertion string
		status    int
		number    float64
	}{
		"trusted":          {s.WorkloadToken("", ""), 200, 0},
		"another branch":   {s.WorkloadToken("repo:ostwind/licenses:ref:refs/heads/fork", ""), 401, 700213},
		"another audience": {s.WorkloadToken("", "https://github.com/ostwind"), 401, 700212},
	} {
		t.Run(name, func(t *testing.T) {
			got := postForm(t, v2(s), assertionForm(test.assertion))
			wantStatus(t, got, test.status)
			if test.number != 0 {
				wantEntra(t, got, 401, "invalid_client", test.number)
			}
		})
	}
	forged := newCredential(t).key
	claims := jwt.MapClaims{"iss": WorkloadIssuer, "sub": WorkloadSubject, "aud": exchangeAudience, "exp": time.Now().Add(time.Minute).Unix()}
	got := postForm(t, v2(s), assertionForm(signedAssertion(t, jwt.SigningMethodRS256, forged, map[string]any{"kid": workloadKeyID}, claims)))
	wantEntra(t, got, 401, "invalid_client", 50013)
}

func TestTrustOfAnyIssuer(t *testing.T) {
	key := newCredential(t).key
	s := newServer(t, nil)
	s.Trust(ClientID, FederatedCredential{
		Issuer: "https://app.terraform.io", Subject: "organization:ostwind", Audience: "entra",
		Keys: map[string]crypto.PublicKey{"k": key.Public()},
	})
	token := func(expiry time.Time) string {
		return signedAssertion(t, jwt.SigningMethodRS256, key, map[string]any{"kid": "k"}, jwt.MapClaims{
			"iss": "https://app.terraform.io", "sub": "organization:ostwind", "aud": "entra", "exp": expiry.Unix(),
		})
	}
	wantStatus(t, postForm(t, v2(s), assertionForm(token(time.Now().Add(time.Minute)))), http.StatusOK)
	wantEntra(t, postForm(t, v2(s), assertionForm(token(time.Now().Add(-time.Hour)))), 401, "invalid_client", 700024)
}

func TestWorkloadEndpoint(t *testing.T) {
	s := newServer(t, nil)
	s.TrustWorkload(ClientID)
	address := s.WorkloadURL() + "&audience=" + url.QueryEscape(exchangeAudience)
	for method, member := range map[string]string{"GET": "value", "POST": "oidcToken"} {
		got := send(t, method, address, "", "Authorization", "Bearer "+WorkloadSecret)
		wantStatus(t, got, http.StatusOK)
		token, _ := got.object(t)[member].(string)
		if strings.Count(token, ".") != 2 {
			t.Fatalf("%s answers %s", method, got.body)
		}
		wantStatus(t, postForm(t, v2(s), assertionForm(token)), http.StatusOK)
	}
	wantStatus(t, send(t, "GET", address, "", "Authorization", "Bearer x"), http.StatusUnauthorized)
}
