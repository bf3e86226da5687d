// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"net/url"
	"strings"
	"testing"
)

func TestResolveLink(t *testing.T) {
	for name, test := range map[string]struct{ base, uri, path, query string }{
		"without version":      {"https://host", "/customers?size=2", "/v1/customers", "size=2"},
		"with version":         {"https://host", "/v1/customers?size=2", "/v1/customers", "size=2"},
		"relative":             {"https://host", "customers", "/v1/customers", ""},
		"query keeps its form": {"https://host", "/customers?b=%7B%22x%22%7D&a=1&a=2", "/v1/customers", "b=%7B%22x%22%7D&a=1&a=2"},
		"escaped segment":      {"https://host", "/products/DZH%3A1%20x", "/v1/products/DZH%3A1%20x", ""},
		"fragment":             {"https://host", "/customers#top", "/v1/customers", ""},
		"whole address":        {"https://host", "HTTPS://HOST/v1/customers", "/v1/customers", ""},
		"base with a path":     {"https://host/p", "/p/v1/customers", "/v1/customers", ""},
		"alike, not the same":  {"https://host/p", "/pictures", "/v1/pictures", ""},
		"other host":           {"https://host", "https://host.example.com/v1/customers", "", ""},
		"other port":           {"https://host", "https://host:8443/v1/customers", "", ""},
		"unencrypted":          {"https://host", "http://host/v1/customers", "", ""},
		"with a user":          {"https://host", "https://me@host/v1/customers", "", ""},
		"scheme only":          {"https://host", "javascript:alert(1)", "", ""},
		"climbs":               {"https://host", "/customers/../../x", "", ""},
		"climbs by backslash":  {"https://host", `/customers/..\..\x`, "", ""},
		"double slash inside":  {"https://host", "/customers//x", "", ""},
		"not an address":       {"https://host", "/%zz", "", ""},
		"nothing":              {"https://host", "/", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			base, err := url.Parse(test.base)
			if err != nil {
				t.Fatal(err)
			}
			path, query, err := resolveLink(base, test.uri)
			if path != test.path || query != test.query || (err != nil) != (test.path == "") {
				t.Errorf("got %q %q %v", path, query, err)
			}
		})
	}
}

// Wherever a link claims to lead, the request goes to the configured host and into its API.
func FuzzLink(f *testing.F) {
	for _, seed := range []string{
		"/customers?size=2&seekOperation=Next", "/v1/offers/x", "subscriptions?key=<key>", "https://host:1/p/v1/x", "//evil/v1/x", `\\evil\x`,
		"https://host:1@evil/v1/x", "/v1/../x", "/v1/%2e%2e/x", "/%2f%2fevil", "?x", "#x", "", "/v1//x", "http:x", "/\x00", "/p/p/v1/x", "/v1/x%0d%0aHost:y",
	} {
		f.Add(seed)
	}
	base, err := url.Parse("https://host:1/p")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, uri string) {
		path, query, err := resolveLink(base, uri)
		if err != nil {
			return
		}
		at, err := call{path: path, rawQuery: query}.address(base)
		if err != nil {
			return
		}
		if at.Scheme != "https" || at.Host != "host:1" || at.User != nil || !strings.HasPrefix(strings.ToLower(at.EscapedPath()), "/p/v1/") {
			t.Errorf("%q leads to %s", uri, at)
		}
		again, err := url.Parse(at.String())
		if err != nil || again.Host != "host:1" || strings.Contains(again.Path, "/../") || strings.HasSuffix(again.Path, "/..") {
			t.Errorf("%q leads to %q, %v", uri, at, err)
		}
	})
}
