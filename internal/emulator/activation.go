// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"strconv"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// inSandbox refuses what production does not have, whatever it is asked about (reference/commerce.md#integration-sandbox).
func inSandbox(h handler) handler {
	return func(r *call) (int, any) {
		if !r.world.Rules.Sandbox {
			return refuse(world.Invalid(900127, "The operation is not supported in this environment."))
		}
		return h(r)
	}
}

// activateInSandbox answers for the sandbox's replacement of the publisher.
func activateInSandbox(r *call, _ *world.Customer, sub *world.Subscription) (int, any) {
	if refusal := r.world.ActivateInSandbox(sub); refusal != nil {
		return refuse(refusal)
	}
	return http.StatusOK, object{"subscriptionId": sub.ID, "status": "Success"}
}

// orderLinks are the activation links of an order, or of one of its lines.
func orderLinks(r *call, c *world.Customer, order *world.Order) (int, any) {
	wanted := r.PathValue("line")
	var found []object
	known := wanted == ""
	for _, line := range order.Lines {
		if wanted != "" && wanted != strconv.Itoa(line.Number) {
			continue
		}
		known = true
		if sub := c.Subscription(line.SubscriptionID); sub != nil && order.Revealed(r.world.Now()) {
			found = append(found, r.activationLinks(sub)...)
		}
	}
	if !known {
		return http.StatusBadRequest, fault(800071, "Line item %s is out of range.", wanted)
	}
	return http.StatusOK, collection(r, found)
}

func subscriptionActivationLinks(r *call, _ *world.Customer, sub *world.Subscription) (int, any) {
	return http.StatusOK, collection(r, r.activationLinks(sub))
}

// activationLinks are fresh with every call: the token behind one lives a day.
func (r *call) activationLinks(sub *world.Subscription) []object {
	if sub.Family != world.FamilySaaS || sub.IsOver() {
		return nil
	}
	address := "https://" + publisherHost(sub.Publisher) + "/landing?token=" + r.world.NewCode(40)
	if r.behaviour.Sandbox {
		address = "https://dummy.example/activate"
	}
	return []object{{"lineItemNumber": sub.Line, "link": link(address)}}
}
