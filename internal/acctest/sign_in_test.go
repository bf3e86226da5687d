// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"software.sslmate.com/src/go-pkcs12"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// signingIn is a provider block for the emulator's https addresses, which azidentity insists on.
func signingIn(emu *emulator.Server, lines ...string) string {
	return fmt.Sprintf("provider \"partnercenter\" {\n  endpoint = %[1]q\n  authority_host = %[1]q\n  tenant_id = %[2]q\n  client_id = %[3]q\n  %[4]s\n}\n",
		emu.TLSURL, emu.TenantID(), emulator.ClientID, strings.Join(lines, "\n  "))
}

// bought is a configuration that buys, with a customer of whom nothing is known before.
func bought(quantity int) string {
	return fmt.Sprintf(`
data "partnercenter_customer" "test" {
  id = %q
}

resource "partnercenter_subscription" "test" {
  customer_id   = data.partnercenter_customer.test.id
  product_id    = %q
  sku_id        = "0001"
  quantity      = %d
  term_duration = "P1Y"
  billing_cycle = "monthly"
}
`, emulator.CustomerKaffeehaus, emulator.ProductOffice, quantity)
}

// writeFile makes a file of a test and returns its name, as a string of HCL takes it.
func writeFile(t *testing.T, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return filepath.ToSlash(path)
}

// keyPair is a certificate of the application, registered with the emulator.
func keyPair(t *testing.T, emu *emulator.Server) (*rsa.PrivateKey, *x509.Certificate) {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "application"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().AddDate(1, 0, 0)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	emu.RegisterCertificate(emulator.ClientID, certificate)
	return key, certificate
}

func pemOf(t *testing.T, key *rsa.PrivateKey, certificate *x509.Certificate) []byte {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return append(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate.Raw}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})...)
}

func pfxOf(t *testing.T, key *rsa.PrivateKey, certificate *x509.Certificate) []byte {
	t.Helper()
	pfx, err := pkcs12.Modern.Encode(key, certificate, nil, "open~sesame")
	if err != nil {
		t.Fatal(err)
	}
	return pfx
}

