// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// never is for what OpenTofu does not have.
const never = 1000

// requireCLI skips a test where the CLI is older than 1.terraform, or than 1.tofu for OpenTofu.
func requireCLI(t *testing.T, workspace *acctest.Workspace, terraform, tofu int) {
	t.Helper()
	out, _ := workspace.Run("version")
	first, found := terraform, regexp.MustCompile(`v1\.(\d+)`).FindStringSubmatch(out)
	if strings.HasPrefix(out, "OpenTofu") {
		first = tofu
	}
	if found == nil {
		t.Fatalf("no version in %q", out)
	}
	if minor, err := strconv.Atoi(found[1]); err != nil || minor < first {
		t.Skipf("this needs a newer CLI than %s", found[0])
	}
}

// triggered is an action with something that triggers it.
func triggered(action string, lines ...string) string {
	return fmt.Sprintf(`
action %q "test" {
  config {
    %s
  }
}

resource "terraform_data" "trigger" {
  lifecycle {
    action_trigger {
      events  = [after_create]
      actions = [action.%s.test]
    }
  }
}
`, action, strings.Join(lines, "\n    "), action)
}

// With a CLI that has actions, a resource triggers them.
func TestAccActions_triggered(t *testing.T) {
	emu := acctest.New(t)
	ids := []string{fmt.Sprintf("customer_id = %q", emulator.CustomerNordwind), fmt.Sprintf("subscription_id = %q", emulator.SubscriptionOffice)}
	acctest.RunCase(t, emu, resource.TestCase{
		TerraformVersionChecks: []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_14_0)},
		Steps: []resource.TestStep{{
			Config: triggered(suspend, append(ids, `timeouts = { invoke = "5m" }`)...),
			Check: func(*terraform.State) error {
				if writes := emu.Writes(); len(writes) != 1 {
					return fmt.Errorf("%d writes were sent, want one: %+v", len(writes), writes)
				}
				return nil
			},
		}},
	})
}

// A transition, from its plan to a configuration that plans clean again.
func TestAccActions_transition(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t)
	bought := subscription(emulator.CustomerKaffeehaus, emulator.ProductOffice, `quantity = 5`, `friendly_name = "one"`, `term_duration = "P1M"`, `billing_cycle = "monthly"`)
	workspace := acctest.NewWorkspace(t, emu, bought)
	requireCLI(t, workspace, 14, never)
	workspace.MustApply()
	workspace.Configure(bought + triggered(transition, `customer_id = `+address+`.customer_id`, `subscription_id = `+address+`.id`,
		fmt.Sprintf("to_product_id = %q", emulator.ProductOfficePlus), `to_sku_id = "0001"`, `transition_type = "transition_only"`, `term_duration = "P1Y"`, `billing_cycle = "annual"`))
	out := workspace.MustApply()
	for _, text := range []string{"Conversion started", "Change the configuration before the next plan", `product_id = "` + emulator.ProductOfficePlus + `"`, `term_duration = "P1Y"`, `billing_cycle = "annual"`} {
		if !words(text).MatchString(out) {
			t.Errorf("apply does not say %q:\n%s", text, out)
		}
	}
	if planned, code := workspace.Run("plan", "-input=false", "-detailed-exitcode"); code != 2 || !words("Subscription has become Workplace 365 Premium").MatchString(planned) {
		t.Errorf("exit code %d, want 2 and what to write:\n%s", code, planned)
	}
	workspace.Configure(subscription(emulator.CustomerKaffeehaus, emulator.ProductOfficePlus, `quantity = 5`, `friendly_name = "one"`, `term_duration = "P1Y"`, `billing_cycle = "annual"`) + `
resource "terraform_data" "trigger" {}
`)
	workspace.MustPlanClean()
	expectPurchases(t, emu, 1)
}

// People invoke an action from the command line, and read what it did and what still bills.
func TestAccActions_invoked(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t)
	config := fmt.Sprintf("action %q \"test\" {\n  config {\n    customer_id = %q\n    subscription_id = %q\n  }\n}\n", cancel, emulator.CustomerNordwind, emulator.SubscriptionFreshOffice)
	workspace := acctest.NewWorkspace(t, emu, "")
	requireCLI(t, workspace, 14, never)
	workspace.Configure(config)
	invoke := "-invoke=action." + cancel + ".test"
	out := workspace.MustApply(invoke)
	if !words("is canceled and does not renew").MatchString(out) {
		t.Errorf("it does not confirm:\n%s", out)
	}
	if out = workspace.MustApply(invoke); !words("is deleted already; nothing was sent").MatchString(out) {
		t.Errorf("the second time is not the same:\n%s", out)
	}
	expectWrites(t, emu, 1)
}
