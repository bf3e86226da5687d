// SPDX-License-Identifier: MPL-2.0

package wire

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/option"
)

// NewTransport opens connections; proxies come from the environment as everywhere in Go, but never stand between this machine and itself.
// Roots replace the machine's certificate authorities unless they are nil.
func NewTransport(roots *x509.CertPool) *http.Transport {
	transport := NewDirectTransport(roots)
	transport.Proxy = proxy
	return transport
}

// NewDirectTransport goes through no proxy, whatever the environment says: for what is asked by and meant for this machine alone.
func NewDirectTransport(roots *x509.CertPool) *http.Transport {
	return &http.Transport{
		DialContext:         dial,
		TLSClientConfig:     &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
		ForceAttemptHTTP2:   true,
		MaxIdleConns:        64,
		MaxIdleConnsPerHost: 16,
		IdleConnTimeout:     90 * time.Second,
		TLSHandshakeTimeout: 15 * time.Second,
	}
}

func proxy(req *http.Request) (*url.URL, error) {
	if option.IsLoopback(req.URL.Hostname()) {
		return nil, nil //nolint:nilnil // what net/http takes for "no proxy"
	}
	return http.ProxyFromEnvironment(req)
}

// dial sees that a loopback address leads to this machine, whatever a name server says about it: secrets go there in plain text.
func dial(ctx context.Context, network, address string) (net.Conn, error) {
	dialer := &net.Dialer{Timeout: 30 * time.Second}
	host, _, err := net.SplitHostPort(address)
	if err == nil && option.IsLoopback(host) {
		dialer.Control = stayOnMachine
	}
	return dialer.DialContext(ctx, network, address)
}

// stayOnMachine looks at the address that a name was found to have.
func stayOnMachine(_, address string, _ syscall.RawConn) error {
	found, err := netip.ParseAddrPort(address)
	if err != nil || !found.Addr().Unmap().IsLoopback() {
		return fmt.Errorf("a loopback address leads to %s, which is not this machine", address)
	}
	return nil
}

// StayHere follows no redirect: secrets, tokens and writes are for the address they were sent to.
func StayHere(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// WithoutURL drops what net/http puts around errors: the address, with a query that may name people.
func WithoutURL(err error) error {
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		return wrapped.Err
	}
	return err
}

// Untrusted holds where the server's certificate is not trusted on this machine; another attempt would not change that.
func Untrusted(err error) bool {
	_, ok := errors.AsType[*tls.CertificateVerificationError](err)
	return ok
}

// UntrustedRemedy is what to do about it.
const UntrustedRemedy = "The server's certificate is not trusted here. If a proxy of your organization inspects traffic, " +
	"let SSL_CERT_FILE name a file with its certificate authority."
