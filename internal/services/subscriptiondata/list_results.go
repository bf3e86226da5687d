// SPDX-License-Identifier: MPL-2.0

package subscriptiondata

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/list"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// List streams a result for each subscription that the filter of a list block finds and that result has one for; ListFilters is the schema
// of the block. Ended subscriptions are left out unless a status is asked for. Every customer is read before the first result, so that the
// order is the same in every run.
func List(ctx context.Context, client *partnercenter.Client, req list.ListRequest, stream *list.ListResultsStream,
	result func(customerID string, s *partnercenter.Subscription) *list.ListResult) {
	var config filterModel
	diags := req.Config.Get(ctx, &config)
	var found []customer
	if !diags.HasError() {
		found = config.find(ctx, client, &diags)
	}
	stream.Results = func(push func(list.ListResult) bool) {
		if len(diags) > 0 && !push(list.ListResult{Diagnostics: diags}) || diags.HasError() {
			return
		}
		left := req.Limit
		for i := range found {
			c := &found[i]
			c.companyName = cmp.Or(c.companyName, readCompanyName(ctx, client, c))
			for j := range c.subscriptions {
				s := &c.subscriptions[j]
				if s.Ended() && config.Status.IsNull() {
					continue
				}
				one := result(c.id, s)
				if one == nil {
					continue
				}
				one.DisplayName = displayName(c, s)
				if left--; !push(*one) || left == 0 { // a limit of 0 is none
					return
				}
			}
		}
	}
}

// readCompanyName is the name of a customer that was named by its ID, where it has something to show; without one its ID has to do.
func readCompanyName(ctx context.Context, client *partnercenter.Client, c *customer) string {
	if len(c.subscriptions) == 0 {
		return ""
	}
	got, err := client.Customer(ctx, c.id)
	if err != nil {
		return c.id
	}
	return got.CompanyProfile.CompanyName
}

func displayName(c *customer, s *partnercenter.Subscription) string {
	return fmt.Sprintf("%s: %s (%s, %s)", escape.Terminal(c.companyName), escape.Terminal(cmp.Or(s.FriendlyName, s.OfferName, s.ID)), words.Count(int64(s.Quantity), "license"), strings.ToLower(s.Status))
}
