// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// ImportPath splits an import id such as <customer_id>/<id> into attributes, each of which has to be a GUID.
func ImportPath(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse, attributes ...string) {
	parts := strings.Split(req.ID, "/")
	wrong := len(parts) != len(attributes)
	for _, part := range parts {
		wrong = wrong || !IsGUID(part)
	}
	if wrong {
		form := "<" + strings.Join(attributes, ">/<") + ">"
		resp.Diagnostics.AddError("Cannot import", fmt.Sprintf("The import id %q does not have the form %s, with a GUID in each place. "+
			"Partner Center shows the customer's id as \"Microsoft ID\"; data source partnercenter_subscriptions lists the subscriptions of a customer with their ids.", req.ID, form))
		return
	}
	for i, name := range attributes {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(name), strings.ToLower(parts[i]))...)
	}
}
