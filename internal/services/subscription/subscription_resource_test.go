// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

const address = "partnercenter_subscription.test"

// subscription is a configuration of the resource; the lines come after customer, product and SKU.
func subscription(customer, product string, lines ...string) string {
	return fmt.Sprintf("resource \"partnercenter_subscription\" \"test\" {\n  customer_id = %q\n  product_id = %q\n  sku_id = \"0001\"\n  %s\n}\n",
		customer, product, strings.Join(lines, "\n  "))
}

func office(lines ...string) string {
	return subscription(emulator.CustomerKaffeehaus, emulator.ProductOffice, append([]string{`term_duration = "P1Y"`, `billing_cycle = "monthly"`}, lines...)...)
}

func value(attribute string, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(attribute), want)
}

func importID(state *terraform.State) (string, error) {
	r := state.RootModule().Resources[address]
	if r == nil {
		return "", fmt.Errorf("%s is not in the state", address)
	}
	return r.Primary.Attributes["customer_id"] + "/" + r.Primary.Attributes["id"], nil
}

// what importing cannot know: how the provider is to treat the subscription, and the purchase itself.
var notImported = []string{"commitment", "timeouts"}

func planned(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)}}
}

func expectPurchases(t *testing.T, emu *emulator.Server, want int) {
	t.Helper()
	if got := emu.Purchases(); len(got) != want {
		t.Errorf("%d subscriptions were bought, want %d: %+v", len(got), want, got)
	}
}

func TestAccSubscription_minimal(t *testing.T) {
	emu := acctest.New(t)
	acctest.Run(t, emu,
		resource.TestStep{
			Config: subscription(emulator.CustomerKaffeehaus, emulator.ProductArchive, "quantity = 3"),
			ConfigStateChecks: []statecheck.StateCheck{
				value("quantity", knownvalue.Int64Exact(3)),
				value("term_duration", knownvalue.StringExact("P1Y")),
				value("billing_cycle", knownvalue.StringExact("annual")),
				value("status", knownvalue.StringExact("active")),
				value("auto_renew_enabled", knownvalue.Bool(true)),
				value("friendly_name", knownvalue.NotNull()),
				value("id", knownvalue.NotNull()),
				value("commitment", knownvalue.ObjectPartial(map[string]knownvalue.Check{"unit_price": knownvalue.StringExact("33.60"), "total": knownvalue.StringExact("100.80"), "currency": knownvalue.StringExact("EUR")})),
			},
		},
		resource.TestStep{ResourceName: address, ImportState: true, ImportStateIdFunc: importID, ImportStateVerify: true, ImportStateVerifyIgnore: notImported},
	)
	expectPurchases(t, emu, 1)
}

func TestAccSubscription_full(t *testing.T) {
	emu := acctest.New(t)
	acctest.Run(t, emu,
		resource.TestStep{
			Config: office(`quantity = 12`, `friendly_name = "kaffeehaus-office"`, `auto_renew_enabled = false`, `partner_id = "`+emulator.ResellerRheinwerk+`"`,
				`price_limit = { unit_price = "20.00", total = "2000.00", currency = "EUR" }`, `deletion_policy = "cancel"`, `timeouts = { create = "20m" }`),
			ConfigStateChecks: []statecheck.StateCheck{
				value("friendly_name", knownvalue.StringExact("kaffeehaus-office")),
				value("auto_renew_enabled", knownvalue.Bool(false)),
				value("partner_id", knownvalue.StringExact(emulator.ResellerRheinwerk)),
			},
			Check: func(*terraform.State) error {
				bought := emu.Purchases()[0]
				got, _ := emu.Subscription(bought.CustomerID, bought.SubscriptionID)
				if scheduled := fmt.Sprint(got["scheduledActions"]); !strings.Contains(scheduled, "TermEnd") || !strings.Contains(scheduled, "Cancel") {
					return fmt.Errorf("its cancellation at the end of the term is not scheduled: %s", scheduled)
				}
				return nil
			},
		},
		resource.TestStep{ResourceName: address, ImportState: true, ImportStateIdFunc: importID, ImportStateVerify: true,
			ImportStateVerifyIgnore: append([]string{"price_limit", "deletion_policy"}, notImported...)},
	)
	expectPurchases(t, emu, 1)
	if n := emu.Count(http.MethodPatch, "subscriptions/*"); n != 2 {
		t.Errorf("%d changes were sent, want two: auto-renew off, and the cancellation of destroy", n)
	}
}
