// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"maps"
	"net/http"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// listSubscriptions answers all states in one page, with a lag (reference/commerce.md#subscriptions).
func listSubscriptions(r *call, c *world.Customer) (int, any) {
	order, mpn := parameter(r, "order_id"), parameter(r, "mpn_id")
	var found []object
	for _, sub := range r.world.ListSubscriptions(c) {
		if order != "" && sub.OrderID != order || mpn != "" && sub.PartnerID != mpn {
			continue
		}
		one := maps.Clone(r.view(c, sub))
		for member := range strings.SplitSeq(r.behaviour.ListsOmit, ",") {
			delete(one, member)
		}
		found = append(found, one)
	}
	return http.StatusOK, collection(r, found)
}

func getSubscription(r *call, c *world.Customer, sub *world.Subscription) (int, any) {
	return http.StatusOK, r.view(c, sub)
}

// view is what a read of the subscription answers.
func (r *call) view(c *world.Customer, sub *world.Subscription) object {
	shown, at := r.world.Read(c, sub)
	return r.renderSubscription(c, shown, at)
}

func listAddons(r *call, c *world.Customer, sub *world.Subscription) (int, any) {
	var found []object
	for _, child := range c.Subscriptions {
		if strings.EqualFold(child.ParentID, sub.ID) {
			found = append(found, r.view(c, child))
		}
	}
	return http.StatusOK, collection(r, found)
}

func getProvisioning(r *call, _ *world.Customer, sub *world.Subscription) (int, any) {
	status := "success"
	if sub.Pending != nil || sub.Unactivated {
		status = "pending"
	}
	return http.StatusOK, object{"skuId": sub.SkuID, "status": status, "quantity": sub.Quantity,
		"endDate": stamp(sub.TermEnd), "attributes": objectType("SubscriptionProvisioningStatus")}
}

// updateSubscription is the dangerous part: a PATCH that partly behaves like a replacement (reference/commerce.md#patch-semantics).
func updateSubscription(r *call, c *world.Customer, sub *world.Subscription) (int, any) {
	if refusal := r.caller.MayUpdate(sub); refusal != nil {
		return refuse(refusal)
	}
	wanted, refusal := r.readUpdate(sub)
	if refusal != nil {
		return refuse(refusal)
	}
	shows, refusal := r.world.Update(c, sub, wanted, r.caller)
	switch {
	case refusal != nil:
		return refuse(refusal)
	case !shows:
		return http.StatusAccepted, withHeader(nil, "Location", subscriptionURI(c, sub))
	}
	return http.StatusOK, r.renderSubscription(c, sub, r.world.Now())
}