// TestAccSignIn buys, changes and destroys with each way to sign in that a pipeline has.
func TestAccSignIn(t *testing.T) {
	t.Parallel()
	const app, user = "Bearer app-only", "Bearer user"
	for name, test := range map[string]struct {
		block func(t *testing.T, emu *emulator.Server) string
		as    string
	}{
		"secret": {func(_ *testing.T, emu *emulator.Server) string {
			return signingIn(emu, fmt.Sprintf("client_secret = %q", emulator.ClientSecret))
		}, app},
		"certificate in a PEM file": {func(t *testing.T, emu *emulator.Server) string {
			t.Helper()
			key, certificate := keyPair(t, emu)
			return signingIn(emu, fmt.Sprintf("client_certificate_path = %q", writeFile(t, "app.pem", pemOf(t, key, certificate))))
		}, app},
		"certificate in a PFX file with a password": {func(t *testing.T, emu *emulator.Server) string {
			t.Helper()
			key, certificate := keyPair(t, emu)
			return signingIn(emu, fmt.Sprintf("client_certificate_path = %q", writeFile(t, "app.pfx", pfxOf(t, key, certificate))), `client_certificate_password = "open~sesame"`)
		}, app},
		"certificate itself": {func(t *testing.T, emu *emulator.Server) string {
			t.Helper()
			key, certificate := keyPair(t, emu)
			return signingIn(emu, fmt.Sprintf("client_certificate = %q", base64.StdEncoding.EncodeToString(pemOf(t, key, certificate))))
		}, app},
		"federated token": {func(_ *testing.T, emu *emulator.Server) string {
			emu.TrustWorkload(emulator.ClientID)
			return signingIn(emu, "use_oidc = true", fmt.Sprintf("oidc_token = %q", emu.WorkloadToken("", "")))
		}, app},
		"federated token in a file": {func(t *testing.T, emu *emulator.Server) string {
			t.Helper()
			emu.TrustWorkload(emulator.ClientID)
			return signingIn(emu, "use_oidc = true", fmt.Sprintf("oidc_token_file_path = %q", writeFile(t, "token", []byte(emu.WorkloadToken("", "")+"\n"))))
		}, app},
		"federated token of GitHub": {func(_ *testing.T, emu *emulator.Server) string {
			emu.TrustWorkload(emulator.ClientID)
			return signingIn(emu, "use_oidc = true", fmt.Sprintf("oidc_request_url = %q", emu.WorkloadURL()), fmt.Sprintf("oidc_request_token = %q", emulator.WorkloadSecret))
		}, app},
		"federated token of Azure DevOps": {func(_ *testing.T, emu *emulator.Server) string {
			emu.TrustWorkload(emulator.ClientID)
			return signingIn(emu, "use_oidc = true", fmt.Sprintf("oidc_request_url = %q", emu.WorkloadURL()), fmt.Sprintf("oidc_request_token = %q", emulator.WorkloadSecret),
				`oidc_azure_service_connection_id = "6b1f0c57-9f0e-4f0a-8a3b-1a2f4f0c9d11"`)
		}, app},
		"refresh token and secret": {func(_ *testing.T, emu *emulator.Server) string {
			return signingIn(emu, fmt.Sprintf("refresh_token = %q", emu.IssueRefreshToken(emulator.TokenOptions{})), fmt.Sprintf("client_secret = %q", emulator.ClientSecret))
		}, user},
		"refresh token and certificate": {func(t *testing.T, emu *emulator.Server) string {
			t.Helper()
			key, certificate := keyPair(t, emu)
			return signingIn(emu, fmt.Sprintf("refresh_token = %q", emu.IssueRefreshToken(emulator.TokenOptions{})),
				fmt.Sprintf("client_certificate_path = %q", writeFile(t, "app.pem", pemOf(t, key, certificate))))
		}, user},
		"access token": {func(_ *testing.T, emu *emulator.Server) string {
			return signingIn(emu, fmt.Sprintf("access_token = %q", emu.IssueToken(emulator.TokenOptions{Lifetime: 24 * time.Hour})))
		}, user},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			provider := test.block(t, emu)
			w := acctest.NewWorkspace(t, emu, provider+bought(5))
			w.MustApply()
			w.Configure(provider + bought(9))
			w.MustApply()
			w.MustApply("-destroy")
			expectLife(t, emu)
			for _, r := range emu.Requests() {
				if as := r.Header.Get("Authorization"); !r.SignIn && as != test.as {
					t.Errorf("%s %s was sent as %q, want %q", r.Method, r.Path, as, test.as)
				}
			}
		})
	}
}

// expectLife fails the test unless one subscription was bought, changed and given up, each once.
func expectLife(t *testing.T, emu *emulator.Server) {
	t.Helper()
	if purchases := emu.Purchases(); len(purchases) != 1 {
		t.Errorf("%d subscriptions were bought, want one", len(purchases))
	}
	done := map[string]int{}
	for _, r := range emu.Writes() {
		if r.Status >= 200 && r.Status < 300 {
			done[r.Method+" "+r.Path[strings.LastIndex(r.Path, "/"):]]++
		}
	}
	const carts = 4 // a price for each planning of the purchase and of the licenses more; the last one of the purchase is checked out
	if done["POST /carts"] != carts || done["POST /checkout"] != 1 || len(done) != 3 {
		t.Errorf("these were carried out: %v", done)
	}
}

// TestAccSignIn_managedIdentity is on its own because a managed identity is found by variables of the process.
func TestAccSignIn_managedIdentity(t *testing.T) {
	emu := acctest.New(t)
	t.Setenv("IDENTITY_ENDPOINT", emu.AppServiceURL())
	t.Setenv("IDENTITY_HEADER", emulator.AppServiceSecret)
	t.Setenv("PARTNERCENTER_ENDPOINT", emu.TLSURL) // the configuration alone could not send the machine's token there
	t.Setenv("PARTNERCENTER_AUTHORITY_HOST", emu.TLSURL)
	w := acctest.NewWorkspace(t, emu, signingIn(emu, "use_msi = true")+bought(5))
	w.MustApply()
	w.Configure(signingIn(emu, "use_msi = true") + bought(9))
	w.MustApply()
	w.MustApply("-destroy")
	expectLife(t, emu)
}

