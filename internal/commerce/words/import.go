// SPDX-License-Identifier: MPL-2.0

package words

import (
	"fmt"
	"regexp"
	"strings"

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

// LineBought says why a line of a cart cannot take the place of what it has bought.
func LineBought(subscriptionID string) string {
	return "This line of the cart has bought subscription " + escape.ID(subscriptionID) + ", which this state manages already: the plan would end it, and the cart buys no other in its place. " +
		"If this resource was marked as tainted, run terraform untaint with its address (the one in this message). If its block was renamed or moved, add\n\n" + MovedBlock +
		"\n\nwith both addresses. To buy another subscription in its place, make the cart again."
}

var guid = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

// WaysToKeep says how a subscription that is there comes, or comes back, under the control of this resource. Which of them it is the
// provider cannot know: a tainted object and a renamed block look like a new one to it.
func WaysToKeep(customerID, id string) string {
	return fmt.Sprintf(`If this resource has it in the state and was marked as tainted, run terraform untaint with its address (the one in this message). If the state has it at another address, because its block was renamed or moved, add

%s

If it is the purchase of an earlier run that broke off, or one made by hand, import it: put this into the root module, with the address of this resource. If that has another one in the state, take it out first with terraform state rm.

%s

`, MovedBlock, ImportBlock(customerID, id))
}

// SameAgain says how an object of the state that comes once more, because it was tainted or its block has another name now, is kept. It ends
// with a blank.
func SameAgain(resourceType string) string {
	return "If this one was marked as tainted, run terraform untaint with its address (the one in this message). If its block was renamed or moved, add\n\n" +
		strings.ReplaceAll(MovedBlock, "partnercenter_subscription", resourceType) + "\n\nwith both addresses. "
}

// ReplacementRefused says what a replacement would do, and how it is undone or allowed.
func ReplacementRefused(id, why string) string {
	return fmt.Sprintf("This plan would buy a new subscription and end %s, which the partner may have to go on paying for until its term ends. %s "+
		"To keep the subscription, undo the change. To replace it anyway, set allow_replacement = true; the old one ends by the deletion_policy that has been applied, so apply another one before, if you want another end.", id, why)
}

// FirstRunes is the beginning of a text, of n characters at most.
func FirstRunes(text string, n int) string {
	if runes := []rune(text); len(runes) > n {
		return string(runes[:n])
	}
	return text
}
