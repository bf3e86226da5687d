// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/option"
)

var aList = call{operation: "list things", method: http.MethodGet, path: route("things"), query: map[string][]string{"size": {"2"}}}

func TestList_followsPages(t *testing.T) {
	for name, uri := range map[string]string{
		"without version":   "/things?size=2&seekOperation=Next",
		"with version":      "/v1/things?size=2&seekOperation=Next",
		"version in upper":  "/V1/things?size=2&seekOperation=Next",
		"no leading slash":  "things?size=2&seekOperation=Next",
		"trailing slash":    "/things/?size=2&seekOperation=Next",
		"whole address":     "SERVER/v1/things?size=2&seekOperation=Next",
		"surrounding space": " /things?size=2&seekOperation=Next ",
	} {
		t.Run(name, func(t *testing.T) {
			var c *Client
			s := &script{handlers: []http.HandlerFunc{
				func(w http.ResponseWriter, _ *http.Request) {
					fmt.Fprintf(w, `{"totalCount":2,"items":[{"id":"1"},{"id":"2"}],"links":{"self":{"uri":"/things"},"next":{"uri":%q,"method":"Get",
						"headers":[{"key":"MS-ContinuationToken","value":"page-2"},{"key":"Authorization","value":"theirs"},{"key":"MS-RequestId","value":"theirs"},
						{"key":"bad header","value":"x"},{"key":"X-Bad","value":"a\nb"}]}},"attributes":{"objectType":"Collection"}}`,
						strings.Replace(uri, "SERVER", c.options.Endpoint, 1))
				},
				says(200, `{"items":[{"id":"3"}],"links":{"self":{"uri":"/things"}}}`),
			}}
			c, _ = clientOf(t, s.ServeHTTP)
			got, err := list[thing](t.Context(), c, aList)
			if err != nil || !slices.Equal(got, []thing{{"1"}, {"2"}, {"3"}}) {
				t.Fatalf("got %v, %v", got, err)
			}
			second := s.requests[1]
			if second.URL.RawQuery != "size=2&seekOperation=Next" || !strings.EqualFold(second.URL.Path, "/v1/things") {
				t.Errorf("the second page is %s", second.URL)
			}
			if second.Header.Get(continuationHeader) != "page-2" || second.Header.Get("Authorization") != "Bearer the-token" {
				t.Errorf("the second page is asked for with %v", second.Header)
			}
			if ids := s.ids(); ids[0] == ids[1] || ids[1] == "theirs" {
				t.Errorf("request IDs %q", ids)
			}
		})
	}
}

func TestList_baseWithPath(t *testing.T) {
	for _, uri := range []string{"/things?p=2", "/v1/things?p=2", "/emulator/v1/things?p=2"} {
		s := &script{handlers: []http.HandlerFunc{says(200, `{"items":[],"links":{"next":{"uri":"`+uri+`"}}}`), says(200, `{"items":[]}`)}}
		c, _ := clientOf(t, s.ServeHTTP, func(o *Options) { o.Endpoint += "/emulator/v1/" })
		if _, err := list[thing](t.Context(), c, aList); err != nil {
			t.Fatal(err)
		}
		for _, r := range s.requests {
			if r.URL.Path != "/emulator/v1/things" {
				t.Errorf("%s led to %s", uri, r.URL)
			}
		}
	}
}

func TestList_shapes(t *testing.T) {
	for name, test := range map[string]struct {
		body string
		want []thing
	}{
		"bare array":              {`[{"id":"1"},{"id":"2"}]`, []thing{{"1"}, {"2"}}},
		"empty array":             {`[]`, nil},
		"no items":                {`{"totalCount":0,"items":[]}`, nil},
		"null items":              {`{"items":null,"links":null}`, nil},
		"PascalCase":              {"\uFEFF" + `{"Items":[{"Id":"1"}],"Links":{"Next":null}}`, []thing{{"1"}}},
		"links before items":      {`{"links":{"next":{"uri":""}},"extra":{"a":[{}]},"items":[{"id":"1"}]}`, []thing{{"1"}}},
		"headers of a link: null": {`{"items":[{"id":"1"}],"links":{"self":{"uri":"/x","headers":null}}}`, []thing{{"1"}}},
	} {
		t.Run(name, func(t *testing.T) {
			c, _ := clientOf(t, says(200, test.body))
			got, err := list[thing](t.Context(), c, aList)
			if err != nil || !slices.Equal(got, test.want) {
				t.Errorf("got %v, %v", got, err)
			}
		})
	}
}

