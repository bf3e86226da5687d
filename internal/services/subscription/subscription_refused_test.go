// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// words matches words over the line breaks of the CLI.
func words(text string) *regexp.Regexp { return acctest.Words(text) }

// Each of these stops at plan, says what was found and what is allowed, and buys nothing.
func TestAccSubscription_refused(t *testing.T) {
	plain := func(lines ...string) string {
		return subscription(emulator.CustomerKaffeehaus, emulator.ProductMailGuard, append([]string{`term_duration = "P1Y"`, `billing_cycle = "annual"`}, lines...)...)
	}
	next := func(product, term, billing string, quantity int) string {
		return fmt.Sprintf(`scheduled_next_term_instructions = { product_id = %q, sku_id = "0001", term_duration = %q, billing_cycle = %q, quantity = %d }`, product, term, billing, quantity)
	}
	tests := map[string]struct{ config, want string }{
		"customer id is no GUID":         {subscription("kaffeehaus", emulator.ProductArchive, "quantity = 1"), `a customer ID is a GUID such as`},
		"product is a catalog item":      {subscription(emulator.CustomerKaffeehaus, "DZH318Z0MG7P:0001", "quantity = 1"), `of a catalog item ID product:sku:availability it is the first part`},
		"quantity of 0":                  {plain("quantity = 0"), `value must be at least 1, got: 0`},
		"quantity above the limit":       {plain("quantity = 501"), `Mail Guard - Team plan is sold with at most 500 licenses; found 501`},
		"quantity of a flat plan":        {subscription(emulator.CustomerKaffeehaus, emulator.ProductTimesheet, "quantity = 2", `term_duration = "P1M"`), `is sold with a quantity of exactly 1; found 2`},
		"quantity below the limit":       {subscription(emulator.CustomerKaffeehaus, emulator.ProductPayroll, "quantity = 4", `term_duration = "P1M"`), `is sold with at least 5 licenses; found 4`},
		"unknown product":                {subscription(emulator.CustomerKaffeehaus, "DZH318ZNOBOD", "quantity = 1"), `Cannot find the product for this customer`},
		"unknown SKU":                    {strings.Replace(plain("quantity = 1"), `"0001"`, `"0099"`, 1), `Cannot find the SKU for this customer`},
		"product not sold there":         {subscription(emulator.CustomerAtelier, emulator.ProductPayroll, "quantity = 5", `term_duration = "P1M"`), `customer`},
		"not purchasable":                {subscription(emulator.CustomerKaffeehaus, emulator.ProductRetired, "quantity = 1"), `cannot be bought for this customer at the moment`},
		"unknown customer":               {subscription(emulator.CustomerUnknown, emulator.ProductArchive, "quantity = 1"), `Cannot find the customer`},
		"former customer":                {subscription(emulator.CustomerAltstadt, emulator.ProductArchive, "quantity = 1"), `Cannot find the customer`},
		"a pair that is not sold":        {subscription(emulator.CustomerKaffeehaus, emulator.ProductMailGuard, "quantity = 1", `term_duration = "P1M"`, `billing_cycle = "annual"`), `term_duration = "P1M", billing_cycle = "monthly"`},
		"several pairs, none chosen":     {subscription(emulator.CustomerKaffeehaus, emulator.ProductMailGuard, "quantity = 1"), `is sold in several ways, so term_duration and billing_cycle have to say which`},
		"attestation not accepted":       {subscription(emulator.CustomerKaffeehaus, emulator.ProductMedical, "quantity = 1", `term_duration = "P1M"`), `set attestation_accepted = true`},
		"exists already":                 {subscription(emulator.CustomerNordwind, emulator.ProductMailGuard, "quantity = 1", `term_duration = "P1Y"`, `billing_cycle = "annual"`), `id = "` + emulator.CustomerNordwind + "/" + emulator.SubscriptionMailGuard + `"`},
		"next term without renewal":      {plain("quantity = 1", "auto_renew_enabled = false", `scheduled_next_term_instructions = { product_id = "DZH318Z0MG7P", sku_id = "0001", term_duration = "P1Y", billing_cycle = "annual", quantity = 1 }`), `has no next term`},
		"next term that is not sold":     {office("quantity = 1", next(emulator.ProductOffice, "P1M", "annual", 1)), `is not sold with term_duration = "P1M" and billing_cycle = "annual"`},
		"next term of too many":          {office("quantity = 1", next(emulator.ProductOffice, "P1Y", "annual", 301)), `is sold with at most 300 licenses; found 301`},
		"next term of nothing":           {office("quantity = 1", next("CFQ7TTCNOBOD", "P1Y", "annual", 1)), `Cannot find the next term in the catalog`},
		"price limit without a price":    {plain("quantity = 1", `price_limit = { currency = "EUR" }`), `price_limit`},
		"partner id is the tenant":       {plain("quantity = 1", `partner_id = "`+emulator.ResellerRheinwerkID+`"`), `a PartnerID (formerly MPN ID) consists of digits`},
		"deletion policy does not exist": {plain("quantity = 1", `deletion_policy = "delete"`), `turn_off_auto_renew`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			emu := acctest.New(t)
			acctest.Run(t, emu, resource.TestStep{Config: test.config, PlanOnly: true, ExpectError: words(test.want)})
			if writes := emu.Writes(); len(writes) != 0 {
				t.Errorf("%d writes were sent: %+v", len(writes), writes)
			}
		})
	}
}

