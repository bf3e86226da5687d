// SPDX-License-Identifier: MPL-2.0

package wire

import "testing"

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
		if got := WithoutPrivate(text); got != want {
			t.Errorf("%q\ngot  %q\nwant %q", text, got, want)
		}
	}
}
