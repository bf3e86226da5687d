// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

const (
	suspend    = "partnercenter_suspend_subscription"
	reactivate = "partnercenter_reactivate_subscription"
	cancel     = "partnercenter_cancel_subscription"
	activate   = "partnercenter_activate_subscription"
	transition = "partnercenter_transition_subscription"
	agreement  = "partnercenter_request_customer_agreement"
)

func expectWrites(t *testing.T, emu *emulator.Server, want int) {
	t.Helper()
	if writes := emu.Writes(); len(writes) != want {
		t.Errorf("%d writes were sent, want %d: %+v", len(writes), want, writes)
	}
}

func TestActions_ofTheProvider(t *testing.T) {
	t.Parallel()
	a := newActing(t, acctest.New(t), nil)
	got := slices.Sorted(maps.Keys(a.schemas.ActionSchemas))
	if want := []string{activate, cancel, reactivate, agreement, suspend, transition}; !slices.Equal(got, want) {
		t.Errorf("the provider has the actions %q, want %q", got, want)
	}
}

func TestActionSuspend(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t)
	office := on(emulator.CustomerNordwind, emulator.SubscriptionOffice)
	newActing(t, emu, nil).run(suspend, office).expect(t, "it goes on being billed until", `"Verwaltung".* is suspended\. Access is blocked, and it goes on being billed until 20\d\d-`)
	expectWrites(t, emu, 1)
	emu.ForgetRequests()
	newActing(t, emu, nil).run(suspend, office).expect(t, "", "is suspended already; nothing was sent")
	expectWrites(t, emu, 0)
	emu.ForgetRequests()
	newActing(t, emu, nil).run(reactivate, office).expect(t, "", "is active again, with 43 licenses. Auto-renew is off: a suspension switches it off")
	expectWrites(t, emu, 1)
}

func TestActionSuspend_families(t *testing.T) {
	t.Parallel()
	t.Run("legacy", func(t *testing.T) {
		t.Parallel()
		newActing(t, acctest.New(t), nil).run(suspend, on(emulator.CustomerPrairie, emulator.SubscriptionLegacy)).expect(t, "billing stops", "is suspended. Access is blocked, and billing stops")
	})
	t.Run("marketplace, as documented by some", func(t *testing.T) {
		t.Parallel()
		emu := acctest.New(t, emulator.WithBehaviour(func(b *emulator.Behaviour) { b.SaaSSuspend = emulator.Allowed }))
		newActing(t, emu, nil).run(suspend, on(emulator.CustomerNordwind, emulator.SubscriptionMailGuard)).expect(t, "Partner Center may refuse that", "is suspended")
	})
	t.Run("marketplace, refused", func(t *testing.T) {
		t.Parallel()
		emu := acctest.New(t)
		newActing(t, emu, nil).run(suspend, on(emulator.CustomerNordwind, emulator.SubscriptionMailGuard)).refused(t, "Nothing was changed: it stays active. To stop it, cancel it inside its cancellation window")
		expectWrites(t, emu, 1)
	})
}

func TestActionReactivate(t *testing.T) {
	t.Parallel()
	crew := func(more ...settings) settings {
		return on(emulator.CustomerHarbour, emulator.SubscriptionSuspended, more...)
	}
	tests := map[string]struct {
		given  settings
		writes int
		last   string
		warned string
	}{
		"alone":                {crew(), 1, "Auto-renew is off", "may go on month by month"},
		"renewing again":       {crew(settings{"auto_renew_enabled": true}), 2, `Auto-renew is on\. It goes on being billed, and renews on`, ""},
		"not renewing, surely": {crew(settings{"auto_renew_enabled": false}), 2, `It goes on being billed, and ends on 20`, ""},
		"active already":       {on(emulator.CustomerNordwind, emulator.SubscriptionOffice), 0, "is active already; nothing was sent", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			got := newActing(t, emu, nil).run(reactivate, test.given)
			got.expect(t, "", test.last)
			expectWrites(t, emu, test.writes)
			if advised := strings.Contains(got.said(), "Check the renewal"); advised != (test.warned != "") || !strings.Contains(got.said(), test.warned) {
				t.Errorf("it does not advise %q as it should:\n%s", test.warned, got)
			}
		})
	}
}

