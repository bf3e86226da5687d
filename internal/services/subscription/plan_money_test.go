// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

func configured(lines ...string) string {
	return "provider \"partnercenter\" {\n  " + strings.Join(lines, "\n  ") + "\n}\n"
}

// With quote_prices the plan says what each purchase will cost, even read-only; it costs a cart, which commits to nothing.
func TestAccSubscription_quotePrices(t *testing.T) {
	emu := acctest.New(t)
	w := acctest.NewWorkspace(t, emu, configured("quote_prices = true", "read_only = true")+office(`quantity = 12`, `friendly_name = "one"`))
	out, code := w.Run("plan", "-input=false")
	if code != 0 {
		t.Fatalf("plan failed:\n%s", out)
	}
	for _, want := range []string{
		`+ auto_renew_enabled = true`, `+ currency = "EUR"`, `+ refund = "full P1D, partial P7D"`, `+ total = "1684.80"`, `+ unit_price = "11.70"`,
		`+ offer_name = "Workplace 365 Standard"`, `Plan: 1 to add`,
	} {
		if !words(want).MatchString(out) {
			t.Errorf("the plan does not say %q:\n%s", want, out)
		}
	}
	if strings.Contains(out, "Warning") {
		t.Errorf("a priced purchase needs no warning, the diff says it:\n%s", out)
	}
	if made := changesMade(emu); len(made) > 0 {
		t.Errorf("planning sent %v", made)
	}
	expectPurchases(t, emu, 0)
}

// What is above a limit, or cannot be bought, is refused by plan already.
func TestAccSubscription_quoteRefused(t *testing.T) {
	quote := configured("quote_prices = true")
	limited := func(amount, currency string) string {
		return configured("quote_prices = true", fmt.Sprintf("spending_limit = { amount = %q, currency = %q }", amount, currency))
	}
	tests := map[string]struct{ config, want string }{
		"unit price":        {quote + office(`quantity = 5`, `price_limit = { unit_price = "11.69", currency = "EUR" }`), `price_limit allows 11.69 EUR for one license and billing cycle (unit_price), but Partner Center asks 11.70 EUR. Raise the limit if that is to be paid.`},
		"spending limit":    {limited("701.99", "EUR") + office(`quantity = 5`), `the provider's spending_limit is 701.99 EUR`},
		"spending currency": {limited("9000", "USD") + office(`quantity = 5`), `this purchase is priced in EUR`},
		"limit currency":    {office(`quantity = 5`, `price_limit = { unit_price = "20", currency = "USD" }`), `Write the limit in EUR`},
		"promotion":         {office(`quantity = 5`, `promotion_id = "`+emulator.PromotionPlus+`"`), `Partner Center would sell at list price without a word. Remove promotion_id if that is wanted`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			emu := acctest.New(t)
			w := acctest.NewWorkspace(t, emu, test.config)
			out, code := w.Run("plan", "-input=false")
			if code != 1 || !words(test.want).MatchString(out) {
				t.Errorf("exit code %d, want an error with %q:\n%s", code, test.want, out)
			}
			if words(`nothing was bought`).MatchString(out) {
				t.Errorf("a plan buys nothing, and need not say so:\n%s", out)
			}
			expectPurchases(t, emu, 0)
		})
	}
}

// price_limit holds for what is bought later, too: for the price of a license, and for the whole commitment. Where the plan asks for no
// price, apply does, and changes nothing.
func TestAccSubscription_priceLimitOfChanges(t *testing.T) {
	t.Parallel()
	acctest.CLI(t)
	const above = `price_limit allows 702.00 EUR for the whole term (total), but Partner Center asks `
	for name, test := range map[string]struct{ limit, term, quantity, want string }{
		"more licenses":                   {`total = "702.00"`, "P1Y", "6", above + `842.40 EUR`},
		"more licenses, within it":        {`total = "842.40"`, "P1Y", "6", ``},
		"more licenses, each too dear":    {`unit_price = "11.69"`, "P1Y", "6", `price_limit allows 11.69 EUR for one license`},
		"a longer term":                   {`total = "702.00"`, "P3Y", "5", above + `2,106.00 EUR`},
		"fewer licenses cost nothing":     {`unit_price = "11.69"`, "P1Y", "4", ``},
		"more licenses, another currency": {`total = "9000.00"`, "P1Y", "6", ``},
	} {
		for _, quotes := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, quotes %t", name, quotes), func(t *testing.T) {
				t.Parallel()
				emu := acctest.New(t)
				w := acctest.NewWorkspace(t, emu, officeFor("P1Y", "monthly", `quantity = 5`))
				w.MustApply()
				emu.ForgetRequests()
				w.Configure(configured(fmt.Sprintf("quote_prices = %t", quotes)) + officeFor(test.term, "monthly", `quantity = `+test.quantity, `price_limit = { `+test.limit+`, currency = "EUR" }`))
				out, code := w.Apply()
				if test.want == "" {
					if code != 0 {
						t.Errorf("apply ended with %d:\n%s", code, out)
					}
					return
				}
				if code == 0 || !words(test.want[:strings.LastIndex(test.want, " ")]).MatchString(out) {
					t.Errorf("exit code %d, want an error with %q:\n%s", code, test.want, out)
				}
				expectChanges(t, emu, 0)
			})
		}
	}
}

