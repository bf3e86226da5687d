// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// What a plan changes or takes away reads otherwise than what its price is for.
func TestAddStale(t *testing.T) {
	t.Parallel()
	for want, test := range map[string]struct{ was, is, will attr.Value }{
		"The plan changes x from 5 to 8, and Partner Center shows 3 now":             {types.Int64Value(5), types.Int64Value(3), types.Int64Value(8)},
		"The plan changes x from P1M to <null>, and Partner Center shows P1Y now":    {types.StringValue("P1M"), types.StringValue("P1Y"), types.StringNull()},
		`The plan buys for x = "P1M", and Partner Center shows P1Y now`:              {types.StringValue("P1M"), types.StringValue("P1Y"), types.StringValue("P1M")},
		"The plan buys for x = 5, and Partner Center shows 9 now, so apply would do": {types.Int64Value(5), types.Int64Value(9), types.Int64Value(5)},
	} {
		var diags diag.Diagnostics
		AddStale(&diags, "x", test.was, test.is, test.will)
		if got := diags.Errors()[0].Detail(); !strings.HasPrefix(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// Answers about the customer are told from those about one subscription, and from the rights that the application lacks.
func TestCustomerLeft(t *testing.T) {
	t.Parallel()
	const list = "/v1/customers/5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10/subscriptions"
	for name, test := range map[string]struct {
		err  error
		want bool
	}{
		"no relationship":            {&partnercenter.Error{StatusCode: 403, Code: "20002", Path: list}, true},
		"no rights":                  {&partnercenter.Error{StatusCode: 403, Code: "900150", Path: list}, false},
		"no customer ID":             {&partnercenter.Error{StatusCode: 400, Code: "900118", Path: list}, true},
		"no such tenant":             {&partnercenter.Error{StatusCode: 404, Code: "60003", Path: list}, true},
		"not found":                  {&partnercenter.Error{StatusCode: 404, Code: "1000", Path: list}, true},
		"not found, without a code":  {&partnercenter.Error{StatusCode: 404, Path: list}, false},
		"no such subscription":       {&partnercenter.Error{StatusCode: 404, Code: "20003", Path: list + "/a05d3f91"}, false},
		"not found, of one of them":  {&partnercenter.Error{StatusCode: 404, Code: "1000", Path: list + "/a05d3f91"}, false},
		"the service fails":          {&partnercenter.Error{StatusCode: 500, Code: "800003", Path: list}, false},
		"something else":             {errors.New("60003"), false},
		"nothing":                    {nil, false},
		"no such tenant, inside one": {fmt.Errorf("reading: %w", &partnercenter.Error{StatusCode: 404, Code: "60003", Path: list}), true},
	} {
		if got := CustomerLeft(test.err); got != test.want {
			t.Errorf("%s: %t, want %t", name, got, test.want)
		}
	}
}
