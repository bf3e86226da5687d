// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// Hours lie between a plan and its apply, and a person or a renewal comes in between. What apply does to licenses and terms is what the
// plan said, or nothing.
func TestAccSubscription_overtaken(t *testing.T) {
	t.Parallel()
	const refused = `apply would do something else than was planned. Nothing was changed. Run plan again`
	nextTerm := `scheduled_next_term_instructions = {
    product_id    = "` + emulator.ProductOffice + `"
    sku_id        = "0001"
    term_duration = "P1Y"
    billing_cycle = "monthly"
    quantity      = 2
  }`
	for name, test := range map[string]struct {
		before, after string
		portal        map[string]any
		run           string // of somebody else, with the same subscription
		renews        bool
		want          string // the error, "" for none
		licenses      int    // afterwards
		sent          int
	}{
		"more licenses, and somebody took some":            {office("quantity = 5"), office("quantity = 8"), map[string]any{"quantity": 3}, "", false, `The plan changes quantity from 5 to 8, and Partner Center shows 3 now, so ` + refused, 3, 0},
		"fewer licenses, and somebody took more":           {office("quantity = 5"), office("quantity = 4"), map[string]any{"quantity": 2}, "", false, `The plan changes quantity from 5 to 4, and Partner Center shows 2 now`, 2, 0},
		"more licenses, and somebody bought as many":       {office("quantity = 5"), office("quantity = 8"), map[string]any{"quantity": 8}, "", false, "", 8, 0},
		"another nickname, and somebody bought licenses":   {office("quantity = 5"), office("quantity = 5", `friendly_name = "two"`), map[string]any{"quantity": 9}, "", false, "", 9, 1},
		"another nickname, and somebody took licenses":     {office("quantity = 5"), office("quantity = 5", `friendly_name = "two"`), map[string]any{"quantity": 1}, "", false, "", 1, 1},
		"another nickname, and the renewal took licenses":  {office("quantity = 5", nextTerm), office("quantity = 5", `friendly_name = "two"`, nextTerm), nil, "", true, "", 2, 1},
		"more licenses, and the renewal took some":         {office("quantity = 5", nextTerm), office("quantity = 6", nextTerm), nil, "", true, `The plan changes quantity from 5 to 6, and Partner Center shows 2 now`, 2, 0},
		"a longer term, and somebody bought licenses":      {officeFor("P1M", "monthly", "quantity = 5"), officeFor("P1Y", "monthly", "quantity = 5"), map[string]any{"quantity": 9}, "", false, `The plan buys for quantity = 5, and Partner Center shows 9 now, so ` + refused, 9, 0},
		"more licenses, and somebody bought a longer term": {officeFor("P1M", "monthly", "quantity = 5"), officeFor("P1M", "monthly", "quantity = 8"), nil, officeFor("P1Y", "monthly", "quantity = 5"), false, `The plan buys for term_duration = "P1M", and Partner Center shows P1Y now`, 5, 0},
		"a longer term, and somebody bought a longer one":  {officeFor("P1M", "monthly", "quantity = 5"), officeFor("P1Y", "monthly", "quantity = 5"), nil, officeFor("P3Y", "monthly", "quantity = 5"), false, `The plan changes term_duration from P1M to P1Y, and Partner Center shows P3Y now`, 5, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			w := acctest.NewWorkspace(t, emu, test.before)
			w.MustApply()
			id := fmt.Sprint(w.State()[address]["id"])
			w.Configure(test.after)
			if out, code := w.Run("plan", "-input=false", "-out=tfplan"); code != 0 {
				t.Fatalf("plan failed:\n%s", out)
			}
			if test.renews {
				emu.Advance(366 * 24 * time.Hour)
			}
			if test.portal != nil {
				if err := emu.Drift(emulator.CustomerKaffeehaus, id, test.portal); err != nil {
					t.Fatal(err)
				}
			}
			if test.run != "" {
				acctest.NewWorkspace(t, emu, fmt.Sprintf("import {\n  to = %s\n  id = \"%s/%s\"\n}\n", address, emulator.CustomerKaffeehaus, id)+test.run).MustApply()
			}
			emu.ForgetRequests()
			out, code := w.Run("apply", "-input=false", "tfplan")
			if test.want == "" && code != 0 || test.want != "" && (code != 1 || !words(test.want).MatchString(out)) {
				t.Errorf("exit code %d, want %q:\n%s", code, test.want, out)
			}
			if sent := emu.Matching(http.MethodPatch, "subscriptions/*"); len(sent) != test.sent {
				t.Errorf("%d changes were sent, want %d:\n%s", len(sent), test.sent, out)
			}
			now, _ := emu.Subscription(emulator.CustomerKaffeehaus, id)
			if got := fmt.Sprint(now["quantity"]); got != strconv.Itoa(test.licenses) {
				t.Errorf("it has %s licenses, want %d", got, test.licenses)
			}
		})
	}
}

