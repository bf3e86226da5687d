// SPDX-License-Identifier: MPL-2.0

package audit_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

func records(name string, lines ...string) string {
	return fmt.Sprintf("data \"partnercenter_audit_records\" %q {\n  %s\n}\n", name, strings.Join(lines, "\n  "))
}

func drift(t *testing.T, emu *emulator.Server, customer, subscription string, changes map[string]any) {
	t.Helper()
	if err := emu.Drift(customer, subscription, changes); err != nil {
		t.Fatal(err)
	}
}

func day(t time.Time) string { return t.Format(time.DateOnly) }

func TestAccAuditRecords(t *testing.T) {
	emu := acctest.New(t)
	drift(t, emu, emulator.CustomerNordwind, emulator.SubscriptionMailGuard, map[string]any{"quantity": 13})
	drift(t, emu, emulator.CustomerAtelier, emulator.SubscriptionReseller, map[string]any{"friendlyName": "Courrier"})
	nordwind, now := `customer_id = "`+emulator.CustomerNordwind+`"`, emu.Clock().Now()
	size := func(name string, n int) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("data.partnercenter_audit_records."+name, tfjsonpath.New("audit_records"), knownvalue.ListSizeExact(n))
	}
	acctest.Run(t, emu, resource.TestStep{
		Config: records("all") + records("customer", nordwind) + records("subscription", `subscription_id = "`+strings.ToUpper(emulator.SubscriptionOffice)+`"`) +
			records("type", `resource_type = "Subscription"`, nordwind) + records("order", `resource_type = "order"`) +
			records("user", `user_principal_name = "PETRA.PORTAL@ostwind-distribution.example"`, `operation_type = "update_subscription"`, `operation_status = "succeeded"`) +
			records("application", `application_id = "`+emulator.ClientID+`"`) + records("failed", `operation_status = "failed"`) +
			records("today", fmt.Sprintf("start_date = %q", day(now))) +
			records("before", fmt.Sprintf("end_date = %q", day(now.AddDate(0, 0, -2)))) +
			records("oldest", fmt.Sprintf("end_date = %q", day(now.AddDate(0, 0, -85)))) +
			records("long", fmt.Sprintf("start_date = %q", day(now.AddDate(0, 0, -90)))),
		ConfigStateChecks: []statecheck.StateCheck{
			size("all", 3), size("customer", 2), size("subscription", 1), size("type", 2), size("order", 0), size("user", 3), size("application", 0), size("failed", 0),
			size("today", 2), size("before", 1), size("oldest", 0), size("long", 3),
			statecheck.ExpectKnownValue("data.partnercenter_audit_records.subscription", tfjsonpath.New("audit_records").AtSliceIndex(0), knownvalue.ObjectPartial(map[string]knownvalue.Check{
				"user_principal_name": knownvalue.StringExact(emulator.PortalUser), "application_id": knownvalue.StringExact("Partner Center Web App"),
				"operation_type": knownvalue.StringExact("update_subscription"), "operation_status": knownvalue.StringExact("succeeded"),
				"customer_id": knownvalue.StringExact(emulator.CustomerNordwind), "customer_name": knownvalue.StringExact("Nordwind Maschinenbau GmbH"),
				"resource_type":      knownvalue.StringExact("subscription"),
				"resource_old_value": knownvalue.StringExact(`{"Id":"` + emulator.SubscriptionOffice + `","Quantity":40}`),
				"resource_new_value": knownvalue.StringExact(`{"Id":"` + emulator.SubscriptionOffice + `","Quantity":43}`),
				"operation_date":     knownvalue.StringRegexp(regexp.MustCompile(`Z$`)), "original_correlation_id": knownvalue.NotNull(),
				"customized_data": knownvalue.MapExact(nil),
			})),
		},
	})
}

// TestAccAuditRecords_purchase shows the order that a run made, with the run's own correlation id.
func TestAccAuditRecords_purchase(t *testing.T) {
	emu := acctest.New(t)
	bought := fmt.Sprintf("resource \"partnercenter_subscription\" \"test\" {\n  customer_id = %q\n  product_id = %q\n  sku_id = \"0001\"\n  quantity = 4\n}\n",
		emulator.CustomerKaffeehaus, emulator.ProductArchive)
	acctest.Run(t, emu, resource.TestStep{Config: bought}, resource.TestStep{
		Config: bought + records("test", `subscription_id = partnercenter_subscription.test.id`, `operation_type = "create_order"`),
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue("data.partnercenter_audit_records.test", tfjsonpath.New("audit_records").AtSliceIndex(0), knownvalue.ObjectPartial(map[string]knownvalue.Check{
				"application_id":  knownvalue.StringExact(emulator.ClientID),
				"customized_data": knownvalue.MapPartial(map[string]knownvalue.Check{"Quantity-0": knownvalue.StringExact("4"), "PartnerOnRecord-0": knownvalue.Null()}),
			})),
		},
	})
}

func TestAccAuditRecords_pages(t *testing.T) {
	emu := acctest.New(t)
	for n := range 1001 {
		drift(t, emu, emulator.CustomerNordwind, emulator.SubscriptionMailGuard, map[string]any{"quantity": 100 + n})
	}
	drift(t, emu, emulator.CustomerAtelier, emulator.SubscriptionReseller, map[string]any{"quantity": 5})
	acctest.Run(t, emu, resource.TestStep{
		Config: records("test", `subscription_id = "`+emulator.SubscriptionReseller+`"`) + "output \"found\" {\n  value = length(data.partnercenter_audit_records.all.audit_records)\n}\n" + records("all"),
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue("data.partnercenter_audit_records.test", tfjsonpath.New("audit_records"), knownvalue.ListSizeExact(1)),
			statecheck.ExpectKnownOutputValue("found", knownvalue.Int64Exact(1003)),
		},
	})
	if n := emu.Count(http.MethodGet, "auditrecords"); n < 6 {
		t.Errorf("%d requests for three pages, twice", n)
	}
}

func TestAccAuditRecords_refused(t *testing.T) {
	emu := acctest.New(t)
	now := emu.Clock().Now()
	date := func(name string, days int) string { return fmt.Sprintf("%s = %q", name, day(now.AddDate(0, 0, days))) }
	acctest.Run(t, emu, acctest.Refused(map[string]string{
		`Partner Center keeps audit records for 90 days: start_date can be`: records("x", date("start_date", -91)),
		`Partner Center keeps audit records for 90 days: end_date can be`:   records("x", date("end_date", -91)),
		`Dates in the wrong order`:             records("x", date("start_date", -3), date("end_date", -4)),
		`end_date is a day such as 2026-03-31`: records("x", `end_date = "yesterday"`),
		`a subscription ID is a GUID`:          records("x", `subscription_id = "1"`),
	})...)
}
