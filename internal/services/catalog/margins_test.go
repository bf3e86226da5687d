// SPDX-License-Identifier: MPL-2.0

package catalog_test

import (
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// Margins come in two forms, a percentage and a price; those of the past and of all SKUs of a product are there, too.
func TestAccMargins(t *testing.T) {
	emu := acctest.New(t)
	now := emu.Clock().Now()
	for _, m := range []emulator.Margin{
		{ID: "percentage", ProductID: emulator.ProductMailGuard, Percent: 15, Start: now.Add(-time.Hour), End: now.Add(time.Hour)},
		{ID: "price", ProductID: emulator.ProductMailGuard, SkuID: "0001", Price: 25000, Start: now.Add(-2 * time.Hour), End: now.Add(-time.Hour)},
		{ID: "another", ProductID: emulator.ProductBackup, Percent: 5, Start: now, End: now.Add(time.Hour)},
	} {
		if err := emu.OfferMargin(m); err != nil {
			t.Fatal(err)
		}
	}
	some := func(members map[string]knownvalue.Check) knownvalue.Check { return knownvalue.ObjectPartial(members) }
	acctest.Run(t, emu, resource.TestStep{
		Config: data("margins", "all") + data("margins", "one", `product_id = "`+emulator.ProductMailGuard+`"`, `sku_id = "0001"`) +
			data("margins", "plan", `product_id = "`+emulator.ProductMailGuard+`"`, `sku_id = "0002"`),
		ConfigStateChecks: []statecheck.StateCheck{
			expect("margins", "all", "total_size", knownvalue.Int64Exact(3)),
			expect("margins", "all", "margins", knownvalue.ListSizeExact(3)),
			expect("margins", "plan", "margins", knownvalue.ListSizeExact(1)),
			expect("margins", "one", "margins", knownvalue.ListExact([]knownvalue.Check{
				some(map[string]knownvalue.Check{
					"id": text("percentage"), "margin_percentage": text("15"), "sku_id": knownvalue.Null(), "status": text("active"), "price_configuration": knownvalue.Null(), "prices": knownvalue.ListSizeExact(0),
				}),
				some(map[string]knownvalue.Check{
					"id": text("price"), "margin_percentage": knownvalue.Null(), "sku_id": text("0001"), "status": text("expired"), "pricing_model": text("perUser"), "price_configuration": knownvalue.NotNull(),
					"prices": knownvalue.ListExact([]knownvalue.Check{knownvalue.ObjectExact(map[string]knownvalue.Check{"term_duration": text("P1M"), "amount": text("2.5"), "currency": text("EUR")})}),
				}),
			})),
		},
	})
}
