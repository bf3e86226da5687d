// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"bytes"
	"crypto/tls"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

const (
	firstID  = "11111111-1111-4111-8111-111111111111"
	secondID = "22222222-2222-4222-8222-222222222222"
)

// newServer is a server whose API is the given routes.
func newServer(t *testing.T, routes []route, opts ...Option) *Server {
	t.Helper()
	s := New(opts...)
	t.Cleanup(s.Close)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.table = newRouteTable(routes)
	return s
}

// counting is an API with one write and one read; both answer how often the write was done.
func counting() []route {
	done := 0
	answer := func(status int) (int, any) {
		return status, map[string]any{"done": done, "text": strings.Repeat("x", 200)}
	}
	return []route{
		{method: "POST", path: "customers/{customer}/things", handle: func(*call) (int, any) {
			done++
			return answer(http.StatusCreated)
		}},
		{method: "GET", path: "customers/{customer}/things", handle: func(*call) (int, any) {
			return answer(http.StatusOK)
		}},
		{method: "GET", path: "things/{thing}", userOnly: true, handle: func(r *call) (int, any) {
			return http.StatusOK, map[string]any{"thing": r.PathValue("thing")}
		}},
		{method: "GET", path: "things/special", handle: func(*call) (int, any) {
			return http.StatusOK, map[string]any{"thing": "the special one"}
		}},
	}
}

type reply struct {
	status int
	header http.Header
	body   string
	err    error
}

func (r reply) object(t *testing.T) map[string]any {
	t.Helper()
	var got map[string]any
	if err := json.Unmarshal([]byte(r.body), &got); err != nil {
		t.Fatalf("body %q: %v", r.body, err)
	}
	return got
}

// send is one request; headers are names and values in turn. A read fails only where the test looks at err.
func send(t *testing.T, method, address, body string, header ...string) reply {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	r.Host = r.Header.Get("Host") // of the address, where it is empty
	return perform(http.DefaultClient, r)
}

func perform(client *http.Client, r *http.Request) reply {
	answer, err := client.Do(r)
	if err != nil {
		return reply{err: err}
	}
	defer func() { _ = answer.Body.Close() }()
	content, err := io.ReadAll(answer.Body)
	return reply{status: answer.StatusCode, header: answer.Header, body: string(content), err: err}
}

func bearer(s *Server, o TokenOptions) string { return "Bearer " + s.IssueToken(o) }

// writeThing posts to the counting API under a request id.
func writeThing(t *testing.T, s *Server, authorization, requestID, body string) reply {
	t.Helper()
	return send(t, "POST", s.URL+"/v1/customers/"+firstID+"/things", body, "Authorization", authorization, "MS-RequestId", requestID)
}

func readPath(t *testing.T, s *Server, path string, header ...string) reply {
	t.Helper()
	return send(t, "GET", s.URL+path, "", append([]string{"Authorization", bearer(s, TokenOptions{AppOnly: true})}, header...)...)
}

// postForm asks the sign-in service.
func postForm(t *testing.T, address string, form url.Values) reply {
	t.Helper()
	return send(t, "POST", address, form.Encode(), "Content-Type", "application/x-www-form-urlencoded")
}

func wantStatus(t *testing.T, got reply, want int) {
	t.Helper()
	if got.err != nil || got.status != want {
		t.Fatalf("got status %d, %v, want %d; body %s", got.status, got.err, want, got.body)
	}
}

func wantCode(t *testing.T, got reply, status int, code string) {
	t.Helper()
	wantStatus(t, got, status)
	if got.object(t)["code"] != code {
		t.Fatalf("got %s, want code %s", got.body, code)
	}
}

func asJSON(t *testing.T, value any) string {
	t.Helper()
	var text bytes.Buffer
	if err := json.NewEncoder(&text).Encode(value); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

func guid(s *Server) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.world.NewID()
}

func clientTLS(s *Server) *tls.Config {
	return &tls.Config{RootCAs: s.CertPool(), MinVersion: tls.VersionTLS12}
}
