// SPDX-License-Identifier: MPL-2.0

package signin

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"software.sslmate.com/src/go-pkcs12"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
)

// entra is a sign-in service that takes what check takes.
type entra struct {
	*httptest.Server
	mu    sync.Mutex
	forms []url.Values
	check func(url.Values) (int, string)
	stop  chan struct{} // ends what a check waits for
}

// newEntra serves https, or http as the emulator may.
func newEntra(t *testing.T, secure bool, answer func(url.Values) (int, string)) *entra {
	t.Helper()
	e := &entra{check: answer, stop: make(chan struct{})}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /{tenant}/oauth2/v2.0/token", e.token)
	mux.HandleFunc("GET /{tenant}/v2.0/.well-known/openid-configuration", func(w http.ResponseWriter, r *http.Request) {
		at := e.URL + "/" + r.PathValue("tenant")
		fmt.Fprintf(w, `{"issuer":"%[1]s/v2.0","authorization_endpoint":"%[1]s/oauth2/v2.0/authorize","token_endpoint":"%[1]s/oauth2/v2.0/token"}`, at)
	})
	e.Server = httptest.NewUnstartedServer(mux)
	e.Config.ErrorLog = log.New(io.Discard, "", 0) // clients that do not trust it are part of the tests
	if secure {
		e.StartTLS()
	} else {
		e.Start()
	}
	t.Cleanup(e.Close)
	return e
}

func (e *entra) token(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	e.mu.Lock()
	e.forms = append(e.forms, r.PostForm)
	e.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	status, body := e.check(r.PostForm)
	w.WriteHeader(status)
	fmt.Fprint(w, body)
}

func (e *entra) roots() *x509.CertPool {
	pool := x509.NewCertPool()
	if cert := e.Certificate(); cert != nil {
		pool.AddCert(cert)
	}
	return pool
}

func granting(token string) func(url.Values) (int, string) {
	return func(url.Values) (int, string) {
		return 200, fmt.Sprintf(`{"token_type":"Bearer","expires_in":3599,"access_token":%q}`, token)
	}
}

// sourceOf signs in at e.
func sourceOf(t *testing.T, e *entra, credentials Credentials, now func() time.Time) *Source {
	t.Helper()
	s, err := New(Options{Credentials: credentials, AuthorityHost: e.URL, RootCAs: e.roots(), Now: now})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// signedIn is the token that credentials bring.
func signedIn(t *testing.T, e *entra, credentials Credentials) (string, error) {
	t.Helper()
	token, err := sourceOf(t, e, credentials, nil).Token(t.Context())
	return token.Reveal(), err
}

// keyPair is a self-signed certificate that ends at a time.
func keyPair(t *testing.T, end time.Time) (*rsa.PrivateKey, *x509.Certificate) {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "app"}, NotBefore: end.Add(-48 * time.Hour), NotAfter: end}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return key, cert
}

func pemOf(t *testing.T, key *rsa.PrivateKey, cert *x509.Certificate) []byte {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	_ = pem.Encode(&out, &pem.Block{Type: "CERTIFICATE", Bytes: cert.Raw})
	_ = pem.Encode(&out, &pem.Block{Type: "PRIVATE KEY", Bytes: der})
	return out.Bytes()
}

func TestSignIn_secret(t *testing.T) {
	for name, secure := range map[string]bool{"https": true, "http on this machine": false} {
		t.Run(name, func(t *testing.T) {
			e := newEntra(t, secure, granting("fresh"))
			got, err := signedIn(t, e, Credentials{TenantID: "tenant-1", ClientID: "client-1", ClientSecret: "s3cret"})
			if err != nil || got != "fresh" {
				t.Fatalf("got %q, %v", got, err)
			}
			form := e.forms[0]
			if form.Get("grant_type") != "client_credentials" || form.Get("client_id") != "client-1" || form.Get("client_secret") != "s3cret" ||
				!strings.Contains(form.Get("scope"), "https://api.partnercenter.microsoft.com/.default") {
				t.Errorf("asked with %v", form)
			}
		})
	}
}

