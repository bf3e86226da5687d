// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
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
