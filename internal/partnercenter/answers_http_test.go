// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"errors"
	"net/http"
	"testing"
)

// Whatever an unsuccessful answer looks like, its status and the IDs that support asks for are kept.
func TestError_keepsStatusAndIDs(t *testing.T) {
	ids := []string{"MS-RequestId", "r-1,r-1", "MS-CorrelationId", "k-1"}
	for name, test := range map[string]struct {
		status            int
		body              string
		code, description string
	}{
		"the usual shape":              {400, `{"code":"800002","description":"d","data":[],"source":"PartnerFD"}`, "800002", "d"},
		"after a byte-order mark":      {400, "\uFEFF" + `{"code":800002,"description":"d"}`, "800002", "d"},
		"with names":                   {404, `{"code":600074,"message":"m","errorName":"n"}`, "600074", "m"},
		"of the gateway":               {429, `{"statusCode":429,"message":"Try again in 1 seconds."}`, "", "Try again in 1 seconds."},
		"a page":                       {502, "<html><title>Bad gateway</title></html>", "", "Bad gateway"},
		"a text":                       {403, "access denied", "", "access denied"},
		"nothing":                      {401, "", "", ""},
		"a text of zeros":              {400, "\x00\x00", "", `\u{0}\u{0}`},
		"JSON that breaks off":         {409, `{"code":"800082","description":"bu`, "800082", ""},
		"JSON of another kind":         {400, `["800002"]`, "", `["800002"]`},
		"an error under a success":     {200, `{"code":"400072","description":"d","data":[]}`, "400072", "d"},
		"one under another of these":   {201, `{"statusCode":500,"message":"m"}`, "", "m"},
		"a page under a success":       {200, "<html>sign in</html>", "", ""},
		"a redirect nobody follows":    {302, "", "", ""},
		"a status that does not exist": {799, "{}", "", "{}"},
	} {
		t.Run(name, func(t *testing.T) {
			c, _ := clientOf(t, says(test.status, test.body, ids...), func(o *Options) { o.MaxRetries = -1 })
			_, err := do[thing](t.Context(), c, aRead)
			var got *Error
			if !errors.As(err, &got) {
				t.Fatalf("got %v", err)
			}
			if got.StatusCode != test.status || got.RequestID != "r-1" || got.CorrelationID != "k-1" || got.Code != test.code || got.Description != test.description {
				t.Errorf("got %#v", got)
			}
		})
	}
	t.Run("a connection that breaks off", func(t *testing.T) {
		c, _ := clientOf(t, breakingOff(http.StatusBadRequest), func(o *Options) { o.MaxRetries = -1 })
		_, err := do[thing](t.Context(), c, aRead)
		if Code(err) != "800002" {
			t.Errorf("got %v", err)
		}
	})
}

// The rows of the retry table that go by the code: what wants a look or a new call first is left to those who can look.
func TestDo_retryRowsWithCodes(t *testing.T) {
	for _, test := range []struct {
		status, requests int
		code             string
	}{
		{409, 1, "800082"}, {409, 1, "800060"}, {409, 1, "800064"}, {400, 1, "800065"}, {409, 1, "800014"}, {409, 1, "900278"}, {409, 1, "800072"},
		{404, 1, "400019"}, {404, 1, "20000"}, {404, 1, "20003"}, {400, 1, "2055"}, {412, 1, "2055"}, {403, 1, "900329"},
		{500, 6, "900192"}, {500, 6, "800003"}, {408, 6, "900225"},
	} {
		for _, asked := range []call{aRead, aWrite} {
			s := &script{handlers: []http.HandlerFunc{says(test.status, `{"code":"`+test.code+`","description":"d"}`)}}
			c, _ := clientOf(t, s.ServeHTTP)
			_, err := do[thing](t.Context(), c, asked)
			if !HasCode(err, test.code) || len(s.requests) != test.requests {
				t.Errorf("%s %d %s: %d requests, want %d: %v", asked.method, test.status, test.code, len(s.requests), test.requests, err)
			}
			for _, id := range s.ids() {
				if id != s.ids()[0] {
					t.Errorf("%s %d %s: request IDs %q", asked.method, test.status, test.code, s.ids())
				}
			}
		}
	}
}
