// SPDX-License-Identifier: MPL-2.0

package subscriptiondata

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

// customer is one customer with the subscriptions that were found.
type customer struct {
	id            string
	companyName   string // "" where it would have cost a request
	subscriptions []partnercenter.Subscription
	failure       error // why the subscriptions could not be read
}

func (c *customer) String() string {
	if c.companyName == "" {
		return "customer " + c.id
	}
	return c.companyName + " (" + c.id + ")"
}

// find reads the wanted subscriptions, one request per customer. The order is the same in every run: customers as they were named, or
// by company name; subscriptions by the date of their purchase. Customers that could not be read are among the result, with the failure.
func (f *filterModel) find(ctx context.Context, client *partnercenter.Client, diags *diag.Diagnostics) []customer {
	customers, err := f.customers(ctx, client)
	if framework.Failed(diags, "list customers", err) {
		return nil
	}
	if framework.Failed(diags, "list subscriptions", f.readAll(ctx, client, customers)) {
		return nil
	}
	f.reportFailures(diags, customers)
	return customers
}

// customers are those named, each once, or all of them with their names.
func (f *filterModel) customers(ctx context.Context, client *partnercenter.Client) ([]customer, error) {
	customers := []customer{}
	if f.CustomerIDs != nil {
		for _, id := range f.CustomerIDs {
			if !slices.ContainsFunc(customers, func(c customer) bool { return strings.EqualFold(c.id, id.ValueString()) }) {
				customers = append(customers, customer{id: id.ValueString()})
			}
		}
		return customers, nil
	}
	all, err := client.Customers(ctx, partnercenter.CustomersQuery{})
	for _, c := range all {
		customers = append(customers, customer{id: c.ID, companyName: c.CompanyProfile.CompanyName})
	}
	slices.SortFunc(customers, func(a, b customer) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.companyName), strings.ToLower(b.companyName)), strings.Compare(a.id, b.id))
	})
	return customers, err
}

// readAll reads the subscriptions of each customer. A failure that concerns one customer is kept with the customer. An error is what
// concerns all of them: a refused sign-in, a limit that is reached, or a service that fails for several in a row: a list of those before it
// would look like one of all.
func (f *filterModel) readAll(ctx context.Context, client *partnercenter.Client, customers []customer) error {
	var done, inARow atomic.Int64
	group, groupCtx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	for i := range customers {
		group.Go(func() error {
			c := &customers[i]
			c.failure = f.read(groupCtx, client, c)
			switch {
			case c.failure == nil:
				inARow.Store(0)
			case refused(c.failure) && concernsOneCustomer(c.failure):
				inARow.Store(0)
				return nil
			case groupCtx.Err() != nil, !concernsOneCustomer(c.failure), inARow.Add(1) >= atOnce:
				return fmt.Errorf("%s: %w", c, c.failure)
			default:
				return nil
			}
			tflog.Info(ctx, "Read the subscriptions of a customer", map[string]any{
				"customer_id": c.id, "found": len(c.subscriptions), "customers_read": done.Add(1), "customers": len(customers),
			})
			return nil
		})
	}
	return group.Wait()
}

// read fills in the subscriptions of one customer.
func (f *filterModel) read(ctx context.Context, client *partnercenter.Client, c *customer) error {
	got, err := client.SharedSubscriptions(ctx, c.id, f.query())
	if err != nil {
		return err
	}
	now := client.ServiceTime()
	c.subscriptions = slices.DeleteFunc(got, func(s partnercenter.Subscription) bool { return !f.keeps(&s, now) })
	slices.SortStableFunc(c.subscriptions, func(a, b partnercenter.Subscription) int {
		return cmp.Or(a.CreationDate.Compare(b.CreationDate.Time), strings.Compare(a.ID, b.ID))
	})
	return nil
}

// concernsOneCustomer holds for what others may not meet: the request for this customer is refused, the service fails on it, or its answer is
// cut off or incomplete. Signing in, 401 and 429 are about the application.
func concernsOneCustomer(err error) bool {
	if _, unsigned := errors.AsType[interface {
		error
		SignInMayPass() bool
	}](err); unsigned || errors.Is(err, context.Canceled) {
		return false
	}
	var e *partnercenter.Error
	return !errors.As(err, &e) || e.StatusCode != http.StatusUnauthorized && e.StatusCode != http.StatusTooManyRequests
}

// refused holds for an answer that is about the customer. What is no such answer may come of an outage.
func refused(err error) bool {
	var e *partnercenter.Error
	return errors.As(err, &e) && e.Err == nil && e.StatusCode >= http.StatusBadRequest && e.StatusCode < http.StatusInternalServerError
}

// reportFailures names the customers that could not be read: as errors where they were asked for, or where it is every single one, which
// is a matter of the application's rights or of the service; otherwise as a warning.
func (f *filterModel) reportFailures(diags *diag.Diagnostics, customers []customer) {
	failed := leftOut(customers)
	switch {
	case len(failed) == 0:
	case f.CustomerIDs != nil:
		for _, c := range failed {
			framework.Failed(diags, "list subscriptions", fmt.Errorf("%s: %w", c, c.failure))
		}
	case len(failed) == len(customers):
		framework.Failed(diags, "list subscriptions of any customer", failed[0].failure)
	default:
		var lines strings.Builder
		for _, c := range failed {
			fmt.Fprintf(&lines, "\n  %s: %s", c, c.failure)
		}
		diags.AddWarning(fmt.Sprintf("Incomplete list: %d of %d customers left out", len(failed), len(customers)),
			"Partner Center did not show the subscriptions of these customers, so they are missing here:\n"+lines.String()+
				"\n\nNothing is known of their subscriptions: they have not ended for that. Run again where the service failed. Where it refuses, "+
				"clear the relationship with the customer in Partner Center, or name the other customers in customer_ids.")
	}
}

// leftOut are the customers whose subscriptions could not be read.
func leftOut(customers []customer) []*customer {
	var failed []*customer
	for i := range customers {
		if customers[i].failure != nil {
			failed = append(failed, &customers[i])
		}
	}
	return failed
}
