// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"net/url"
	"slices"
	"strings"
)

// log writes the line of an attempt. Bodies, headers and tokens are not in it, and of a query only what names nobody.
func (a *attempts) log(ctx context.Context) {
	fields := map[string]any{
		"operation":      a.call.operation,
		"method":         a.call.method,
		"path":           safePath(a.call.path),
		"attempt":        a.count,
		"duration_ms":    a.client.clock.Now().Sub(a.begun).Milliseconds(),
		"request_id":     a.requestID,
		"correlation_id": a.correlationID,
		"decision":       a.next.reason,
	}
	if query := a.safeQuery(); query != "" {
		fields["query"] = query
	}
	if a.answer.status != 0 {
		fields["status"] = a.answer.status
	}
	if a.answer.err != nil {
		fields["error"] = withoutPrivate(a.answer.err.Error())
	}
	if a.next.retry {
		fields["retry_in_ms"] = a.next.wait.Milliseconds()
	}
	a.client.options.Log(ctx, "Partner Center request", fields)
}

// plainParameters have values that name no person and no company.
var plainParameters = []string{
	"availabilityscope", "billingtype", "country", "currencycode", "include_price", "invoicelineitemtype", "offset", "order_id",
	"period", "provider", "seekoperation", "size", "targetsegment", "targetview", "term_duration", "type",
}

func (a *attempts) safeQuery() string {
	query := a.call.query
	if len(query) == 0 {
		query, _ = url.ParseQuery(a.call.rawQuery)
	}
	var parts []string
	for name, values := range query {
		value := "(hidden)"
		if slices.Contains(plainParameters, strings.ToLower(name)) {
			value = strings.Join(values, ",")
		}
		parts = append(parts, name+"="+value)
	}
	slices.Sort(parts)
	return strings.Join(parts, "&")
}

// safePath hides segments that hold an address of a person.
func safePath(path string) string {
	segments := strings.Split(path, "/")
	for i, segment := range segments {
		if strings.Contains(segment, "@") || strings.Contains(segment, "%40") {
			segments[i] = "(hidden)"
		}
	}
	return strings.Join(segments, "/")
}
