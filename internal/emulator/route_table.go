// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"net/url"
	"strings"
)

// route is one operation of the API.
type route struct {
	method   string
	path     string // below /v1 unless it starts with a slash, {name} for a parameter
	handle   handler
	userOnly bool // app-only tokens get 403 900329 (reference/commerce.md#which-operations-accept-what)
}

// routeTable finds routes by case-insensitive segments and keeps parameter values as they were sent.
type routeTable struct{ rows []tableRow }

type tableRow struct {
	route
	segments []string
}

func newRouteTable(rows []route) *routeTable {
	t := &routeTable{}
	for _, row := range rows {
		path := row.path
		if !strings.HasPrefix(path, "/") {
			path = "/v1/" + path
		}
		t.rows = append(t.rows, tableRow{route: row, segments: segments(path)})
	}
	return t
}

// find returns the most literal row for method and path. known tells whether the path exists for another method.
func (t *routeTable) find(method, escapedPath string) (row *tableRow, values map[string]string, known bool) {
	sent := segments(escapedPath)
	best := -1
	for i := range t.rows {
		candidate := &t.rows[i]
		found, literals, ok := candidate.match(sent)
		if !ok {
			continue
		}
		known = true
		if candidate.method == method && literals > best {
			row, values, best = candidate, found, literals
		}
	}
	return row, values, known
}

func (r *tableRow) match(sent []string) (values map[string]string, literals int, ok bool) {
	if len(sent) != len(r.segments) {
		return nil, 0, false
	}
	values = map[string]string{}
	for i, want := range r.segments {
		got, err := url.PathUnescape(sent[i])
		if err != nil {
			return nil, 0, false
		}
		if name, isParameter := strings.CutPrefix(want, "{"); isParameter {
			values[strings.TrimSuffix(name, "}")] = got
			continue
		}
		if !strings.EqualFold(want, got) {
			return nil, 0, false
		}
		literals++
	}
	return values, literals, true
}

// segments splits a path; a trailing slash is accepted as some documented samples have one.
func segments(path string) []string {
	return strings.Split(strings.Trim(path, "/"), "/")
}

// route names the path parameters of r and returns its row, nil for a call that is not in the table.
func (t *routeTable) route(r *http.Request) (row *tableRow, known bool) {
	row, values, known := t.find(r.Method, r.URL.EscapedPath())
	for name, value := range values {
		r.SetPathValue(name, value)
	}
	return row, known
}

// isAPI tells calls of the API from calls of the sign-in service, which shares the address.
func isAPI(path string) bool {
	first := segments(path)[0]
	return strings.EqualFold(first, "v1") || strings.EqualFold(first, "webhooks") || isGraph(path)
}

// isGraph tells calls of Microsoft Graph and of its storage from those of Partner Center; they share the address here.
func isGraph(path string) bool {
	first := segments(path)[0]
	return strings.EqualFold(first, "v1.0") || strings.EqualFold(first, exportFolder)
}

const exportFolder = "billing-exports"
