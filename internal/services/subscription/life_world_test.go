// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// life is one subscription that Terraform, people, publishers and the clock change.
type life struct {
	name, customer, id string
	wish               wish // its configuration

	before   wish     // the configuration of the step before
	last     record   // what it was then
	moves    []string // of this step
	harmless bool     // all that happened in this step has to succeed
	capped   bool     // it was updated too often, in this step
	story    []string
}

func (l *life) record(emu *emulator.Server) record { return recordOf(emu, l.customer, l.id) }

// families are subscriptions of each kind that the resource manages; the sample tenant has them.
func families() []*life {
	return []*life{
		{name: "saas", customer: emulator.CustomerNordwind, id: emulator.SubscriptionMailGuard},
		{name: "saas_fresh", customer: emulator.CustomerNordwind, id: emulator.SubscriptionBackup},
		{name: "saas_flat", customer: emulator.CustomerNordwind, id: emulator.SubscriptionTimesheet},
		{name: "saas_unactivated", customer: emulator.CustomerNordwind, id: emulator.SubscriptionUnactivated},
		{name: "saas_trial", customer: emulator.CustomerAtelier, id: emulator.SubscriptionTrial},
		{name: "saas_reseller", customer: emulator.CustomerAtelier, id: emulator.SubscriptionReseller},
		{name: "saas_years", customer: emulator.CustomerAlpenblick, id: emulator.SubscriptionMultiYear},
		{name: "nce", customer: emulator.CustomerNordwind, id: emulator.SubscriptionOffice},
		{name: "nce_fresh", customer: emulator.CustomerNordwind, id: emulator.SubscriptionFreshOffice},
		{name: "nce_years", customer: emulator.CustomerNordwind, id: emulator.SubscriptionThreeYears},
		{name: "nce_scheduled", customer: emulator.CustomerAtelier, id: emulator.SubscriptionScheduled},
		{name: "nce_cancelling", customer: emulator.CustomerHarbour, id: emulator.SubscriptionCancelling},
		{name: "nce_suspended", customer: emulator.CustomerHarbour, id: emulator.SubscriptionSuspended},
		{name: "nce_lapsing", customer: emulator.CustomerTulpenveld, id: emulator.SubscriptionLapsing},
		{name: "nce_extended", customer: emulator.CustomerTulpenveld, id: emulator.SubscriptionExtended},
		{name: "nce_trial", customer: emulator.CustomerTulpenveld, id: emulator.SubscriptionNCETrial},
		{name: "nce_nonprofit", customer: emulator.CustomerHilfswerk, id: emulator.SubscriptionCharity},
	}
}

// world is an emulator with its lives, and the one source of chance.
type world struct {
	t      *testing.T
	emu    *emulator.Server
	rand   *rand.Rand
	lives  []*life
	spares []*life // take the places of those that have ended
	runner runner

	clockMoved, sulking bool // in this step: the clock, and a service that drops or refuses what it has accepted
	counts              map[string]int
}

// lifeBegins is when every world starts, so that a seed means the same on every day: extended service terms exist by then.
var lifeBegins = time.Date(2026, 6, 10, 9, 30, 0, 0, time.UTC)

func newWorld(t *testing.T, seed uint64, behave func(*emulator.Behaviour), lives []*life) *world {
	t.Helper()
	quick := func(b *emulator.Behaviour) { b.RequestsPerMinute = 0 }
	emu := acctest.New(t, emulator.WithTime(lifeBegins), emulator.WithSeed(seed), emulator.WithBehaviour(quick), emulator.WithBehaviour(behave))
	w := &world{t: t, emu: emu, rand: rand.New(rand.NewPCG(seed, 5)), lives: lives, counts: map[string]int{}}
	for _, l := range w.lives {
		l.wish = everything(l.customer, l.record(emu))
	}
	return w
}

func (w *world) serve(mode emulator.PatchMode, refuses bool) {
	w.emu.Behave(func(b *emulator.Behaviour) { b.PatchMode, b.PublisherRefusesChanges = mode, refuses })
}

// recover ends a bad day of the service.
func (w *world) recover() { w.serve(emulator.PatchApplied, false) }

// fail says what is wrong with a life, and what happened to it at last.
func (w *world) fail(l *life, format string, args ...any) {
	w.t.Helper()
	story := strings.Join(l.story[max(0, len(l.story)-14):], "\n  ")
	w.t.Errorf("%s: %s\nwhat happened:\n  %s\nconfiguration:\n%srecord: %v", l.name, fmt.Sprintf(format, args...), story, l.wish.hcl("  "), brief(l.record(w.emu)))
}

func brief(r record) string {
	var text strings.Builder
	for _, name := range []string{"offerId", "status", "quantity", "friendlyName", "termDuration", "billingCycle", "autoRenewEnabled", "partnerId", "isTrial", "attentionNeeded",
		"scheduledActions", "scheduledNextTermInstructions", "nextChargeInstructions", "commitmentEndDate", "refundableQuantity"} {
		fmt.Fprintf(&text, "\n  %s: %v", name, r[name])
	}
	return text.String()
}