// An answer that is not a list must never pass for an empty one.
func TestList_refuses(t *testing.T) {
	next := func(uri, method string) string {
		return fmt.Sprintf(`{"items":[],"links":{"next":{"uri":%q,"method":%q}}}`, uri, method)
	}
	for name, test := range map[string]struct {
		handler http.HandlerFunc
		want    error
	}{
		"empty answer":          {says(200, ""), errNotJSON},
		"no content":            {says(204, ""), errNoList},
		"page of a proxy":       {says(200, "<html>"), errNotJSON},
		"null":                  {says(200, "null"), errNoList},
		"text":                  {says(200, `"text"`), errNoList},
		"object without items":  {says(200, `{"id":"1"}`), errNoList},
		"items are an object":   {says(200, `{"items":{}}`), errNoList},
		"items of another kind": {says(200, `{"items":["a"]}`), errNotExpected},
		"circle":                {says(200, next("/things?page=1", "GET")), errEndless},
		"other host":            {says(200, next("https://example.com/v1/things", "GET")), errBadLink},
		"other host, no scheme": {says(200, next("//example.com/v1/things", "GET")), errBadLink},
		"other scheme":          {says(200, next("file:///etc/passwd", "GET")), errBadLink},
		"climbing":              {says(200, next("/v1/../admin", "GET")), errBadLink},
		"climbing, escaped":     {says(200, next("/v1/%2e%2e/admin", "GET")), errBadLink},
		"another method":        {says(200, next("/things?page=2", "DELETE")), errNotExpected},
	} {
		t.Run(name, func(t *testing.T) {
			s := &script{handlers: []http.HandlerFunc{test.handler}}
			c, _ := clientOf(t, s.ServeHTTP)
			if got, err := list[thing](t.Context(), c, aList); !errors.Is(err, test.want) {
				t.Errorf("got %v, %v, want %v", got, err, test.want)
			}
		})
	}
}

func TestList_tokenBesideTheLink(t *testing.T) {
	s := &script{handlers: []http.HandlerFunc{
		says(200, `{"items":[],"continuationToken":"beside","links":{"next":{"uri":"/things","headers":[]}}}`), says(200, `{"items":[]}`),
	}}
	c, _ := clientOf(t, s.ServeHTTP)
	if _, err := list[thing](t.Context(), c, aList); err != nil {
		t.Fatal(err)
	}
	if got := s.requests[1].Header.Get(continuationHeader); got != "beside" {
		t.Errorf("the token is %q", got)
	}
}

// Pages under one address that differ by token only are no circle.
func TestList_tokensTellPagesApart(t *testing.T) {
	page := 0
	c, _ := clientOf(t, func(w http.ResponseWriter, _ *http.Request) {
		page++
		if page == 4 {
			_, _ = w.Write([]byte(`{"items":[{"id":"4"}]}`))
			return
		}
		fmt.Fprintf(w, `{"items":[{"id":"%d"}],"links":{"next":{"uri":"/things","headers":[{"key":"MS-ContinuationToken","value":"%d"}]}}}`, page, page)
	})
	if got, err := list[thing](t.Context(), c, aList); err != nil || len(got) != 4 {
		t.Errorf("got %v, %v", got, err)
	}
}

func FuzzCollection(f *testing.F) {
	for _, seed := range []string{
		`{"totalCount":1,"items":[{"id":"1"}],"links":{"next":{"uri":"/x","method":"GET","headers":[{"key":"MS-ContinuationToken","value":"t"}]}}}`,
		`[{"id":"1"}]`, `{"items":null}`, `{"Items":[],"items":[{}]}`, `{"links":{"next":{"uri":"/a"}}}`, ``, `null`, `{"items":[1,2`, `[[]]`,
		`{"items":[],"links":{"next":{"uri":"/x","headers":[{"key":"","value":"\u0000"}]}},"continuationToken":"x"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		got, next, err := readPage[json.RawMessage](body, nil)
		if err != nil {
			return
		}
		for _, item := range got {
			if !json.Valid(item) {
				t.Errorf("the item %q is not JSON", item)
			}
		}
		if next == nil {
			return
		}
		header := http.Header{}
		next.addTo(header)
		for name, values := range header {
			if !validHeaderName(name) || !option.IsHeaderValue(values[0]) {
				t.Errorf("the header %q: %q cannot be sent", name, values)
			}
		}
	})
}
