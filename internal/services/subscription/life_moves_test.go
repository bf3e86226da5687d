// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

var anything = regexp.MustCompile(``)

// explanations are all errors that the steps below may lead to. What can be known at plan is missing among those at apply.
var explanations = []explanation{
	{title: "Invalid Attribute Value", detail: anything},
	{title: "Contradicting attributes", detail: anything},
	{title: "Quantity not possible", detail: anything},
	{title: "Subscription goes on month by month", detail: regexp.MustCompile(`term_duration = "P1M"`)},
	{title: "Subscription does not renew", detail: regexp.MustCompile(`auto_renew_enabled = true`)},
	{title: "Change not possible", detail: regexp.MustCompile(`suspended = false`)},
	{title: "Licenses cannot be given back now", detail: regexp.MustCompile(`scheduled_next_term_instructions = \{`)},
	{title: "Replacement refused", detail: regexp.MustCompile(`allow_replacement`)},
	{title: "Reseller cannot be removed", detail: anything},
	{title: "Subscription is not activated yet", detail: regexp.MustCompile(`partnercenter_activation_links`)},
	{title: "Subscription has ended", detail: anything},
	{title: "Not sold that way", detail: regexp.MustCompile(`Choose one of`)},
	{title: "Next term would end too early", detail: regexp.MustCompile(`[Rr]emove custom_term_end_date`), when: isCustomEnd},
	{title: "Next term would end too late", detail: regexp.MustCompile(`remove custom_term_end_date`), when: isCustomEnd},
	{title: "Not offered for the renewal", detail: regexp.MustCompile(`for the next term`), when: isAnotherProduct},
	// What only Partner Center knows: the reseller's agreements, what publishers allow, how busy it is, and what nobody has documented.
	{applying: true, title: "Cannot update subscription", detail: regexp.MustCompile(`(?si)changing partner_id: .*(800015|900123)`)},
	{applying: true, title: "Cannot update subscription", detail: regexp.MustCompile(`(?si)changing quantity: .*(900214|800090|800095)`), when: isSaaS},
	{applying: true, title: "Cannot update subscription", detail: regexp.MustCompile(`(?si)changing billing_cycle: .*800097`), when: isSaaS},
	{applying: true, title: "Cannot update subscription", detail: regexp.MustCompile(`(?si)changing suspended: .*800096`), when: isSaaSOrTrial},
	{applying: true, title: "Cannot update subscription", detail: regexp.MustCompile(`(?si)changing scheduled_next_term_instructions: .*900141`), when: isSaaS},
	{applying: true, title: "Cannot update subscription", detail: regexp.MustCompile(`900311`)},
	{applying: true, title: "Cannot update subscription", detail: regexp.MustCompile(`900280|800082|900278`), when: func(w *world, _ *life) bool { return w.clockMoved }},
	{applying: true, title: "Cannot update subscription", detail: regexp.MustCompile(`may have refused it|still be working on it|took back`), when: func(w *world, _ *life) bool { return w.sulking }},
}

func isSaaS(w *world, l *life) bool { return !l.record(w.emu).newCommerce() }

func isSaaSOrTrial(w *world, l *life) bool { return isSaaS(w, l) || l.record(w.emu).yes("isTrial") }

func isAnotherProduct(w *world, l *life) bool {
	into, _ := l.wish["scheduled_next_term_instructions"].(wish)
	return into != nil && !strings.HasPrefix(l.record(w.emu).text("offerId"), fmt.Sprint(into["product_id"]))
}

func isCustomEnd(_ *world, l *life) bool {
	into, _ := l.wish["scheduled_next_term_instructions"].(wish)
	return into["custom_term_end_date"] != nil
}

func (w *world) pick(values ...string) string { return values[w.rand.IntN(len(values))] }

