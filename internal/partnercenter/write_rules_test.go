// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"errors"
	"net/http"
	"testing"
)

func TestRefuse(t *testing.T) {
	var (
		read     = call{method: http.MethodGet, path: route("customers", "c-1")}
		ask      = call{method: http.MethodPost, path: route("customers", "c-1", "promotionEligibilities"), asks: true}
		quote    = call{method: http.MethodPost, path: route("customers", "c-1", "carts"), quote: true}
		checkout = call{method: http.MethodPost, path: route("customers", "c-1", "carts", "x", "checkout")}
		patch    = call{method: http.MethodPatch, path: route("customers", "c-1", "subscriptions", "s")}
		nobody   = call{method: http.MethodPost, path: route("things")}
		unlike   = call{method: http.MethodPost, path: route("customers", "c-1", "things"), customer: "c-2"}
		escaped  = call{method: http.MethodPatch, path: "/v1/Customers/C%2D1/subscriptions/s"}
	)
	for name, test := range map[string]struct {
		options Options
		call    call
		want    string
	}{
		"anything goes":                         {Options{}, patch, ""},
		"reading only: read":                    {Options{ReadOnly: true}, read, ""},
		"reading only: question":                {Options{ReadOnly: true}, ask, ""},
		"reading only: change":                  {Options{ReadOnly: true}, patch, "read_only"},
		"reading only: cart":                    {Options{ReadOnly: true}, quote, "read_only"},
		"reading only, quotes: cart":            {Options{ReadOnly: true, AllowQuotes: true}, quote, ""},
		"reading only, quotes: checkout":        {Options{ReadOnly: true, AllowQuotes: true}, checkout, "read_only"},
		"reading only, quotes: change":          {Options{ReadOnly: true, AllowQuotes: true}, patch, "read_only"},
		"this customer":                         {Options{AllowedCustomerIDs: []string{"x", " C-1"}}, patch, ""},
		"this customer, in other words":         {Options{AllowedCustomerIDs: []string{"c-1"}}, escaped, ""},
		"another customer: change":              {Options{AllowedCustomerIDs: []string{"x"}}, patch, "allowed_customer_ids"},
		"another customer: read":                {Options{AllowedCustomerIDs: []string{"x"}}, read, ""},
		"another customer: cart":                {Options{AllowedCustomerIDs: []string{"x"}, ReadOnly: true, AllowQuotes: true}, quote, "allowed_customer_ids"},
		"no customer is allowed":                {Options{AllowedCustomerIDs: []string{}}, patch, "allowed_customer_ids"},
		"a change that belongs to no customer":  {Options{AllowedCustomerIDs: []string{"c-1"}}, nobody, "allowed_customer_ids"},
		"a change that belongs to two, first":   {Options{AllowedCustomerIDs: []string{"c-1"}}, unlike, "allowed_customer_ids"},
		"a change that belongs to two, second":  {Options{AllowedCustomerIDs: []string{"c-2"}}, unlike, "allowed_customer_ids"},
		"a change that belongs to two, both in": {Options{AllowedCustomerIDs: []string{"c-1", "c-2"}}, unlike, ""},
	} {
		t.Run(name, func(t *testing.T) {
			err := test.options.refuse(test.call)
			var refused *RefusedError
			if got := errors.As(err, &refused); got != (test.want != "") || got && refused.Option != test.want {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

func TestDo_refusedCallsStayHere(t *testing.T) {
	s := &script{handlers: []http.HandlerFunc{says(200, "{}")}}
	c, _ := clientOf(t, s.ServeHTTP, func(o *Options) { o.ReadOnly = true })
	_, err := do[thing](t.Context(), c, aWrite)
	var refused *RefusedError
	if !errors.As(err, &refused) || OutcomeUnknown(err) || len(s.requests) != 0 {
		t.Errorf("%d requests, %v", len(s.requests), err)
	}
}
