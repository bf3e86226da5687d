// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"strings"
	"time"
)

// object is a JSON object of an answer.
type object = map[string]any

// zeroDate is how .NET writes a date that is not set (commerce reference, "JSON conventions").
const zeroDate = "0001-01-01T00:00:00"

// stamp is the usual form of a date: UTC with up to seven fraction digits.
func stamp(t time.Time) string {
	if t.IsZero() {
		return zeroDate
	}
	return t.UTC().Format("2006-01-02T15:04:05.9999999Z")
}

// offsetStamp is the form of marketplace subscriptions: UTC, written as an offset.
func offsetStamp(t time.Time) string {
	if t.IsZero() {
		return zeroDate
	}
	return t.UTC().Format("2006-01-02T15:04:05.9999999") + "+00:00"
}

// bareStamp has no zone at all, as custom term end dates have.
func bareStamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05") }

// pacificStamp is the form of legacy orders.
func pacificStamp(t time.Time) string {
	return t.In(time.FixedZone("", -8*60*60)).Format("2006-01-02T15:04:05.9999999-07:00")
}

// parseStamp reads a date in any of the documented forms; ok is false for text that is no date.
func parseStamp(text string) (t time.Time, ok bool) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.9999999", time.DateOnly, "01/02/2006 15:04:05"} {
		if t, err := time.Parse(layout, text); err == nil {
			if t.Year() == 1 {
				return time.Time{}, true
			}
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

func midnight(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }

// link is a link of an answer; its uri has no version prefix (commerce reference, Links).
func link(uri string) object {
	return object{"uri": uri, "method": "GET", "headers": []any{}}
}

func objectType(name string) object { return object{"objectType": name} }

// collection wraps items, with the address of the call as its self link.
func collection[T any](r *http.Request, items []T) object {
	if items == nil {
		items = []T{}
	}
	return object{
		"totalCount": len(items), "items": items,
		"links": object{"self": link(selfURI(r))}, "attributes": objectType("Collection"),
	}
}

// continued adds a link to the next page, with the token as a header that has to be sent along (commerce reference,
// "Collections and paging"). An empty token makes a plain link.
func continued(page object, uri, token string) {
	next := link(uri)
	if token != "" {
		next["headers"] = []object{{"key": "MS-ContinuationToken", "value": token}}
		page["continuationToken"] = token
	}
	if links, ok := page["links"].(object); ok {
		links["next"] = next
	}
}

// selfURI is the address of r below the version prefix.
func selfURI(r *http.Request) string {
	path := strings.TrimSuffix(r.URL.Path, "/")
	if len(path) > 4 && strings.EqualFold(path[:4], "/v1/") {
		path = path[3:]
	}
	if r.URL.RawQuery != "" {
		path += "?" + r.URL.RawQuery
	}
	return path
}

// query returns a query parameter by name in any case.
func query(r *http.Request, name string) string {
	for key, values := range r.URL.Query() {
		if strings.EqualFold(key, name) && len(values) > 0 {
			return values[0]
		}
	}
	return ""
}

// oneOf reports whether value is one of the choices, in any case.
func oneOf(value string, choices ...string) bool {
	for _, choice := range choices {
		if strings.EqualFold(value, choice) {
			return true
		}
	}
	return false
}
