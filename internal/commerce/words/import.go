// SPDX-License-Identifier: MPL-2.0

package words

import (
	"regexp"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
)

// ImportBlock is the configuration that imports a subscription, to be pasted. What is not the ID of one is not put into it.
func ImportBlock(customerID, subscriptionID string) string {
	if !guid.MatchString(customerID) || !guid.MatchString(subscriptionID) {
		return "(There is no block to paste, because the IDs are not GUIDs: customer " + escape.ID(customerID) + ", subscription " + escape.ID(subscriptionID) + ".)"
	}
	return "import {\n  to = partnercenter_subscription.NAME\n  id = " + escape.HCL(customerID+"/"+subscriptionID) + "\n}"
}

// MovedBlock tells Terraform that a subscription has another address now, to be pasted and adapted.
const MovedBlock = "moved {\n  from = partnercenter_subscription.OLD_NAME\n  to   = partnercenter_subscription.NEW_NAME\n}"

var guid = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)
