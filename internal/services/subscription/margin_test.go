// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// offered is a customer's subscription to be bought while a margin of 20 per cent runs, from a day ago for so many days.
func offered(t *testing.T, days int, behave ...func(*emulator.Behaviour)) *managedOne {
	t.Helper()
	m := manage(t, emulator.CustomerKaffeehaus, behave...)
	now := m.emu.Clock().Now()
	err := m.emu.OfferMargin(emulator.Margin{ProductID: emulator.ProductMailGuard, Percent: 20, Start: now.Add(-aDay), End: now.Add(time.Duration(days) * aDay)})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// ofCommitment is a part of a planned commitment; "" is null.
func ofCommitment(t *testing.T, planned map[string]tftypes.Value, part string) string {
	t.Helper()
	parts := map[string]tftypes.Value{}
	if err := planned["commitment"].As(&parts); err != nil {
		t.Fatal(err)
	}
	var text *string
	if err := parts[part].As(&text); err != nil {
		t.Fatal(err)
	}
	if text == nil {
		return ""
	}
	return *text
}

// The plan names the margin that a purchase gets, and warns where later charges are without it. What Partner Center charges follows.
func TestSubscription_margin(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		days   int
		config changes
		cliff  bool
	}{
		"longer than the term":  {400, nil, false},
		"ends within the term":  {100, nil, true},
		"the term is one month": {20, changes{"term_duration": "P1M"}, false},
	} {
		for member, knob := range map[string]func(*emulator.Behaviour){
			"marginPercentage": func(*emulator.Behaviour) {},
			"percentageMargin": func(b *emulator.Behaviour) { b.MarginMember = "percentageMargin" },
		} {
			t.Run(name+"/"+member, func(t *testing.T) {
				t.Parallel()
				m := offered(t, test.days, knob)
				ends := m.emu.Clock().Now().Add(time.Duration(test.days) * aDay).UTC().Format("2006-01-02 15:04 UTC")
				planned := m.plans(mailGuard(test.config), true)
				if got, want := ofCommitment(t, planned, "margin"), "20 % until "+ends; got != want {
					t.Errorf("the margin is %q, want %q", got, want)
				}
				if test.cliff {
					m.says("Margin ends "+ends+", before the term does: 5 licenses of", "what is charged after that day is at the full price")
				} else {
					m.says("Lapses unless it is set up")
				}
				m.must(mailGuard(test.config))
				expectPurchases(t, m.emu, 1)
			})
		}
	}
}

// Carts may show the price with the margin or without it: the plan has the price that Partner Center shows, and buys at it.
func TestSubscription_marginInCarts(t *testing.T) {
	t.Parallel()
	for leftOut, unit := range map[bool]string{false: "2.88", true: "3.60"} {
		m := offered(t, 100, func(b *emulator.Behaviour) { b.CartsLeaveMarginOut = leftOut })
		if got := ofCommitment(t, m.plans(mailGuard(nil), true), "unit_price"); got != unit {
			t.Errorf("the plan has a unit price of %s, want %s", got, unit)
		}
		m.must(mailGuard(nil))
		expectPurchases(t, m.emu, 1)
	}
}

// Who expects a margin buys with one or not at all.
func TestSubscription_expectMargin(t *testing.T) {
	t.Parallel()
	expects := mailGuard(changes{"expect_margin": true})
	m := manage(t, emulator.CustomerKaffeehaus, func(b *emulator.Behaviour) { b.MarginsLeftOut = 3 })
	m.refused(expects, "No margin", "among the 0 of 3 that Partner Center lists", "remove expect_margin")
	m.refused(officeChanges(changes{"expect_margin": true}), "No margin")
	expectPurchases(t, m.emu, 0)
	over := offered(t, 10)
	over.emu.Advance(11 * aDay)
	over.refused(expects, "No margin")
	expectPurchases(t, over.emu, 0)
	runs := offered(t, 400)
	runs.must(expects)
	expectPurchases(t, runs.emu, 1)
	runs.emu.Advance(500 * aDay)
	delete(expects, "expect_margin")
	if _, _, failed := runs.step(expects, false); failed != "" {
		t.Errorf("a margin is expected of a purchase only: %s", failed)
	}
}
