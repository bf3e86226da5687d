// SPDX-License-Identifier: MPL-2.0

package emulator

import "testing"

// The tenant counts all subscriptions of a product, those of others too; software of other publishers is not there.
func TestSubscribedSKUs(t *testing.T) {
	a := newAPI(t, nil)
	path := "customers/" + CustomerNordwind + "/subscribedskus"
	a.refused(a.call("GET", path, nil), 403, 900329)
	a = a.user()
	a.refused(a.call("GET", path+"?licenseGroupIds=Group7", nil), 400, 900126)
	if n := len(itemsOf(a.get(path + "?licenseGroupIds=Group2"))); n != 0 {
		t.Errorf("%d products in the second group", n)
	}
	bought := 0.0
	for _, one := range itemsOf(a.get("customers/" + CustomerNordwind + "/subscriptions")) {
		sub := one.(object)
		if sub["status"] == "active" && sub["offerName"] == "Workplace 365 Standard" {
			bought += sub["quantity"].(float64)
		}
	}
	wantMembers(t, seatsOf(t, a.get(path+"?licenseGroupIds=Group1&licenseGroupIds=Group2"), "Workplace 365 Standard"),
		object{"activeUnits": bought + 4, "consumedUnits": 51.0, "availableUnits": bought + 4 - 51, "totalUnits": bought + 4, "capabilityStatus": "Enabled"})
}

// seatsOf is the product of a name.
func seatsOf(t *testing.T, answer object, name string) object {
	t.Helper()
	for _, one := range itemsOf(answer) {
		if sku := one.(object); sku["productSku"].(object)["name"] == name {
			return sku
		}
	}
	t.Fatalf("%s is not there", name)
	return nil
}

// More can be assigned than bought, and what is suspended is not active.
func TestSubscribedSKUs_suspended(t *testing.T) {
	a := newAPI(t, nil).user()
	wantMembers(t, seatsOf(t, a.get("customers/"+CustomerHarbour+"/subscribedskus"), "Workplace 365 Standard"),
		object{"activeUnits": 0.0, "suspendedUnits": 18.0, "totalUnits": 0.0, "capabilityStatus": "Suspended"})
	wantMembers(t, seatsOf(t, a.get("customers/"+CustomerPrairie+"/subscribedskus"), "Diagram Studio Plan 2"),
		object{"activeUnits": 2.0, "consumedUnits": 3.0, "availableUnits": -1.0})
}
