// SPDX-License-Identifier: MPL-2.0

package change

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// situations are subscriptions of the sample tenant in every situation in which one can be ended.
var situations = map[string]struct{ customer, id string }{
	"saas inside":      {emulator.CustomerNordwind, emulator.SubscriptionBackup},
	"saas after":       {emulator.CustomerNordwind, emulator.SubscriptionMailGuard},
	"saas unactivated": {emulator.CustomerNordwind, emulator.SubscriptionUnactivated},
	"saas trial":       {emulator.CustomerAtelier, emulator.SubscriptionTrial},
	"saas deleted":     {emulator.CustomerAlpenblick, emulator.SubscriptionDeleted},
	"nce inside":       {emulator.CustomerNordwind, emulator.SubscriptionFreshOffice},
	"nce after":        {emulator.CustomerNordwind, emulator.SubscriptionThreeYears},
	"nce suspended":    {emulator.CustomerHarbour, emulator.SubscriptionSuspended},
	"nce expired":      {emulator.CustomerHarbour, emulator.SubscriptionExpired},
	"nce disabled":     {emulator.CustomerAlpenblick, emulator.SubscriptionDisabled},
	"nce trial":        {emulator.CustomerTulpenveld, emulator.SubscriptionNCETrial},
}

// What each policy makes of each situation, and how many changes it sends; what is missing changes nothing and sends nothing.
var ended = map[Policy]map[string]string{
	PolicyTurnOffAutoRenew: {
		"saas inside": "active, ends; 1", "saas after": "active, ends; 1", "saas unactivated": "refused; 1", "saas trial": "active, ends; 1",
		"nce inside": "active, ends, cancel; 1", "nce after": "active, ends, cancel; 1", "nce trial": "active, ends; 1",
	},
	PolicyCancel: {
		"saas inside": "deleted, ends; 1", "saas after": "refused; 0", "saas unactivated": "deleted, ends; 1", "saas trial": "deleted, ends; 1",
		"nce inside": "deleted, ends; 1", "nce after": "refused; 0", "nce suspended": "refused; 0", "nce trial": "refused; 1",
	},
	PolicyCancelOrTurnOffAutoRenew: {
		"saas inside": "deleted, ends; 1", "saas after": "active, ends; 1", "saas unactivated": "deleted, ends; 1", "saas trial": "deleted, ends; 1",
		"nce inside": "deleted, ends; 1", "nce after": "active, ends, cancel; 1", "nce trial": "active, ends; 2",
	},
	PolicyAbandon: {},
	PolicyPrevent: {
		"saas inside": "refused; 0", "saas after": "refused; 0", "saas unactivated": "refused; 0", "saas trial": "refused; 0",
		"nce inside": "refused; 0", "nce after": "refused; 0", "nce suspended": "refused; 0", "nce trial": "refused; 0",
	},
}

func TestEnd(t *testing.T) {
	t.Parallel()
	for _, policy := range Policies() {
		for name, at := range situations {
			t.Run(policy+" "+name, func(t *testing.T) {
				t.Parallel()
				p := openPartner(t)
				before := p.read(at.customer, at.id)
				note, err := End(t.Context(), p.buyer, at.customer, Policy(policy), before)
				writes := len(p.Writes())
				got := fmt.Sprintf("%s; %d", brief(p.read(at.customer, at.id)), writes)
				if err != nil {
					got = fmt.Sprintf("refused; %d", writes)
					if now := brief(p.read(at.customer, at.id)); now != brief(before) {
						t.Errorf("it is refused, and yet %s", now)
					}
				}
				want, changes := ended[Policy(policy)][name]
				if !changes {
					want = brief(before) + "; 0"
				}
				if got != want {
					t.Errorf("it is %q, want %q: %v", got, want, err)
				}
				if p.buyer.Claims.WasGivenUp(at.id) != (err == nil) {
					t.Errorf("this run gave it up: %t", err != nil)
				}
				stays := err == nil && !strings.HasPrefix(got, "deleted") && !before.Ended()
				if (note != "") != stays {
					t.Errorf("the note is %q", note)
				}
			})
		}
	}
}

