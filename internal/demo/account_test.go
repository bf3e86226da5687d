// SPDX-License-Identifier: MPL-2.0

package main

import (
	"net/http"
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

func TestAccount(t *testing.T) {
	const one, other = "11111111-aaaa-4aaa-8aaa-111111111111", "22222222-aaaa-4aaa-8aaa-222222222222"
	request := func(method, id string) emulator.Request {
		return emulator.Request{Method: method, Header: http.Header{"Ms-Requestid": {id}}}
	}
	signIn := emulator.Request{Method: http.MethodPost, SignIn: true}
	two := []emulator.Purchase{{}, {}}

	for name, tt := range map[string]struct {
		bought     []emulator.Purchase
		requests   []emulator.Request
		violations []emulator.Violation
		wantWrong  string
	}{
		"as it should be":             {bought: two, requests: []emulator.Request{signIn, request("GET", one), request("POST", other)}},
		"a read may be repeated":      {bought: two, requests: []emulator.Request{request("GET", one), request("GET", one)}},
		"one purchase too many":       {bought: append(two, two...), wantWrong: "4 subscriptions were bought"},
		"a request without a name":    {bought: two, requests: []emulator.Request{request("GET", "")}, wantWrong: "1 requests had no GUID"},
		"a write that was sent twice": {bought: two, requests: []emulator.Request{request("PATCH", one), request("PATCH", strings.ToUpper(one))}, wantWrong: "1 writes were sent twice"},
		"a breach of the protocol":    {bought: two, violations: []emulator.Violation{{Reason: "a reason"}}, wantWrong: "a reason"},
	} {
		t.Run(name, func(t *testing.T) {
			err := accountOf(tt.bought, tt.requests, tt.violations).wrong()
			switch {
			case tt.wantWrong == "" && err != nil:
				t.Errorf("got %q, want nothing wrong", err)
			case tt.wantWrong != "" && (err == nil || !strings.Contains(err.Error(), tt.wantWrong)):
				t.Errorf("got %v, want %q", err, tt.wantWrong)
			}
		})
	}

	a := accountOf(two, []emulator.Request{signIn, request("GET", one), request("POST", other)}, nil)
	if a.requests != 2 || a.reads != 1 || a.writes != 1 || a.signIns != 1 {
		t.Errorf("counted %+v", a)
	}
}