func TestSignIn_certificate(t *testing.T) {
	key, cert := keyPair(t, time.Now().Add(24*time.Hour))
	modern, err := pkcs12.Modern.Encode(key, cert, nil, "open")
	if err != nil {
		t.Fatal(err)
	}
	legacy, err := pkcs12.LegacyDES.Encode(key, cert, nil, "open")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "app.pem")
	if err := os.WriteFile(file, pemOf(t, key, cert), 0o600); err != nil {
		t.Fatal(err)
	}
	encoded := func(file []byte) wire.Secret { return wire.Secret(base64.StdEncoding.EncodeToString(file)) }
	for name, credentials := range map[string]Credentials{
		"PEM file":         {ClientCertificatePath: file},
		"PEM in base64":    {ClientCertificate: encoded(pemOf(t, key, cert))},
		"PKCS #12":         {ClientCertificate: encoded(modern), ClientCertificatePassword: "open"},
		"PKCS #12, legacy": {ClientCertificate: encoded(legacy), ClientCertificatePassword: "open"},
	} {
		t.Run(name, func(t *testing.T) {
			var e *entra
			e = newEntra(t, true, func(form url.Values) (int, string) {
				_, err := jwt.Parse(form.Get("client_assertion"), func(*jwt.Token) (any, error) { return &key.PublicKey, nil },
					jwt.WithIssuer("client-1"), jwt.WithSubject("client-1"), jwt.WithAudience(e.URL+"/tenant-1/oauth2/v2.0/token"), jwt.WithExpirationRequired())
				if err != nil {
					return 400, fmt.Sprintf(`{"error":"invalid_client","error_description":"AADSTS700027: %s"}`, err)
				}
				return granting("by certificate")(form)
			})
			credentials.TenantID, credentials.ClientID = "tenant-1", "client-1"
			if got, err := signedIn(t, e, credentials); err != nil || got != "by certificate" {
				t.Errorf("got %q, %v", got, err)
			}
			credentials.RefreshToken = "r-1"
			if got, err := signedIn(t, e, credentials); err != nil || got != "by certificate" {
				t.Errorf("with a refresh token: got %q, %v", got, err)
			}
		})
	}
	for name, test := range map[string]struct {
		credentials Credentials
		option      string
	}{
		"wrong password": {Credentials{ClientCertificate: encoded(modern), ClientCertificatePassword: "shut"}, "client_certificate_password"},
		"key missing":    {Credentials{ClientCertificate: encoded(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert.Raw}))}, "client_certificate"},
	} {
		if _, err := test.credentials.loadCertificate(time.Now()); err == nil || err.Option != test.option || strings.Contains(err.Message, "shut") {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if _, err := (Credentials{ClientCertificatePath: file}).loadCertificate(time.Now().Add(48 * time.Hour)); err == nil || !strings.Contains(err.Message, "expired") {
		t.Errorf("expired: got %v", err)
	}
}

func TestSignIn_federated(t *testing.T) {
	builder := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		query := r.URL.Query()
		switch {
		case r.Header.Get("Authorization") != "Bearer ask":
			w.WriteHeader(http.StatusUnauthorized)
		case r.Method == http.MethodGet && query.Get("audience") == "api://AzureADTokenExchange" && query.Get("run") == "7":
			fmt.Fprint(w, `{"count":1,"value":"the-jwt"}`)
		case r.Method == http.MethodPost && query.Get("serviceConnectionId") == "connection" && query.Get("api-version") != "":
			fmt.Fprint(w, `{"oidcToken":"the-jwt"}`)
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	t.Cleanup(builder.Close)
	file := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(file, []byte("the-jwt\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	ask := Credentials{OIDCRequestURL: builder.URL + "/token?run=7", OIDCRequestToken: "ask"}
	azureDevOps := ask
	azureDevOps.OIDCServiceConnectionID = "connection"
	tokenFirst := ask
	tokenFirst.OIDCToken, tokenFirst.OIDCRequestToken = "the-jwt", "unused"
	for name, credentials := range map[string]Credentials{
		"token": {OIDCToken: "the-jwt"}, "file": {OIDCTokenFilePath: file}, "GitHub": ask, "Azure DevOps": azureDevOps, "token before address": tokenFirst,
	} {
		t.Run(name, func(t *testing.T) {
			e := newEntra(t, true, granting("federated"))
			credentials.TenantID, credentials.ClientID, credentials.UseOIDC = "tenant-1", "client-1", true
			got, err := signedIn(t, e, credentials)
			if err != nil || got != "federated" {
				t.Fatalf("got %q, %v", got, err)
			}
			if form := e.forms[0]; form.Get("client_assertion") != "the-jwt" || form.Get("client_id") != "client-1" {
				t.Errorf("asked with %v", form)
			}
		})
	}
}

func TestSignIn_managedIdentity(t *testing.T) {
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		query := r.URL.Query()
		if r.Header.Get("X-IDENTITY-HEADER") != "header" || query.Get("resource") != "https://api.partnercenter.microsoft.com" || query.Get("client_id") != "identity-1" {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		fmt.Fprintf(w, `{"access_token":"managed","expires_on":"%d","resource":"x","token_type":"Bearer","client_id":"identity-1"}`, time.Now().Add(time.Hour).Unix())
	}))
	t.Cleanup(service.Close)
	t.Setenv("IDENTITY_ENDPOINT", service.URL)
	t.Setenv("IDENTITY_HEADER", "header")
	if got, err := signedIn(t, newEntra(t, true, nil), Credentials{UseMSI: true, ClientID: "identity-1"}); err != nil || got != "managed" {
		t.Errorf("got %q, %v", got, err)
	}
}

// watch is a clock that is set by hand.
type watch struct {
	mu sync.Mutex
	at time.Time
}

func (w *watch) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.at
}

func (w *watch) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at = w.at.Add(d)
}