// endingClock ends every token there is at the nth wait after a checkout: in the middle of a run, and before the time that was announced.
type endingClock struct {
	partnercenter.Clock
	emu   *emulator.Server
	nth   int64
	waits atomic.Int64
}

func (c *endingClock) Sleep(ctx context.Context, d time.Duration) error {
	if c.emu.Count("POST", "carts/*/checkout") > 0 && c.waits.Add(1) == c.nth {
		c.emu.RevokeTokens()
	}
	return c.Clock.Sleep(ctx, d)
}

// TestAccSignIn_tokenEnds lets tokens end in the middle of a run: by their announced time, and before it.
func TestAccSignIn_tokenEnds(t *testing.T) {
	t.Parallel()
	secret := func(emu *emulator.Server) string {
		return signingIn(emu, fmt.Sprintf("client_secret = %q", emulator.ClientSecret))
	}
	refresh := func(emu *emulator.Server) string {
		return signingIn(emu, fmt.Sprintf("refresh_token = %q", emu.IssueRefreshToken(emulator.TokenOptions{})), fmt.Sprintf("client_secret = %q", emulator.ClientSecret))
	}
	for name, block := range map[string]func(*emulator.Server) string{"application": secret, "user": refresh} {
		t.Run(name+", by the clock", func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t, emulator.WithBehaviour(func(b *emulator.Behaviour) {
				b.TokenLifetime, b.SubscriptionIDAfter = 2*time.Minute, 10*time.Minute
			}))
			w := acctest.NewWorkspace(t, emu, block(emu)+bought(5))
			before := emu.Count("POST", "oauth2/v2.0/token")
			w.MustApply()
			if got := emu.Count("POST", "oauth2/v2.0/token") - before; got < 6 {
				t.Errorf("signed in %d times in a run of ten minutes, with tokens of two", got)
			}
			if countStatus(emu.Requests(), 401) > 0 {
				t.Error("a token was used until it was refused")
			}
		})
		for _, nth := range []int64{1, 2} {
			t.Run(fmt.Sprintf("%s, at wait %d after the checkout", name, nth), func(t *testing.T) {
				t.Parallel()
				emu := acctest.New(t)
				clock := &endingClock{Clock: emu.Clock(), emu: emu, nth: nth}
				config := block(emu)
				w := acctest.NewWorkspace(t, emu, config+bought(5), func(o *partnercenter.Options) { o.Clock = clock })
				w.MustApply()
				if got := countStatus(emu.Requests(), 401); got != 1 {
					t.Errorf("%d requests were refused for their token, want one", got)
				}
				w.Configure(config + bought(9))
				w.MustApply()
				w.MustApply("-destroy")
				expectLife(t, emu)
			})
		}
	}
}

func countStatus(requests []emulator.Request, status int) int {
	n := 0
	for _, r := range requests {
		if r.Status == status {
			n++
		}
	}
	return n
}

// TestAccSignIn_fixedTokenEnds lets an access token end that nobody can renew, after the checkout: what was bought is kept in the state,
// and the next run finds it.
func TestAccSignIn_fixedTokenEnds(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t, emulator.WithBehaviour(func(b *emulator.Behaviour) { b.SubscriptionIDAfter = 10 * time.Minute }))
	token := func(lifetime time.Duration) string {
		return signingIn(emu, fmt.Sprintf("access_token = %q", emu.IssueToken(emulator.TokenOptions{Lifetime: lifetime})))
	}
	w := acctest.NewWorkspace(t, emu, token(time.Minute)+bought(5))
	if out := w.MustApply(); !strings.Contains(out, "Purchase not finished") {
		t.Errorf("it does not say that the purchase is not finished:\n%s", out)
	}
	emu.Advance(15 * time.Minute)
	w.Configure(token(24*time.Hour) + bought(5))
	w.MustApply()
	w.MustPlanClean()
	if id := w.State()["partnercenter_subscription.test"]["id"]; id == nil {
		t.Error("the subscription was not found")
	}
	if purchases := emu.Purchases(); len(purchases) != 1 {
		t.Errorf("%d subscriptions were bought, want one", len(purchases))
	}
}
