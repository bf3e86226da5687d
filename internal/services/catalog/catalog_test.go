// SPDX-License-Identifier: MPL-2.0

package catalog_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// data is a data source of the configuration, called by its own name.
func data(kind, name string, lines ...string) string {
	return fmt.Sprintf("data \"partnercenter_%s\" %q {\n  %s\n}\n", kind, name, strings.Join(lines, "\n  "))
}

func expect(kind, name string, attribute string, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(fmt.Sprintf("data.partnercenter_%s.%s", kind, name), tfjsonpath.New(attribute), want)
}

func text(s string) knownvalue.Check { return knownvalue.StringExact(s) }

// ids is a list of objects with these ids, in this order.
func ids(want ...string) knownvalue.Check {
	var objects []knownvalue.Check
	for _, id := range want {
		objects = append(objects, knownvalue.ObjectPartial(map[string]knownvalue.Check{"id": text(id)}))
	}
	return knownvalue.ListExact(objects)
}

func TestAccProducts(t *testing.T) {
	emu := acctest.New(t, emulator.WithBehaviour(func(b *emulator.Behaviour) { b.ProductsPageSize = 2 }))
	german, french := `country = "DE"`, `country = "FR"`
	acctest.Run(t, emu, resource.TestStep{
		Config: data("products", "title", german, `title = "GUARD"`) +
			data("products", "publisher", german, `publisher_name = "rechenschieber"`) +
			data("products", "both", german, `publisher_name = "kestrel"`, `title = "vault"`) +
			data("products", "elsewhere", french, `publisher_name = "rechenschieber"`) +
			data("products", "nothing", german, `title = "no such thing"`) +
			data("products", "view", german, `target_view = "OnlineServices"`, `title = "premium"`) +
			data("products", "segment", german, `target_view = "OnlineServices"`, `title = "365"`, `target_segment = "nonprofit"`) +
			data("products", "customer", `customer_id = "`+emulator.CustomerAtelier+`"`, `publisher_name = "paraphe"`),
		ConfigStateChecks: []statecheck.StateCheck{
			expect("products", "title", "products", knownvalue.ListExact([]knownvalue.Check{knownvalue.ObjectExact(map[string]knownvalue.Check{
				"id": text(emulator.ProductMailGuard), "title": text("Mail Guard"), "publisher_name": text("Fabrikant Security GmbH"),
				"description": text("<p>Mail Guard of <b>Fabrikant Security GmbH</b>.</p>"), "is_microsoft_product": knownvalue.Bool(false),
				"product_type": text("marketplace_saas"), "product_type_id": text("Azure"), "product_type_display_name": text("Azure"),
				"product_sub_type_id": text("SaaS"), "product_sub_type_display_name": text("SaaS"),
			})})),
			expect("products", "publisher", "products", ids(emulator.ProductMedical, emulator.ProductPayroll)),
			expect("products", "both", "products", ids(emulator.ProductPartnerOnly)),
			expect("products", "elsewhere", "products", ids(emulator.ProductMedical)),
			expect("products", "nothing", "products", knownvalue.ListExact(nil)),
			expect("products", "view", "products", ids(emulator.ProductOfficePlus)),
			expect("products", "segment", "products", ids(emulator.ProductCharity)),
			expect("products", "customer", "products", ids(emulator.ProductSignature, emulator.ProductContracts)),
		},
	})
	if n := emu.Count(http.MethodGet, "products"); n < 5 {
		t.Errorf("%d requests for pages of two products", n)
	}
}

// TestAccProducts_noMarketplaceView finds marketplace products where they stand among the online services.
func TestAccProducts_noMarketplaceView(t *testing.T) {
	for name, asBadRequest := range map[string]bool{"403": false, "400": true} {
		t.Run(name, func(t *testing.T) {
			emu := acctest.New(t, emulator.WithBehaviour(func(b *emulator.Behaviour) {
				b.NoMarketplaceView, b.UnknownTargetViewIsBadRequest = true, asBadRequest
			}))
			acctest.Run(t, emu, resource.TestStep{
				Config: data("products", "all", `country = "DE"`, `title = "a"`) + data("product", "one", `country = "DE"`, `title = "mail guard"`),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue("data.partnercenter_products.all", tfjsonpath.New("products").AtSliceIndex(0).AtMapKey("product_type"), text("marketplace_saas")),
					expect("products", "all", "products", knownvalue.ListSizeExact(8)),
					expect("product", "one", "id", text(emulator.ProductMailGuard)),
				},
			})
		})
	}
}

