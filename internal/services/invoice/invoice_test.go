// SPDX-License-Identifier: MPL-2.0

package invoice_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// september has the invoices of July and August.
var september = time.Date(2026, time.September, 16, 10, 0, 0, 0, time.UTC)

// An invoice of August in euro, and the legacy one.
const (
	euro   = "G000012320"
	legacy = "D02026Aug"
)

func data(kind, name string, lines ...string) string {
	return fmt.Sprintf("data \"partnercenter_%s\" %q {\n  %s\n}\n", kind, name, strings.Join(lines, "\n  "))
}

func items(name string, lines ...string) string { return data("invoice_line_items", name, lines...) }

func of(invoice string) string { return fmt.Sprintf("invoice_id = %q", invoice) }

func text(s string) knownvalue.Check { return knownvalue.StringExact(s) }

func object(attributes map[string]knownvalue.Check) knownvalue.Check {
	return knownvalue.ObjectPartial(attributes)
}

func TestAccInvoices(t *testing.T) {
	emu := acctest.New(t, emulator.WithTime(september), emulator.WithBehaviour(func(b *emulator.Behaviour) { b.InvoicesPageSize = 1 }))
	ids := func(name string, want ...string) statecheck.StateCheck {
		var objects []knownvalue.Check
		for _, id := range want {
			objects = append(objects, object(map[string]knownvalue.Check{"id": text(id)}))
		}
		return statecheck.ExpectKnownValue("data.partnercenter_invoices."+name, tfjsonpath.New("invoices"), knownvalue.ListExact(objects))
	}
	acctest.Run(t, emu, resource.TestStep{
		Config: data("invoices", "all") + data("invoices", "legacy", `invoice_type = "Recurring"`) + data("invoices", "modern", `invoice_type = "one_time"`, `currency_code = "EUR"`) +
			data("invoices", "since", `start_date = "2026-09-08"`, `currency_code = "EUR"`) + data("invoices", "until", `end_date = "2026-09-07"`, `invoice_type = "Recurring"`) +
			data("invoices", "between", `start_date = "2026-08-09"`, `end_date = "2026-09-07"`) + data("invoices", "franc", `currency_code = "JPY"`),
		ConfigStateChecks: []statecheck.StateCheck{
			// New-commerce invoices come with each of the two pages of legacy ones, and are shown once.
			statecheck.ExpectKnownValue("data.partnercenter_invoices.all", tfjsonpath.New("invoices"), knownvalue.ListSizeExact(8)),
			ids("legacy", legacy, "D02026Jul"), ids("modern", euro, "G000012310"), ids("since", euro), ids("until", "D02026Jul"), ids("between"), ids("franc"),
			statecheck.ExpectKnownValue("data.partnercenter_invoices.since", tfjsonpath.New("invoices").AtSliceIndex(0), object(map[string]knownvalue.Check{
				"invoice_date": text("2026-09-08T00:00:00Z"), "billing_period_start_date": text("2026-08-01T00:00:00Z"), "billing_period_end_date": text("2026-08-31T00:00:00Z"),
				"total_charges": knownvalue.StringRegexp(regexp.MustCompile(`^\d+(\.\d+)?$`)), "paid_amount": text("0"), "currency_code": text("EUR"), "currency_symbol": text("€"),
				"document_type": text("invoice"), "invoice_type": text("OneTime"), "status": text("active"), "amends_of": knownvalue.Null(), "amendments": knownvalue.ListExact(nil),
				"invoice_details": knownvalue.ListExact([]knownvalue.Check{object(map[string]knownvalue.Check{
					"billing_provider": text("one_time"), "invoice_line_item_type": text("billing_line_items"),
				})}),
			})),
		},
	})
	if n := emu.Count(http.MethodGet, "invoices"); n < 2 {
		t.Errorf("%d requests for two pages", n)
	}
}

func TestAccInvoice(t *testing.T) {
	emu := acctest.New(t, emulator.WithTime(september))
	shows := func(name, attribute string, want knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("data.partnercenter_invoice."+name, tfjsonpath.New(attribute), want)
	}
	acctest.Run(t, emu, resource.TestStep{
		Config: acctest.AsUser(emu) + data("invoice", "euro", fmt.Sprintf("id = %q", euro)) + data("invoice", "legacy", fmt.Sprintf("id = %q", legacy)),
		ConfigStateChecks: []statecheck.StateCheck{
			shows("euro", "pdf_download_link", text("/invoices/"+euro+"/documents/statement")), shows("euro", "tax_receipts", knownvalue.ListExact(nil)),
			shows("euro", "billing_period_end_date", text("2026-08-31T00:00:00Z")), shows("legacy", "invoice_type", text("Recurring")), shows("legacy", "total_charges", text("156")),
		},
	})
}

