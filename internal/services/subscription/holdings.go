// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-log/tflog"
	"golang.org/x/sync/errgroup"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// atOnce is how many customers are read at the same time. Beyond that the limit of requests a minute is what waits.
const atOnce = 8

// holding is what one customer has.
type holding struct {
	customerID    string
	companyName   string // "" where it would have cost a request
	subscriptions []partnercenter.Subscription
	refused       error // why Partner Center does not show them
}

func (h *holding) String() string {
	if h.companyName == "" {
		return "customer " + h.customerID
	}
	return h.companyName + " (" + h.customerID + ")"
}

// find reads the wanted subscriptions, one request per customer. The order is the same in every run: customers as they were named, or
// by company name; subscriptions by the date of their purchase.
func (f *filterModel) find(ctx context.Context, client *partnercenter.Client, diags *diag.Diagnostics) []holding {
	holdings, err := f.customers(ctx, client)
	if framework.Failed(diags, "list customers", err) {
		return nil
	}
	var done atomic.Int64
	group, groupCtx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	for i := range holdings {
		group.Go(func() error {
			h := &holdings[i]
			if err := f.read(groupCtx, client, h); err != nil {
				return fmt.Errorf("%s: %w", h, err)
			}
			tflog.Info(ctx, "Read the subscriptions of a customer", map[string]any{
				"customer_id": h.customerID, "found": len(h.subscriptions), "customers_read": done.Add(1), "customers": len(holdings),
			})
			return nil
		})
	}
	if framework.Failed(diags, "list subscriptions", group.Wait()) {
		return nil
	}
	f.reportRefused(diags, holdings)
	return holdings
}

// customers are those named, each once, or all of them with their names.
func (f *filterModel) customers(ctx context.Context, client *partnercenter.Client) ([]holding, error) {
	holdings := []holding{}
	if f.CustomerIDs != nil {
		for _, id := range f.CustomerIDs {
			if !slices.ContainsFunc(holdings, func(h holding) bool { return strings.EqualFold(h.customerID, id.ValueString()) }) {
				holdings = append(holdings, holding{customerID: id.ValueString()})
			}
		}
		return holdings, nil
	}
	all, err := client.Customers(ctx, partnercenter.CustomersQuery{})
	for _, c := range all {
		holdings = append(holdings, holding{customerID: c.ID, companyName: c.CompanyProfile.CompanyName})
	}
	slices.SortFunc(holdings, func(a, b holding) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.companyName), strings.ToLower(b.companyName)), strings.Compare(a.customerID, b.customerID))
	})
	return holdings, err
}

// read fills in what the customer has. That Partner Center refuses to show it belongs to the holding; anything else, such as an outage,
// is an error, because a list with a hole in it would look as if subscriptions had ended.
func (f *filterModel) read(ctx context.Context, client *partnercenter.Client, h *holding) error {
	got, err := client.SharedSubscriptions(ctx, h.customerID, f.query())
	if refused(err) {
		h.refused = err
		return nil
	}
	if err != nil {
		return err
	}
	now := client.ServiceTime()
	h.subscriptions = slices.DeleteFunc(got, func(s partnercenter.Subscription) bool { return !f.keeps(&s, now) })
	slices.SortStableFunc(h.subscriptions, func(a, b partnercenter.Subscription) int {
		return cmp.Or(a.CreationDate.Compare(b.CreationDate.Time), strings.Compare(a.ID, b.ID))
	})
	return nil
}

// refused holds for answers about the customer itself, which come again tomorrow: it is not, or no longer, the partner's.
func refused(err error) bool {
	var e *partnercenter.Error
	return errors.As(err, &e) && (e.StatusCode == http.StatusForbidden || e.StatusCode == http.StatusNotFound)
}

// reportRefused names the customers that cannot be read: as errors where they were asked for, or where it is every single one, which
// is a matter of the application's rights; otherwise as a warning.
func (f *filterModel) reportRefused(diags *diag.Diagnostics, holdings []holding) {
	var lines []string
	for i := range holdings {
		h := &holdings[i]
		if h.refused == nil {
			continue
		}
		lines = append(lines, fmt.Sprintf("\n  %s: %s", h, h.refused))
		if f.CustomerIDs != nil {
			framework.Failed(diags, "list subscriptions", fmt.Errorf("%s: %w", h, h.refused))
		}
	}
	switch {
	case len(lines) == 0 || f.CustomerIDs != nil:
	case len(lines) == len(holdings):
		framework.Failed(diags, "list subscriptions of any customer", holdings[0].refused)
	default:
		diags.AddWarning(fmt.Sprintf("%d of %d customers left out", len(lines), len(holdings)),
			"Partner Center refuses to show their subscriptions, so they are missing here:\n"+strings.Join(lines, "")+
				"\n\nName the others in customer_ids to leave these out without a warning, or clear the relationship with these customers in Partner Center.")
	}
}
