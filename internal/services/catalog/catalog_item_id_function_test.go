// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Terraform hands null on to a function; OpenTofu, which the acceptance tests run with as well, does not.
func TestCatalogItemID_null(t *testing.T) {
	t.Parallel()
	more := types.TupleValueMust([]attr.Type{types.StringType}, []attr.Value{types.StringNull()})
	req := function.RunRequest{Arguments: function.NewArgumentsData([]attr.Value{types.StringValue("DZH318Z0MG7P"), types.StringValue("0001"), more})}
	resp := function.RunResponse{Result: function.NewResultData(types.StringUnknown())}
	NewCatalogItemIDFunction().Run(t.Context(), req, &resp)
	if resp.Error != nil {
		t.Fatal(resp.Error)
	}
	if got, want := resp.Result.Value(), types.StringValue("DZH318Z0MG7P:0001"); !got.Equal(want) {
		t.Errorf("got %s, want %s", got, want)
	}
}