func TestAccProduct(t *testing.T) {
	acctest.Run(t, acctest.New(t), resource.TestStep{
		Config: data("product", "id", `country = "DE"`, `id = "`+emulator.ProductOffice+`"`) +
			data("product", "title", `customer_id = "`+emulator.CustomerNordwind+`"`, `title = "tresor backup"`, `publisher_name = "Tresor Data AG"`) +
			data("product", "view", `country = "DE"`, `title = "Workplace 365 Standard"`, `target_view = "OnlineServices"`),
		ConfigStateChecks: []statecheck.StateCheck{
			expect("product", "id", "title", text("Workplace 365 Standard")),
			expect("product", "id", "product_type", text("new_commerce")),
			expect("product", "id", "product_sub_type_id", knownvalue.Null()),
			expect("product", "title", "id", text(emulator.ProductBackup)),
			expect("product", "title", "title", text("Tresor Backup")),
			expect("product", "view", "id", text(emulator.ProductOffice)),
		},
	})
}

func TestAccCatalog_refused(t *testing.T) {
	german, customer := `country = "DE"`, `customer_id = "`+emulator.CustomerNordwind+`"`
	product := `product_id = "` + emulator.ProductMailGuard + `"`
	acctest.Run(t, acctest.New(t), acctest.Refused(map[string]string{
		"At least one attribute out of [title,publisher_name] must be specified":                               data("products", "x", german),
		"No attribute specified when one (and only one) of [customer_id,country] is required":                  data("products", "x", `title = "a"`),
		"2 attributes specified when one (and only one) of [customer_id,country] is required":                  data("skus", "x", german, customer, product),
		`"Germany" is no country: a country is an ISO 3166-1 alpha-2 code of two capitals, such as DE.`:        data("skus", "x", `country = "Germany"`, product),
		`"UK" is no country: a country is an ISO 3166-1 alpha-2 code of two capitals, such as DE. Write "GB".`: data("products", "x", `country = "UK"`, `title = "a"`),
		`Write "GR".`:                            data("availabilities", "x", `country = "EL"`, product, `sku_id = "0001"`),
		`Write "FR".`:                            data("sku", "x", `country = "fr"`, product, `id = "0001"`),
		`"" is no country`:                       data("product", "x", `country = ""`, `title = "a"`),
		"a product ID has 12 letters and digits": data("skus", "x", german, `product_id = "DZH318Z0MG7P:0001"`),
		"code 400036":                            data("products", "x", german, `title = "a"`, `target_view = "Everything"`),
		"Choose another target_view":             data("products", "x", german, `title = "a"`, `target_view = "Nothing"`),
		"code 400030":                            data("skus", "x", german, product, `target_segment = "pets"`),
		"has the title \"Guard\", among the 9 listed":                                  data("product", "x", `country = "FR"`, `title = "Guard"`),
		"publisher_name has to be the whole name":                                      data("product", "x", german, `title = "Mail Guard"`, `publisher_name = "Fabrikant"`),
		"2 attributes specified when one (and only one) of [id,title] is required":     data("product", "x", german, `title = "a"`, `id = "`+emulator.ProductOffice+`"`),
		"HTTP 404 Not Found, code 400013":                                              data("product", "x", `country = "FR"`, `id = "`+emulator.ProductPayroll+`"`),
		"Check sku_id: the product has no such SKU":                                    data("sku", "x", german, product, `id = "0009"`),
		"HTTP 404 Not Found, code 400018":                                              data("availabilities", "x", german, product, `sku_id = "0009"`),
		"there is no such tenant":                                                      data("skus", "x", `customer_id = "`+emulator.CustomerUnknown+`"`, product),
		"The customer has no reseller relationship with the partner that is signed in": data("availabilities", "x", `customer_id = "`+emulator.CustomerAltstadt+`"`, product, `sku_id = "0001"`),
	})...)
}

func TestAccSkus(t *testing.T) {
	customer := func(id string) string { return `customer_id = "` + id + `"` }
	product := func(id string) string { return `product_id = "` + id + `"` }
	acctest.Run(t, acctest.New(t), resource.TestStep{
		Config: data("skus", "guard", customer(emulator.CustomerNordwind), product(emulator.ProductMailGuard)) +
			data("skus", "charity", customer(emulator.CustomerHilfswerk), product(emulator.ProductCharity), `target_segment = "nonprofit"`) +
			data("skus", "none", customer(emulator.CustomerHilfswerk), product(emulator.ProductCharity)) +
			data("sku", "medical", `country = "DE"`, product(emulator.ProductMedical), `id = "0001"`) +
			data("sku", "addon", `country = "DE"`, product(emulator.ProductCalling), `id = "0001"`) +
			data("sku", "metered", `country = "US"`, product(emulator.ProductTelemetry), `id = "0001"`),
		ConfigStateChecks: []statecheck.StateCheck{
			expect("skus", "guard", "skus", ids("0001", "0002")),
			expect("skus", "charity", "skus", ids("0001")),
			expect("skus", "none", "skus", knownvalue.ListExact(nil)),
			expect("sku", "medical", "minimum_quantity", knownvalue.Int64Exact(1)),
			expect("sku", "medical", "maximum_quantity", knownvalue.Int64Exact(200)),
			expect("sku", "medical", "title", text("Healthcare")),
			expect("sku", "medical", "is_trial", knownvalue.Bool(false)),
			expect("sku", "medical", "supported_billing_cycles", knownvalue.ListExact([]knownvalue.Check{text("monthly"), text("annual")})),
			expect("sku", "medical", "purchase_prerequisites", knownvalue.ListExact([]knownvalue.Check{text("MicrosoftCustomerAgreement")})),
			expect("sku", "medical", "attestation_properties", knownvalue.ObjectExact(map[string]knownvalue.Check{
				"attestation_type": text("customer_eligibility"), "enforce_attestation": knownvalue.Bool(true),
			})),
			expect("sku", "medical", "terms_of_use_uri", text("https://rechenschiebersoftwaregmbh.example/terms")),
			expect("sku", "medical", "dynamic_attributes", knownvalue.Null()),
			expect("sku", "addon", "attestation_properties", knownvalue.Null()),
			expect("sku", "addon", "dynamic_attributes", knownvalue.StringRegexp(regexp.MustCompile(`"isAddon":true`))),
			expect("sku", "metered", "provisioning_variables", knownvalue.ListSizeExact(1)),
		},
	})
}

