// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"errors"
	"net/http"
	"strings"
	"testing"
)

func TestWithoutPrivate(t *testing.T) {
	for text, want := range map[string]string{
		"User jane.o'neil+x@contoso.onmicrosoft.com is unknown.":  "User jane.o'(hidden) is unknown.",
		"<jane@contoso.com>, joe%40contoso.com":                   "<(hidden)>, (hidden)",
		"Bearer eyJ0eXAi.eyJhdWQi.c2ln was refused":               "Bearer (hidden) was refused",
		"proxyconnect: http://me:pass@proxy.contoso.com:8080/":    "proxyconnect: http://(hidden)@proxy.contoso.com:8080/",
		"see https://publisher.example/landing?token=abc%2Bd&x":   "see https://publisher.example/landing?(hidden)&x",
		"Catalog item DZH318Z0MG7P:0001:DZH318Z0TS4K @ 5 EUR":     "Catalog item DZH318Z0MG7P:0001:DZH318Z0TS4K @ 5 EUR",
		"GET https://api.partnercenter.microsoft.com/v1/x?size=2": "GET https://api.partnercenter.microsoft.com/v1/x?size=2",
		"the access token is missing, malformed or expired":       "the access token is missing, malformed or expired",
	} {
		if got := withoutPrivate(text); got != want {
			t.Errorf("%q\ngot  %q\nwant %q", text, got, want)
		}
	}
}

// Whatever a service repeats in an error, neither the error nor the log shows it.
func TestError_isNotPrivate(t *testing.T) {
	var book logbook
	c, _ := clientOf(t, says(http.StatusBadRequest, `{"code":"60002","description":"The user jane@contoso.com has no token eyJh.eyJi.c","data":["joe@contoso.com"]}`),
		func(o *Options) { o.Log = book.add })
	_, err := do[thing](t.Context(), c, call{operation: "read user", method: http.MethodGet, path: route("users", "jane@contoso.com")})
	if err == nil || strings.Contains(err.Error(), "@contoso") || strings.Contains(err.Error(), "eyJh") {
		t.Errorf("got %v", err)
	}
	broken := &Error{Operation: "read", Err: errors.New(`invalid proxy address "http://me:pass@proxy:x"`)}
	if strings.Contains(broken.Error(), "pass") {
		t.Errorf("got %v", broken)
	}
}
