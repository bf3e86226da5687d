// SPDX-License-Identifier: MPL-2.0

package customer_test

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

func agreements(name, customer string) string {
	return fmt.Sprintf("data \"partnercenter_customer_agreements\" %q {\n  customer_id = %q\n}\n", name, customer)
}

func TestAccCustomerAgreements(t *testing.T) {
	emu := acctest.New(t)
	shows := func(name string, accepted, signed bool, agreements int) []statecheck.StateCheck {
		address := "data.partnercenter_customer_agreements." + name
		return []statecheck.StateCheck{
			statecheck.ExpectKnownValue(address, tfjsonpath.New("accepted"), knownvalue.Bool(accepted)),
			statecheck.ExpectKnownValue(address, tfjsonpath.New("is_signed"), knownvalue.Bool(signed)),
			statecheck.ExpectKnownValue(address, tfjsonpath.New("customer_agreements"), knownvalue.ListSizeExact(agreements)),
		}
	}
	agreement := tfjsonpath.New("customer_agreements").AtSliceIndex(0)
	contact := agreement.AtMapKey("primary_contact")
	checks := append(shows("confirmed", true, false, 1), shows("direct", true, true, 0)...)
	checks = append(checks, shows("missing", false, false, 0)...)
	acctest.Run(t, emu, resource.TestStep{
		Config: acctest.AsUser(emu) + agreements("confirmed", emulator.CustomerNordwind) + agreements("direct", emulator.CustomerHarbour) + agreements("missing", emulator.CustomerSonnenhof),
		ConfigStateChecks: append(checks,
			statecheck.ExpectKnownValue("data.partnercenter_customer_agreements.confirmed", agreement, knownvalue.ObjectPartial(map[string]knownvalue.Check{
				"type": knownvalue.StringExact("MicrosoftCustomerAgreement"), "template_id": knownvalue.StringExact(emulator.AgreementTemplateID),
				"date_agreed": knownvalue.StringRegexp(regexp.MustCompile(`T00:00:00Z$`)), "agreement_link": knownvalue.NotNull(), "user_id": knownvalue.Null(),
				"primary_contact": knownvalue.ObjectExact(map[string]knownvalue.Check{
					"first_name": knownvalue.StringExact("Mira"), "middle_name": knownvalue.Null(), "last_name": knownvalue.StringExact("Kolb"),
					"email": knownvalue.StringExact("einkauf@nordwind.example"), "phone_number": knownvalue.Null(),
				}),
			})),
			statecheck.ExpectSensitiveValue("data.partnercenter_customer_agreements.confirmed", contact.AtMapKey("email")),
			statecheck.ExpectSensitiveValue("data.partnercenter_customer_agreements.confirmed", contact.AtMapKey("phone_number")),
		),
		ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
	})
}

func TestAccCustomerAgreements_refused(t *testing.T) {
	emu := acctest.New(t)
	user := acctest.AsUser(emu)
	acctest.Run(t, emu, acctest.Refused(map[string]string{
		`This operation is only open to a signed-in user: configure refresh_token`: agreements("x", emulator.CustomerNordwind),
		`a customer ID is a GUID`:                   agreements("x", "nordwind"),
		`there is no such tenant`:                   user + agreements("x", emulator.CustomerUnknown),
		`The customer has no reseller relationship`: user + agreements("x", emulator.CustomerAltstadt),
	})...)
}
