// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"net/http"
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
		`Purchase: 12 licences of Workplace 365 Standard ("one")`, `For 1 year, billed monthly.`,
		`It costs 11.70 EUR a licence for each billing cycle, 140.40 EUR a charge (monthly), 1684.80 EUR for the whole term, before tax.`,
		`It can be cancelled for 1 day (full refund) or 7 days (partial refund) after the purchase`, `At the end of the term it renews`,
	} {
		if !words(want).MatchString(out) {
			t.Errorf("the plan does not say %q:\n%s", want, out)
		}
	}
	for _, write := range emu.Writes() {
		if !write.Is(http.MethodPost, "carts") {
			t.Errorf("planning sent %s %s", write.Method, write.Path)
		}
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
		"unit price":        {quote + office(`quantity = 5`, `price_limit = { unit_price = "11.69", currency = "EUR" }`), `price_limit allows 11.69 EUR for a unit for one billing cycle, but Partner Center asks 11.7 EUR`},
		"spending limit":    {limited("701.99", "EUR") + office(`quantity = 5`), `the provider's spending_limit is 701.99 EUR`},
		"spending currency": {limited("9000", "USD") + office(`quantity = 5`), `this purchase is priced in EUR`},
		"limit currency":    {office(`quantity = 5`, `price_limit = { unit_price = "20", currency = "USD" }`), `Write the limit in EUR`},
		"promotion":         {office(`quantity = 5`, `promotion_id = "`+emulator.PromotionPlus+`"`), `Partner Center would sell at list price without it`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			emu := acctest.New(t)
			acctest.Run(t, emu, resource.TestStep{Config: test.config, PlanOnly: true, ExpectError: words(test.want)})
			expectPurchases(t, emu, 0)
		})
	}
}

// A signed-in user may ask about agreements and resellers, so the plan knows what an application hears at checkout only.
func TestAccSubscription_accountsAtPlan(t *testing.T) {
	tests := map[string]struct{ config, want string }{
		"no agreement":           {subscription(emulator.CustomerSonnenhof, emulator.ProductArchive, "quantity = 1"), `has not accepted the Microsoft Customer Agreement`},
		"reseller is unknown":    {office(`quantity = 1`, `partner_id = "`+emulator.ResellerUnknown+`"`), `is not the PartnerID of an indirect reseller of yours`},
		"reseller did not sign":  {office(`quantity = 1`, `partner_id = "`+emulator.ResellerUnsigned+`"`), `has not signed the Microsoft Partner Agreement`},
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
			if writes := emu.Writes(); len(writes) > 0 {
				t.Errorf("planning sent %d writes", len(writes))
			}
		})
	}
}
