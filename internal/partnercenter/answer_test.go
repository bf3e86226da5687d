// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
)

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for name, test := range map[string]struct {
		status int
		header string
		body   string
		want   time.Duration
	}{
		"seconds":                    {429, "57", "", 57 * time.Second},
		"doubled":                    {429, "57,57", "", 57 * time.Second},
		"fraction":                   {503, "1.5", "", 1500 * time.Millisecond},
		"nothing to wait":            {429, "0", "", 0},
		"negative":                   {429, "-3", "", 0},
		"absurd":                     {429, "1e300", "", 24 * time.Hour},
		"not a number":               {429, "NaN", "", 0},
		"date":                       {429, "Sun, 01 Mar 2026 12:00:41 GMT", "", 41 * time.Second},
		"date that has passed":       {429, "Sun, 01 Mar 2026 11:00:41 GMT", "", 0},
		"date far away":              {429, "Sun, 01 Mar 2099 12:00:41 GMT", "", 24 * time.Hour},
		"gateway's sentence":         {429, "", `{"statusCode":429,"message":"Rate limit is exceeded. Try again in 41 seconds."}`, 41 * time.Second},
		"gateway's sentence as text": {429, "", "Rate limit is exceeded. Try again in 1 second.", time.Second},
		"the header goes first":      {429, "3", `{"message":"Try again in 41 seconds."}`, 3 * time.Second},
		"that sentence elsewhere":    {400, "", `{"description":"Try again in 41 seconds."}`, 0},
		"nothing said":               {429, "", "", 0},
		"something unreadable":       {429, "soon", "<html>", 0},
	} {
		t.Run(name, func(t *testing.T) {
			a := answer{status: test.status, header: http.Header{"Retry-After": {test.header}}, body: []byte(test.body)}
			if got := a.retryAfter(now); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestMayHaveWorked(t *testing.T) {
	for name, test := range map[string]struct {
		answer answer
		want   bool
	}{
		"connection broke after sending": {answer{err: io.EOF, sent: true}, true},
		"no connection":                  {answer{err: io.EOF}, false},
		"success that broke off":         {answer{status: 201, err: io.ErrUnexpectedEOF, sent: true}, true},
		"success that is not JSON":       {answer{status: 201, body: []byte("<html>")}, true},
		"success":                        {answer{status: 200, body: []byte("{}")}, false},
		"success without a body":         {answer{status: 202}, false},
		"408":                            {answer{status: 408}, true},
		"500":                            {answer{status: 500}, true},
		"503":                            {answer{status: 503}, true},
		"429":                            {answer{status: 429}, false},
		"401":                            {answer{status: 401}, false},
		"400":                            {answer{status: 400}, false},
		"409":                            {answer{status: 409}, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := test.answer.mayHaveWorked(); got != test.want {
				t.Errorf("got %t, want %t", got, test.want)
			}
		})
	}
}

func FuzzError(f *testing.F) {
	for _, seed := range []string{
		`{"code":"800081","description":"d","data":[{"a":1}],"source":"PartnerFD"}`, `{"code":600074,"message":"m","errorName":"n"}`,
		`{"statusCode":429,"message":"Rate limit is exceeded. Try again in 41 seconds."}`, `<html><title>x</title>`, "\uFEFF{", ``,
	} {
		f.Add(429, []byte(seed))
	}
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		a := answer{status: status, body: body}
		if wait := a.retryAfter(start); wait < 0 || wait > longestRetryAfter {
			t.Errorf("waits %s", wait)
		}
		said := wire.ReadFault(body)
		e := &Error{Operation: "x", StatusCode: status, Code: said.Code, Description: said.Description, Data: said.Data}
		if e.Error() == "" {
			t.Error("the error is empty")
		}
		_ = Remedy(e)
	})
}
