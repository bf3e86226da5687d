// SPDX-License-Identifier: MPL-2.0

package reseller_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

func resellers(name string, lines ...string) string {
	return fmt.Sprintf("data \"partnercenter_indirect_resellers\" %q {\n  %s\n}\n", name, strings.Join(lines, "\n  "))
}

func profile(name string, lines ...string) string {
	return fmt.Sprintf("data \"partnercenter_mpn_profile\" %q {\n  %s\n}\n", name, strings.Join(lines, "\n  "))
}

func of(partnerID string) string { return fmt.Sprintf("mpn_id = %q", partnerID) }

func text(s string) knownvalue.Check { return knownvalue.StringExact(s) }

func TestAccIndirectResellers(t *testing.T) {
	emu := acctest.New(t)
	found := func(name string, partnerIDs ...string) statecheck.StateCheck {
		var want []knownvalue.Check
		for _, id := range partnerIDs {
			want = append(want, knownvalue.ObjectPartial(map[string]knownvalue.Check{"mpn_id": text(id)}))
		}
		return statecheck.ExpectKnownValue("data.partnercenter_indirect_resellers."+name, tfjsonpath.New("indirect_resellers"), knownvalue.ListExact(want))
	}
	acctest.Run(t, emu, resource.TestStep{
		Config: acctest.AsUser(emu) + resellers("all") + resellers("name", `name = "SYSTEMS"`) + resellers("location", `location = "fr"`) +
			resellers("both", `name = "systems"`, `location = "FR"`) +
			resellers("customer", `customer_id = "`+emulator.CustomerNordwind+`"`) + resellers("nobody", `customer_id = "`+emulator.CustomerKaffeehaus+`"`),
		ConfigStateChecks: []statecheck.StateCheck{
			found("all", emulator.ResellerRheinwerk, emulator.ResellerLoire, emulator.ResellerUnsigned),
			found("name", emulator.ResellerRheinwerk), found("location", emulator.ResellerLoire), found("both"), found("nobody"),
			statecheck.ExpectKnownValue("data.partnercenter_indirect_resellers.customer", tfjsonpath.New("indirect_resellers").AtSliceIndex(0),
				knownvalue.ObjectExact(map[string]knownvalue.Check{
					"id": text(emulator.ResellerRheinwerkID), "mpn_id": text(emulator.ResellerRheinwerk), "name": text("Rheinwerk Systems"), "location": text("DE"),
					"state": text("Active"), "relationship_type": text("is_indirect_cloud_solution_provider_of"),
					"is_valid": knownvalue.Bool(true), "invalid_code": knownvalue.Null(), "invalid_reason": knownvalue.Null(),
				})),
		},
	})
}

func TestAccIndirectResellers_directBill(t *testing.T) {
	emu := acctest.New(t, emulator.DirectBill())
	acctest.Run(t, emu, resource.TestStep{
		Config: acctest.AsUser(emu) + resellers("all"),
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue("data.partnercenter_indirect_resellers.all", tfjsonpath.New("indirect_resellers"), knownvalue.ListExact(nil)),
		},
	})
}

func TestAccMPNProfile(t *testing.T) {
	emu := acctest.New(t)
	shows := func(name, attribute string, want knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("data.partnercenter_mpn_profile."+name, tfjsonpath.New(attribute), want)
	}
	acctest.Run(t, emu, resource.TestStep{
		Config: acctest.AsUser(emu) + profile("own") + profile("signed", of(emulator.ResellerRheinwerk)) + profile("unsigned", of(emulator.ResellerUnsigned)) +
			profile("unrelated", of(emulator.ResellerUnrelated)),
		ConfigStateChecks: []statecheck.StateCheck{
			shows("own", "mpn_id", text(emulator.PartnerMPNID)), shows("own", "partner_name", knownvalue.Null()), shows("own", "is_agreement_signed", knownvalue.Null()),
			shows("signed", "partner_name", text("Rheinwerk Systems")), shows("signed", "is_agreement_signed", knownvalue.Bool(true)),
			shows("unsigned", "is_agreement_signed", knownvalue.Bool(false)),
			shows("unrelated", "partner_name", text("Somewhere Else Consulting")), shows("unrelated", "is_agreement_signed", knownvalue.Null()),
		},
	})
}

func TestAccReseller_refused(t *testing.T) {
	emu := acctest.New(t)
	user := acctest.AsUser(emu)
	acctest.Run(t, emu, acctest.Refused(map[string]string{
		`code 900329`: resellers("x"),
		`This operation is only open to a signed-in user: configure refresh_token`: profile("x"),
		`HTTP 404 Not Found, code 3000`:                                            user + profile("x", of(emulator.ResellerUnknown)),
		`the tenant ID of a reseller, a GUID, is something else`:                   profile("x", of(emulator.ResellerRheinwerkID)),
		`there is no such tenant`:                                                  user + resellers("x", `customer_id = "`+emulator.CustomerUnknown+`"`),
		`The customer has no reseller relationship`:                                user + resellers("x", `customer_id = "`+emulator.CustomerAltstadt+`"`),
	})...)
}
