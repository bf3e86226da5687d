// SPDX-License-Identifier: MPL-2.0

package signin

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// says answers every request with the same.
type says struct {
	status int
	body   string
}

func (s says) RoundTrip(req *http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: s.status, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(s.body)), Request: req,
	}, nil
}

// FuzzTokenAnswer lets an authority answer anything: there is a token, or a message of one line that repeats no secret, whatever it was answered.
func FuzzTokenAnswer(f *testing.F) {
	const secret = "q~8Zk7Tz9Rw1vXpLm4YcB7sD2"
	for _, body := range []string{
		`{"access_token":"t0ken","token_type":"Bearer","expires_in":3599}`, `{"access_token":"t0ken","expires_in":"-1"}`, `{"access_token":7}`,
		`{"error":"invalid_client","error_description":"AADSTS7000215: ` + secret + `","error_codes":[7000215]}`, "", "null", "[]", "<html>" + secret, "{\"error\":\"\x1b[2J\"}",
	} {
		f.Add(200, body, true)
		f.Add(400, body, false)
	}
	f.Fuzz(func(t *testing.T, status int, body string, refresh bool) {
		c := Credentials{TenantID: "tenant", ClientID: "client", ClientSecret: secret}
		if refresh {
			c.RefreshToken = "r" + secret
		}
		s, invalid := newSignIn(Options{AuthorityHost: "http://127.0.0.1:1", Credentials: c})
		if invalid != nil {
			t.Fatal(invalid)
		}
		s.transport = says{100 + (status%500+500)%500, body}
		fetch, invalid := s.fetcher()
		if invalid != nil {
			t.Fatal(invalid)
		}
		source := &Source{method: s.method, now: time.Now, timeout: time.Minute, fetch: s.explained(fetch)}
		token, err := source.Token(t.Context())
		switch {
		case err == nil && token == "":
			t.Error("it takes an empty token for one")
		case err != nil && (strings.Contains(err.Error(), secret[:8]) || strings.ContainsAny(err.Error(), "\n\r\x1b")):
			t.Errorf("it says %q", err)
		}
	})
}
