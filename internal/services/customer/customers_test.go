// SPDX-License-Identifier: MPL-2.0

package customer_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

func customers(name string, lines ...string) string {
	return fmt.Sprintf("data \"partnercenter_customers\" %q {\n  %s\n}\n", name, strings.Join(lines, "\n  "))
}

func customer(name, id string) string {
	return fmt.Sprintf("data \"partnercenter_customer\" %q {\n  id = %q\n}\n", name, id)
}

// ids are those of the customers that a data source found, in this order.
func ids(name string, want ...string) statecheck.StateCheck {
	var objects []knownvalue.Check
	for _, id := range want {
		objects = append(objects, knownvalue.ObjectPartial(map[string]knownvalue.Check{"id": knownvalue.StringExact(id)}))
	}
	return statecheck.ExpectKnownValue("data.partnercenter_customers."+name, tfjsonpath.New("customers"), knownvalue.ListExact(objects))
}

func TestAccCustomers(t *testing.T) {
	emu := acctest.New(t, emulator.WithBehaviour(func(b *emulator.Behaviour) { b.CustomersPageSize = 3 }))
	acctest.Run(t, emu, resource.TestStep{
		Config: acctest.AsUser(emu) + customers("all") + customers("company", `company_name_prefix = "WERK"`) + customers("middle", `company_name_prefix = "maschinenbau"`) +
			customers("domain", `domain_prefix = "Kaffee"`) + customers("reseller", fmt.Sprintf("indirect_reseller_id = %q", strings.ToUpper(emulator.ResellerRheinwerkID))) +
			customers("none", fmt.Sprintf("indirect_reseller_id = %q", emulator.CustomerUnknown)),
		ConfigStateChecks: []statecheck.StateCheck{
			// The former customer is none any more.
			ids("all", emulator.CustomerNordwind, emulator.CustomerAtelier, emulator.CustomerHarbour, emulator.CustomerPrairie, emulator.CustomerAlpenblick,
				emulator.CustomerTulpenveld, emulator.CustomerHilfswerk, emulator.CustomerKaffeehaus, emulator.CustomerSonnenhof, emulator.CustomerBateauBleu),
			ids("company", emulator.CustomerSonnenhof), ids("middle"), ids("domain", emulator.CustomerKaffeehaus), ids("reseller", emulator.CustomerNordwind), ids("none"),
			statecheck.ExpectKnownValue("data.partnercenter_customers.domain", tfjsonpath.New("customers").AtSliceIndex(0), knownvalue.ObjectExact(map[string]knownvalue.Check{
				"id": knownvalue.StringExact(emulator.CustomerKaffeehaus), "company_name": knownvalue.StringExact("Kaffeehaus Prater OG"),
				"domain": knownvalue.StringExact("kaffeehausprater.onmicrosoft.com"), "relationship_to_partner": knownvalue.StringExact("reseller"),
			})),
		},
	})
	if n := emu.Count(http.MethodGet, "customers"); n < 4 {
		t.Errorf("%d requests for four pages of three customers", n)
	}
}

// TestAccCustomers_noneAtAll is a partner's first day.
func TestAccCustomers_noneAtAll(t *testing.T) {
	emu := acctest.New(t, emulator.EmptyTenant())
	acctest.Run(t, emu, resource.TestStep{Config: customers("all"), ConfigStateChecks: []statecheck.StateCheck{ids("all")}})
}

func TestAccCustomer(t *testing.T) {
	emu := acctest.New(t)
	shows := func(name, attribute string, want knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("data.partnercenter_customer."+name, tfjsonpath.New(attribute), want)
	}
	text := knownvalue.StringExact
	capitals := strings.ToUpper(emulator.CustomerNordwind)
	acctest.Run(t, emu, resource.TestStep{
		Config: customer("swiss", emulator.CustomerAlpenblick) + customer("capitals", capitals),
		ConfigStateChecks: []statecheck.StateCheck{
			shows("capitals", "id", text(capitals)), shows("capitals", "associated_partner_id", text(emulator.ResellerRheinwerkID)),
			shows("capitals", "organization_registration_number", knownvalue.Null()),
			shows("swiss", "company_name", text("Alpenblick Treuhand AG")), shows("swiss", "country", text("CH")), shows("swiss", "domain", text("alpenblick.onmicrosoft.com")),
			shows("swiss", "organization_registration_number", text("CHE-000.111.222")), shows("swiss", "associated_partner_id", knownvalue.Null()),
			shows("swiss", "allow_delegated_access", knownvalue.Bool(true)), shows("swiss", "relationship_to_partner", text("reseller")), shows("swiss", "commerce_id", knownvalue.NotNull()),
			shows("swiss", "billing_profile", knownvalue.ObjectExact(map[string]knownvalue.Check{
				"company_name": text("Alpenblick Treuhand AG"), "first_name": text("Reto"), "last_name": text("Caduff"), "email": text("buero@alpenblick.example"),
				"culture": text("de-CH"), "language": text("de"),
				"default_address": knownvalue.ObjectExact(map[string]knownvalue.Check{
					"country": text("CH"), "region": knownvalue.Null(), "city": text("Chur"), "state": text("GR"),
					"address_line1": text("Bahnhofplatz 7"), "address_line2": knownvalue.Null(), "postal_code": text("7000"),
				}),
			})),
			statecheck.ExpectSensitiveValue("data.partnercenter_customer.swiss", tfjsonpath.New("billing_profile").AtMapKey("email")),
		},
	})
}

func TestAccCustomers_refused(t *testing.T) {
	emu := acctest.New(t)
	reseller := fmt.Sprintf("indirect_reseller_id = %q", emulator.ResellerRheinwerkID)
	acctest.Run(t, emu, acctest.Refused(map[string]string{
		`This operation is only open to a signed-in user: configure refresh_token`:                     customers("x", reseller),
		`Attribute "domain_prefix" cannot be specified when "company_name_prefix" is specified`:        customers("x", `company_name_prefix = "a"`, `domain_prefix = "b"`),
		`Attribute "indirect_reseller_id" cannot be specified when "company_name_prefix" is specified`: customers("x", `company_name_prefix = "a"`, reseller),
		`Attribute "domain_prefix" cannot be specified when "indirect_reseller_id" is specified`:       customers("x", `domain_prefix = "b"`, reseller),
		`Attribute company_name_prefix string length must be at least 1`:                               customers("x", `company_name_prefix = ""`),
		`the tenant ID of an indirect reseller is a GUID`:                                              customers("x", fmt.Sprintf("indirect_reseller_id = %q", emulator.ResellerRheinwerk)),
		`a customer ID is a GUID`: customer("x", "nordwind"),
		`Check customer_id (ID in data source partnercenter_customer): there is no such tenant`: customer("x", emulator.CustomerUnknown),
		`The customer has no reseller relationship`:                                             customer("x", emulator.CustomerAltstadt),
	})...)
}
