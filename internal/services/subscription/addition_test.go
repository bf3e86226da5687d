// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// quoting plans with prices and within a limit; the change of a subscription counts like a purchase.
func quoting(limit string) string {
	return configured("quote_prices = true", limitOf(limit))
}

// spendingLimit is the same for the protocol.
func spendingLimit(amount string, quotes bool) settings {
	return settings{"quote_prices": quotes, "spending_limit": map[string]tftypes.Value{
		"amount": tftypes.NewValue(tftypes.String, amount), "currency": tftypes.NewValue(tftypes.String, "EUR"),
	}}
}

func limitOf(amount string) string {
	return fmt.Sprintf(`spending_limit = { amount = %q, currency = "EUR" }`, amount)
}

// grouped is an amount as messages write it.
func grouped(amount string) string {
	if whole, _, _ := strings.Cut(amount, "."); len(whole) > 3 {
		return whole[:len(whole)-3] + "," + amount[len(whole)-3:]
	}
	return amount
}

// changesMade are the writes that spend or change something: a cart does neither.
func changesMade(emu *emulator.Server) []string {
	var made []string
	for _, write := range emu.Writes() {
		if !write.Is(http.MethodPost, "carts") {
			made = append(made, write.Method+" "+write.Path)
		}
	}
	return made
}

// expectChanges counts what was sent beside the carts that only say a price.
func expectChanges(t *testing.T, emu *emulator.Server, want int) {
	t.Helper()
	if made := changesMade(emu); len(made) != want {
		t.Errorf("%d changes were sent, want %d: %s", len(made), want, made)
	}
}

// What is added to a subscription is priced by the plan, counts against the spending limit at plan and at apply, and above it nothing
// is sent but carts.
func TestAccSpendingLimit_ofChanges(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		before, after, price, below, words string
	}{
		"licenses": {
			office("quantity = 5"), office("quantity = 8"), "421.20", "421.19",
			`~ total = "702.00" -> "1123.20"`,
		},
		"a longer term": {
			office("quantity = 5"), officeFor("P3Y", "triennial", "quantity = 5"), "2106.00", "2105.99",
			`~ total = "702.00" -> "2106.00" ~ unit_price = "11.70" -> "421.20"`,
		},
		"a longer term and licenses": {
			office("quantity = 5"), officeFor("P3Y", "monthly", "quantity = 8"), "3369.60", "3369.59",
			`~ total = "702.00" -> "3369.60"`,
		},
		"a longer term and fewer licenses": { // fewer are given back first
			office("quantity = 5"), officeFor("P3Y", "monthly", "quantity = 2"), "842.40", "842.39",
			`~ total = "702.00" -> "842.40"`,
		},
		"licenses of a marketplace subscription": {
			"", quantity(emulator.CustomerNordwind, emulator.SubscriptionMailGuard, 13), "43.20", "43.19",
			`Bought today for a whole term, 1 license would cost 43.20 EUR before tax: 3.60 EUR each, billed monthly.`,
		},
		"licenses of somebody else's subscription": {
			"", quantity(emulator.CustomerNordwind, emulator.SubscriptionOffice, 46), "421.20", "421.19",
			`Bought today for a whole term, 3 licenses would cost 421.20 EUR before tax: 11.70 EUR each, billed monthly.`,
		},
		"licenses of one that is taken over": {
			"", subscription(emulator.CustomerNordwind, emulator.ProductOffice, `friendly_name = "Verwaltung"`, `on_existing = "adopt"`, `term_duration = "P1Y"`, `billing_cycle = "monthly"`, "quantity = 46"),
			"421.20", "421.19", `+ total = "421.20"`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			w := acctest.NewWorkspace(t, emu, test.before)
			w.MustApply()
			purchases := len(emu.Purchases())
			emu.ForgetRequests()

			w.Configure(configured("quote_prices = true", "read_only = true") + test.after)
			if out, code := w.Run("plan", "-input=false"); code != 0 || !words(test.words).MatchString(out) {
				t.Errorf("exit code %d, the plan does not say %q:\n%s", code, test.words, out)
			}
			w.Configure(quoting(test.below) + test.after)
			if out, code := w.Run("plan", "-input=false"); code != 1 || !words(`This purchase costs `+grouped(test.price)+` EUR, and the provider's spending_limit is `+grouped(test.below)).MatchString(out) {
				t.Errorf("exit code %d, the plan stays within a limit of %s:\n%s", code, test.below, out)
			}
			w.Configure(configured("quote_prices = false", limitOf(test.below)) + test.after)
			if out, _ := w.Apply(); !words(`costs ` + grouped(test.price) + ` EUR for its term, this run has already bought for 0.00 EUR, and the provider's spending_limit is ` + grouped(test.below)).MatchString(out) {
				t.Errorf("apply does not refuse what is above the limit:\n%s", out)
			}
			if made := changesMade(emu); len(made) > 0 {
				t.Fatalf("above the limit it sent %v", made)
			}
			w.Configure(quoting(test.price) + test.after)
			w.MustApply()
			w.MustPlanClean()
			expectPurchases(t, emu, purchases)
		})
	}
}

