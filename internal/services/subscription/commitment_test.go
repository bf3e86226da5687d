// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// limitedOffice are licenses within a limit of 1,000.00 EUR: seven of them, for a year.
func limitedOffice(quantity int, lines ...string) string {
	return office(append(lines, fmt.Sprintf("quantity = %d", quantity), `price_limit = { total = "1000.00", currency = "EUR" }`)...)
}

// committed expects the total in the state.
func committed(t *testing.T, w *acctest.Workspace, total string) {
	t.Helper()
	if out, code := w.Run("show"); code != 0 || !words(fmt.Sprintf(`total = %q`, total)).MatchString(out) {
		t.Errorf("exit code %d, the commitment is not %s:\n%s", code, total, out)
	}
}

// What apply asked the price for, because the plan had none, is part of the commitment with which the next change is compared.
func TestAccSubscription_commitmentWithoutQuotes(t *testing.T) {
	t.Parallel()
	without := configured("quote_prices = false")
	t.Run("of a purchase", func(t *testing.T) {
		t.Parallel()
		emu := acctest.New(t)
		w := acctest.NewWorkspace(t, emu, without+limitedOffice(5))
		w.MustApply()
		committed(t, w, "702.00")
		w.Configure(without + limitedOffice(6))
		w.MustApply()
		committed(t, w, "842.40")
		w.MustPlanClean()
		emu.ForgetRequests()
		w.Configure(without + limitedOffice(12))
		if out, code := w.Apply(); code == 0 || !words(`price_limit allows 1,000.00 EUR for the whole term (total), but Partner Center asks 1,684.80 EUR`).MatchString(out) {
			t.Errorf("exit code %d, want a refusal:\n%s", code, out)
		}
		expectChanges(t, emu, 0)
	})
	t.Run("of one that is taken over", func(t *testing.T) {
		t.Parallel()
		emu := acctest.New(t)
		adopted := func(quantity int) string {
			return without + subscription(emulator.CustomerNordwind, emulator.ProductOffice, `friendly_name = "Verwaltung"`, `on_existing = "adopt"`, `term_duration = "P1Y"`, `billing_cycle = "monthly"`,
				fmt.Sprintf("quantity = %d", quantity), `price_limit = { total = "1000.00", currency = "EUR" }`)
		}
		w := acctest.NewWorkspace(t, emu, adopted(46))
		w.MustApply()
		committed(t, w, "421.20")
		w.Configure(adopted(51))
		if out, code := w.Apply(); code == 0 || !words(`but Partner Center asks 1,123.20 EUR`).MatchString(out) {
			t.Errorf("exit code %d, want a refusal:\n%s", code, out)
		}
		if got, _ := emu.Subscription(emulator.CustomerNordwind, emulator.SubscriptionOffice); fmt.Sprint(got["quantity"]) != "46" {
			t.Errorf("it has %v licenses, want 46", got["quantity"])
		}
	})
}

// Of a change that broke off, what was bought before counts.
func TestAccSubscription_commitmentOfHalfAChange(t *testing.T) {
	t.Parallel()
	for _, quotes := range []bool{true, false} {
		t.Run(fmt.Sprintf("quotes %t", quotes), func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			provider := configured(fmt.Sprintf("quote_prices = %t", quotes))
			w := acctest.NewWorkspace(t, emu, provider+limitedOffice(5))
			w.MustApply()
			emu.Fault(emulator.Fault{Match: emulator.Match{Method: http.MethodPatch, Pattern: "subscriptions/*"}, Skip: 1, Status: http.StatusBadRequest, Code: 800002, Description: "The renewal is refused."})
			w.Configure(provider + limitedOffice(6, "auto_renew_enabled = false"))
			if out, code := w.Apply(); code == 0 || !words(`The renewal is refused`).MatchString(out) {
				t.Fatalf("exit code %d, want a refusal:\n%s", code, out)
			}
			emu.ClearFaults()
			committed(t, w, "842.40")
			w.MustApply()
			w.MustPlanClean()
			emu.ForgetRequests()
			w.Configure(provider + limitedOffice(8, "auto_renew_enabled = false"))
			if out, code := w.Apply(); code == 0 || !words(`but Partner Center asks 1,123.20 EUR`).MatchString(out) {
				t.Errorf("exit code %d, want a refusal:\n%s", code, out)
			}
			expectChanges(t, emu, 0)
		})
	}
}