func TestAccInvoiceLineItems(t *testing.T) {
	for name, asNumbers := range map[string]bool{"texts": false, "numbers": true} {
		t.Run(name, func(t *testing.T) {
			emu := acctest.New(t, emulator.WithTime(september), emulator.WithBehaviour(func(b *emulator.Behaviour) {
				b.ExportFileLines, b.InvoiceNumbersAreNumbers, b.ExportLinkReads = 1, asNumbers, 3
			}))
			at := func(name string, index int, attributes map[string]knownvalue.Check) statecheck.StateCheck {
				return statecheck.ExpectKnownValue("data.partnercenter_invoice_line_items."+name, tfjsonpath.New("invoice_line_items").AtSliceIndex(index), object(attributes))
			}
			size := func(name string, n int) statecheck.StateCheck {
				return statecheck.ExpectKnownValue("data.partnercenter_invoice_line_items."+name, tfjsonpath.New("invoice_line_items"), knownvalue.ListSizeExact(n))
			}
			atelier := `customer_id = "` + strings.ToUpper(emulator.CustomerAtelier) + `"`
			acctest.Run(t, emu, resource.TestStep{
				Config: items("marketplace", of(euro), `subscription_id = "`+emulator.SubscriptionMailGuard+`"`) +
					items("publisher", of(euro), `publisher_name = "fabrikant"`) +
					items("both", of(euro), atelier, `publisher_name = "microsoft"`) +
					items("nothing", of(euro), atelier, `publisher_name = "tresor"`) +
					items("legacy", of(legacy), `billing_provider = "office"`, `invoice_line_item_type = "billing_line_items"`) +
					items("no_legacy", of(legacy)) +
					items("all", of(legacy), `billing_provider = "all"`) +
					items("usage", of(euro), `invoice_line_item_type = "usage_line_items"`, `currency_code = "EUR"`) +
					items("current", `period = "current"`, `currency_code = "EUR"`, atelier) +
					items("previous", `period = "previous"`, `currency_code = "EUR"`),
				ConfigStateChecks: []statecheck.StateCheck{
					size("marketplace", 1),
					at("marketplace", 0, map[string]knownvalue.Check{
						"customer_id": text(emulator.CustomerNordwind), "customer_country": text("DE"), "mpn_id": text(emulator.PartnerMPNID), "reseller_mpn_id": knownvalue.Null(),
						"invoice_number": text(euro), "product_id": text(emulator.ProductMailGuard), "sku_id": text("0001"), "offer_id": knownvalue.Null(),
						"publisher_name": text("Fabrikant Security GmbH"), "subscription_description": text("mail-guard-prod"), "charge_type": text("cycleCharge"),
						"unit_price": text("3.6"), "effective_unit_price": text("3.6"), "quantity": text("12"), "subtotal": text("43.2"), "tax_total": text("0"),
						"total_for_customer": text("43.2"), "currency": text("EUR"), "amount": knownvalue.Null(), "usage": knownvalue.Null(), "usage_date": knownvalue.Null(),
						"price_adjustment_description": knownvalue.Null(), "billing_frequency": text("monthly"), "product_qualifiers": knownvalue.ListExact(nil),
						"charge_start_date": knownvalue.StringRegexp(regexp.MustCompile(`^2026-08-.*Z$`)), "invoice_line_item_type": text("billing_line_items"), "billing_provider": text("one_time"),
					}),
					size("publisher", 1), size("both", 1), size("nothing", 0), size("no_legacy", 0), size("usage", 0), size("previous", 0),
					size("legacy", 2), size("all", 2),
					at("legacy", 1, map[string]knownvalue.Check{
						"customer_domain_name": text("prairiedata.onmicrosoft.com"), "billing_frequency": text("Monthly"), "tax_total": text("0"), "reseller_mpn_id": knownvalue.Null(),
						"offer_name": text("Hosted Mail Plan 1"), "quantity": text("-1"), "amount": text("-4"), "currency": text("USD"), "billing_provider": text("office"),
					}),
					size("current", 2),
					at("current", 0, map[string]knownvalue.Check{ // a private offer
						"customer_id": text(emulator.CustomerAtelier), "reseller_mpn_id": text(emulator.ResellerLoire), "invoice_number": knownvalue.Null(), "charge_type": text("new"),
						"unit_price": text("4.2"), "effective_unit_price": text("3.86"), "quantity": text("9"), "subtotal": text("34.74"),
						"price_adjustment_description": text(`[{"Type":"Private offer","Description":"8 percent"}]`),
					}),
				},
			})
			if n := emu.Count(http.MethodGet, "billing-exports/*/*"); n < 20 {
				t.Errorf("%d requests for files of one line", n)
			}
		})
	}
}

func TestAccInvoice_refused(t *testing.T) {
	emu := acctest.New(t, emulator.WithTime(september))
	user := acctest.AsUser(emu)
	acctest.Run(t, emu, acctest.Refused(map[string]string{
		`This operation is only open to a signed-in user: configure refresh_token`:          data("invoice", "x", `id = "`+euro+`"`),
		`HTTP 404 Not Found, code 1000`:                                                     user + data("invoice", "x", `id = "G1"`),
		`Invoice G2 was not found`:                                                          items("x", of("G2")),
		`start_date is a day such as 2026-03-31; found "March".`:                            data("invoices", "x", `start_date = "March"`),
		`No attribute specified when one (and only one) of [invoice_id,period] is required`: items("x"),
		`2 attributes specified when one (and only one) of [invoice_id,period] is required`: items("x", of(euro), `period = "current"`, `currency_code = "EUR"`),
		`Attribute "currency_code" must be specified when "period" is specified`:            items("x", `period = "current"`),
		`Set currency_code beside invoice_line_item_type = "UsageLineItems"`:                items("x", of(euro), `invoice_line_item_type = "UsageLineItems"`),
		`a currency is an ISO 4217 code of three capitals, such as EUR. Write "EUR".`:       items("x", `period = "current"`, `currency_code = "euro"`),
		`The value "paypal" of provider could not be parsed`:                                items("x", of(euro), `billing_provider = "paypal"`),
	})...)
}
