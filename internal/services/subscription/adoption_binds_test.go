// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation/terraform"
)

// What somebody changes between the plan of an adoption and its apply is not set back by a plan that did not say so: neither where Terraform
// plans once more and finds it, nor where the list that this plan reads lags. What the plan has said is carried out.
func TestSubscription_adoptionBinds(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		config configuration // beside what the subscription has
		portal map[string]any
		goes   bool
	}{
		"nothing to change, and nothing changed":      {nil, nil, true},
		"nothing to change, and more licenses":        {nil, map[string]any{"quantity": 45}, false},
		"nothing to change, and no renewal":           {configuration{"auto_renew_enabled": true}, map[string]any{"autoRenewEnabled": false}, false},
		"nothing to change, and another nickname":     {nil, map[string]any{"friendlyName": "VERWALTUNG"}, false},
		"more licenses, as planned":                   {configuration{"quantity": 46}, nil, true},
		"more licenses, and no renewal":               {configuration{"quantity": 46, "auto_renew_enabled": true}, map[string]any{"autoRenewEnabled": false}, false},
		"more licenses, of fewer":                     {configuration{"quantity": 46}, map[string]any{"quantity": 40}, false}, // the price binds
		"no renewal, as planned":                      {configuration{"auto_renew_enabled": false}, nil, true},
		"no renewal, and more licenses":               {configuration{"auto_renew_enabled": false}, map[string]any{"quantity": 45}, false},
		"a nickname in other letters, as planned":     {configuration{"friendly_name": "verwaltung"}, nil, true},
		"a nickname in other letters, and licenses":   {configuration{"friendly_name": "verwaltung"}, map[string]any{"quantity": 45}, false},
		"quotes are off, nothing to change, licenses": {nil, map[string]any{"quantity": 40}, false},
		"fewer licenses, as planned":                  {configuration{"quantity": 42}, nil, true},
	} {
		for when, lag := range map[string]bool{"": false, ", and the list lags": true} {
			t.Run(name+when, func(t *testing.T) {
				t.Parallel()
				c := cellOf(t, "nce", func(*emulator.Behaviour) {})
				c.workspace.Forget(cellAddress)
				if strings.HasPrefix(name, "quotes") {
					c.workspace.Settings["quote_prices"] = false
				}
				block := configuration{"on_existing": "adopt"}
				for _, written := range []string{"customer_id", "product_id", "sku_id", "quantity", "friendly_name", "term_duration", "billing_cycle"} {
					block[written] = c.configuration[written]
				}
				maps.Copy(block, test.config)
				c.workspace.Blocks = map[string]configuration{cellAddress: block}
				approved := false
				portal := func() {
					c.emu.ForgetRequests()
					if test.portal != nil {
						if err := c.emu.Drift(c.customer, c.id, test.portal); err != nil {
							t.Fatal(err)
						}
					}
				}
				if lag {
					c.workspace.Observe = func(_ *terraform.Workspace, _ *terraform.Change, r terraform.Request) {
						if approved && r.Method == http.MethodGet && strings.HasSuffix(r.Path, "/subscriptions/"+c.id) {
							approved = false
							portal()
						}
					}
				}
				got := c.workspace.Apply(func(*terraform.Outcome) {
					if approved = true; !lag {
						portal()
					}
				})
				problems := got.Problems()
				if goes := len(problems) == 0; goes != test.goes {
					t.Errorf("it is carried out: %t, %v", goes, problems)
				}
				if sent := c.emu.Count("PATCH", "customers/*/subscriptions/*"); !test.goes && sent > 0 || len(c.emu.Purchases()) > 0 {
					t.Errorf("%d changes were sent, %d bought", sent, len(c.emu.Purchases()))
				}
			})
		}
	}
}

// So does Terraform itself: what was known in the plan and is not any more it refuses.
func TestAccPurchase_adoptionBinds(t *testing.T) {
	t.Parallel()
	for name, portal := range map[string]map[string]any{"licenses": {"quantity": 45}, "renewal": {"autoRenewEnabled": false}, "nothing": nil} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			w := acctest.NewWorkspace(t, emu, subscription(emulator.CustomerNordwind, emulator.ProductOffice, `friendly_name = "Verwaltung"`, `on_existing = "adopt"`, `term_duration = "P1Y"`, `billing_cycle = "monthly"`, `quantity = 43`, `auto_renew_enabled = true`))
			if out, code := w.Run("plan", "-input=false", "-out=tfplan"); code != 0 || !words(`+ status = "active"`).MatchString(out) {
				t.Fatalf("plan ended with %d:\n%s", code, out)
			}
			if portal != nil {
				if err := emu.Drift(emulator.CustomerNordwind, emulator.SubscriptionOffice, portal); err != nil {
					t.Fatal(err)
				}
			}
			out, code := w.Run("apply", "-input=false", "tfplan")
			if refused := code == 1 && words("inconsistent final plan").MatchString(out); refused != (portal != nil) {
				t.Errorf("exit code %d:\n%s", code, out)
			}
			expectChanges(t, emu, 0)
		})
	}
}
