// SPDX-License-Identifier: MPL-2.0

package signin

import (
	"bytes"
	"io"
	"net/http"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
)

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
