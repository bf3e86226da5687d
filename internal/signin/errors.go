// SPDX-License-Identifier: MPL-2.0

package signin

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
)

// Error is a token that could not be had; nothing was sent to Partner Center then.
type Error struct {
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

func (e *Error) Error() string {
	return "cannot sign in (see " + e.Setting + "): " + e.Description
}

func (e *Error) Unwrap() error { return e.Err }

// SignInMayPass reports Temporary; by this method the client tells a failed sign-in from a failed request.
func (e *Error) SignInMayPass() bool { return e.Temporary }

// Remedy says in one or two sentences what to do.
func (e *Error) Remedy() string {
	if known, ok := Remedies[e.Code]; ok {
		return known.Text
	}
	if wire.Untrusted(e.Err) {
		return wire.UntrustedRemedy
	}
	if e.Temporary && e.Setting == string(byMSI) {
		return "Check that the machine is one of Azure's and has a managed identity; anywhere else, sign in another way."
	}
	if e.Temporary {
		return "Check that this machine reaches the sign-in service (proxy, firewall, authority_host), and try again."
	}
	return "Check " + e.Setting + " and the other sign-in settings of the provider, and the application in Entra."
}

var entraCode = regexp.MustCompile(`AADSTS\d+`)

// failure explains a failed sign-in by the latest answer, which libraries wrap beyond recognition.
func (s *signIn) failure(via *recorder, err error) *Error {
	e := &Error{Setting: s.setting(), Description: s.secrets.hide(wire.OneLine(err.Error())), Temporary: via.mayPass(), Err: wire.WithoutURL(via.err)}
	if setting, ok := errors.AsType[settingError](err); ok {
		e.Setting = setting.setting
		e.Description = s.secrets.hide(wire.OneLine(setting.err.Error()))
		return e
	}
	if via.err != nil {
		e.Description = s.secrets.hide(wire.OneLine("the sign-in service cannot be reached: " + e.Err.Error()))
		if s.method != byMSI { // whose service is the machine's own
			e.Setting = "authority_host"
		}
	} else if said := wire.ReadFault(via.body); via.status >= 400 && said.Description != "" {
		e.Description = s.secrets.hide(said.Description)
	}
	e.Code = entraCode.FindString(e.Description)
	if known, ok := Remedies[e.Code]; ok && known.Setting != "" {
		e.Setting = known.Setting
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

// maxAnswer is the most that is read of an answer: no token and no error is larger.
const maxAnswer = 1 << 20

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
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
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
	if wire.Untrusted(r.err) {
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