// Purchases that are alike in everything count one by one, and a replacement counts once.
func TestAccSubscription_quotesAddUp(t *testing.T) {
	t.Parallel()
	twice := office(`count = 2`, `quantity = 5`, `on_existing = "purchase_another"`)
	limited := func(amount string) string {
		return configured("quote_prices = true", fmt.Sprintf(`spending_limit = { amount = %q, currency = "EUR" }`, amount))
	}
	for name, test := range map[string]struct {
		config, want string
		code         int
	}{
		"two alike within the limit":    {limited("1404.00") + twice, `2 to add`, 0},
		"two alike one cent above it":   {limited("1403.99") + twice, `add up to 1,404.00 EUR with this one of 702.00 EUR`, 1},
		"one of them within the limit":  {limited("702.00") + office(`quantity = 5`), `1 to add`, 0},
		"one of them one cent above it": {limited("701.99") + office(`quantity = 5`), `This purchase costs 702.00 EUR, and the provider's spending_limit is 701.99 EUR`, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorkspace(t, acctest.New(t), test.config)
			if out, code := w.Run("plan", "-input=false"); code != test.code || !words(test.want).MatchString(out) {
				t.Errorf("exit code %d, want %d and %q:\n%s", code, test.code, test.want, out)
			}
		})
	}
	t.Run("apply, and a replacement", func(t *testing.T) {
		t.Parallel()
		emu := acctest.New(t)
		w := acctest.NewWorkspace(t, emu, limited("1404.00")+twice)
		w.MustApply()
		w.Configure(limited("702.00") + office(`count = 2`, `quantity = 5`, `on_existing = "purchase_another"`, `allow_replacement = true`))
		w.MustApply("-replace=partnercenter_subscription.test[0]")
		expectPurchases(t, emu, 3)
	})
}

// A signed-in user may ask about agreements and resellers, so the plan knows what an application hears at checkout only.
func TestAccSubscription_accountsAtPlan(t *testing.T) {
	tests := map[string]struct{ config, want string }{
		"no agreement":           {subscription(emulator.CustomerSonnenhof, emulator.ProductArchive, "quantity = 1"), `has not accepted the Microsoft Customer Agreement`},
		"reseller is unknown":    {office(`quantity = 1`, `partner_id = "`+emulator.ResellerUnknown+`"`), `is not the PartnerID of an indirect reseller of yours`},
		"reseller did not sign":  {office(`quantity = 1`, `partner_id = "`+emulator.ResellerUnsigned+`"`), `has not signed the Microsoft Partner Agreement, so Partner Center does not take it as partner on record. Let the reseller's global administrator sign it`},
		"everything is in order": {office(`quantity = 1`, `partner_id = "`+emulator.ResellerRheinwerk+`"`), ``},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			emu := acctest.New(t)
			user := configured(fmt.Sprintf("access_token = %q", emu.IssueToken(emulator.TokenOptions{})))
			step := resource.TestStep{Config: user + test.config, PlanOnly: true, ExpectNonEmptyPlan: true}
			if test.want != "" {
				step.ExpectError, step.ExpectNonEmptyPlan = regexp.MustCompile(words(test.want).String()), false
			}
			acctest.Run(t, emu, step)
			if made := changesMade(emu); len(made) > 0 {
				t.Errorf("planning sent %v", made)
			}
		})
	}
}
