// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"bytes"
	"crypto/tls"
	"errors"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
)

// SignInError is a token that could not be had; nothing was sent to Partner Center then.
type SignInError struct {
	// Setting is the provider's attribute that most likely needs a look, such as client_secret.
	Setting string
	// Code is Entra's code, such as AADSTS7000215, or empty.
	Code string
	// Description is Entra's text, or what else went wrong.
	Description string
	// Temporary says that the sign-in service could not be reached or was busy.
	Temporary bool
	// Err is why no answer came; nil where one did.
	Err error
}

func (e *SignInError) Error() string {
	return "cannot sign in (see " + e.Setting + "): " + e.Description
}

func (e *SignInError) Unwrap() error { return e.Err }

var entraCode = regexp.MustCompile(`AADSTS\d+`)

// failure explains a failed sign-in by the latest answer, which libraries wrap beyond recognition.
func (s *signIn) failure(via *recorder, err error) *SignInError {
	e := &SignInError{Setting: s.setting(), Description: s.secrets.hide(clean(err.Error())), Temporary: via.mayPass(), Err: withoutURL(via.err)}
	if setting, ok := errors.AsType[settingError](err); ok {
		e.Setting = setting.setting
		e.Description = s.secrets.hide(clean(setting.err.Error()))
		return e
	}
	if via.err != nil {
		e.Description = s.secrets.hide(clean("the sign-in service cannot be reached: " + e.Err.Error()))
		if s.method != byMSI { // whose service is the machine's own
			e.Setting = "authority_host"
		}
	} else if said := readFault(via.body); via.status >= 400 && said.description != "" {
		e.Description = s.secrets.hide(said.description)
	}
	e.Code = entraCode.FindString(e.Description)
	if known, ok := entraRemedies[e.Code]; ok && known.setting != "" {
		e.Setting = known.setting
	}
	return e
}

// setting is the attribute that the method's credential comes from.
func (s *signIn) setting() string {
	if s.method == byCertificate && s.credentials.ClientCertificatePath != "" {
		return "client_certificate_path"
	}
	return string(s.method)
}

// recorder keeps the latest answer of a sign-in service.
type recorder struct {
	next   http.RoundTripper
	err    error
	status int
	body   []byte
}

// Do is RoundTrip under the name that azcore calls.
func (r *recorder) Do(req *http.Request) (*http.Response, error) { return r.RoundTrip(req) }

func (r *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	r.err, r.status, r.body = nil, 0, nil
	resp, err := r.next.RoundTrip(req)
	if err != nil {
		r.err = err
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxFault))
	if err != nil {
		r.err = err
		return nil, err
	}
	r.status = resp.StatusCode
	if r.status >= 300 {
		r.body = body
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

func (r *recorder) mayPass() bool {
	if _, ok := errors.AsType[*tls.CertificateVerificationError](r.err); ok {
		return false
	}
	return r.err != nil || r.status == http.StatusRequestTimeout || r.status == http.StatusTooManyRequests || r.status >= 500
}

// secrets hides what must never be printed, should anybody repeat it in an error.
type secrets struct {
	mu     sync.Mutex
	values []string
}

func newSecrets(c Credentials) *secrets {
	s := &secrets{}
	for _, value := range []string{c.ClientSecret, c.ClientCertificatePassword, c.OIDCToken, c.OIDCRequestToken, c.RefreshToken, c.AccessToken} {
		s.add(value)
	}
	return s
}

func (s *secrets) add(value string) {
	if value == "" {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.values = append(s.values, value)
}

func (s *secrets) hide(text string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, value := range s.values {
		text = strings.ReplaceAll(text, value, "(hidden)")
	}
	return text
}