func TestAccAvailabilities(t *testing.T) {
	emu := acctest.New(t)
	scope := []string{`customer_id = "` + emulator.CustomerNordwind + `"`, `sku_id = "0001"`}
	backup := tfjsonpath.New("availabilities").AtSliceIndex(0)
	at := func(path tfjsonpath.Path, want knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("data.partnercenter_availabilities.backup", path, want)
	}
	acctest.Run(t, emu, resource.TestStep{
		Config: data("availabilities", "backup", append(scope, `product_id = "`+emulator.ProductBackup+`"`)...) +
			data("availabilities", "guard", append(scope, `product_id = "`+emulator.ProductMailGuard+`"`)...) +
			data("availabilities", "office", append(scope, `product_id = "`+emulator.ProductOfficePlus+`"`)...) +
			data("availabilities", "trial", append(scope, `product_id = "`+emulator.ProductSignature+`"`)...) +
			data("availabilities", "schools", `country = "DE"`, `sku_id = "0001"`, `target_segment = "education"`, `product_id = "`+emulator.ProductOfficePlus+`"`),
		ConfigStateChecks: []statecheck.StateCheck{
			at(backup.AtMapKey("catalog_item_id"), text(emu.CatalogItemID(emulator.CustomerNordwind, emulator.ProductBackup, "0001"))),
			at(backup.AtMapKey("is_purchasable"), knownvalue.Bool(true)),
			at(backup.AtMapKey("default_currency"), knownvalue.ObjectExact(map[string]knownvalue.Check{"code": text("EUR"), "symbol": text("€")})),
			at(backup.AtMapKey("terms"), knownvalue.ListSizeExact(7)),
			at(backup.AtMapKey("terms").AtSliceIndex(4), knownvalue.ObjectPartial(map[string]knownvalue.Check{
				"duration": text("P2Y"), "billing_cycle": text("biennial"),
				"cancellation_policies": knownvalue.ListExact([]knownvalue.Check{knownvalue.ObjectExact(map[string]knownvalue.Check{
					"refund_options": knownvalue.ListExact([]knownvalue.Check{knownvalue.ObjectExact(map[string]knownvalue.Check{
						"sequence_id": text("0"), "type": text("Full"), "expires_after": text("P3D"),
					})}),
				})}),
			})),
			at(backup.AtMapKey("sku").AtMapKey("maximum_quantity"), knownvalue.Int64Exact(10000)),
			at(backup.AtMapKey("product").AtMapKey("publisher_name"), text("Tresor Data AG")),
			// One that is not sold any more stands before the one that is.
			statecheck.ExpectKnownValue("data.partnercenter_availabilities.guard", backup.AtMapKey("is_purchasable"), knownvalue.Bool(false)),
			expect("availabilities", "guard", "availabilities", knownvalue.ListSizeExact(2)),
			statecheck.ExpectKnownValue("data.partnercenter_availabilities.office", backup.AtMapKey("renewal_instructions").AtSliceIndex(0).AtMapKey("renewal_options"),
				knownvalue.ListExact([]knownvalue.Check{knownvalue.ObjectExact(map[string]knownvalue.Check{
					"renew_to_id": text(emulator.ProductOfficePlus + ":0001"), "is_auto_renewable": knownvalue.Bool(true),
				})})),
			statecheck.ExpectKnownValue("data.partnercenter_availabilities.trial", backup.AtMapKey("terms").AtSliceIndex(0).AtMapKey("renewal_options").AtSliceIndex(1).AtMapKey("term_duration"), text("P1Y")),
			statecheck.ExpectKnownValue("data.partnercenter_availabilities.schools", backup.AtMapKey("segment"), text("education")),
			expect("availabilities", "schools", "availabilities", knownvalue.ListSizeExact(1)),
		},
	})
}