// What only Partner Center can refuse is refused without a purchase, and nothing is left in the state.
func TestAccSubscription_refusedAtApply(t *testing.T) {
	tests := map[string]struct{ config, want string }{
		"no customer agreement": {subscription(emulator.CustomerSonnenhof, emulator.ProductArchive, "quantity = 1"), `13605`},
		"account under review":  {subscription(emulator.CustomerBateauBleu, emulator.ProductArchive, "quantity = 1"), `80007`},
		"exclusive to others":   {subscription(emulator.CustomerKaffeehaus, emulator.ProductPartnerOnly, "quantity = 1"), `800020`},
		"reseller did not sign": {subscription(emulator.CustomerKaffeehaus, emulator.ProductArchive, "quantity = 1", `partner_id = "`+emulator.ResellerUnsigned+`"`), `Reseller has not signed`},
		"reseller is unknown":   {subscription(emulator.CustomerKaffeehaus, emulator.ProductArchive, "quantity = 1", `partner_id = "`+emulator.ResellerUnknown+`"`), `Reseller not valid`},
		"the price is too high": {subscription(emulator.CustomerKaffeehaus, emulator.ProductArchive, "quantity = 1", `price_limit = { total = "33.59", currency = "EUR" }`), `price_limit allows 33.59 EUR for the whole term (total), but Partner Center asks 33.60 EUR`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			emu := acctest.New(t)
			acctest.Run(t, emu, resource.TestStep{Config: test.config, ExpectError: words(test.want)})
			expectPurchases(t, emu, 0)
		})
	}
}

func TestAccProvider_refused(t *testing.T) {
	html := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<html><body>Welcome to nginx</body></html>")
	}))
	t.Cleanup(html.Close)
	nobody := httptest.NewServer(http.NotFoundHandler())
	nobody.Close()
	emu := acctest.New(t)
	configured := func(lines ...string) string {
		return "provider \"partnercenter\" {\n" + strings.Join(lines, "\n") + "\n}\n" + subscription(emulator.CustomerKaffeehaus, emulator.ProductArchive, "quantity = 1")
	}
	secret := `client_secret = "wrong-secret-123"`
	ids := fmt.Sprintf("tenant_id = %q\nclient_id = %q", emu.TenantID(), emulator.ClientID)
	tests := map[string]struct{ config, want string }{
		"wrong secret":               {configured(ids, secret), `client_secret`},
		"nobody at the endpoint":     {configured(`access_token = "x"`, fmt.Sprintf("endpoint = %q", nobody.URL)), `connection refused`},
		"a web page at the endpoint": {configured(`access_token = "x"`, fmt.Sprintf("endpoint = %q", html.URL)), `HTTP 200`},
		"plain http elsewhere":       {configured(`access_token = "x"`, `endpoint = "http://partner.example"`), `loopback`},
		"unknown environment":        {configured(ids, secret, `environment = "germany"`), `environment`},
		"two ways to sign in":        {configured(ids, secret, `use_cli = true`), `use_cli`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			acctest.Run(t, emu, resource.TestStep{Config: test.config, PlanOnly: true, ExpectError: words(test.want)})
		})
	}
	t.Cleanup(func() { expectPurchases(t, emu, 0) })
}
