// SPDX-License-Identifier: MPL-2.0

package catalog_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// quoted asks for a quote for Nordwind.
func quoted(product string, lines ...string) []string {
	return append([]string{`customer_id = "` + emulator.CustomerNordwind + `"`, `product_id = "` + product + `"`, `sku_id = "0001"`}, lines...)
}

func TestAccQuote(t *testing.T) {
	emu := acctest.New(t)
	option := func(duration, cycle string, months, charges int64, unit, total string) knownvalue.Check {
		return knownvalue.ObjectExact(map[string]knownvalue.Check{
			"term_duration": text(duration), "billing_cycle": text(cycle), "months": knownvalue.Int64Exact(months), "charges": knownvalue.Int64Exact(charges),
			"unit_price": text(unit), "list_price": text(unit), "total": text(total), "currency": text("EUR"), "promotion_id": knownvalue.Null(),
			"refund": knownvalue.NotNull(), "error": knownvalue.Null(),
		})
	}
	acctest.Run(t, emu, resource.TestStep{
		Config: data("quote", "all", quoted(emulator.ProductMailGuard, "quantity = 5")...) +
			data("quote", "one", quoted(emulator.ProductMailGuard, "quantity = 5", `term_duration = "P1Y"`, `billing_cycle = "annual"`)...),
		ConfigStateChecks: []statecheck.StateCheck{
			expect("quote", "all", "offer_name", text("Mail Guard - Team plan")), expect("quote", "all", "publisher_name", text("Fabrikant Security GmbH")),
			expect("quote", "all", "options", knownvalue.ListExact([]knownvalue.Check{
				option("P1M", "monthly", 1, 1, "4.20", "21.00"), option("P1Y", "monthly", 12, 12, "3.60", "216.00"), option("P1Y", "annual", 12, 1, "40.50", "202.50"),
			})),
			expect("quote", "one", "options", knownvalue.ListExact([]knownvalue.Check{option("P1Y", "annual", 12, 1, "40.50", "202.50")})),
		},
	})
	if n := emu.Count(http.MethodPost, "customers/*/carts/*/checkout"); n != 0 {
		t.Errorf("%d carts were checked out", n)
	}
}

// asked are the attributes of a quote for Nordwind, as a CLI sends them.
func asked(product string, quantity int) map[string]tftypes.Value {
	text := func(s string) tftypes.Value { return tftypes.NewValue(tftypes.String, s) }
	return map[string]tftypes.Value{
		"customer_id": text(emulator.CustomerNordwind), "product_id": text(product), "sku_id": text("0001"), "quantity": tftypes.NewValue(tftypes.Number, quantity),
	}
}

// objects are the elements of a list, each by its attributes.
func objects(t *testing.T, list tftypes.Value) []map[string]tftypes.Value {
	t.Helper()
	var found []tftypes.Value
	if err := list.As(&found); err != nil {
		t.Fatal(err)
	}
	all := make([]map[string]tftypes.Value, len(found))
	for i := range found {
		if err := found[i].As(&all[i]); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// A price that Partner Center does not give is null and never zero.
func TestQuote_unpriced(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t, emulator.WithBehaviour(func(b *emulator.Behaviour) { b.CartPricingHidden = true }))
	quote, said := acctest.ReadDataSources(t, emu).Read("quote", asked(emulator.ProductMailGuard, 5))
	if len(said) > 0 || len(objects(t, quote["options"])) != 3 {
		t.Fatalf("got %v, %v", quote, said)
	}
	for _, option := range objects(t, quote["options"]) {
		for _, name := range []string{"unit_price", "list_price", "total", "currency", "error"} {
			if !option[name].IsNull() {
				t.Errorf("%s is %s", name, option[name])
			}
		}
	}
	if n := emu.Count(http.MethodPost, "customers/*/carts"); n != 1 {
		t.Errorf("%d carts for one quote", n)
	}
}

// Under read_only a quote needs the same word as the price of a plan: quote_prices, said explicitly.
func TestQuote_readOnly(t *testing.T) {
	for name, test := range map[string]struct {
		environment map[string]string
		carts       int
	}{
		"read_only":                      {map[string]string{"PARTNERCENTER_READ_ONLY": "true"}, 0},
		"quotes off":                     {map[string]string{"PARTNERCENTER_QUOTE_PRICES": "false"}, 0},
		"read_only with quotes asked of": {map[string]string{"PARTNERCENTER_READ_ONLY": "true", "PARTNERCENTER_QUOTE_PRICES": "true"}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			for variable, value := range test.environment {
				t.Setenv(variable, value)
			}
			emu := acctest.New(t)
			_, said := acctest.ReadDataSources(t, emu).Read("quote", asked(emulator.ProductMailGuard, 5))
			if refused := acctest.HasError(said); refused != (test.carts == 0) || refused && !strings.Contains(said[0].Detail, "set quote_prices = true") {
				t.Errorf("said %v", said)
			}
			if n := len(emu.Writes()); n != test.carts {
				t.Errorf("%d writes, want %d", n, test.carts)
			}
		})
	}
}

// What nobody can buy says why, and at which attribute.
func TestQuote_refused(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t)
	run := acctest.ReadDataSources(t, emu)
	for want, given := range map[string]map[string]tftypes.Value{
		"at most 500 licenses":               asked(emulator.ProductMailGuard, 501),
		"Attribute quantity value must be":   asked(emulator.ProductMailGuard, 0),
		"a product ID":                       asked("mailguard", 1),
		"attestation":                        asked(emulator.ProductMedical, 1),
		"manages marketplace SaaS":           asked(emulator.ProductAzurePlan, 1),
		"cannot be bought for this customer": asked(emulator.ProductRetired, 1),
		"code 400013":                        asked("DZH318Z00000", 1),
	} {
		_, said := run.Read("quote", given)
		if !acctest.HasError(said) || !strings.Contains(said[0].Summary+": "+said[0].Detail, want) {
			t.Errorf("said %v, want %q", said, want)
		}
	}
}
