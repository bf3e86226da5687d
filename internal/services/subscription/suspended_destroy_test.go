// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// A subscription that somebody else has suspended, and that renews, is not forgotten: its renewal can be switched off when it is active again.
func TestSubscription_destroyedWhileSuspended(t *testing.T) {
	t.Parallel()
	for _, family := range []string{"nce", "saas"} {
		c := cellOf(t, family, func(*emulator.Behaviour) {})
		if err := c.emu.Drift(c.customer, c.id, map[string]any{"status": "suspended", "autoRenewEnabled": true}); err != nil {
			t.Fatal(err)
		}
		c.emu.ForgetRequests()
		got := c.destroy()
		if len(got.Problems) == 0 || !strings.Contains(got.Problems[0].String(), "its auto-renew is still on") || !strings.Contains(strings.Join(got.Warnings, "\n"), "Reactivate it first") {
			t.Errorf("%s: %v\n%s", family, got.Problems, strings.Join(got.Warnings, "\n"))
		}
		if !c.workspace.Has(cellAddress) || len(c.emu.Writes()) > 0 {
			t.Errorf("%s: it is in the state: %t, and this was sent: %v", family, c.workspace.Has(cellAddress), c.emu.Writes())
		}
		if err := c.emu.Drift(c.customer, c.id, map[string]any{"status": "active"}); err != nil {
			t.Fatal(err)
		}
		if got := c.destroy(); len(got.Problems) > 0 || c.workspace.Has(cellAddress) {
			t.Errorf("%s: %v", family, got.Problems)
		}
		if after, _ := c.emu.Subscription(c.customer, c.id); after["autoRenewEnabled"] != false {
			t.Errorf("%s: it renews", family)
		}
	}
}
