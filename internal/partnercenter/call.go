// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// call is one logical call: however often it is sent, it is meant to happen once.
type call struct {
	operation string // what the caller was doing, such as "create cart"
	method    string
	path      string // from route
	query     url.Values
	rawQuery  string // instead of query: that of a link, in the order it came in
	customer  string // the customer whose data the call touches; read from the path when empty
	body      any    // nil sends none; a json.RawMessage goes out as it is
	header    http.Header
	quote     bool // creates a cart, which read-only lets through when quotes are allowed
	asks      bool // a POST that changes nothing
	// mayBeEmpty says that success may have nothing in it.
	mayBeEmpty bool
	userOnly   bool // the service wants App+User sign-in
}

// writes holds for calls that may change something.
func (c call) writes() bool {
	return c.method != http.MethodGet && c.method != http.MethodHead && !c.asks
}

// route makes a path of the API from unescaped segments.
func route(segments ...string) string {
	var path strings.Builder
	path.WriteString("/v1")
	for _, segment := range segments {
		path.WriteString("/" + url.PathEscape(segment))
	}
	return path.String()
}

var errNoID = errors.New("an ID that the address is made of is empty, or is not an ID")

// address is where a call goes, below base. An empty segment would address a collection instead of one of its objects.
func (c call) address(base *url.URL) (*url.URL, error) {
	if err := checkIDs(c.path); err != nil {
		return nil, err
	}
	at, err := url.Parse(strings.TrimRight(base.String(), "/") + c.path)
	if err != nil {
		return nil, fmt.Errorf("making an address: %w", err)
	}
	at.RawQuery = c.rawQuery
	if len(c.query) > 0 {
		at.RawQuery = c.query.Encode()
	}
	return at, nil
}

// checkIDs refuses a path whose IDs cannot be any, before anything is sent: the service would say that such an object is not there, and it
// would be taken for one that is gone.
func checkIDs(path string) error {
	if !cleanPath(path) {
		return errNoID
	}
	for segment := range strings.SplitSeq(strings.TrimPrefix(path, "/"), "/") {
		if id, err := url.PathUnescape(segment); err != nil || !validID(id) {
			return fmt.Errorf("%w: %q", errNoID, segment)
		}
	}
	return nil
}

// cleanPath holds for a path without empty segments and without dots that climb.
func cleanPath(path string) bool {
	for segment := range strings.SplitSeq(strings.TrimPrefix(path, "/"), "/") {
		plain, err := url.PathUnescape(segment)
		if err != nil || plain == "" || plain == "." || plain == ".." || strings.ContainsAny(plain, "/\\") {
			return false
		}
	}
	return true
}

// customerOf is the customer in a path such as /v1/customers/{id}/carts, or "".
func customerOf(path string) string {
	segments := strings.Split(strings.TrimPrefix(path, "/"), "/")
	if len(segments) < 3 || !strings.EqualFold(segments[1], "customers") {
		return ""
	}
	id, err := url.PathUnescape(segments[2])
	if err != nil {
		return segments[2]
	}
	return id
}
