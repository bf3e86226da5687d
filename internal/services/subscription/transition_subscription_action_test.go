// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// plus moves licenses of Nordwind's office subscription to the premium product.
func plus(more ...settings) settings {
	return on(emulator.CustomerNordwind, emulator.SubscriptionOffice, append([]settings{{"to_product_id": emulator.ProductOfficePlus, "to_sku_id": "0001", "transition_type": "transition_only"}}, more...)...)
}

func expectAdvice(t *testing.T, got outcome, want ...string) {
	t.Helper()
	for _, text := range want {
		if !strings.Contains(got.said(), text) {
			t.Errorf("it does not advise %q:\n%s", text, got)
		}
	}
}

func TestActionTransition_whole(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t)
	got := newActing(t, emu, nil).run(transition, plus())
	got.expect(t, "43 licenses of subscription "+emulator.SubscriptionOffice, `"Verwaltung", .*has 43 licenses now\. It goes on being billed, and renews on`)
	expectAdvice(t, got, "In the partnercenter_subscription of "+emulator.SubscriptionOffice+", write:", `product_id = "`+emulator.ProductOfficePlus+`"`)
	if strings.Contains(got.said(), "quantity =") || strings.Contains(got.said(), "term_duration =") {
		t.Errorf("it advises to change what has not changed:\n%s", got)
	}
	if !regexp.MustCompile(`Transition [0-9a-f-]{36}: Conversion started\.`).MatchString(strings.Join(got.progress, "\n")) {
		t.Errorf("it does not show how far it is:\n%s", got)
	}
	expectChanges(t, emu, 1)
}

func TestActionTransition_partial(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t)
	got := newActing(t, emu, nil).run(transition, plus(settings{"quantity": 13}))
	got.expect(t, "The cancellation window is that of the subscription they come from", `^13 licenses are in subscription`)
	expectAdvice(t, got, "  quantity = 30", "To manage the new subscription", "  quantity      = 13", "import {")
	expectChanges(t, emu, 1)

	// The rest of them into the new one.
	made := regexp.MustCompile(`id = "` + emulator.CustomerNordwind + `/([0-9a-f-]{36})"`).FindStringSubmatch(got.said())
	if made == nil {
		t.Fatalf("the import block does not name the new subscription:\n%s", got)
	}
	emu.ForgetRequests()
	got = newActing(t, emu, nil).run(transition, plus(settings{"quantity": 10, "to_subscription_id": made[1]}))
	got.expect(t, "into subscription "+made[1], `^10 licenses are in subscription .* which has 23 licenses now`)
	expectAdvice(t, got, "  quantity = 20", "In the resource that manages subscription "+made[1]+", write:\n\n  quantity = 23")

	emu.ForgetRequests()
	got = newActing(t, emu, nil).run(transition, plus(settings{"quantity": 20, "to_subscription_id": made[1]}))
	expectAdvice(t, got, "Remove the partnercenter_subscription of "+emulator.SubscriptionOffice+" from the configuration: it has ended")
}

func TestActionTransition_trial(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t)
	got := newActing(t, emu, nil).run(transition, on(emulator.CustomerTulpenveld, emulator.SubscriptionNCETrial, settings{
		"to_product_id": emulator.ProductOffice, "to_sku_id": "0001", "transition_type": "transition_only", "term_duration": "P1Y", "billing_cycle": "annual",
	}))
	got.expect(t, "term of 1 year, billed every year", "has 25 licenses now")
	expectAdvice(t, got, `product_id = "`+emulator.ProductOffice+`"`, `term_duration = "P1Y"`, `billing_cycle = "annual"`)
}

// A transition is started once, whatever happens to the answer.
func TestActionTransition_faults(t *testing.T) {
	t.Parallel()
	post, history := emulator.Match{Method: http.MethodPost, Pattern: "transitions"}, emulator.Match{Method: http.MethodGet, Pattern: "transitions"}
	tests := map[string][]emulator.Fault{
		"throttled":                {{Match: post, Status: http.StatusTooManyRequests, RetryAfter: 7, Times: 2}, {Match: history, Skip: 1, Status: http.StatusTooManyRequests, RetryAfter: 7}},
		"unavailable":              {{Match: post, Status: http.StatusServiceUnavailable, Times: 2}, {Match: history, Skip: 1, Kind: emulator.FaultHTML, Times: 7}},
		"the answer is lost":       {{Match: post, Kind: emulator.FaultDropAfter}},
		"all answers are lost":     {{Match: post, Kind: emulator.FaultDropAfter, Times: 6}},
		"the answer breaks off":    {{Match: post, Kind: emulator.FaultTruncate}},
		"the answer is empty":      {{Match: post, Kind: emulator.FaultEmptyBody, After: true}},
		"the history is not there": {{Match: history, Times: 3, Status: http.StatusNotFound, Code: 800076, Description: "Subscription history not found."}},
	}
	for name, faults := range tests {
		for _, known := range []emulator.RepeatedRequest{emulator.RepeatedReplay, emulator.RepeatedConflict, emulator.RepeatedForgotten} {
			t.Run(fmt.Sprintf("%s/%s", name, known), func(t *testing.T) {
				t.Parallel()
				emu := acctest.New(t, emulator.WithBehaviour(func(b *emulator.Behaviour) { b.RepeatedRequests = known }))
				for _, fault := range faults {
					emu.Fault(fault)
				}
				got := newActing(t, emu, nil).run(transition, plus(settings{"quantity": 13}))
				got.expect(t, "", `^13 licenses are in subscription`)
				expectAdvice(t, got, "  quantity = 30")
			})
		}
	}
}