func TestSignIn_refreshToken(t *testing.T) {
	issued := 0
	e := newEntra(t, false, func(form url.Values) (int, string) {
		if want := fmt.Sprintf("refresh-%d", issued); form.Get("refresh_token") != want {
			return 400, `{"error":"invalid_grant","error_description":"AADSTS70000: not ` + want + `"}`
		}
		issued++
		return 200, fmt.Sprintf(`{"token_type":"Bearer","expires_in":"3599","access_token":"user-%d","refresh_token":"refresh-%d"}`, issued, issued)
	})
	var clock watch
	s := sourceOf(t, e, Credentials{TenantID: "tenant-1", ClientID: "client-1", ClientSecret: "s3cret", RefreshToken: "refresh-0\n"}, clock.now)
	for n := 1; n <= 3; n++ {
		got, err := s.Token(t.Context())
		if want := fmt.Sprint("user-", n); err != nil || got.Reveal() != want {
			t.Fatalf("got %q, %v, want %q", got.Reveal(), err, want)
		}
		clock.pass(time.Hour)
	}
	form := e.forms[0]
	if form.Get("grant_type") != "refresh_token" || form.Get("client_secret") != "s3cret" ||
		form.Get("scope") != "https://api.partnercenter.microsoft.com/user_impersonation offline_access" {
		t.Errorf("asked with %v", form)
	}
}

