// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// ImportPath takes what is imported apart into attributes, each of which has to be a GUID: an import id such as <customer_id>/<id>, or
// an identity with attributes of the same names.
func ImportPath(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse, attributes ...string) {
	parts := strings.Split(req.ID, "/")
	byIdentity := req.ID == "" && req.Identity != nil && !req.Identity.Raw.IsFullyNull()
	if byIdentity {
		parts = identityParts(ctx, req, &resp.Diagnostics, attributes)
	}
	wrong := len(parts) != len(attributes)
	for _, part := range parts {
		wrong = wrong || !IsGUID(part)
	}
	switch {
	case wrong && byIdentity:
		resp.Diagnostics.AddError("Cannot import", fmt.Sprintf("The identity to import needs %s, each of them a GUID; found %q. %s", strings.Join(attributes, " and "), parts, whereIDsAre))
		return
	case wrong:
		form := "<" + strings.Join(attributes, ">/<") + ">"
		resp.Diagnostics.AddError("Cannot import", fmt.Sprintf("The import ID %q does not have the form %s, with a GUID in each place. %s", req.ID, form, whereIDsAre))
		return
	}
	for i, name := range attributes {
		value := strings.ToLower(parts[i])
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(name), value)...)
		if resp.Identity != nil {
			resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root(name), value)...)
		}
	}
}

const whereIDsAre = "Partner Center shows the customer's ID as \"Microsoft ID\"; data source partnercenter_subscriptions lists subscriptions with their IDs."

func identityParts(ctx context.Context, req resource.ImportStateRequest, diags *diag.Diagnostics, attributes []string) []string {
	parts := make([]string, len(attributes))
	for i, name := range attributes {
		var value types.String
		diags.Append(req.Identity.GetAttribute(ctx, path.Root(name), &value)...)
		parts[i] = value.ValueString()
	}
	return parts
}