// moveAll is what happens to all of them: time passes, and the service has a bad day.
func (w *world) moveAll() {
	mode, refuses := emulator.PatchApplied, false
	switch w.rand.IntN(10) {
	case 0, 1:
		mode = emulator.PatchAccepted
	case 2:
		mode = emulator.PatchStale
	case 3:
		mode, w.sulking = emulator.PatchDropped, true
	case 4:
		refuses, w.sulking = true, true
	}
	w.serve(mode, refuses)
	if w.rand.IntN(8) == 0 {
		w.emu.RotateAvailabilities()
	}
	var passed time.Duration
	switch w.rand.IntN(8) {
	case 0:
		passed = time.Hour
	case 1:
		passed = 26 * time.Hour
	case 2:
		passed = 9 * 24 * time.Hour
	case 3:
		passed = 35 * 24 * time.Hour
	}
	if passed > 0 {
		w.emu.Advance(passed)
		w.clockMoved = true
	}
	for _, l := range w.lives {
		w.tell(l, "time passes: %s; updates are %s, refused by publishers: %t", passed, mode, refuses)
	}
}

// move changes one life: mostly by the configuration, sometimes behind its back.
func (w *world) move(l *life) {
	n := 1
	if w.rand.IntN(5) == 0 {
		n = 2 + w.rand.IntN(3)
	}
	for range n {
		var what string
		if w.rand.IntN(4) == 0 {
			what = w.drift(l)
		} else {
			what = w.configure(l)
		}
		if what != "" {
			l.moves = append(l.moves, what)
			w.counts["moves"]++
			w.tell(l, "%s", what)
		}
	}
	r := l.record(w.emu)
	unsettled := l.wish["scheduled_next_term_instructions"] != nil && !r.yes("autoRenewEnabled") // nothing else is changed before that is decided
	l.harmless = l.harmless && !unsettled && n == 1 && !w.sulking && !w.clockMoved && r.status() == "active" && !r.waits() && len(l.before.missing(r)) == 0
}

// drift is somebody in the portal, the publisher, or Microsoft.
func (w *world) drift(l *life) string {
	r, changes := l.record(w.emu), map[string]any{}
	l.harmless = false
	if r.ended() {
		return ""
	}
	switch w.rand.IntN(10) {
	case 0:
		changes["quantity"] = r.licenses() + 1 + w.rand.IntN(3)
	case 1:
		changes["quantity"] = max(1, r.licenses()-1-w.rand.IntN(3))
	case 2:
		changes["friendlyName"] = fmt.Sprintf("renamed %d", w.rand.IntN(100))
	case 3:
		if r.status() == "suspended" {
			return ""
		}
		changes["autoRenewEnabled"] = !r.yes("autoRenewEnabled")
		changes["scheduledActions"] = []any{}
	case 4:
		changes["partnerId"] = w.pick(emulator.ResellerRheinwerk, emulator.ResellerLoire)
	case 5:
		changes["status"] = w.pick("suspended", "active")
	case 6:
		if !r.newCommerce() {
			return ""
		}
		changes["autoRenewEnabled"] = false
		changes["scheduledActions"] = []any{map[string]any{"scheduleType": "TermEnd", "actionType": w.pick("Cancel", "RenewToExtendedServiceTerm")}}
	case 7, 8:
		if w.emu.Activate(l.customer, l.id) != nil {
			return ""
		}
		return "the publisher activates it"
	case 9:
		if w.rand.IntN(12) > 0 {
			return ""
		}
		changes["status"] = "deleted"
	}
	if err := w.emu.Drift(l.customer, l.id, changes); err != nil {
		w.t.Fatal(err)
	}
	return fmt.Sprintf("somebody sets %v", changes)
}

