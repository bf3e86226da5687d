// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"time"
)

// listeners are the two doors of the server. closing ends every wait that a fault asked for.
type listeners struct {
	plain, secure *httptest.Server
	authority     *certificateAuthority
	closing       chan struct{}
}

func listen(address string, serve http.Handler) (*listeners, error) {
	plain, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listening for http: %w", err)
	}
	secure, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listening for https: %w", err)
	}
	authority, err := newAuthority()
	if err != nil {
		return nil, fmt.Errorf("making a certificate: %w", err)
	}
	l := &listeners{
		plain: serveOn(plain, serve), secure: serveOn(secure, serve),
		authority: authority, closing: make(chan struct{}),
	}
	l.secure.TLS = &tls.Config{Certificates: []tls.Certificate{authority.leaf}, MinVersion: tls.VersionTLS12}
	return l, nil
}

func serveOn(listener net.Listener, serve http.Handler) *httptest.Server {
	return &httptest.Server{Listener: listener, Config: &http.Server{
		Handler:           serve,
		ReadHeaderTimeout: 10 * time.Second,
		ErrorLog:          log.New(io.Discard, "", 0), // connections cut on purpose are not worth a line
	}}
}

// start begins to answer.
func (l *listeners) start() {
	l.plain.Start()
	l.secure.StartTLS()
}

// close stops listening and cuts open connections.
func (l *listeners) close() {
	close(l.closing)
	if l.plain == nil {
		return
	}
	l.plain.CloseClientConnections()
	l.secure.CloseClientConnections()
	l.plain.Close()
	l.secure.Close()
}

// certificateAuthority is a certificate authority with one certificate for the loopback interface.
type certificateAuthority struct {
	root *x509.Certificate
	leaf tls.Certificate
}

func newAuthority() (*certificateAuthority, error) {
	rootKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	root := certificateTemplate("Partner Center emulator authority", 1)
	root.IsCA, root.BasicConstraintsValid = true, true
	root.KeyUsage = x509.KeyUsageCertSign
	rootRaw, err := x509.CreateCertificate(rand.Reader, root, root, rootKey.Public(), rootKey)
	if err != nil {
		return nil, err
	}
	parsed, err := x509.ParseCertificate(rootRaw)
	if err != nil {
		return nil, err
	}
	leafKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	leaf := certificateTemplate("Partner Center emulator", 2)
	leaf.DNSNames, leaf.IPAddresses = []string{"localhost"}, []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback}
	leaf.KeyUsage = x509.KeyUsageDigitalSignature
	leaf.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	leafRaw, err := x509.CreateCertificate(rand.Reader, leaf, parsed, leafKey.Public(), rootKey)
	if err != nil {
		return nil, err
	}
	return &certificateAuthority{root: parsed, leaf: tls.Certificate{Certificate: [][]byte{leafRaw}, PrivateKey: leafKey}}, nil
}

func certificateTemplate(name string, serial int64) *x509.Certificate {
	return &x509.Certificate{
		SerialNumber: big.NewInt(serial),
		Subject:      pkix.Name{CommonName: name},
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().Add(365 * 24 * time.Hour),
	}
}
