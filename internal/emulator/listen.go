// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"crypto/x509"
	"net/http"
	"net/http/httptest"
)

type listeners struct{ plain, secure *httptest.Server }

func (s *Server) listen() error {
	s.listeners = &listeners{plain: httptest.NewServer(http.HandlerFunc(s.serve)), secure: httptest.NewTLSServer(http.HandlerFunc(s.serve))}
	s.URL, s.TLSURL = s.listeners.plain.URL, s.listeners.secure.URL
	s.certPool = x509.NewCertPool()
	s.certPool.AddCert(s.listeners.secure.Certificate())
	return nil
}

// CertPool trusts the certificate of TLSURL.
func (s *Server) CertPool() *x509.CertPool { return s.certPool }

// Close stops listening and cuts open connections.
func (s *Server) Close() {
	s.listeners.plain.Close()
	s.listeners.secure.Close()
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	row, _ := s.route(r)
	if row == nil {
		w.WriteHeader(http.StatusNotImplemented)
		return
	}
	s.answer(w, withExchange(r, &exchange{server: s}), row)
}

func (s *Server) answer(w http.ResponseWriter, r *http.Request, row *tableRow) {
	s.mu.Lock()
	defer s.mu.Unlock()
	status, _ := row.handle(s, r)
	w.WriteHeader(status)
}
