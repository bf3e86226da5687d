// SPDX-License-Identifier: MPL-2.0

package framework_test

import (
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
)

// Whatever is typed, what is imported are GUIDs.
func FuzzImportPath(f *testing.F) {
	for _, seed := range []string{
		"", "/", "a/b", "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10/a05d3f91-7b68-4e2c-9c47-e13f80b6d5a2", "5F0C1B52-7A41-4E0E-9C55-2D1F6A3B9E10/A05D3F91-7B68-4E2C-9C47-E13F80B6D5A2",
		"5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10/../orders", "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10/a05d3f91-7b68-4e2c-9c47-e13f80b6d5a2/", "%2e%2e/x", "\u202e/\x00",
	} {
		f.Add(seed)
	}
	guid := regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)
	of := schema.Schema{Attributes: map[string]schema.Attribute{"customer_id": schema.StringAttribute{Required: true}, "id": schema.StringAttribute{Computed: true}}}
	f.Fuzz(func(t *testing.T, id string) {
		resp := &resource.ImportStateResponse{State: tfsdk.State{Schema: of, Raw: tftypes.NewValue(of.Type().TerraformType(t.Context()), nil)}}
		framework.ImportPath(t.Context(), resource.ImportStateRequest{ID: id}, resp, "customer_id", "id")
		if resp.Diagnostics.HasError() {
			return
		}
		var got struct {
			CustomerID string `tfsdk:"customer_id"`
			ID         string `tfsdk:"id"`
		}
		if diags := resp.State.Get(t.Context(), &got); diags.HasError() || !guid.MatchString(got.CustomerID) || !guid.MatchString(got.ID) {
			t.Errorf("%q became %+v, %v", id, got, diags)
		}
	})
}