// What waits for its set-up is not suspended, and is not called active.
func TestActionReactivate_pending(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t, emulator.WithBehaviour(func(b *emulator.Behaviour) { b.BeforeActivation = "pending" }))
	waiting := on(emulator.CustomerNordwind, emulator.SubscriptionUnactivated)
	newActing(t, emu, nil).run(reactivate, waiting).expect(t, "", `is pending, and not suspended; nothing was sent\. It waits for its set-up at`)
	newActing(t, emu, nil).run(reactivate, on(emulator.CustomerNordwind, emulator.SubscriptionUnactivated, settings{"auto_renew_enabled": false})).refused(t, "Subscription is not activated yet")
	expectWrites(t, emu, 0)
}

func TestActionCancel(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		customer, subscription string
		writes                 int
		plan, last             string
	}{
		"new commerce, in its window": {emulator.CustomerNordwind, emulator.SubscriptionFreshOffice, 1, "The cancellation window ends on", `"Werk 2".* is canceled and does not renew\. Partner Center offered a .* refund`},
		"marketplace, in its window":  {emulator.CustomerNordwind, emulator.SubscriptionBackup, 1, "this cannot be undone", "is canceled and does not renew. Partner Center offered a full refund"},
		"before its activation":       {emulator.CustomerNordwind, emulator.SubscriptionUnactivated, 1, "this cannot be undone", "is canceled"},
		"a free trial":                {emulator.CustomerAtelier, emulator.SubscriptionTrial, 1, "", "is canceled"},
		"over already":                {emulator.CustomerAlpenblick, emulator.SubscriptionDeleted, 0, "", "is deleted already; nothing was sent"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			newActing(t, emu, nil).run(cancel, on(test.customer, test.subscription)).expect(t, test.plan, test.last)
			expectWrites(t, emu, test.writes)
		})
	}
}

func TestActionActivate(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t, emulator.WithBehaviour(func(b *emulator.Behaviour) { b.Sandbox = true }))
	waiting := on(emulator.CustomerNordwind, emulator.SubscriptionUnactivated)
	newActing(t, emu, nil).run(activate, waiting).expect(t, "", "is activated, with 8 licenses, and its billing has started. It goes on being billed, and renews on")
	expectWrites(t, emu, 1)
	emu.ForgetRequests()
	newActing(t, emu, nil).run(activate, waiting).expect(t, "", "was activated before; nothing was sent")
	expectWrites(t, emu, 0)
}

// What cannot work is said at plan, or, where only Partner Center knows, at the invocation.
func TestActions_refused(t *testing.T) {
	t.Parallel()
	nordwind, harbour := emulator.CustomerNordwind, emulator.CustomerHarbour
	tests := map[string]struct {
		action   string
		given    settings
		provider settings
		invoked  bool
		want     string
	}{
		"customer id is no GUID":         {suspend, on("nordwind", emulator.SubscriptionOffice), nil, false, `a customer ID is a GUID`},
		"unknown subscription":           {suspend, on(nordwind, emulator.CustomerUnknown), nil, false, `Cannot read subscription`},
		"timeout is no duration":         {suspend, on(nordwind, emulator.SubscriptionOffice, settings{"timeouts": map[string]tftypes.Value{"invoke": tftypes.NewValue(tftypes.String, "soon")}}), nil, false, `soon`},
		"suspend: ended":                 {suspend, on(harbour, emulator.SubscriptionExpired), nil, false, `is expired, so it cannot be suspended any more`},
		"suspend: not activated":         {suspend, on(nordwind, emulator.SubscriptionUnactivated), nil, true, `partnercenter_activation_links`},
		"reactivate: ended":              {reactivate, on(harbour, emulator.SubscriptionExpired), nil, false, `is expired, so it cannot be reactivated any more`},
		"cancel: new commerce, too late": {cancel, on(nordwind, emulator.SubscriptionOffice), nil, false, `the cancellation window is over`},
		"cancel: marketplace, too late":  {cancel, on(nordwind, emulator.SubscriptionMailGuard), nil, false, `the cancellation window ended on 20`},
		"cancel: the way out":            {cancel, on(nordwind, emulator.SubscriptionMailGuard), nil, false, `auto_renew_enabled = false of its partnercenter_subscription, or Partner Center. It goes on being billed, and renews on`},
		"cancel: legacy":                 {cancel, on(emulator.CustomerPrairie, emulator.SubscriptionLegacy), nil, true, `are suspended instead (action partnercenter_suspend_subscription)`},
		"activate: not in the sandbox":   {activate, on(nordwind, emulator.SubscriptionUnactivated), nil, true, `open the link of partnercenter_activation_links`},
		"activate: nothing to activate":  {activate, on(nordwind, emulator.SubscriptionOffice), nil, false, `is no marketplace subscription`},
		"activate: ended":                {activate, on(emulator.CustomerAlpenblick, emulator.SubscriptionDeleted), nil, false, `cannot be activated any more`},
		"read only":                      {suspend, on(nordwind, emulator.SubscriptionOffice), settings{"read_only": true}, true, `read_only is set`},
		"another customer":               {cancel, on(nordwind, emulator.SubscriptionFreshOffice), settings{"allowed_customer_ids": []string{harbour}}, true, `is not among allowed_customer_ids`},
		"read only: activate":            {activate, on(nordwind, emulator.SubscriptionUnactivated), settings{"read_only": true}, true, `read_only is set`},
		"another customer: reactivate":   {reactivate, on(harbour, emulator.SubscriptionSuspended), settings{"allowed_customer_ids": []string{nordwind}}, true, `is not among allowed_customer_ids`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			got := newActing(t, emu, test.provider).run(test.action, test.given)
			got.refused(t, test.want)
			if got.invoked != test.invoked {
				t.Errorf("it was invoked: %t, want %t\n%s", got.invoked, test.invoked, got)
			}
			for _, write := range emu.Writes() {
				if write.Status < http.StatusBadRequest {
					t.Errorf("it wrote: %+v", write)
				}
			}
		})
	}
}

