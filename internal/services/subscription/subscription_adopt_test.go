// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// manageable are the subscriptions of the sample tenant that the resource manages, by customer.
var manageable = map[string][]string{
	emulator.CustomerNordwind: {emulator.SubscriptionMailGuard, emulator.SubscriptionBackup, emulator.SubscriptionTimesheet, emulator.SubscriptionUnactivated,
		emulator.SubscriptionOffice, emulator.SubscriptionFreshOffice, emulator.SubscriptionThreeYears},
	emulator.CustomerAtelier:    {emulator.SubscriptionScheduled, emulator.SubscriptionReseller, emulator.SubscriptionTrial},
	emulator.CustomerHarbour:    {emulator.SubscriptionCancelling, emulator.SubscriptionSuspended, emulator.SubscriptionExpired},
	emulator.CustomerPrairie:    {emulator.SubscriptionTelemetry},
	emulator.CustomerAlpenblick: {emulator.SubscriptionDisabled, emulator.SubscriptionDeleted, emulator.SubscriptionMultiYear},
	emulator.CustomerTulpenveld: {emulator.SubscriptionLapsing, emulator.SubscriptionExtended, emulator.SubscriptionNCETrial},
	emulator.CustomerHilfswerk:  {emulator.SubscriptionCharity},
}

// importBlocks imports all of them, each into a resource named after its id.
func importBlocks() string {
	var blocks strings.Builder
	for customer, ids := range manageable {
		for _, id := range ids {
			fmt.Fprintf(&blocks, "import {\n  to = partnercenter_subscription.s_%s\n  id = %q\n}\n", id[:8], customer+"/"+id)
		}
	}
	return blocks.String()
}

func expectNoWrites(t *testing.T, emu *emulator.Server) {
	t.Helper()
	for _, write := range emu.Writes() {
		t.Errorf("%s %s was sent", write.Method, write.Path)
	}
}

// adopt applies what it plans, which has to be imports alone.
func adopt(t *testing.T, w *acctest.Workspace, planOptions ...string) {
	t.Helper()
	out, code := w.Run(append([]string{"plan", "-input=false", "-out=tfplan"}, planOptions...)...)
	if code != 0 || !strings.Contains(out, "to import, 0 to add, 0 to change, 0 to destroy.") {
		t.Fatalf("the plan is not made of imports alone (exit code %d):\n%s", code, out)
	}
	if out, code := w.Run("apply", "-input=false", "tfplan"); code != 0 {
		t.Fatalf("apply failed:\n%s", out)
	}
}

func TestAccSubscription_adoptGenerated(t *testing.T) {
	acctest.SkipOpenTofuBelow(t, tfversion.Version1_10_0) // older ones crash on attributes with attributes of their own
	t.Parallel()
	emu := acctest.New(t)
	blocks := importBlocks()
	if acctest.IsTerraformSince(t, "1.16.0-alpha") { // it takes the provider from nowhere else, and older ones refuse this line
		blocks = strings.ReplaceAll(blocks, "import {", "import {\n  provider = partnercenter")
	}
	w := acctest.NewWorkspace(t, emu, blocks)
	adopt(t, w, "-generate-config-out=generated.tf")
	w.Configure("") // Terraform refuses the provider of an import block whose configuration is written
	w.MustPlanClean()
	if got := len(w.State()); got != 21 {
		t.Errorf("%d subscriptions are in the state, want 21", got)
	}
	expectNoWrites(t, emu)
}

// With nothing but the required attributes, everything else stays as it is at Partner Center. What is optional only has to be written.
func TestAccSubscription_adoptHandWritten(t *testing.T) {
	t.Parallel()
	more := map[string]string{
		emulator.SubscriptionReseller: `partner_id = "` + emulator.ResellerLoire + `"`,
		emulator.SubscriptionScheduled: `partner_id = "` + emulator.ResellerLoire + `"
  scheduled_next_term_instructions = {
    product_id    = "` + emulator.ProductOffice + `"
    sku_id        = "0001"
    term_duration = "P1Y"
    billing_cycle = "annual"
    quantity      = 24
  }`,
	}
	emu := acctest.New(t)
	config := importBlocks()
	for customer, ids := range manageable {
		for _, id := range ids {
			members, ok := emu.Subscription(customer, id)
			if !ok {
				t.Fatalf("there is no subscription %s", id)
			}
			item := strings.Split(members["offerId"].(string), ":")
			config += fmt.Sprintf("resource \"partnercenter_subscription\" \"s_%s\" {\n  customer_id = %q\n  product_id = %q\n  sku_id = %q\n  quantity = %v\n  %s\n}\n",
				id[:8], customer, item[0], item[1], members["quantity"], more[id])
		}
	}
	w := acctest.NewWorkspace(t, emu, config)
	adopt(t, w)
	w.MustPlanClean()
	expectNoWrites(t, emu)
}

func TestAccSubscription_adoptRefused(t *testing.T) {
	for id, want := range map[string]string{
		emulator.SubscriptionLegacy: "a legacy offer", emulator.SubscriptionAzurePlan: "an Azure subscription or plan", emulator.SubscriptionServer: "a software purchase",
	} {
		t.Run(id, func(t *testing.T) {
			emu := acctest.New(t)
			block := fmt.Sprintf("import {\n  to = %s\n  id = %q\n}\n", address, emulator.CustomerPrairie+"/"+id)
			w := acctest.NewWorkspace(t, emu, block+subscription(emulator.CustomerPrairie, emulator.ProductOffice, "quantity = 1"))
			if out, code := w.Run("plan", "-input=false"); code == 0 || !words("is "+want).MatchString(out) || !words("Subscription cannot be managed").MatchString(out) {
				t.Errorf("the import ended with %d:\n%s", code, out)
			}
			expectNoWrites(t, emu)
		})
	}
}