// officeFor is office with another term.
func officeFor(term, billing string, lines ...string) string {
	return subscription(emulator.CustomerKaffeehaus, emulator.ProductOffice, append([]string{fmt.Sprintf(`term_duration = %q`, term), fmt.Sprintf(`billing_cycle = %q`, billing)}, lines...)...)
}

// What buys nothing asks for no price, and what has none is refused while there is a limit.
func TestAccSpendingLimit_whatCounts(t *testing.T) {
	t.Parallel()
	three := func(lines ...string) string { return officeFor("P3Y", "monthly", lines...) }
	for name, test := range map[string]struct{ before, after string }{
		"fewer licenses":  {office("quantity = 5"), office("quantity = 2")},
		"a nickname":      {office("quantity = 5"), office("quantity = 5", `friendly_name = "Büro"`)},
		"no renewal":      {office("quantity = 5"), office("quantity = 5", "auto_renew_enabled = false")},
		"a billing cycle": {three("quantity = 5"), officeFor("P3Y", "annual", "quantity = 5")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			w := acctest.NewWorkspace(t, emu, test.before)
			w.MustApply()
			emu.ForgetRequests()
			w.Configure(quoting("0") + test.after)
			w.MustApply()
			if carts := emu.Matching(http.MethodPost, "carts"); len(carts) > 0 {
				t.Errorf("%d carts were made", len(carts))
			}
		})
	}
	for name, test := range map[string]struct {
		config    string
		behaviour func(*emulator.Behaviour)
		fault     *emulator.Fault
		free      string // said by a plan without a limit
		limited   string // the error with one
	}{
		"a legacy offer": {
			quantity(emulator.CustomerPrairie, emulator.SubscriptionLegacy, 55), nil, nil,
			`Partner Center gives no price for it.`, `Partner Center gives no price for this. If it is wanted anyway, make it in a run without spending_limit`,
		},
		"prices are hidden": {
			quantity(emulator.CustomerNordwind, emulator.SubscriptionOffice, 46), func(b *emulator.Behaviour) { b.CartPricingHidden = true }, nil,
			`Partner Center gives no price for it.`, `Partner Center gives no price for this.`,
		},
		"no cart is taken": {
			quantity(emulator.CustomerNordwind, emulator.SubscriptionOffice, 46), nil,
			&emulator.Fault{Match: emulator.Match{Method: http.MethodPost, Pattern: "carts"}, Status: http.StatusForbidden, Code: 800043, Description: "No prices for you.", Times: -1},
			`What a purchase of the same would cost could not be found out:`, `this costs cannot be found out, and so cannot be compared with the provider's spending_limit. If it is wanted anyway, make it in a run without spending_limit. Why:`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			if test.behaviour != nil {
				emu = acctest.New(t, emulator.WithBehaviour(test.behaviour))
			}
			if test.fault != nil {
				emu.Fault(*test.fault)
			}
			w := acctest.NewWorkspace(t, emu, configured("quote_prices = true")+test.config)
			if out, code := w.Run("plan", "-input=false"); code != 0 || !words(test.free).MatchString(out) {
				t.Errorf("exit code %d, the plan does not say %q:\n%s", code, test.free, out)
			}
			for _, config := range []string{quoting("1000000"), configured("quote_prices = false", limitOf("1000000"))} {
				w.Configure(config + test.config)
				if out, code := w.Apply(); code != 1 || !words(test.limited).MatchString(out) {
					t.Errorf("exit code %d, apply does not refuse with %q:\n%s", code, test.limited, out)
				}
			}
			if made := changesMade(emu); len(made) > 0 {
				t.Errorf("without a price it sent %v", made)
			}
		})
	}
}

