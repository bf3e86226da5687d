// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/cart"
)

// The limit of a nickname counts characters, whatever number of bytes each takes.
func TestFriendlyName_length(t *testing.T) {
	t.Parallel()
	attributes := func(r resource.Resource) map[string]schema.Attribute {
		var resp resource.SchemaResponse
		r.Schema(t.Context(), resource.SchemaRequest{}, &resp)
		return resp.Schema.Attributes
	}
	lines := attributes(cart.NewCartResource())["line_items"].(schema.ListNestedAttribute)
	for of, attribute := range map[string]schema.Attribute{
		"subscription": attributes(NewSubscriptionResource())["friendly_name"], "cart": lines.NestedObject.Attributes["friendly_name"],
	} {
		for name, accepted := range map[string]bool{
			"": false, "a": true, "订": true, strings.Repeat("ü", 200): true, strings.Repeat("订", 256): true, strings.Repeat("😀", 256): true,
			strings.Repeat("a", 257): false, strings.Repeat("订", 257): false,
		} {
			var resp validator.StringResponse
			for _, v := range attribute.(schema.StringAttribute).Validators {
				v.ValidateString(t.Context(), validator.StringRequest{Path: path.Root("friendly_name"), ConfigValue: types.StringValue(name)}, &resp)
			}
			if resp.Diagnostics.HasError() == accepted {
				t.Errorf("%s: a name of %d characters: %v", of, len([]rune(name)), resp.Diagnostics)
			}
		}
	}
}