func TestSource_isSharedAndKept(t *testing.T) {
	var asked atomic.Int32
	arrived := make(chan struct{})
	e := newEntra(t, false, func(form url.Values) (int, string) {
		asked.Add(1)
		<-arrived
		return granting("shared")(form)
	})
	var clock watch
	s := sourceOf(t, e, Credentials{TenantID: "t", ClientID: "c", ClientSecret: "s"}, clock.now)
	given, giveUp := context.WithCancel(t.Context())
	failed := make(chan error)
	go func() { _, err := s.Token(given); failed <- err }()
	giveUp()
	if err := <-failed; !errors.Is(err, context.Canceled) {
		t.Errorf("the caller that gave up: %v", err)
	}
	close(arrived)
	wants := func(when string, signIns int32) {
		t.Helper()
		if got, err := s.Token(t.Context()); err != nil || got != "shared" || asked.Load() != signIns {
			t.Errorf("%s: %q, signed in %d times, %v", when, got.Reveal(), asked.Load(), err)
		}
	}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() { wants("at once", 1) })
	}
	all.Wait()
	clock.pass(54 * time.Minute)
	wants("more than five minutes before the end", 1)
	clock.pass(2 * time.Minute)
	wants("less than five minutes before the end", 2)
}

func TestSource_forgetsARefusedToken(t *testing.T) {
	asked := 0
	e := newEntra(t, false, func(form url.Values) (int, string) { asked++; return granting(fmt.Sprint("token-", asked))(form) })
	s := sourceOf(t, e, Credentials{TenantID: "t", ClientID: "c", ClientSecret: "s"}, nil)
	for _, step := range []struct{ refused, want string }{
		{"", "token-1"}, {"token-1", "token-2"},
		{"token-1", "token-2"}, // another call had the same token, and it was replaced already
	} {
		s.Forget(wire.Secret(step.refused))
		if got, err := s.Token(t.Context()); err != nil || got.Reveal() != step.want {
			t.Errorf("after %q was refused: %q, %v, want %q", step.refused, got.Reveal(), err, step.want)
		}
	}
}

func TestSource_givesUpAfterTheTimeout(t *testing.T) {
	e := newEntra(t, false, nil)
	e.check = func(url.Values) (int, string) { <-e.stop; return 503, "" }
	s, err := New(Options{
		Credentials: Credentials{TenantID: "t", ClientID: "c", ClientSecret: "s"}, AuthorityHost: e.URL, Timeout: 50 * time.Millisecond,
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Token(t.Context())
	close(e.stop)
	var late *Error
	if !errors.As(err, &late) || !late.Temporary || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

func TestRemedies(t *testing.T) {
	for code, known := range Remedies {
		if entraCode.FindString(code) != code || !strings.HasSuffix(known.Text, ".") {
			t.Errorf("%s: %q", code, known.Text)
		}
	}
}

func TestError_Remedy(t *testing.T) {
	untrusted := &tls.CertificateVerificationError{Err: errors.New("x")}
	for want, err := range map[string]*Error{
		"SSL_CERT_FILE":   {Setting: "authority_host", Err: untrusted},
		"proxy, firewall": {Setting: "authority_host", Temporary: true, Err: errors.New("x")},
		"one of Azure's":  {Setting: "use_msi", Temporary: true},
		"Check use_cli":   {Setting: "use_cli"},
		"its ID":          {Setting: "client_secret", Code: "AADSTS7000215"},
	} {
		if got := err.Remedy(); !strings.Contains(got, want) {
			t.Errorf("got %q, want %q in it", got, want)
		}
	}
}

// TestNew_managedIdentityWithoutProxy keeps the tokens of the machine from the proxy of its environment.
func TestNew_managedIdentityWithoutProxy(t *testing.T) {
	for method, credentials := range map[method]Credentials{byMSI: {UseMSI: true}, bySecret: {TenantID: "t", ClientID: "c", ClientSecret: "s"}} {
		s, invalid := newSignIn(Options{Credentials: credentials})
		if invalid != nil {
			t.Fatal(invalid)
		}
		transport, ok := s.transport.(*http.Transport)
		if !ok || (transport.Proxy == nil) != (method == byMSI) {
			t.Errorf("%s: the transport is %T, with a proxy: %v", method, s.transport, ok && transport.Proxy != nil)
		}
	}
}
