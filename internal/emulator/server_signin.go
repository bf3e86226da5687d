// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"crypto"
	"crypto/x509"
	"strings"
)

// IssueToken makes an access token without asking for credentials.
func (s *Server) IssueToken(o TokenOptions) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.directory.newToken(o)
}

// RevokeTokens makes every access token issued so far invalid, before its time.
func (s *Server) RevokeTokens() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.directory.generation++
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
	return s.directory.newRefreshToken(o.withDefaults())
}

// RevokeRefreshTokens ends every consent, as a password reset does.
func (s *Server) RevokeRefreshTokens() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, token := range s.directory.refresh {
		token.revoked = true
	}
}

// WorkloadURL is where a CI job asks for its token, ACTIONS_ID_TOKEN_REQUEST_URL or SYSTEM_OIDCREQUESTURI.
func (s *Server) WorkloadURL() string { return s.URL + workloadTokenPath + "?api-version=2.0" }

// AppServiceURL is IDENTITY_ENDPOINT of a managed identity in App Service.
func (s *Server) AppServiceURL() string { return s.URL + appServiceTokenPath }

// TrustWorkload lets an application sign in with the tokens of the CI system the emulator plays, for WorkloadSubject.
func (s *Server) TrustWorkload(clientID string) {
	s.Trust(clientID, FederatedCredential{
		Issuer: WorkloadIssuer, Subject: WorkloadSubject,
		Keys: map[string]crypto.PublicKey{workloadKeyID: workloadKey().Public()},
	})
}

// WorkloadToken is a token of the CI system for a subject and an audience; empty ones are the usual.
func (s *Server) WorkloadToken(subject, audience string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.directory.newWorkloadToken(subject, audience)
}
