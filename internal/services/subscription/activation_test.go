// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"maps"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

func mailGuard(more changes) changes {
	config := changes{"product_id": emulator.ProductMailGuard, "sku_id": "0001", "quantity": 5, "term_duration": "P1Y", "billing_cycle": "monthly", "friendly_name": "guard"}
	maps.Copy(config, more)
	return config
}

// Nobody sets a purchase up: the plan says that it lapses, each refresh by when, and once it has lapsed it stays in the state under each
// way in which Partner Center may show it. It is not charged, and never bought again.
func TestSubscription_lapses(t *testing.T) {
	t.Parallel()
	for reading, test := range map[string]struct {
		knob   func(*emulator.Behaviour)
		status string
	}{
		"deleted":      {func(*emulator.Behaviour) {}, "deleted"},
		"unsubscribed": {func(b *emulator.Behaviour) { b.LapsedShows = "unsubscribed" }, "unsubscribed"},
		"not shown":    {func(b *emulator.Behaviour) { b.DeletedReadableFor = time.Hour }, "deleted"},
		"pending":      {func(b *emulator.Behaviour) { b.BeforeActivation = "pending" }, "deleted"},
	} {
		t.Run(reading, func(t *testing.T) {
			t.Parallel()
			m := manage(t, emulator.CustomerKaffeehaus, test.knob)
			m.plans(mailGuard(nil), true)
			m.says("Lapses unless it is set up within 30 days: 5 licenses of", "is billed from the purchase on")
			m.must(mailGuard(nil))
			m.emu.Advance(29 * aDay)
			m.plans(mailGuard(nil), false)
			m.says("Lapses on 20", "partnercenter_activation_links")
			m.refused(mailGuard(changes{"quantity": 6}), "waits for its set-up")
			m.emu.Advance(2 * aDay)
			for range 2 {
				m.plans(mailGuard(nil), false)
				m.says("Purchase has lapsed, and nothing was charged", "removed {\n  from = ", `resource "partnercenter_subscription" "NEW_NAME" {`, `  friendly_name = "guard"`)
				m.state(changes{"status": test.status, "waiting_for_activation": false})
			}
			m.refused(mailGuard(changes{"quantity": 6}), "never bought again by itself")
			expectPurchases(t, m.emu, 1)
		})
	}
	t.Run("canceled before", func(t *testing.T) {
		t.Parallel()
		m := manage(t, emulator.CustomerKaffeehaus)
		m.must(mailGuard(nil))
		if err := m.emu.Drift(m.customer, m.id(), map[string]any{"status": "deleted"}); err != nil {
			t.Fatal(err)
		}
		m.plans(mailGuard(nil), false)
		m.says("Subscription has ended")
	})
}

// A plan that activates itself is a running subscription from the purchase on, also where it still asks for attention: it can be changed,
// and what is configured of its renewal is sent at once.
func TestSubscription_activatesItself(t *testing.T) {
	t.Parallel()
	for reading, asks := range map[string]bool{"quiet": false, "asks for attention": true} {
		t.Run(reading, func(t *testing.T) {
			t.Parallel()
			m := manage(t, emulator.CustomerKaffeehaus, func(b *emulator.Behaviour) {
				b.SelfActivating, b.SelfActivatedNeedsAttention = emulator.ProductMailGuard+":0001", asks
			})
			m.must(mailGuard(changes{"auto_renew_enabled": false}))
			m.state(changes{"waiting_for_activation": asks})
			m.shows(map[string]string{"autoRenewEnabled": "false"})
			m.must(mailGuard(changes{"auto_renew_enabled": false, "quantity": 6}))
			m.shows(map[string]string{"quantity": "6"})
			m.emu.Advance(40 * aDay)
			m.plans(mailGuard(changes{"auto_renew_enabled": false, "quantity": 6}), false)
			m.says()
			m.shows(map[string]string{"status": "active"})
		})
	}
}
