// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// What has ended is a warning, also where the configuration still has the renewal, the licenses or the next term that ended with it.
func TestSubscription_endedWithItsRenewal(t *testing.T) {
	t.Parallel()
	for _, family := range []string{"nce", "saas"} {
		for _, status := range []string{"deleted", "expired", "disabled"} {
			c := cellOf(t, family, func(*emulator.Behaviour) {})
			c.configuration["auto_renew_enabled"], c.configuration["suspended"] = true, false
			if problems := c.workspace.Apply(nil).Problems(); len(problems) > 0 {
				t.Fatal(problems)
			}
			if err := c.emu.Drift(c.customer, c.id, map[string]any{"status": status, "quantity": 0, "autoRenewEnabled": false}); err != nil {
				t.Fatal(err)
			}
			c.emu.ForgetRequests()
			for range 2 {
				got := c.workspace.Apply(nil)
				if said := strings.Join(got.Changes[cellAddress].Warnings, "\n"); len(got.Problems()) > 0 || !strings.Contains(said, "Subscription has ended") {
					t.Errorf("%s %s: %v %s", family, status, got.Problems(), said)
				}
			}
			if !c.workspace.Plan().Empty() || len(c.emu.Writes()) > 0 {
				t.Errorf("%s %s: the plan is not empty, or %d requests changed something", family, status, len(c.emu.Writes()))
			}
			c.configuration["friendly_name"] = "another"
			expectProblem(t, c.workspace.Apply(nil), "at plan: Subscription has ended")
		}
	}
}