func TestAccLicenseQuantity_overtaken(t *testing.T) {
	t.Parallel()
	config := func(n int, lines ...string) string {
		return quantity(emulator.CustomerNordwind, emulator.SubscriptionOffice, n, lines...)
	}
	for name, test := range map[string]struct {
		after string
		now   map[string]any
		want  string
	}{
		"more licenses, and somebody took some":            {config(46), map[string]any{"quantity": 40}, `The plan changes quantity from 43 to 46, and Partner Center shows 40 now`},
		"more licenses, and somebody bought as many":       {config(46), map[string]any{"quantity": 46}, ""},
		"other timeouts, and somebody took licenses":       {config(43, `timeouts = { read = "1m" }`), map[string]any{"quantity": 40}, ""},
		"more licenses, and somebody made the term longer": {config(46), map[string]any{"termDuration": "P3Y", "billingCycle": "annual"}, `The plan buys for billing_cycle = "monthly", and Partner Center shows annual now`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			w := acctest.NewWorkspace(t, emu, config(43))
			w.MustApply()
			w.Configure(test.after)
			if out, code := w.Run("plan", "-input=false", "-out=tfplan"); code != 0 {
				t.Fatalf("plan failed:\n%s", out)
			}
			emu.ForgetRequests() // the plan has asked for a price
			if err := emu.Drift(emulator.CustomerNordwind, emulator.SubscriptionOffice, test.now); err != nil {
				t.Fatal(err)
			}
			out, code := w.Run("apply", "-input=false", "tfplan")
			if test.want == "" && code != 0 || test.want != "" && (code != 1 || !words(test.want).MatchString(out)) {
				t.Errorf("exit code %d, want %q:\n%s", code, test.want, out)
			}
			if made := changesMade(emu); len(made) > 0 {
				t.Errorf("it sent %v", made)
			}
		})
	}
}

// Two resources share a subscription: the one that ignores the quantity leaves it to the other, also in the run that changes both.
func TestAccLicenseQuantity_besideItsSubscription(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t)
	both := func(name string, n int) string {
		return office("quantity = 5", fmt.Sprintf("friendly_name = %q", name), "lifecycle { ignore_changes = [quantity] }") +
			fmt.Sprintf("resource \"partnercenter_license_quantity\" \"test\" {\n  customer_id = %q\n  subscription_id = partnercenter_subscription.test.id\n  quantity = %d\n}\n", emulator.CustomerKaffeehaus, n)
	}
	w := acctest.NewWorkspace(t, emu, both("one", 5))
	w.MustApply()
	for n, name := range []string{"two", "three"} {
		w.Configure(both(name, 8+n))
		w.MustApply()
		w.MustPlanClean()
	}
	if got := w.State()[licenses]["quantity"]; got != 9.0 {
		t.Errorf("it has %v licenses, want 9", got)
	}
}
