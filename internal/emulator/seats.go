// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"slices"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// listSubscribedSKUs has what a customer's tenant counts (reference/customers-and-billing.md#users-and-licenses): products of the first
// license group only.
func listSubscribedSKUs(r *call, c *world.Customer) (int, any) {
	groups := []string{"Group1"}
	for name, values := range r.URL.Query() {
		if strings.EqualFold(name, "licenseGroupIds") {
			groups = values
		}
	}
	for _, group := range groups {
		if !world.OneOf(strings.ToLower(group), "group1", "group2") {
			return http.StatusBadRequest, fault(900126, "The value %q of licenseGroupIds could not be parsed.", group)
		}
	}
	var found []object
	if slices.ContainsFunc(groups, func(group string) bool { return strings.EqualFold(group, "Group1") }) {
		for _, one := range r.world.SubscribedSKUs(c) {
			found = append(found, renderSubscribedSKU(one))
		}
	}
	return http.StatusOK, collection(r, found)
}

func renderSubscribedSKU(s *world.SubscribedSKU) object {
	status := "Suspended"
	switch {
	case s.Active > 0:
		status = "Enabled"
	case s.Warning > 0:
		status = "Warning"
	}
	return object{
		"availableUnits": s.Active + s.Warning - s.Consumed, "activeUnits": s.Active, "consumedUnits": s.Consumed, "suspendedUnits": s.Suspended,
		"warningUnits": s.Warning, "totalUnits": s.Active + s.Warning, "capabilityStatus": status, "attributes": objectType("SubscribedSku"),
		"productSku":   object{"id": s.ID, "name": s.Name, "skuPartNumber": s.PartNumber, "targetType": "User", "licenseGroupId": "group1"},
		"servicePlans": []object{},
	}
}
