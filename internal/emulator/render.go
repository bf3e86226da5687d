// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/url"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// object is a JSON object of an answer.
type object = map[string]any

// zeroDate is how .NET writes a date that is not set (reference/commerce.md#json-conventions).
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

// link is a link of an answer; its uri has no version prefix (reference/commerce.md#links).
func link(uri string) object {
	return object{"uri": uri, "method": "GET", "headers": []any{}}
}

func objectType(name string) object { return object{"objectType": name} }

// collection wraps items, with the address of the call as its self link.
func collection[T any](r *call, items []T) object {
	if items == nil {
		items = []T{}
	}
	return object{
		"totalCount": len(items), "items": items,
		"links": object{"self": link(selfURI(r))}, "attributes": objectType("Collection"),
	}
}

// continued adds a link to the next page, with the token as a header that has to be sent along
// (reference/commerce.md#collections-and-paging). An empty token makes a plain link.
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
func selfURI(r *call) string { return uriOf(r.URL) }

func uriOf(address *url.URL) string {
	path := strings.TrimSuffix(address.Path, "/")
	if len(path) > 4 && strings.EqualFold(path[:4], "/v1/") {
		path = path[3:]
	}
	if address.RawQuery != "" {
		path += "?" + address.RawQuery
	}
	return path
}

// parameter returns a query parameter by name in any case.
func parameter(r *call, name string) string {
	for key, values := range r.URL.Query() {
		if strings.EqualFold(key, name) && len(values) > 0 {
			return values[0]
		}
	}
	return ""
}

// customerURI is where a customer is found below the version prefix.
func customerURI(c *world.Customer) string { return "/customers/" + c.ID }

// subscriptionURI is where a subscription is found.
func subscriptionURI(c *world.Customer, sub *world.Subscription) string {
	return customerURI(c) + "/subscriptions/" + sub.ID
}

// optional sets a member that is left out where it is empty.
func optional(answer object, name, value string) {
	if value != "" {
		answer[name] = value
	}
}
