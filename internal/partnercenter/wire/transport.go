// SPDX-License-Identifier: MPL-2.0

package wire

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/url"
	"time"
)

// NewTransport opens connections; proxies come from the environment as everywhere in Go. Roots replace the machine's certificate
// authorities unless they are nil.
func NewTransport(roots *x509.CertPool) http.RoundTripper {
	return &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		DialContext:         (&net.Dialer{Timeout: 30 * time.Second}).DialContext,
		TLSClientConfig:     &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
		ForceAttemptHTTP2:   true,
		MaxIdleConns:        64,
		MaxIdleConnsPerHost: 16,
		IdleConnTimeout:     90 * time.Second,
		TLSHandshakeTimeout: 15 * time.Second,
	}
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