// configure changes the configuration.
func (w *world) configure(l *life) string {
	r := l.record(w.emu)
	set := func(name string, value any) string {
		l.wish[name] = value
		if into, nested := value.(wish); nested {
			value = into.hcl(" ")
		}
		return fmt.Sprintf("configuration: %s = %v", name, value)
	}
	unset := func(name string) string {
		delete(l.wish, name)
		return "configuration: no " + name
	}
	harmless := false
	defer func() { l.harmless = l.harmless && harmless }()
	quantity, _ := l.wish["quantity"].(int)
	switch w.rand.IntN(16) {
	case 0:
		return set("quantity", quantity+1+w.rand.IntN(5))
	case 1:
		return set("quantity", max(1, quantity-1-w.rand.IntN(4)))
	case 2:
		if w.rand.IntN(4) > 0 {
			return ""
		}
		return set("quantity", []int{0, 301, 100000}[w.rand.IntN(3)])
	case 3:
		harmless = true
		return set("friendly_name", fmt.Sprintf("%s %d", l.name, w.rand.IntN(100)))
	case 4:
		return w.setReseller(set, unset)
	case 5, 6, 7:
		harmless = l.wish["scheduled_next_term_instructions"] == nil
		return set("auto_renew_enabled", w.rand.IntN(2) == 0)
	case 8:
		return unset(w.pick("auto_renew_enabled", "suspended", "friendly_name", "billing_cycle", "term_duration"))
	case 9:
		return set("suspended", w.rand.IntN(3) == 0)
	case 10, 11, 12:
		return w.setNextTerm(l, r, set)
	case 13:
		return unset("scheduled_next_term_instructions")
	case 14:
		if w.rand.IntN(2) > 0 {
			return ""
		}
		l.wish["term_duration"] = w.pick("P1M", "P1Y", "P1Y", "P3Y")
		return set("billing_cycle", w.pick("monthly", "annual", "triennial"))
	}
	harmless = true
	return set("deletion_policy", w.pick("turn_off_auto_renew", "cancel", "abandon", "prevent"))
}

func (w *world) setReseller(set func(string, any) string, unset func(string) string) string {
	switch w.rand.IntN(5) {
	case 0:
		return set("partner_id", w.pick(emulator.ResellerUnsigned, emulator.ResellerUnknown))
	case 1:
		return unset("partner_id")
	}
	return set("partner_id", w.pick(emulator.ResellerRheinwerk, emulator.ResellerLoire))
}

// setNextTerm asks for another next term; one in four makes no sense.
func (w *world) setNextTerm(l *life, r record, set func(string, any) string) string {
	if !r.newCommerce() && w.rand.IntN(6) > 0 {
		return ""
	}
	into := wish{"product_id": l.wish["product_id"], "sku_id": l.wish["sku_id"], "quantity": 1 + w.rand.IntN(30)}
	if l.wish["product_id"] == emulator.ProductOffice && w.rand.IntN(5) == 0 {
		into["product_id"] = emulator.ProductOfficePlus
	}
	if r.newCommerce() && w.rand.IntN(10) == 0 {
		into["product_id"] = emulator.ProductDiagram // nothing renews into it
	}
	pair := [][2]string{{"P1Y", "monthly"}, {"P1Y", "annual"}, {"P1M", "monthly"}, {"P1M", "annual"}}[w.rand.IntN(4)]
	into["term_duration"], into["billing_cycle"] = pair[0], pair[1]
	if w.rand.IntN(4) == 0 && r.newCommerce() && !r.yes("isTrial") {
		into["custom_term_end_date"] = w.lastDay(r.termEnd(), pair[0])
	}
	return set("scheduled_next_term_instructions", into)
}

// lastDay is the end of a month in which a term of that length that follows another one may end, or, one in four times, cannot.
func (w *world) lastDay(present time.Time, term string) string {
	begins, months := present.UTC().Truncate(24*time.Hour).AddDate(0, 0, 1), map[string]int{"P1M": 1, "P1Y": 12}[term]
	in := w.rand.IntN(months)
	switch w.rand.IntN(8) {
	case 0:
		in = -1 - w.rand.IntN(3)
	case 1:
		in = months + 1
	}
	return time.Date(begins.Year(), begins.Month()+time.Month(in)+1, 0, 0, 0, 0, 0, time.UTC).Format(time.RFC3339)
}
