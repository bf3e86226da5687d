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

// A list that is not all there proves nothing about what is missing.
func TestList_incomplete(t *testing.T) {
	for name, bodies := range map[string][]string{
		"fewer items than counted":         {`{"totalCount":7,"items":[{"id":"1"}]}`},
		"none of those counted":            {`{"TotalCount":"1","items":[]}`},
		"no items at all":                  {`{"totalCount":1,"items":null}`},
		"a token without a link":           {`{"items":[{"id":"1"}],"continuationToken":"more"}`},
		"fewer than the first page counts": {`{"totalCount":3,"items":[{"id":"1"}],"links":{"next":{"uri":"/things?p=2"}}}`, `{"totalCount":1,"items":[{"id":"2"}]}`},
		"an empty last page":               {`{"totalCount":3,"items":[],"links":{"next":{"uri":"/things?p=2"}}}`, `{"totalCount":0,"items":[]}`},
	} {
		t.Run(name, func(t *testing.T) {
			s := &script{}
			for _, body := range bodies {
				s.handlers = append(s.handlers, says(200, body))
			}
			c, _ := clientOf(t, s.ServeHTTP)
			if got, err := list[thing](t.Context(), c, aList); !errors.Is(err, errIncomplete) || got != nil {
				t.Errorf("got %v, %v", got, err)
			}
		})
	}
}

// A count may be of the page or of the whole.
func TestList_countsOfEitherKind(t *testing.T) {
	for _, count := range []int{1, 2} {
		c, _ := clientOf(t, (&script{handlers: []http.HandlerFunc{
			says(200, fmt.Sprintf(`{"totalCount":%d,"items":[{"id":"1"}],"links":{"next":{"uri":"/things?p=2"}}}`, count)),
			says(200, fmt.Sprintf(`{"totalCount":%d,"items":[{"id":"2"}]}`, count)),
		}}).ServeHTTP)
		if got, err := list[thing](t.Context(), c, aList); err != nil || len(got) != 2 {
			t.Errorf("counted %d: got %v, %v", count, got, err)
		}
	}
}

// Lists that would fill the memory, or never end.
func TestList_swollen(t *testing.T) {
	c, _ := clientOf(t, says(200, `{"items":[{}`+strings.Repeat(",{}", 100_000)+`]}`))
	if _, err := c.Subscriptions(t.Context(), "c-1", SubscriptionsQuery{}); !errors.Is(err, errNoItemID) {
		t.Errorf("items without an ID: %v", err)
	}
	small := &pages[thing]{maxItems: 3, links: map[string]bool{}, ids: map[string]bool{}}
	if _, err := small.read([]byte(`{"items":[{},{},{},{}]}`)); !errors.Is(err, errLargeList) {
		t.Errorf("too many items: %v", err)
	}
	for name, item := range map[string]string{"empty pages": "", "the same page": `{"id":"s-1"}`} {
		asked := 0
		c, _ := clientOf(t, func(w http.ResponseWriter, _ *http.Request) {
			asked++
			fmt.Fprintf(w, `{"items":[%s],"links":{"next":{"uri":"/customers/c-1/subscriptions","headers":[{"key":"MS-ContinuationToken","value":"%d"}]}}}`, item, asked)
		})
		if _, err := c.Subscriptions(t.Context(), "c-1", SubscriptionsQuery{}); !errors.Is(err, errEndless) || asked > maxEmptyPages+1 {
			t.Errorf("%s: %v after %d requests", name, err, asked)
		}
	}
}

// Of a link only the page token is sent, and only to the same list of the same customer.
func TestList_linksAreConfined(t *testing.T) {
	for _, uri := range []string{"/customers/c-2/subscriptions", "/customers/c-1/orders", "/customers/c-1", "/subscriptions?key=1", "/customers"} {
		s := &script{handlers: []http.HandlerFunc{says(200, fmt.Sprintf(`{"items":[],"links":{"next":{"uri":%q}}}`, uri))}}
		c, _ := clientOf(t, s.ServeHTTP)
		if _, err := c.Subscriptions(t.Context(), "c-1", SubscriptionsQuery{}); !errors.Is(err, errOtherList) || len(s.requests) != 1 {
			t.Errorf("%s: %v after %d requests", uri, err, len(s.requests))
		}
	}
	header := http.Header{}
	(&link{Headers: []struct{ Key, Value string }{
		{"ms-continuationtoken", "page"}, {"X-HTTP-Method-Override", "DELETE"}, {"If-Match", "*"}, {"X-Forwarded-Host", "x"}, {"Authorization", "x"}, {"Host", "x"}, {"X-Locale", "de"},
	}}).addTo(header)
	if len(header) != 1 || header.Get(continuationHeader) != "page" {
		t.Errorf("the link sets %v", header)
	}
}

// An answer about nothing, or about something else, is not believed.
func TestAnswersWithoutTheirID(t *testing.T) {
	for _, body := range []string{`{}`, `{"id":""}`, `{"id":"../x"}`, `{"id":"s-2"}`, `{"quantity":7}`} {
		c, _ := clientOf(t, says(200, body))
		if got, err := c.Subscription(t.Context(), "c-1", "s-1"); !errors.Is(err, errNoOwnID) && !errors.Is(err, errOtherObject) {
			t.Errorf("%s: got %v, %v", body, got, err)
		}
	}
	c, _ := clientOf(t, says(201, `{"lineItems":[]}`))
	if _, err := c.CreateCart(t.Context(), "c-1", CartRequest{}); !errors.Is(err, errNoOwnID) || OutcomeUnknown(err) {
		t.Errorf("a cart without an ID: %v", err)
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
		"bare array":            {says(200, `[{"id":"1"}]`), errNoList},
		"empty bare array":      {says(200, "[]"), errNoList},
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
		all := newPages[json.RawMessage]()
		next, err := all.read(body)
		if err != nil {
			return
		}
		for _, item := range all.items {
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
			if name != http.CanonicalHeaderKey(continuationHeader) || !option.IsHeaderValue(values[0]) {
				t.Errorf("the header %q: %q cannot be sent", name, values)
			}
		}
	})
}
