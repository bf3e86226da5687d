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

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// directory is the partner's Entra tenant: applications, their credentials, and signed-in users.
type directory struct {
	world     *world.World
	transport *Transport
	addresses []string // of this server

	key        []byte // signs access tokens
	generation int    // of access tokens; older ones are revoked

	withoutMFACalls int // App+User calls so far whose user has not passed MFA

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

const (
	exchangeAudience     = "api://AzureADTokenExchange"
	refreshTokenLifetime = 90 * 24 * time.Hour // after its last use
)

func newDirectory(t *Transport) *directory {
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails
	return &directory{
		transport:    t,
		key:          key,
		applications: map[string]*application{ClientID: {secrets: []string{ClientSecret}}},
		refresh:      map[string]*refreshToken{},
	}
}

func (d *directory) newRefreshToken(user TokenOptions) string {
	token := "0.A" + rand.Text() + rand.Text()
	d.refresh[token] = &refreshToken{user: user, lastUsed: d.world.Now()}
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