// Where the price cannot be asked for, a change within a limit fails with what Partner Center said, and names the limit that could not be
// compared with; without a limit it is made.
func TestAccSubscription_commitmentUnpriced(t *testing.T) {
	t.Parallel()
	const compared = `so cannot be compared with `
	limit := `price_limit = { total = "1000.00", currency = "EUR" }`
	for name, test := range map[string]struct {
		provider, block string // the limits
		want            string // "" where it is made
		not             []string
	}{
		"price_limit":    {"", limit, compared + `price_limit.`, []string{"spending_limit", "Remove the limit", "gives no price"}},
		"spending_limit": {limitOf("1000"), "", compared + `the provider's spending_limit.`, []string{"price_limit"}},
		"both":           {limitOf("1000"), limit, compared + `price_limit and the provider's spending_limit.`, []string{"gives no price"}},
		"none":           {"", "", "", nil},
	} {
		for _, quotes := range []bool{true, false} {
			for _, status := range []int{http.StatusForbidden, http.StatusServiceUnavailable} {
				t.Run(fmt.Sprintf("%s, quotes %t, %d", name, quotes, status), func(t *testing.T) {
					t.Parallel()
					emu := acctest.New(t)
					w := acctest.NewWorkspace(t, emu, office("quantity = 5"))
					w.MustApply()
					emu.Fault(emulator.Fault{Match: emulator.Match{Method: http.MethodPost, Pattern: "carts"}, Status: status, Code: 899999, Description: "No prices today.", Times: -1})
					emu.ForgetRequests()
					w.Configure(configured(fmt.Sprintf("quote_prices = %t", quotes), test.provider) + office("quantity = 6", test.block))
					out, code := w.Apply()
					if test.want == "" {
						if code != 0 {
							t.Errorf("exit code %d without a limit:\n%s", code, out)
						}
						expectChanges(t, emu, 1)
						return
					}
					if code == 0 || !words(test.want).MatchString(out) || !words("No prices today.").MatchString(out) {
						t.Errorf("exit code %d, want an error with %q:\n%s", code, test.want, out)
					}
					for _, untrue := range test.not {
						if words(untrue).MatchString(out) {
							t.Errorf("it says %q:\n%s", untrue, out)
						}
					}
					expectChanges(t, emu, 0)
				})
			}
		}
	}
}

// Licenses that were given back outside of Terraform are restored at what they cost, and compared with the limit without being counted twice.
// Those that somebody added there were not bought by this configuration.
func TestAccSubscription_commitmentChangedOutside(t *testing.T) {
	t.Parallel()
	limited := func(quantity int) string {
		return office(fmt.Sprintf("quantity = %d", quantity), `price_limit = { total = "7020.00", currency = "EUR" }`)
	}
	bought := func(t *testing.T, quotes bool) (*acctest.Workspace, *emulator.Server, string, func(quantity int)) {
		t.Helper()
		emu := acctest.New(t)
		provider := configured(fmt.Sprintf("quote_prices = %t", quotes))
		w := acctest.NewWorkspace(t, emu, provider+limited(50))
		w.MustApply()
		committed(t, w, "7020.00")
		return w, emu, provider, func(quantity int) {
			if err := emu.Drift(emulator.CustomerKaffeehaus, emu.Purchases()[0].SubscriptionID, map[string]any{"quantity": quantity}); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, quotes := range []bool{true, false} {
		t.Run(fmt.Sprintf("given back, quotes %t", quotes), func(t *testing.T) {
			t.Parallel()
			w, emu, provider, drift := bought(t, quotes)
			drift(40)
			out, code := w.Run("plan", "-input=false")
			if want := `~ total = "5616.00" -> "7020.00"`; code != 0 || quotes && !words(want).MatchString(out) {
				t.Errorf("exit code %d, want a plan with %q:\n%s", code, want, out)
			}
			w.MustApply()
			committed(t, w, "7020.00")
			w.Configure(provider + limited(51))
			emu.ForgetRequests()
			if out, code := w.Apply(); code == 0 || !words(`but Partner Center asks 7,160.40 EUR`).MatchString(out) {
				t.Errorf("exit code %d, want a refusal:\n%s", code, out)
			}
			expectChanges(t, emu, 0)
		})
		t.Run(fmt.Sprintf("added, quotes %t", quotes), func(t *testing.T) {
			t.Parallel()
			w, _, _, drift := bought(t, quotes)
			drift(60)
			out, code := w.Run("plan", "-input=false")
			if code != 0 || words(`total =`).MatchString(out) || words(`asks`).MatchString(out) {
				t.Errorf("exit code %d, the commitment should stay:\n%s", code, out)
			}
			w.MustApply()
			committed(t, w, "7020.00")
		})
	}
}

// After another billing cycle, licenses that are given back take from the commitment what they cost in all, and no other part of it.
func TestAccSubscription_commitmentBilledOtherwise(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t)
	w := acctest.NewWorkspace(t, emu, configured("quote_prices = true")+officeFor("P3Y", "monthly", "quantity = 5"))
	for _, step := range []struct{ billing, quantity, total string }{
		{"monthly", "5", "2106.00"}, {"annual", "5", "2106.00"}, {"annual", "4", "1684.80"}, {"monthly", "3", "1263.60"},
	} {
		w.Configure(configured("quote_prices = true") + officeFor("P3Y", step.billing, "quantity = "+step.quantity))
		w.MustApply()
		committed(t, w, step.total)
		w.MustPlanClean()
	}
}
