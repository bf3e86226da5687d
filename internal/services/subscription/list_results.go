// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/list"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// listSubscriptions streams a result for each subscription that the filter finds and that result has one for. Ended subscriptions are
// left out unless a status is asked for. Every customer is read before the first result, so that the order is the same in every run.
func listSubscriptions(ctx context.Context, client *partnercenter.Client, req list.ListRequest, stream *list.ListResultsStream,
	result func(*holding, *partnercenter.Subscription) *list.ListResult) {
	var config filterModel
	diags := req.Config.Get(ctx, &config)
	var found []holding
	if !diags.HasError() {
		found = config.find(ctx, client, &diags)
	}
	stream.Results = func(push func(list.ListResult) bool) {
		if len(diags) > 0 && !push(list.ListResult{Diagnostics: diags}) || diags.HasError() {
			return
		}
		left := req.Limit
		for i := range found {
			h := &found[i]
			h.companyName = cmp.Or(h.companyName, companyName(ctx, client, h))
			for j := range h.subscriptions {
				s := &h.subscriptions[j]
				if s.Ended() && config.Status.IsNull() {
					continue
				}
				one := result(h, s)
				if one == nil {
					continue
				}
				one.DisplayName = displayName(h, s)
				if left--; !push(*one) || left == 0 { // a limit of 0 is none
					return
				}
			}
		}
	}
}

// companyName is the name of a customer that was named by its id, where it has something to show; without one its id has to do.
func companyName(ctx context.Context, client *partnercenter.Client, h *holding) string {
	if len(h.subscriptions) == 0 {
		return ""
	}
	customer, err := client.Customer(ctx, h.customerID)
	if err != nil {
		return h.customerID
	}
	return customer.CompanyProfile.CompanyName
}

func displayName(h *holding, s *partnercenter.Subscription) string {
	return fmt.Sprintf("%s: %s (%s, %s)", h.companyName, cmp.Or(s.FriendlyName, s.OfferName, s.ID), words.Count(int64(s.Quantity), "licence"), strings.ToLower(s.Status))
}