// Whether a subscription can be canceled before its activation is not documented: it is tried, and each answer explained.
func TestActionCancel_beforeActivation(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		knobs func(*emulator.Behaviour)
		want  string
	}{
		"refused":     {func(b *emulator.Behaviour) { b.CancelBeforeActivation = emulator.Refused }, "open its activation link (partnercenter_activation_links)"},
		"in a window": {func(b *emulator.Behaviour) { b.CancelBeforeActivation = emulator.InHours }, "Let it end with its term instead"},
		"scheduled instead": {func(b *emulator.Behaviour) {
			b.CancelBeforeActivation, b.LateCancelIsScheduled = emulator.InHours, true
		}, "was not canceled now: Partner Center switched its auto-renew off instead"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t, emulator.WithBehaviour(test.knobs))
			newActing(t, emu, nil).run(cancel, on(emulator.CustomerNordwind, emulator.SubscriptionUnactivated)).refused(t, test.want)
			expectWrites(t, emu, 1)
		})
	}
}

// Throttling, gateways and lost answers change nothing about the outcome; nothing happens twice.
func TestActions_faults(t *testing.T) {
	t.Parallel()
	patch, post := emulator.Match{Method: http.MethodPatch, Pattern: "subscriptions/*"}, emulator.Match{Method: http.MethodPost, Pattern: "activate"}
	harm := func(at emulator.Match) map[string]emulator.Fault {
		return map[string]emulator.Fault{
			"throttled":             {Match: at, Status: http.StatusTooManyRequests, RetryAfter: 7, Times: 2},
			"unavailable":           {Match: at, Status: http.StatusServiceUnavailable, Times: 2},
			"the answer is lost":    {Match: at, Kind: emulator.FaultDropAfter},
			"the request is lost":   {Match: at, Kind: emulator.FaultDropBefore},
			"the answer breaks off": {Match: at, Kind: emulator.FaultTruncate},
		}
	}
	actions := map[string]struct {
		given settings
		at    emulator.Match
		last  string
	}{
		suspend:    {on(emulator.CustomerNordwind, emulator.SubscriptionOffice), patch, "is suspended"},
		reactivate: {on(emulator.CustomerHarbour, emulator.SubscriptionSuspended, settings{"auto_renew_enabled": true}), patch, "Auto-renew is on"},
		cancel:     {on(emulator.CustomerNordwind, emulator.SubscriptionBackup), patch, "is canceled"},
		activate:   {on(emulator.CustomerNordwind, emulator.SubscriptionUnactivated), post, "is activated"},
	}
	for name, test := range actions {
		for what, fault := range harm(test.at) {
			for _, known := range []emulator.RepeatedRequest{emulator.RepeatedReplay, emulator.RepeatedConflict, emulator.RepeatedForgotten} {
				t.Run(fmt.Sprintf("%s/%s/%s", name, what, known), func(t *testing.T) {
					t.Parallel()
					emu := acctest.New(t, emulator.WithBehaviour(func(b *emulator.Behaviour) { b.Sandbox, b.RepeatedRequests = true, known }))
					emu.Fault(fault)
					newActing(t, emu, nil).run(name, test.given).expect(t, "", test.last)
					if early := emu.ThrottleReport().EarlyRetries; early != 0 {
						t.Errorf("%d requests were sent before a Retry-After was over", early)
					}
				})
			}
		}
	}
}
