// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"bytes"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
)

// Unchanged reports whether a plan leaves a subscription as it is: see framework.Unchanged. It is about what ModifyPlan does beyond the
// attributes; TestUnchanged compares it with it.
func Unchanged(_, state map[string]tftypes.Value, private map[string][]byte) bool {
	var id string
	return !state["id"].IsNull() && state["id"].As(&id) == nil && bytes.Equal(private[replacesKey], framework.QuotedID(id)) && len(private[framework.OwnerKey]) > 0
}
