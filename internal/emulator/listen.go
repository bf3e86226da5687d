// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
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
	authority     *authority
	closing       chan struct{}
}

func (s *Server) listen() error {
	plain, err := net.Listen("tcp", s.options.address)
	if err != nil {
		return fmt.Errorf("listening for http: %w", err)
	}
	secure, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("listening for https: %w", err)
	}
	authority, err := newAuthority()
	if err != nil {
		return fmt.Errorf("making a certificate: %w", err)
	}
	s.listeners = &listeners{
		plain: serveOn(plain, s), secure: serveOn(secure, s),
		authority: authority, closing: make(chan struct{}),
	}
	s.listeners.secure.TLS = &tls.Config{Certificates: []tls.Certificate{authority.leaf}, MinVersion: tls.VersionTLS12}
	s.listeners.plain.Start()
	s.listeners.secure.StartTLS()
	s.URL, s.TLSURL = s.listeners.plain.URL, s.listeners.secure.URL
	return nil
}

func serveOn(listener net.Listener, s *Server) *httptest.Server {
	return &httptest.Server{Listener: listener, Config: &http.Server{
		Handler:           http.HandlerFunc(s.serve),
		ReadHeaderTimeout: 10 * time.Second,
		ErrorLog:          log.New(io.Discard, "", 0), // connections cut on purpose are not worth a line
	}}
}

// CertPool trusts the certificate of TLSURL.
func (s *Server) CertPool() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(s.listeners.authority.root)
	return pool
}

// CertPEM is the authority behind TLSURL in PEM, for SSL_CERT_FILE.
func (s *Server) CertPEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.listeners.authority.root.Raw})
}

// Close stops listening and cuts open connections.
func (s *Server) Close() {
	close(s.listeners.closing)
	s.listeners.plain.CloseClientConnections()
	s.listeners.secure.CloseClientConnections()
	s.listeners.plain.Close()
	s.listeners.secure.Close()
}

// authority is a certificate authority with one certificate for the loopback interface.
type authority struct {
	root *x509.Certificate
	leaf tls.Certificate
}

func newAuthority() (*authority, error) {
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
	return &authority{root: parsed, leaf: tls.Certificate{Certificate: [][]byte{leafRaw}, PrivateKey: leafKey}}, nil
}

func certificateTemplate(name string, serial int64) *x509.Certificate {
	return &x509.Certificate{
		SerialNumber: big.NewInt(serial),
		Subject:      pkix.Name{CommonName: name},
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().Add(365 * 24 * time.Hour),
	}
}
