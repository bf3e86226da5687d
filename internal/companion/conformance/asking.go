// SPDX-License-Identifier: MPL-2.0

package conformance

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/conformance/shape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
)

// nextPage follows the link of the first page, with its headers.
func nextPage(ctx context.Context, r *run) answer {
	first := r.get(ctx, "/v1/customers", "size", "1")
	link := shape.At(first.doc(), "links.next")
	if link == nil {
		return open("there is no second page")
	}
	target, err := url.Parse(shape.Text(link, "uri"))
	if err != nil {
		return no("the link is %s", escape.Quoted(shape.Text(link, "uri")))
	}
	headers := http.Header{}
	for _, h := range shape.List(link, "headers") {
		if strings.EqualFold(shape.Text(h, "key"), "MS-ContinuationToken") {
			headers.Set("MS-ContinuationToken", shape.Text(h, "value"))
		}
	}
	if len(headers) == 0 {
		return no("the link has no MS-ContinuationToken")
	}
	var query []string
	for name, values := range target.Query() {
		query = append(query, name, values[0])
	}
	second := r.getWith(ctx, headers, "/v1/customers", query...)
	if !second.ok() {
		return unexpected(second)
	}
	one, other := shape.List(first.doc(), "items"), shape.List(second.doc(), "items")
	if len(one) == 0 || len(other) == 0 || shape.Text(one[0], "id") == shape.Text(other[0], "id") {
		return no("the second page holds the first")
	}
	return yes("another page came")
}

// filter is the one of reference/commerce.md#filter-syntax.
func filter(field, value, operator string) string {
	encoded, _ := json.Marshal(map[string]string{"Field": field, "Value": value, "Operator": operator}) // texts can be encoded
	return string(encoded)
}

// filtered looks for a customer by the beginning of a member.
func filtered(field, path string, otherCase bool) ask {
	return func(ctx context.Context, r *run) answer {
		for _, c := range r.customers(ctx) {
			value := shape.Text(c, path)
			if len([]rune(value)) < 4 {
				continue
			}
			beginning := string([]rune(value)[:4])
			if otherCase {
				beginning = swapCase(beginning)
			}
			x := r.get(ctx, "/v1/customers", "size", "0", "filter", filter(field, beginning, "starts_with"))
			if !x.ok() {
				return unexpected(x)
			}
			for _, found := range shape.List(x.doc(), "items") {
				if shape.Text(found, "id") == shape.Text(c, "id") {
					return yes("the customer was found")
				}
			}
			return no("the customer was not found")
		}
		return open("there is no customer with a name")
	}
}

func swapCase(s string) string {
	if upper := strings.ToUpper(s); upper != s {
		return upper
	}
	return strings.ToLower(s)
}