// A provider that may write nothing says so, and not that it finds no price.
func TestAccSpendingLimit_readOnly(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t)
	w := acctest.NewWorkspace(t, emu, configured("quote_prices = false", "read_only = true", limitOf("9000"))+quantity(emulator.CustomerNordwind, emulator.SubscriptionOffice, 46))
	if out, code := w.Apply(); code != 1 || !words(`nothing was sent, because read_only is set`).MatchString(out) || words(`cannot be found out`).MatchString(out) {
		t.Errorf("exit code %d:\n%s", code, out)
	}
	expectWrites(t, emu, 0)
}

// Changes add up in a run, and one that Partner Center refused does not count.
func TestAccSpendingLimit_addsUp(t *testing.T) {
	t.Parallel()
	two := strings.ReplaceAll(quantity(emulator.CustomerNordwind, emulator.SubscriptionOffice, 46), `"test"`, `"a"`) + // 3 more, for a year
		strings.ReplaceAll(quantity(emulator.CustomerNordwind, emulator.SubscriptionThreeYears, 16), `"test"`, `"b"`) // 1 more, for three
	for name, test := range map[string]struct {
		limit string
		fault bool
		want  []string // errors
		made  int
	}{
		"both within the limit":  {"842.40", false, nil, 2},
		"the second is above it": {"842.39", false, []string{"and the provider's spending_limit is 842.39 EUR"}, 1},
		"the first is refused":   {"842.39", true, []string{"The quantity is refused"}, 2}, // sent, and refused; then the other
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			if test.fault {
				emu.Fault(emulator.Fault{Match: emulator.Match{Method: http.MethodPatch, Pattern: "subscriptions/*"}, Status: http.StatusBadRequest, Code: 800002, Description: "The quantity is refused."})
			}
			w := acctest.NewWorkspace(t, emu, configured("quote_prices = false", limitOf(test.limit))+two)
			out, code := w.Apply("-parallelism=1")
			if (code != 0) != (len(test.want) > 0) {
				t.Errorf("exit code %d:\n%s", code, out)
			}
			for _, want := range test.want {
				if !words(want).MatchString(out) {
					t.Errorf("it does not say %q:\n%s", want, out)
				}
			}
			if made := changesMade(emu); len(made) != test.made {
				t.Errorf("it sent %v, want %d changes:\n%s", made, test.made, out)
			}
		})
	}
}

