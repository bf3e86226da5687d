// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"bytes"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Settled reports whether a plan leaves a subscription as it is: see framework.Settled. It is about what ModifyPlan does beyond
// the attributes, and the defaults; TestSettled compares it with them.
func Settled(config, state map[string]tftypes.Value, private map[string][]byte) bool {
	var id string
	if state["id"].IsNull() || state["id"].As(&id) != nil || !bytes.Equal(private[replacesKey], replacesID(id)) {
		return false
	}
	if renews := config["auto_renew_enabled"]; !renews.IsNull() && !renews.Equal(tftypes.NewValue(tftypes.Bool, true)) {
		return false // planScheduledCancel has to look
	}
	for name, otherwise := range treatment {
		if config[name].IsNull() && !state[name].Equal(tftypes.NewValue(state[name].Type(), otherwise)) {
			return false
		}
	}
	return true
}