func brief(s *partnercenter.Subscription) string {
	text := strings.ToLower(s.Status) + ", ends"
	if s.AutoRenewEnabled {
		text = strings.ToLower(s.Status) + ", renews"
	}
	if FactsOf(s).EndsWithTerm() {
		text += ", cancel"
	}
	return text
}

// Refusals name the policy that is possible.
func TestEnd_wayOut(t *testing.T) {
	t.Parallel()
	p := openPartner(t)
	for policy, test := range map[Policy]struct{ name, want string }{
		PolicyCancel:           {"nce trial", `deletion_policy = "turn_off_auto_renew" to let it end with its term`},
		PolicyTurnOffAutoRenew: {"saas unactivated", `deletion_policy = "cancel" to cancel it`},
		PolicyPrevent:          {"nce after", `apply another deletion_policy first`},
	} {
		at := situations[test.name]
		_, err := End(t.Context(), p.buyer, at.customer, policy, p.read(at.customer, at.id))
		text := fmt.Sprint(err) + partnercenter.Remedy(err)
		if !strings.Contains(text, test.want) {
			t.Errorf("%s: %q does not say %q", policy, text, test.want)
		}
	}
}

// Only a refusal because of the window leads to another end; whatever else fails leaves the renewal as it is.
func TestEnd_refused(t *testing.T) {
	t.Parallel()
	late := &partnercenter.Error{StatusCode: http.StatusBadRequest, Code: windowCodes[0]}
	other := &partnercenter.Error{StatusCode: http.StatusBadRequest, Code: "800002"}
	unactivated := &partnercenter.Error{StatusCode: http.StatusBadRequest, Code: codeNotActivated}
	for name, test := range map[string]struct {
		policy  Policy
		err     error
		advises bool
	}{
		"cancel, too late":                          {PolicyCancel, late, true},
		"cancel, known to be too late":              {PolicyCancel, &TooLateError{}, true},
		"cancel, for another reason":                {PolicyCancel, other, false},
		"cancel, not activated":                     {PolicyCancel, unactivated, false},
		"turn off, too late":                        {PolicyTurnOffAutoRenew, late, false},
		"turn off, not activated":                   {PolicyTurnOffAutoRenew, unactivated, true},
		"cancel or turn off, too late for anything": {PolicyCancelOrTurnOffAutoRenew, late, false},
	} {
		err := wayOut(test.policy, test.err)
		if _, advised := errors.AsType[*partnercenter.AdvisedError](err); advised != test.advises || !errors.Is(err, test.err) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for code, status := range map[int]string{900117: "active, ends, cancel", 800002: "active, renews"} {
		p := openPartner(t)
		at := situations["nce inside"]
		before := p.read(at.customer, at.id)
		p.Fault(emulator.Fault{Match: emulator.Match{Method: http.MethodPatch, Pattern: "subscriptions/*"}, Status: http.StatusBadRequest, Code: code})
		_, err := End(t.Context(), p.buyer, at.customer, PolicyCancelOrTurnOffAutoRenew, before)
		if got := brief(p.read(at.customer, at.id)); got != status || (err == nil) != (code == 900117) {
			t.Errorf("after %d it is %q: %v", code, got, err)
		}
	}
}

func TestRefund(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 6, 10, 0, 0, 0, 0, time.UTC)
	option := func(kind string, expires time.Time) partnercenter.RefundOption {
		return partnercenter.RefundOption{Type: kind, ExpiresAt: partnercenter.Time{Time: expires}}
	}
	for name, test := range map[string]struct {
		options []partnercenter.RefundOption
		want    string
	}{
		"none":              {nil, "Nothing is billed for later terms"},
		"over":              {[]partnercenter.RefundOption{option("Full", now)}, "Nothing is billed for later terms"},
		"the first is over": {[]partnercenter.RefundOption{option("Full", now), option("Partial", now.Add(time.Second))}, "a partial refund"},
		"without an end":    {[]partnercenter.RefundOption{option("Full", time.Time{})}, "a full refund"},
	} {
		if got := Refund(nce(func(s *partnercenter.Subscription) { s.RefundOptions = test.options }), now); !strings.Contains(got, test.want) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// What a plan says of an end is what the policy will do.
func TestEndConsequences(t *testing.T) {
	t.Parallel()
	p := openPartner(t)
	for name, want := range map[string]map[Policy]string{
		"nce inside":       {PolicyCancel: "will be canceled", PolicyCancelOrTurnOffAutoRenew: "will be canceled", PolicyTurnOffAutoRenew: "it is billed until then", PolicyAbandon: "Subscription will be forgotten"},
		"nce after":        {PolicyCancel: "cannot be canceled any more", PolicyCancelOrTurnOffAutoRenew: "it is billed until then", PolicyTurnOffAutoRenew: "it is billed until then"},
		"saas unactivated": {PolicyCancel: "will be canceled", PolicyTurnOffAutoRenew: "is not activated yet"},
		"nce trial": {
			PolicyTurnOffAutoRenew: "Trial ends", PolicyAbandon: "Trial will be forgotten", PolicyCancel: "Trial cannot be canceled", PolicyCancelOrTurnOffAutoRenew: "Trial ends",
		},
		"saas trial": {PolicyTurnOffAutoRenew: "Trial ends", PolicyCancel: "will be canceled", PolicyCancelOrTurnOffAutoRenew: "will be canceled"},
	} {
		facts := FactsOf(p.read(situations[name].customer, situations[name].id))
		for policy, says := range want {
			title, text := facts.EndConsequences(policy, p.buyer.Client.ServiceTime(), "")
			if !strings.Contains(title, says) {
				t.Errorf("%s, %s: %s: %s; want %q", name, policy, title, text, says)
			}
			open := policy == PolicyTurnOffAutoRenew && name == "nce inside"
			if strings.Contains(text, "could still be canceled until") != open {
				t.Errorf("%s, %s: %s", name, policy, text)
			}
		}
	}
}

// A plan refuses to replace what End cannot end, and says of all else what End will do.
func TestReplacedConsequences(t *testing.T) {
	t.Parallel()
	p := openPartner(t)
	now := p.buyer.Client.ServiceTime()
	for name, want := range map[string]map[Policy]string{
		"nce inside": {PolicyCancel: "The old subscription is canceled", PolicyCancelOrTurnOffAutoRenew: "The old subscription is canceled", PolicyTurnOffAutoRenew: "Paid twice until 20", PolicyAbandon: "Paid twice: the old"},
		"nce after":  {PolicyCancelOrTurnOffAutoRenew: "Paid twice until 20", PolicyTurnOffAutoRenew: "Paid twice until 20", PolicyAbandon: "Paid twice: the old"},
		"saas unactivated": {
			PolicyCancel: "The old subscription is canceled", PolicyCancelOrTurnOffAutoRenew: "The old subscription is canceled", PolicyAbandon: "The old subscription goes on",
		},
		"saas trial": {
			PolicyCancel: "The old subscription is canceled", PolicyCancelOrTurnOffAutoRenew: "The old subscription is canceled", PolicyTurnOffAutoRenew: "The old trial ends 20", PolicyAbandon: "The old subscription goes on",
		},
		"nce trial":     {PolicyCancelOrTurnOffAutoRenew: "The old trial ends 20", PolicyTurnOffAutoRenew: "The old trial ends 20", PolicyAbandon: "The old subscription goes on"},
		"nce suspended": {PolicyCancelOrTurnOffAutoRenew: "Paid twice until 20", PolicyTurnOffAutoRenew: "Paid twice until 20", PolicyAbandon: "Paid twice: the old"},
	} {
		facts := FactsOf(p.read(situations[name].customer, situations[name].id))
		for _, policy := range []Policy{PolicyCancel, PolicyCancelOrTurnOffAutoRenew, PolicyTurnOffAutoRenew, PolicyAbandon} {
			_, end := End(t.Context(), openPartner(t).buyer, situations[name].customer, policy, p.read(situations[name].customer, situations[name].id))
			refused, why := facts.RefusedEnd(policy, now)
			if (refused != "") != (end != nil) {
				t.Errorf("%s, %s: the plan refuses it with %q (%s), and it ends with %v", name, policy, refused, why, end)
			}
			title, text := facts.ReplacedConsequences(policy, now, "5.00 EUR a month")
			if end == nil && (want[policy] == "" || !strings.HasPrefix(title, want[policy])) {
				t.Errorf("%s, %s: %s: %s; want %q", name, policy, title, text, want[policy])
			}
		}
	}
}

// What is forgotten is said to go on as it does: no renewal alone is no end.
func TestEnd_forgotten(t *testing.T) {
	t.Parallel()
	p := openPartner(t)
	for name, test := range map[string]struct{ customer, id, says string }{
		"renews":              {emulator.CustomerNordwind, emulator.SubscriptionMailGuard, "goes on being billed, and renews on 20"},
		"ends":                {emulator.CustomerHarbour, emulator.SubscriptionCancelling, "goes on being billed, and ends on 20"},
		"may be extended":     {emulator.CustomerTulpenveld, emulator.SubscriptionLapsing, "goes on being billed, and may go on month by month in a paid extended service term from 20"},
		"is extended":         {emulator.CustomerTulpenveld, emulator.SubscriptionExtended, "goes on being billed, and goes on month by month in a paid extended service term from 20"},
		"a trial":             {emulator.CustomerTulpenveld, emulator.SubscriptionNCETrial, "goes on as a free trial, and becomes a paid subscription on 20"},
		"not set up":          {emulator.CustomerNordwind, emulator.SubscriptionUnactivated, "waits for its set-up at "},
		"suspended meanwhile": {emulator.CustomerHarbour, emulator.SubscriptionSuspended, "goes on being billed, and does not renew while it is suspended: it ends on 20"},
	} {
		s := p.read(test.customer, test.id)
		_, text := FactsOf(s).EndConsequences(PolicyAbandon, p.buyer.Client.ServiceTime(), "")
		note, err := End(t.Context(), p.buyer, test.customer, PolicyAbandon, s)
		if !strings.Contains(text, ": it "+test.says) || err != nil || !strings.Contains(note, "It "+test.says) {
			t.Errorf("%s: the plan says %q, the apply %q, %v", name, text, note, err)
		}
		p.sent(0)
	}
}

// What is suspended and renews cannot be made to end: that is an error, and the state keeps it. It can once it is active again.
func TestEnd_suspendedRenews(t *testing.T) {
	t.Parallel()
	for name, at := range map[string]struct{ customer, id string }{"nce": situations["nce after"], "saas": situations["saas after"]} {
		for _, policy := range []Policy{PolicyTurnOffAutoRenew, PolicyCancelOrTurnOffAutoRenew} {
			p := openPartner(t)
			if err := p.Drift(at.customer, at.id, map[string]any{"status": "suspended", "autoRenewEnabled": true}); err != nil {
				t.Fatal(err)
			}
			before := p.read(at.customer, at.id)
			if brief(before) != "suspended, renews" {
				t.Fatalf("%s: it is %q", name, brief(before))
			}
			title, text := FactsOf(before).EndConsequences(policy, p.buyer.Client.ServiceTime(), "")
			if !strings.Contains(title, "cannot be switched off") || !strings.Contains(text, "Reactivate it first") {
				t.Errorf("%s, %s: the plan says %s: %s", name, policy, title, text)
			}
			note, err := End(t.Context(), p.buyer, at.customer, policy, before)
			if note != "" || err == nil || !strings.Contains(err.Error(), "is suspended, and its auto-renew is still on") || !strings.Contains(partnercenter.Remedy(err), `"abandon" to only forget it`) {
				t.Errorf("%s, %s: %q, %v: %s", name, policy, note, err, partnercenter.Remedy(err))
			}
			p.sent(0)
			if p.buyer.Claims.WasGivenUp(at.id) {
				t.Errorf("%s, %s: it is given up", name, policy)
			}
			active := p.apply(at.customer, at.id, Desired{Suspended: new(false)}, 1)
			if !active.AutoRenewEnabled {
				t.Errorf("%s: it does not renew again: %+v", name, active)
			}
			if note, err := End(t.Context(), p.buyer, at.customer, policy, active); err != nil || !strings.Contains(note, "no longer renews. It goes on being billed, and ends on 20") {
				t.Errorf("%s, %s: %q, %v", name, policy, note, err)
			}
		}
	}
}