// A change that broke off counts as far as anything of it may have been made.
func TestSpendingLimit_halfMade(t *testing.T) {
	t.Parallel()
	quantity := emulator.Match{Method: http.MethodPatch, Pattern: "subscriptions/*"}
	longer := map[string]tftypes.Value{"term_duration": textValue("P1Y"), "billing_cycle": textValue("monthly"), "quantity": tftypes.NewValue(tftypes.Number, 9)}
	for name, test := range map[string]struct {
		fault emulator.Fault
		limit string // 1263.60 for 9 licenses and a year, and then one more: 140.40, or 14.04 where the term is still a month
		want  string // the second change; "" where it is made
	}{
		"nothing was made":               {emulator.Fault{Match: quantity, Status: http.StatusBadRequest, Code: 800002}, "1263.60", ""},
		"the term was made":              {emulator.Fault{Match: quantity, Skip: 1, Status: http.StatusBadRequest, Code: 800002}, "1403.99", "this run has already bought for 1,263.60 EUR"},
		"the term was made, within both": {emulator.Fault{Match: quantity, Skip: 1, Status: http.StatusBadRequest, Code: 800002}, "1404.00", ""},
		"nobody knows what was made":     {emulator.Fault{Match: quantity, Kind: emulator.FaultDropBefore, Times: -1}, "1277.63", "this run has already bought for 1,263.60 EUR"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			a := newActing(t, emu, spendingLimit(test.limit, false))
			server, ok := a.server.(tfprotov6.ProviderServer)
			if !ok {
				t.Fatal("it is no provider")
			}
			p := &protocol{ProviderServer: server, t: t, schemas: a.schemas}
			emu.Fault(test.fault)
			if got := p.tryChange(longer); !hasErrors(got) {
				t.Fatalf("the first change was made: %s", texts(got))
			}
			emu.ClearFaults()
			now, _ := emu.Subscription(emulator.CustomerNordwind, fresh)
			more := map[string]tftypes.Value{"term_duration": textValue(fmt.Sprint(now["termDuration"])), "quantity": tftypes.NewValue(tftypes.Number, 8)}
			if got := texts(p.tryChange(more)); test.want == "" && strings.Contains(got, "ERROR") || !strings.Contains(got, test.want) {
				t.Errorf("the second change says %q, want %q", got, test.want)
			}
		})
	}
}

// A transition counts with what the target costs, and above the limit nothing is started.
func TestActionTransition_spendingLimit(t *testing.T) {
	t.Parallel()
	t.Run("within it", func(t *testing.T) {
		t.Parallel()
		emu := acctest.New(t)
		got := newActing(t, emu, spendingLimit("3213.60", true)).run(transition, plus(settings{"quantity": 13}))
		got.expect(t, "Bought today for a whole term, 13 licenses would cost 3,213.60 EUR before tax: 20.60 EUR each, billed monthly. This cannot be undone.", `^13 licenses are in subscription`)
	})
	t.Run("above it at plan", func(t *testing.T) {
		t.Parallel()
		emu := acctest.New(t)
		got := newActing(t, emu, spendingLimit("3213.59", true)).run(transition, plus(settings{"quantity": 13}))
		got.refused(t, "This purchase costs 3,213.60 EUR, and the provider's spending_limit is 3,213.59 EUR")
		if got.invoked || len(changesMade(emu)) > 0 {
			t.Errorf("it was invoked, or sent %v", changesMade(emu))
		}
	})
	t.Run("above it", func(t *testing.T) {
		t.Parallel()
		emu := acctest.New(t)
		got := newActing(t, emu, spendingLimit("3213.59", false)).run(transition, plus(settings{"quantity": 13}))
		got.refused(t, "costs 3,213.60 EUR for its term")
		if made := changesMade(emu); len(made) > 0 {
			t.Errorf("it sent %v", made)
		}
	})
	t.Run("refused, and then another", func(t *testing.T) {
		t.Parallel()
		emu := acctest.New(t)
		emu.Fault(emulator.Fault{Match: emulator.Match{Method: http.MethodPost, Pattern: "transitions"}, Status: http.StatusBadRequest, Code: 800002, Description: "The transition is refused."})
		a := newActing(t, emu, spendingLimit("3213.60", false))
		a.run(transition, plus(settings{"quantity": 13})).refused(t, "The transition is refused")
		emu.ForgetRequests()
		a.run(transition, plus(settings{"quantity": 13})).expect(t, "", `^13 licenses are in subscription`)
		emu.ForgetRequests()
		a.run(transition, plus(settings{"quantity": 1})).refused(t, "this run has already bought for 3,213.60 EUR")
	})
}
