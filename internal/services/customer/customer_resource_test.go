// SPDX-License-Identifier: MPL-2.0

package customer_test

import (
	"fmt"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

func newCustomer(domain, street, more string) string {
	return fmt.Sprintf(`
resource "partnercenter_customer" "new" {
  domain = %q
  billing_profile = {
    company_name = "Fjordlabor AG"
    email        = "einkauf@fjordlabor.example"
    culture      = "de-DE"
    language     = "de"
    default_address = {
      first_name    = "Mira"
      last_name     = "Kolb"
      address_line1 = %q
      city          = "Kiel"
      state         = "SH"
      postal_code   = "24103"
      country       = "DE"
    }
  }
  %s
}
`, domain, street, more)
}

const fjordlabor = "fjordlabor.onmicrosoft.com"

func created(emu *emulator.Server) int { return emu.Count(http.MethodPost, "/v1/customers") }

func TestAccCustomerResource(t *testing.T) {
	emu := acctest.New(t)
	shows := func(attribute string, want knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("partnercenter_customer.new", tfjsonpath.New(attribute), want)
	}
	acctest.Run(t, emu,
		resource.TestStep{
			Config: newCustomer(fjordlabor, "Hafenweg 12", ""),
			ConfigStateChecks: []statecheck.StateCheck{
				shows("id", knownvalue.NotNull()), shows("commerce_id", knownvalue.NotNull()), shows("associated_partner_id", knownvalue.Null()),
				shows("user_credentials", knownvalue.ObjectPartial(map[string]knownvalue.Check{"user_name": knownvalue.StringExact("admin"), "password": knownvalue.NotNull()})),
				shows("billing_profile", knownvalue.ObjectPartial(map[string]knownvalue.Check{"first_name": knownvalue.StringExact("Mira")})),
			},
		},
		resource.TestStep{Config: newCustomer(fjordlabor, "Hafenweg 14", "")},
		resource.TestStep{
			ResourceName: "partnercenter_customer.new", ImportState: true, ImportStateVerify: true,
			ImportStateVerifyIgnore: []string{"user_credentials", "timeouts"},
		},
		resource.TestStep{Config: newCustomer("anders.onmicrosoft.com", "Hafenweg 14", ""), ExpectError: acctest.Words("A customer's domain cannot be changed")},
		resource.TestStep{Config: newCustomer(fjordlabor, "Hafenweg 14", `organization_registration_number = "1"`), ExpectError: acctest.Words("cannot be changed")},
	)
	if n := created(emu); n != 1 {
		t.Errorf("%d customers were created", n)
	}
	for _, r := range emu.Writes() {
		if r.Method != http.MethodPost && r.Method != http.MethodPut {
			t.Errorf("%s %s: destroying must end nothing", r.Method, r.Path)
		}
	}
}

// One configuration, the example, goes from a new customer to its first subscription; in between, the customer accepts the agreement.
func TestAccCustomerResource_firstSubscription(t *testing.T) {
	emu := acctest.New(t)
	example, err := os.ReadFile("../../../examples/resources/partnercenter_customer/resource.tf")
	if err != nil {
		t.Fatal(err)
	}
	var id string
	step := func(accepted bool) resource.TestStep {
		return resource.TestStep{Config: string(example), ConfigVariables: config.Variables{"agreement_accepted": config.BoolVariable(accepted)}}
	}
	first, early, second := step(false), step(true), step(true)
	first.Check = func(s *terraform.State) error {
		id = s.RootModule().Resources["partnercenter_customer.fjordlabor"].Primary.ID
		return nil
	}
	early.ExpectError = acctest.Words("Microsoft Customer Agreement")
	second.PreConfig = func() {
		if n := len(emu.Purchases()); n != 0 {
			t.Errorf("%d purchases before the agreement", n)
		}
		if err := emu.Accept(id, time.Time{}); err != nil {
			t.Fatal(err)
		}
	}
	acctest.Run(t, emu, first, early, second)
	if n := len(emu.Purchases()); n != 1 || created(emu) != 1 {
		t.Errorf("%d customers were created and %d subscriptions bought", created(emu), n)
	}
}