// A start that never arrived and whose answer is lost is not repeated: people have to look.
func TestActionTransition_unclear(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t)
	emu.Fault(emulator.Fault{Match: emulator.Match{Method: http.MethodPost, Pattern: "transitions"}, Kind: emulator.FaultDropBefore, Times: -1})
	newActing(t, emu, nil).run(transition, plus()).refused(t, "it may have been carried out anyway")
	ids := map[string]bool{}
	for _, sent := range emu.Matching(http.MethodPost, "transitions") {
		ids[sent.RequestID()] = true
	}
	if len(ids) != 1 {
		t.Errorf("it was started %d times", len(ids))
	}
}

func TestActionTransition_takesTooLong(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t, emulator.WithBehaviour(func(b *emulator.Behaviour) { b.TransitionReads = 100_000 }))
	got := newActing(t, emu, nil).run(transition, plus(settings{"timeouts": map[string]tftypes.Value{"invoke": tftypes.NewValue(tftypes.String, "40m")}}))
	got.refused(t, "has not ended within the time for it (Conversion started). It goes on at Partner Center: do not start it again")
	expectChanges(t, emu, 1)
	emu.ForgetRequests()
	newActing(t, emu, nil).run(transition, plus()).refused(t, "Another transition of subscription")
	expectChanges(t, emu, 0)
}

func TestActionTransition_refused(t *testing.T) {
	t.Parallel()
	way := settings{"to_product_id": emulator.ProductOfficePlus, "to_sku_id": "0001", "transition_type": "transition_only"}
	tests := map[string]struct {
		given, provider settings
		want            string
	}{
		"no transition of this product": {plus(settings{"to_product_id": emulator.ProductDiagram}), nil, `Partner Center offers:` + "\n  " + `to_product_id = "` + emulator.ProductOfficePlus + `", to_sku_id = "0001"`},
		"nothing to move to":            {on(emulator.CustomerHarbour, emulator.SubscriptionCancelling, way), nil, "Partner Center offers nothing to move to"},
		"marketplace":                   {on(emulator.CustomerNordwind, emulator.SubscriptionMailGuard, way), nil, "is no new-commerce subscription, and Partner Center moves no others"},
		"suspended":                     {on(emulator.CustomerHarbour, emulator.SubscriptionSuspended, way), nil, "is suspended, and only active subscriptions can move"},
		"ended":                         {on(emulator.CustomerHarbour, emulator.SubscriptionExpired, way), nil, "is expired, so it cannot move any more"},
		"more than there are":           {plus(settings{"quantity": 44}), nil, "has only 43 licenses to move"},
		"with a transfer of licenses":   {plus(settings{"transition_type": "transition_with_license_transfer"}), nil, "conflicting subscriptions for license transfer exist. Another subscription of the customer has the same services"},
		"a shorter term":                {plus(settings{"term_duration": "P1M"}), nil, `a term can only become longer`},
		"a pair that is not sold":       {plus(settings{"term_duration": "P3Y", "billing_cycle": "biennial"}), nil, `is not sold with term_duration = "P3Y" and billing_cycle = "biennial"`},
		"into another product":          {plus(settings{"to_subscription_id": emulator.SubscriptionFreshOffice}), nil, "is not among the customer's subscriptions of"},
		"a term for an existing one":    {plus(settings{"to_subscription_id": emulator.SubscriptionFreshOffice, "term_duration": "P3Y"}), nil, "to_subscription_id"},
		"an unknown way":                {plus(settings{"transition_type": "upgrade"}), nil, "transition_only"},
		"read only":                     {plus(), settings{"read_only": true}, "read_only is set"},
		"another customer":              {plus(), settings{"allowed_customer_ids": []string{emulator.CustomerHarbour}}, "is not among allowed_customer_ids"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			newActing(t, emu, test.provider).run(transition, test.given).refused(t, test.want)
			expectChanges(t, emu, 0)
		})
	}
}

// The price that a transition may have is written down: no more is paid, whether the plan sees it or only the apply.
func TestActionTransition_priceLimit(t *testing.T) {
	t.Parallel()
	limit := func(total string) settings {
		return settings{"price_limit": map[string]tftypes.Value{
			"unit_price": tftypes.NewValue(tftypes.String, nil), "total": tftypes.NewValue(tftypes.String, total), "currency": tftypes.NewValue(tftypes.String, "EUR"),
		}}
	}
	const price, dearer = "3213.60", "3213.59" // of 13 licenses
	thirteen := settings{"quantity": 13}
	for name, test := range map[string]struct {
		provider, given settings
		want            string
	}{
		"within it":             {nil, limit(price), ""},
		"above it":              {nil, limit(dearer), "price_limit allows 3,213.59 EUR for the whole term (total), but Partner Center asks 3,213.60 EUR"},
		"above it, unquoted":    {settings{"quote_prices": false}, limit(dearer), "price_limit allows 3,213.59 EUR for the whole term (total), but Partner Center asks 3,213.60 EUR"},
		"required, and missing": {settings{"require_price_limit": true}, nil, `price_limit = { total = "3213.60", currency = "EUR" }`},
		"required, and there":   {settings{"require_price_limit": true}, limit(price), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			got := newActing(t, emu, test.provider).run(transition, plus(thirteen, test.given))
			if test.want == "" {
				got.expect(t, "", `^13 licenses are in subscription`)
				expectChanges(t, emu, 1)
				return
			}
			got.refused(t, test.want)
			expectChanges(t, emu, 0)
		})
	}
}
