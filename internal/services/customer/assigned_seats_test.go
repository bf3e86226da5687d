// SPDX-License-Identifier: MPL-2.0

package customer_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

func seats(name, customer string) string {
	return fmt.Sprintf("data \"partnercenter_assigned_seats\" %q {\n  customer_id = %q\n}\n", name, customer)
}

func TestAccAssignedSeats(t *testing.T) {
	emu := acctest.New(t)
	units := func(active, consumed, available, suspended int64, name, status string) knownvalue.Check {
		return knownvalue.ObjectPartial(map[string]knownvalue.Check{
			"name": knownvalue.StringExact(name), "id": knownvalue.NotNull(), "sku_part_number": knownvalue.NotNull(),
			"license_group_id": knownvalue.StringExact("group1"), "target_type": knownvalue.StringExact("User"), "capability_status": knownvalue.StringExact(status),
			"active_units": knownvalue.Int64Exact(active), "consumed_units": knownvalue.Int64Exact(consumed), "available_units": knownvalue.Int64Exact(available),
			"suspended_units": knownvalue.Int64Exact(suspended), "warning_units": knownvalue.Int64Exact(0), "total_units": knownvalue.Int64Exact(active),
			"service_plans": knownvalue.ListExact(nil),
		})
	}
	shows := func(name string, want ...knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("data.partnercenter_assigned_seats."+name, tfjsonpath.New("assigned_seats"), knownvalue.ListExact(want))
	}
	acctest.Run(t, emu, resource.TestStep{
		Config: acctest.AsUser(emu) + seats("prairie", emulator.CustomerPrairie) + seats("kaffeehaus", emulator.CustomerKaffeehaus),
		ConfigStateChecks: []statecheck.StateCheck{
			shows("prairie", units(2, 3, -1, 0, "Diagram Studio Plan 2", "Enabled")), // a legacy and a metered subscription have no seats here
			shows("kaffeehaus"),
		},
	})
}

func TestAccAssignedSeats_refused(t *testing.T) {
	emu := acctest.New(t)
	emu.Fault(emulator.Fault{Match: emulator.Match{Pattern: "customers/" + emulator.CustomerHarbour + "/subscribedskus"}, Status: http.StatusForbidden, Code: 900308, Description: "No.", Times: -1})
	user := acctest.AsUser(emu)
	acctest.Run(t, emu, acctest.Refused(map[string]string{
		`This operation is only open to a signed-in user: configure refresh_token`: seats("x", emulator.CustomerNordwind),
		`a customer ID is a GUID`:        seats("x", "nordwind"),
		`GDAP, such as Directory Reader`: user + seats("x", emulator.CustomerHarbour),
		`Cannot list subscribed SKUs`:    user + seats("x", emulator.CustomerUnknown),
	})...)
}
