// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// A renewal that was scheduled as an action, which the configuration does not know, outlives changes that make Partner Center drop it.
func TestSubscription_keepsScheduledActions(t *testing.T) {
	t.Parallel()
	c := cellOf(t, "nce", func(b *emulator.Behaviour) { b.RenewalActionsStay = true })
	offer := strings.Split(fmt.Sprint(c.record()["offerId"]), ":")
	action := map[string]any{"scheduleType": "TermEnd", "actionType": "RenewToNewTerm", "instructions": map[string]any{"quantity": 24, "customTermEndDate": nil, "product": map[string]any{
		"productId": offer[0], "skuId": offer[1], "availabilityId": "OUTDATED", "termDuration": "P1Y", "billingCycle": "annual", "promotionId": nil,
	}}}
	if err := c.emu.Drift(c.customer, c.id, map[string]any{"scheduledActions": []any{action}}); err != nil {
		t.Fatal(err)
	}
	c.must(nil)
	c.emu.ForgetRequests()
	c.must(configuration{"quantity": c.record().Licenses() + 1})
	if got := fmt.Sprint(c.record()["scheduledActions"]); !strings.Contains(got, "quantity:24") || strings.Contains(got, "OUTDATED") {
		c.fail("what was scheduled is %s", got)
	}
	expectChanges(t, c.emu, 2)
	c.emu.ForgetRequests()
	c.must(configuration{"friendly_name": "another name"})
	expectChanges(t, c.emu, 1)
}
