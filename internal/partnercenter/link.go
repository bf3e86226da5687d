// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/option"
)

// link is how the service refers to another page or resource (reference/commerce.md#links).
type link struct {
	URI     string
	Method  string
	Headers []struct{ Key, Value string }
}

const continuationHeader = "MS-ContinuationToken"

// withToken adds the page token for answers that have it beside the link only.
func (l *link) withToken(token string) *link {
	for _, header := range l.Headers {
		if strings.EqualFold(header.Key, continuationHeader) {
			return l
		}
	}
	if token != "" {
		l.Headers = append(l.Headers, struct{ Key, Value string }{continuationHeader, token})
	}
	return l
}

// key tells pages apart: the addresses of all pages are often the same, and only the tokens differ.
func (l *link) key() string {
	var key strings.Builder
	key.WriteString(l.URI)
	for _, header := range l.Headers {
		key.WriteString("\n" + header.Key + ":" + header.Value)
	}
	return key.String()
}

func (l *link) isGet() bool {
	return l.Method == "" || strings.EqualFold(l.Method, http.MethodGet)
}

// longestLink bounds address and page token of a link: both are sent.
const longestLink = 16 << 10

// addTo sets the page token of the link. Of its other headers none is sent: whoever writes an answer would write the next request with
// them, its method, its condition or its sender.
func (l *link) addTo(header http.Header) {
	for _, h := range l.Headers {
		if strings.EqualFold(h.Key, continuationHeader) && option.IsHeaderValue(h.Value) && len(h.Value) <= longestLink {
			header.Set(continuationHeader, h.Value)
		}
	}
}

var (
	errBadLink   = errors.New("the link to the next page does not lead to this service")
	errOtherList = errors.New("the link to the next page leads to another list")
)

// lastSegment names the collection that a path leads to.
func lastSegment(path string) string { return path[strings.LastIndex(path, "/")+1:] }

// resolveLink turns a link into a path below base, with its version, and a query. Links are relative, mostly without the
// version; anything that would lead to another host or out of the API is refused, because requests carry a token.
func resolveLink(base *url.URL, uri string) (path, query string, err error) {
	uri = strings.TrimSpace(uri)
	parsed, err := url.Parse(uri)
	if err != nil || len(uri) > longestLink || parsed.Opaque != "" || parsed.User != nil {
		return "", "", errBadLink
	}
	if parsed.Scheme != "" || parsed.Host != "" {
		if !strings.EqualFold(parsed.Scheme, base.Scheme) || !strings.EqualFold(parsed.Host, base.Host) {
			return "", "", errBadLink
		}
	}
	path = "/" + strings.Trim(parsed.EscapedPath(), "/")
	if prefix := strings.TrimRight(base.EscapedPath(), "/"); strings.HasPrefix(path, prefix+"/") {
		path = strings.TrimPrefix(path, prefix)
	}
	if len(path) < 4 || !strings.EqualFold(path[:4], "/v1/") {
		path = "/v1" + path
	}
	if !cleanPath(path) {
		return "", "", errBadLink
	}
	return path, parsed.RawQuery, nil
}
