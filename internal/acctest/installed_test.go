// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// TestAccInstalled runs the provider as users get it: built, and started by the CLI as a process of its own.
func TestAccInstalled(t *testing.T) {
	t.Parallel()
	acctest.CLI(t)
	directory, err := builtPrograms()
	if err != nil {
		t.Fatal(err)
	}
	t.Run("keeps secrets", func(t *testing.T) { t.Parallel(); keepsSecrets(t, directory) })
	t.Run("goes through a proxy", func(t *testing.T) { t.Parallel(); goesThroughProxy(t, directory) })
}

// installed is a folder in which the CLI starts the provider as a process of its own, so that whatever either of them prints, logs and
// takes from the environment can be seen. Its clock is the machine's.
type installed struct {
	t       *testing.T
	cli     string
	dir     string
	env     []string
	printed strings.Builder // by all commands so far
}

// install makes such a folder for the provider in a directory; nothing of this process's environment that a provider reads gets there.
func install(t *testing.T, directory string, env ...string) *installed {
	t.Helper()
	i := &installed{t: t, cli: acctest.CLI(t), dir: t.TempDir()}
	settings := writeFile(t, "cli.tfrc", fmt.Appendf(nil, "provider_installation {\n  dev_overrides {\n    \"partnercenter-community/partnercenter\" = %q\n  }\n  direct {}\n}\n", filepath.ToSlash(directory)))
	for _, entry := range os.Environ() {
		read := func(prefix string) bool { return strings.HasPrefix(strings.ToUpper(entry), prefix) }
		if !slices.ContainsFunc([]string{"PARTNERCENTER_", "ARM_", "TF_", "HTTP_PROXY=", "HTTPS_PROXY=", "NO_PROXY=", "SSL_CERT_"}, read) {
			i.env = append(i.env, entry)
		}
	}
	i.env = append(i.env, "TF_CLI_CONFIG_FILE="+settings, "TF_IN_AUTOMATION=1", "CHECKPOINT_DISABLE=1", "TF_CLI_ARGS=-no-color")
	i.env = append(i.env, env...)
	return i
}

// configure replaces the configuration.
func (i *installed) configure(config string) {
	i.t.Helper()
	const required = "terraform {\n  required_providers {\n    partnercenter = { source = \"partnercenter-community/partnercenter\" }\n  }\n}\n"
	if err := os.WriteFile(filepath.Join(i.dir, "main.tf"), []byte(required+config), 0o600); err != nil {
		i.t.Fatal(err)
	}
}

// run runs a command of the CLI and returns its exit code and what it and the provider printed.
func (i *installed) run(args ...string) (output string, exitCode int) {
	i.t.Helper()
	command := exec.CommandContext(i.t.Context(), i.cli, args...)
	command.Dir, command.Env = i.dir, i.env
	command.WaitDelay = time.Minute
	out, err := command.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		i.t.Fatalf("%v: %v", args, err)
	}
	i.printed.Write(out)
	return string(out), command.ProcessState.ExitCode()
}

// must is run that has to succeed.
func (i *installed) must(args ...string) string {
	i.t.Helper()
	out, code := i.run(args...)
	if code != 0 {
		i.t.Fatalf("%v ends with %d:\n%s", args, code, tail(out))
	}
	return out
}

// stored is the state as JSON, sensitive values included.
func (i *installed) stored() []byte {
	i.t.Helper()
	command := exec.CommandContext(i.t.Context(), i.cli, "show", "-json")
	command.Dir, command.Env = i.dir, i.env
	out, err := command.Output()
	if err != nil {
		i.t.Fatal(err)
	}
	return out
}

// inspector is a proxy of an organization that reads all traffic: it answers for every https host with a certificate of its own
// authority, and has the emulator behind it.
type inspector struct {
	*httptest.Server
	authority *x509.Certificate
	key       *ecdsa.PrivateKey

	mu    sync.Mutex
	hosts map[string]int // asked for with CONNECT
}

