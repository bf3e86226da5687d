// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// validateAddress is reference/customers-and-billing.md#address-validation. An address of whose parts none is missing is verified.
func validateAddress(r *call) (int, any) {
	var sent struct {
		AddressLine1, AddressLine2, City, State, PostalCode, Country string
		FirstName, LastName, PhoneNumber, Region                     any
	}
	if refusal := decode(r, &sent); refusal != nil {
		return refuse(refusal)
	}
	whole := sent.AddressLine1 != "" && sent.City != "" && sent.PostalCode != "" && len(sent.Country) == 2
	if r.world.Rules.OldAddressValidation {
		if whole {
			return http.StatusOK, nil
		}
		return http.StatusBadRequest, fault(2007, "The address does not validate.")
	}
	address := object{"country": sent.Country, "city": sent.City, "state": sent.State, "addressLine1": sent.AddressLine1, "postalCode": sent.PostalCode}
	status, suggested := r.world.Rules.AddressStatus, []object{address}
	switch {
	case status == "" && whole:
		status = "VerifiedShippable"
	case status == "":
		status = "None"
	}
	if world.OneOf(status, "None", "NotValidated") {
		suggested = []object{}
	}
	return http.StatusOK, object{"originalAddress": address, "suggestedAddresses": suggested, "status": status}
}
