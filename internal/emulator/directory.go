// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"strings"
	"sync"
	"time"
)

// directory is the partner's Entra tenant: applications, their credentials, and signed-in users.
type directory struct {
	key          []byte // signs access tokens
	generation   int    // of access tokens; older ones are revoked
	applications map[string]*application
	refresh      map[string]*refreshToken
}

// application is a registered client with everything that proves its identity.
type application struct {
	secrets      []string
	certificates []*x509.Certificate
	federated    []FederatedCredential
}

// refreshToken is a user's consent to an application. Times are virtual.
type refreshToken struct {
	user     TokenOptions
	lastUsed time.Time
	used     bool
	revoked  bool
}

// FederatedCredential trusts the tokens of another identity provider, as configured on an app registration.
type FederatedCredential struct {
	Issuer   string
	Subject  string
	Audience string                      // api://AzureADTokenExchange, if empty
	Keys     map[string]crypto.PublicKey // by key id, what the issuer publishes as its JWKS
}

const exchangeAudience = "api://AzureADTokenExchange"

func newDirectory() *directory {
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails
	return &directory{
		key:          key,
		applications: map[string]*application{ClientID: {secrets: []string{ClientSecret}}},
		refresh:      map[string]*refreshToken{},
	}
}

// RegisterApplication adds an application with a secret (none, if empty) to the partner tenant.
func (s *Server) RegisterApplication(clientID, secret string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	app := &application{}
	if secret != "" {
		app.secrets = []string{secret}
	}
	s.directory.applications[strings.ToLower(clientID)] = app
}

// RegisterCertificate lets an application sign in with the key of a certificate.
func (s *Server) RegisterCertificate(clientID string, certificate *x509.Certificate) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if app := s.directory.application(clientID); app != nil {
		app.certificates = append(app.certificates, certificate)
	}
}

// Trust lets an application sign in with another identity provider's tokens.
func (s *Server) Trust(clientID string, credential FederatedCredential) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if app := s.directory.application(clientID); app != nil {
		app.federated = append(app.federated, credential)
	}
}

// IssueRefreshToken makes the refresh token of a user's consent; App+User clients exchange it for access tokens.
func (s *Server) IssueRefreshToken(o TokenOptions) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	o.AppOnly = false
	return s.newRefreshToken(o.withDefaults())
}

// RevokeRefreshTokens ends every consent, as a password reset does.
func (s *Server) RevokeRefreshTokens() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, token := range s.directory.refresh {
		token.revoked = true
	}
}

func (s *Server) newRefreshToken(user TokenOptions) string {
	token := "0.A" + rand.Text() + rand.Text()
	s.directory.refresh[token] = &refreshToken{user: user, lastUsed: s.now()}
	return token
}

func (d *directory) application(clientID string) *application {
	return d.applications[strings.ToLower(clientID)]
}

// workloadKey is one key for all servers of a process, because making it takes a noticeable while.
var workloadKey = sync.OnceValue(func() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err) // only a broken machine can do that
	}
	return key
})
