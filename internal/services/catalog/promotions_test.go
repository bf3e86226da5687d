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

func TestAccPromotions(t *testing.T) {
	emu := acctest.New(t)
	promotion := func(eligible knownvalue.Check, errors ...knownvalue.Check) knownvalue.Check {
		return knownvalue.ListExact([]knownvalue.Check{knownvalue.ObjectExact(map[string]knownvalue.Check{
			"id": text(emulator.PromotionPlus), "name": text("Premium welcome"), "description": text("15 % off the first year of Workplace 365 Premium"),
			"start_date": knownvalue.NotNull(), "end_date": knownvalue.NotNull(), "is_auto_applicable": knownvalue.Bool(false),
			"required_products": knownvalue.ListExact([]knownvalue.Check{knownvalue.ObjectExact(map[string]knownvalue.Check{
				"product_id": text(emulator.ProductOfficePlus), "sku_id": text("0001"), "term_duration": text("P1Y"), "billing_cycle": text("monthly"),
				"pricing_policies": knownvalue.ListExact([]knownvalue.Check{knownvalue.ObjectExact(map[string]knownvalue.Check{"policy_type": text("PercentDiscount"), "value": text("0.15")})}),
				"is_eligible":      eligible, "errors": knownvalue.ListExact(errors),
			})}),
		})})
	}
	customer, plus := `customer_id = "`+emulator.CustomerKaffeehaus+`"`, `product_id = "`+emulator.ProductOfficePlus+`"`
	acctest.Run(t, emu, resource.TestStep{
		Config: data("promotions", "country", `country = "DE"`) + data("promotions", "customer", customer) +
			data("promotions", "eligible", customer, plus, "quantity = 100") + data("promotions", "crowd", customer, plus, "quantity = 101") +
			data("promotions", "sku", customer, plus, `sku_id = "0002"`, "quantity = 1") +
			data("promotions", "other", customer, `product_id = "`+emulator.ProductMailGuard+`"`, "quantity = 1") +
			data("promotions", "segment", `country = "DE"`, `segment = "education"`),
		ConfigStateChecks: []statecheck.StateCheck{
			expect("promotions", "country", "promotions", promotion(knownvalue.Null())), // the one that has ended is not there
			expect("promotions", "customer", "promotions", promotion(knownvalue.Null())),
			expect("promotions", "eligible", "promotions", promotion(knownvalue.Bool(true))),
			expect("promotions", "crowd", "promotions", promotion(knownvalue.Bool(false), knownvalue.ObjectExact(map[string]knownvalue.Check{
				"type": text("SeatCount"), "description": text("The promotion does not fit: SeatCount."), "minimum_required_seats": knownvalue.Int64Exact(1),
				"maximum_required_seats": knownvalue.Int64Exact(100), "available_seats": knownvalue.Int64Exact(100), "max_promotion_redemption_count": knownvalue.Null(),
				"remaining_promotion_redemption_count": knownvalue.Null(), "eligible_terms": knownvalue.ListExact(nil),
			}))),
			expect("promotions", "sku", "promotions", knownvalue.ListExact(nil)),
			expect("promotions", "other", "promotions", knownvalue.ListExact(nil)),
			expect("promotions", "segment", "promotions", knownvalue.ListExact(nil)),
		},
	})
}

// eligible reads whether Kaffeehaus gets the one promotion, and the first reason.
func eligible(t *testing.T, emu *emulator.Server) (yes tftypes.Value, reason map[string]tftypes.Value) {
	t.Helper()
	given := asked(emulator.ProductOfficePlus, 5)
	delete(given, "sku_id")
	given["customer_id"] = tftypes.NewValue(tftypes.String, emulator.CustomerKaffeehaus)
	read, said := acctest.ReadDataSources(t, emu).Read("promotions", given)
	if len(said) > 0 {
		t.Fatalf("said %v", said)
	}
	promotions := objects(t, read["promotions"])
	if len(promotions) != 1 {
		t.Fatalf("%d promotions", len(promotions))
	}
	product := objects(t, promotions[0]["required_products"])[0]
	for _, e := range objects(t, product["errors"]) {
		return product["is_eligible"], e
	}
	return product["is_eligible"], nil
}

// What the customer cannot buy at all is not asked about.
func TestPromotions_notSold(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t)
	emu.Fault(emulator.Fault{Match: emulator.Match{Pattern: "customers/*/products/*/skus/*/availabilities"}, Status: http.StatusNotFound, Code: 400018, Description: "No.", Times: -1})
	yes, reason := eligible(t, emu)
	if !yes.Equal(tftypes.NewValue(tftypes.Bool, false)) || !reason["type"].IsNull() || !strings.Contains(reason["description"].String(), "400018") {
		t.Errorf("got %s, %v", yes, reason)
	}
	if n := emu.Count(http.MethodPost, "customers/*/promotionEligibilities"); n != 0 {
		t.Errorf("%d questions about what the customer cannot buy", n)
	}
}

func TestPromotions_refused(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t)
	emu.Fault(emulator.Fault{Match: emulator.Match{Pattern: "customers/*/products/*/skus/*/availabilities"}, Status: http.StatusForbidden, Code: 900150, Description: "No.", Times: -1})
	run := acctest.ReadDataSources(t, emu)
	word := func(s string) tftypes.Value { return tftypes.NewValue(tftypes.String, s) }
	five := tftypes.NewValue(tftypes.Number, 5)
	for want, given := range map[string]map[string]tftypes.Value{
		`"customer_id" must be specified when "quantity" is specified`: {"country": word("DE"), "product_id": word(emulator.ProductOfficePlus), "quantity": five},
		`"product_id" must be specified when "sku_id" is specified`:    {"country": word("DE"), "sku_id": word("0001")},
		"one (and only one) of":              {"quantity": five},
		"Cannot find the customer's country": {"customer_id": word(emulator.CustomerUnknown)},
		"HTTP 403 Forbidden, code 900150":    {"customer_id": word(emulator.CustomerKaffeehaus), "product_id": word(emulator.ProductOfficePlus), "quantity": five},
	} {
		_, said := run.Read("promotions", given)
		var all strings.Builder
		for _, d := range said {
			all.WriteString(d.Summary + ": " + d.Detail + "\n")
		}
		if !acctest.HasError(said) || !strings.Contains(all.String(), want) {
			t.Errorf("said %s, want %q", all.String(), want)
		}
	}
}