func inspect(t *testing.T, emu *emulator.Server) *inspector {
	t.Helper()
	p := &inspector{hosts: map[string]int{}}
	p.authority, p.key = p.certificate(t, &x509.Certificate{Subject: pkix.Name{CommonName: "Inspecting proxy"}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign})
	behind, err := url.Parse(emu.TLSURL)
	if err != nil {
		t.Fatal(err)
	}
	forward := httputil.NewSingleHostReverseProxy(behind)
	forward.Transport = &http.Transport{TLSClientConfig: &tls.Config{RootCAs: emu.CertPool(), MinVersion: tls.VersionTLS12}}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodConnect {
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		host := r.URL.Hostname()
		p.mu.Lock()
		p.hosts[host]++
		p.mu.Unlock()
		connection, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		leaf, key := p.certificate(t, &x509.Certificate{Subject: pkix.Name{CommonName: host}, DNSNames: []string{host}, KeyUsage: x509.KeyUsageDigitalSignature})
		_, _ = io.WriteString(connection, "HTTP/1.1 200 Connection established\r\n\r\n")
		serveOne(tls.Server(connection, &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{leaf.Raw}, PrivateKey: key}}, MinVersion: tls.VersionTLS12}), forward)
	}))
	p.Config.ErrorLog = log.New(io.Discard, "", 0)
	t.Cleanup(p.Close)
	return p
}

// serveOne answers the requests of one connection until it ends.
func serveOne(connection net.Conn, handler http.Handler) {
	defer func() { _ = connection.Close() }()
	requests := bufio.NewReader(connection)
	for {
		r, err := http.ReadRequest(requests)
		if err != nil {
			return
		}
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, r)
		result := answer.Result()
		result.ContentLength = int64(answer.Body.Len())
		err = result.Write(connection)
		_ = result.Body.Close()
		if err != nil {
			return
		}
	}
}

// certificate signs a template: by the authority, or by itself where there is none yet.
func (p *inspector) certificate(t *testing.T, template *x509.Certificate) (*x509.Certificate, *ecdsa.PrivateKey) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Error(err)
		return template, key
	}
	template.SerialNumber, template.NotBefore, template.NotAfter = big.NewInt(time.Now().UnixNano()), time.Now().Add(-time.Hour), time.Now().AddDate(0, 0, 1)
	parent, signer := p.authority, p.key
	if parent == nil {
		parent, signer = template, key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, key.Public(), signer)
	if err != nil {
		t.Error(err)
		return template, key
	}
	made, err := x509.ParseCertificate(der)
	if err != nil {
		t.Error(err)
	}
	return made, key
}

// file is the authority as SSL_CERT_FILE takes it.
func (p *inspector) file(t *testing.T) string {
	t.Helper()
	return writeFile(t, "authority.pem", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: p.authority.Raw}))
}

const (
	proxiedAPI       = "api.partnercenter.test"
	proxiedAuthority = "login.test"
)

// goesThroughProxy carries a whole run through a proxy that inspects traffic: the provider must go through it for Partner Center and for
// signing in, and trust the authority that SSL_CERT_FILE names.
func goesThroughProxy(t *testing.T, directory string) {
	t.Helper()
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		t.Skip("certificate authorities come from the system's store there, and SSL_CERT_FILE is not read")
	}
	emu := acctest.New(t)
	proxy := inspect(t, emu)
	env := []string{
		"HTTPS_PROXY=" + proxy.URL,
		"PARTNERCENTER_ENDPOINT=https://" + proxiedAPI, "PARTNERCENTER_AUTHORITY_HOST=https://" + proxiedAuthority,
		"PARTNERCENTER_TENANT_ID=" + emu.TenantID(), "PARTNERCENTER_CLIENT_ID=" + emulator.ClientID, "PARTNERCENTER_CLIENT_SECRET=" + emulator.ClientSecret,
	}

	distrusting := install(t, directory, env...)
	distrusting.configure(bought(5))
	if out, code := distrusting.run("plan", "-input=false"); code == 0 || !strings.Contains(out, "SSL_CERT_FILE") {
		t.Errorf("without the authority the plan ends with %d:\n%s", code, tail(out))
	}

	trusting := install(t, directory, append(env, "SSL_CERT_FILE="+proxy.file(t))...)
	trusting.configure(bought(5))
	trusting.must("apply", "-auto-approve", "-input=false")
	trusting.configure(bought(9))
	trusting.must("apply", "-auto-approve", "-input=false")
	trusting.must("destroy", "-auto-approve", "-input=false")
	expectLife(t, emu)
	proxy.mu.Lock()
	defer proxy.mu.Unlock()
	if proxy.hosts[proxiedAPI] == 0 || proxy.hosts[proxiedAuthority] == 0 || len(proxy.hosts) != 2 {
		t.Errorf("the proxy was asked for %v", proxy.hosts)
	}
}
