// SPDX-License-Identifier: MPL-2.0

package subscriptiondata_test

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

func TestAccTransitionEligibilities_of(t *testing.T) {
	const of = "data.partnercenter_transition_eligibilities.test"
	eligibilities := func(customer, subscription string, lines ...string) string {
		return fmt.Sprintf("data \"partnercenter_transition_eligibilities\" \"test\" {\n  customer_id = %q\n  subscription_id = %q\n  %s\n}\n", customer, subscription, strings.Join(lines, "\n  "))
	}
	found := tfjsonpath.New("transition_eligibilities")
	none := []statecheck.StateCheck{statecheck.ExpectKnownValue(of, found, knownvalue.ListExact(nil))}
	acctest.Run(t, acctest.New(t),
		resource.TestStep{Config: eligibilities(emulator.CustomerNordwind, emulator.SubscriptionOffice), ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue(of, found.AtSliceIndex(0), knownvalue.ObjectPartial(map[string]knownvalue.Check{
				"product_id": knownvalue.StringExact(emulator.ProductOfficePlus), "sku_id": knownvalue.StringExact("0001"), "quantity": knownvalue.Int64Exact(43),
				"title": knownvalue.NotNull(), "catalog_item_id": knownvalue.NotNull(), "subscription_eligibilities": knownvalue.ListExact(nil),
			})),
			statecheck.ExpectKnownValue(of, found.AtSliceIndex(0).AtMapKey("eligibilities"), knownvalue.ListExact([]knownvalue.Check{
				knownvalue.ObjectExact(map[string]knownvalue.Check{"transition_type": knownvalue.StringExact("transition_only"), "is_eligible": knownvalue.Bool(true), "errors": knownvalue.ListExact(nil)}),
				knownvalue.ObjectExact(map[string]knownvalue.Check{"transition_type": knownvalue.StringExact("transition_with_license_transfer"), "is_eligible": knownvalue.Bool(false), "errors": knownvalue.ListSizeExact(1)}),
			})),
		}},
		resource.TestStep{Config: eligibilities(emulator.CustomerNordwind, emulator.SubscriptionOffice, `eligibility_type = "scheduled"`), ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(of, found, knownvalue.ListSizeExact(1))}},
		resource.TestStep{Config: eligibilities(emulator.CustomerNordwind, emulator.SubscriptionMailGuard), ConfigStateChecks: none},
		resource.TestStep{Config: eligibilities(emulator.CustomerNordwind, emulator.SubscriptionOffice, `eligibility_type = "soon"`), ExpectError: acctest.Words(`value must be one of: ["immediate" "scheduled"]`)},
		resource.TestStep{Config: eligibilities(emulator.CustomerNordwind, emulator.CustomerUnknown), ExpectError: acctest.Words(`Cannot list transition eligibilities`)},
	)
}
