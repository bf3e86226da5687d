// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

var warningTitle = regexp.MustCompile(`(?m)^Warning: .*$`)

// What the plan has said, the apply of that plan does not say again: whoever reads everything twice reads nothing.
func TestAccSubscription_saidOnce(t *testing.T) {
	t.Parallel()
	acctest.CLI(t)
	nordwind := func(quantity string, lines ...string) string {
		return subscription(emulator.CustomerNordwind, emulator.ProductOffice, append(lines, quantity, `friendly_name = "Verwaltung"`, `term_duration = "P1Y"`, `billing_cycle = "monthly"`)...)
	}
	licenses := func(n int) string {
		return fmt.Sprintf("resource \"partnercenter_license_quantity\" \"test\" {\n  customer_id = %q\n  subscription_id = %q\n  quantity = %d\n}\n", emulator.CustomerNordwind, emulator.SubscriptionOffice, n)
	}
	adopted := nordwind(`quantity = 43`, `on_existing = "adopt"`)
	for name, steps := range map[string][2]string{ // what is there, and what becomes of it
		"suspended":                      {adopted, nordwind(`quantity = 43`, `suspended = true`)},
		"a longer term":                  {adopted, subscription(emulator.CustomerNordwind, emulator.ProductOffice, `quantity = 43`, `friendly_name = "Verwaltung"`, `term_duration = "P3Y"`, `billing_cycle = "monthly"`)},
		"given up":                       {office(`quantity = 5`, `friendly_name = "one"`), ``},
		"replaced":                       {office(`quantity = 5`, `friendly_name = "one"`), subscription(emulator.CustomerKaffeehaus, emulator.ProductDiagram, `quantity = 5`, `friendly_name = "one"`, `term_duration = "P1Y"`, `billing_cycle = "monthly"`, `allow_replacement = true`)},
		"more licenses by another block": {licenses(43), licenses(44)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorkspace(t, acctest.New(t), "")
			w.Configure(steps[0])
			w.MustApply()
			w.Configure(steps[1])
			planned, code := w.Run("plan", "-input=false", "-out=plan.tfplan")
			if code != 0 {
				t.Fatalf("plan ended with %d:\n%s", code, planned)
			}
			applied, code := w.Run("apply", "-input=false", "plan.tfplan")
			if code != 0 {
				t.Fatalf("apply ended with %d:\n%s", code, applied)
			}
			said := warningTitle.FindAllString(planned, -1)
			if len(said) == 0 {
				t.Error("the plan does not warn: this test shows nothing")
			}
			for _, title := range warningTitle.FindAllString(applied, -1) {
				if slices.Contains(said, title) {
					t.Errorf("apply says again: %s", title)
				}
			}
		})
	}
}

// A plan that reads nothing says what one says that reads, and the apply of it nothing twice that has been said in another plan.
func TestAccSubscription_saidWithoutReading(t *testing.T) {
	t.Parallel()
	acctest.CLI(t)
	licenses := func(name, id string, n int, lines ...string) string {
		return fmt.Sprintf("resource \"partnercenter_license_quantity\" %q {\n  customer_id = %q\n  subscription_id = %q\n  quantity = %d\n  %s\n}\n", name, emulator.CustomerNordwind, id, n, strings.Join(lines, "\n  "))
	}
	adopted := func(lines ...string) string {
		return subscription(emulator.CustomerNordwind, emulator.ProductOffice, append(lines, `friendly_name = "Verwaltung"`, `billing_cycle = "monthly"`)...)
	}
	first, longer := adopted(`quantity = 43`, `term_duration = "P1Y"`, `on_existing = "adopt"`), adopted(`quantity = 43`, `term_duration = "P3Y"`)
	other := licenses("other", emulator.SubscriptionThreeYears, 15)
	dependent := func(n int) string {
		return licenses("test", emulator.SubscriptionOffice, n, "depends_on = [partnercenter_license_quantity.other]")
	}
	for name, steps := range map[string][]string{ // what is applied one after the other, and the last of them is planned without reading
		"licenses":                              {licenses("test", emulator.SubscriptionOffice, 43), licenses("test", emulator.SubscriptionOffice, 100)},
		"licenses, once more":                   {licenses("test", emulator.SubscriptionOffice, 43), licenses("test", emulator.SubscriptionOffice, 44), licenses("test", emulator.SubscriptionOffice, 100)},
		"a longer term":                         {first, longer},
		"a longer term, after a change":         {first, adopted(`quantity = 44`, `term_duration = "P1Y"`), adopted(`quantity = 44`, `term_duration = "P3Y"`)},
		"suspended":                             {first, adopted(`quantity = 43`, `term_duration = "P1Y"`, `suspended = true`)},
		"replaced":                              {office(`quantity = 5`, `friendly_name = "one"`), subscription(emulator.CustomerKaffeehaus, emulator.ProductDiagram, `quantity = 5`, `friendly_name = "one"`, `term_duration = "P1Y"`, `billing_cycle = "monthly"`, `allow_replacement = true`)},
		"read before, beside one that stays":    {other + dependent(43), other + dependent(43), other + dependent(100)},
		"read before, beside a purchase of old": {office(`quantity = 5`) + other + dependent(43), office(`quantity = 5`) + other + dependent(43), office(`quantity = 5`) + other + dependent(100)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorkspace(t, acctest.New(t), "")
			for _, config := range steps[:len(steps)-1] {
				w.Configure(config)
				w.MustApply()
			}
			w.Configure(steps[len(steps)-1])
			unread, code := w.Run("plan", "-input=false", "-refresh=false")
			if code != 0 {
				t.Fatalf("plan ended with %d:\n%s", code, unread)
			}
			read, _ := w.Run("plan", "-input=false", "-out=plan.tfplan")
			said := warningTitle.FindAllString(read, -1)
			if len(said) == 0 {
				t.Error("the plan does not warn: this test shows nothing")
			}
			for _, title := range said {
				if !strings.Contains(unread, title) {
					t.Errorf("the plan that reads nothing does not say %q:\n%s", title, unread)
				}
			}
			applied, code := w.Run("apply", "-input=false", "plan.tfplan")
			if code != 0 {
				t.Fatalf("apply ended with %d:\n%s", code, applied)
			}
			for _, title := range warningTitle.FindAllString(applied, -1) {
				if slices.Contains(said, title) {
					t.Errorf("apply says again: %s", title)
				}
			}
		})
	}
}
