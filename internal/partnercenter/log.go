// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"net/url"
	"slices"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
)

// plainParameters have values that name no person and no company.
var plainParameters = []string{
	"availabilityscope", "billingtype", "country", "currencycode", "include_price", "invoicelineitemtype", "offset", "order_id",
	"period", "provider", "seekoperation", "size", "targetsegment", "targetview", "term_duration", "type",
}

// safeQuery hides the values of the others.
func (c call) safeQuery() string {
	query := c.query
	if len(query) == 0 {
		query, _ = url.ParseQuery(c.rawQuery)
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
	return wire.WithoutPrivate(strings.Join(parts, "&"))
}

// safePath hides segments that hold an address of a person.
func safePath(path string) string {
	segments := strings.Split(path, "/")
	for i, segment := range segments {
		if strings.Contains(segment, "@") || strings.Contains(segment, "%40") {
			segments[i] = "(hidden)"
		}
	}
	return wire.WithoutPrivate(strings.Join(segments, "/"))
}
