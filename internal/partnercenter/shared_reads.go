// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"slices"
	"strings"
)

// The Shared operations are for those who only look: refreshing, checks of a plan, data sources. However many ask about one customer,
// it costs one request, until something is written to that customer. Whoever is about to write, or waits for a change, uses the plain
// operations, which always ask. What comes back belongs to all, so nothing behind its pointers may be changed.

// subscriptionList is a list with an index by ID in lower case.
type subscriptionList struct {
	all []Subscription
	at  map[string]int
}

func (c *Client) sharedSubscriptions(ctx context.Context, customerID string, query SubscriptionsQuery) (subscriptionList, error) {
	q := question{"list subscriptions", "order " + query.OrderID + ", partner " + query.PartnerID}
	return share(ctx, c.shared, strings.ToLower(customerID), q, func(ctx context.Context) (subscriptionList, error) {
		all, err := c.Subscriptions(ctx, customerID, query)
		forgetDocuments(all)
		indexed := subscriptionList{all, make(map[string]int, len(all))}
		for i := range all {
			indexed.at[strings.ToLower(all[i].ID)] = i
		}
		return indexed, err
	})
}

// SharedSubscriptions is Subscriptions for those who only look.
func (c *Client) SharedSubscriptions(ctx context.Context, customerID string, query SubscriptionsQuery) ([]Subscription, error) {
	found, err := c.sharedSubscriptions(ctx, customerID, query)
	return slices.Clone(found.all), err
}

// SharedSubscription is Subscription for those who only look: it comes from the list of all of the customer's subscriptions. One that is
// missing there is read by itself, because lists lag behind purchases, and so is one without an offer: some lists show only a part of their
// subscriptions (https://learn.microsoft.com/partner-center/developer/get-all-of-a-customer-s-subscriptions).
func (c *Client) SharedSubscription(ctx context.Context, customerID, id string) (*Subscription, error) {
	if c.options.SeparateReads {
		return c.Subscription(ctx, customerID, id)
	}
	found, err := c.sharedSubscriptions(ctx, customerID, SubscriptionsQuery{})
	if err != nil {
		return nil, err
	}
	at, listed := found.at[strings.ToLower(id)]
	if !listed || found.all[at].OfferID == "" {
		return c.Subscription(ctx, customerID, id)
	}
	listedAs := found.all[at]
	return &listedAs, nil
}

// SharedOrders is Orders for those who only look.
func (c *Client) SharedOrders(ctx context.Context, customerID string) ([]Order, error) {
	all, err := share(ctx, c.shared, strings.ToLower(customerID), question{operation: "list orders"}, func(ctx context.Context) ([]Order, error) {
		return c.Orders(ctx, customerID, OrdersQuery{})
	})
	return slices.Clone(all), err
}

// SharedProducts is Products for those who only look.
func (c *Client) SharedProducts(ctx context.Context, scope CatalogScope, targetView string) ([]Product, error) {
	all, err := share(ctx, c.shared, "", scope.question("list products", targetView), func(ctx context.Context) ([]Product, error) {
		return c.Products(ctx, scope, targetView)
	})
	return slices.Clone(all), err
}

// SharedAvailabilities is Availabilities for those who only look. Their IDs are issued anew at any time, so a purchase must not use it.
func (c *Client) SharedAvailabilities(ctx context.Context, scope CatalogScope, productID, skuID string) ([]Availability, error) {
	all, err := share(ctx, c.shared, "", scope.question("list availabilities", productID+":"+skuID), func(ctx context.Context) ([]Availability, error) {
		return c.Availabilities(ctx, scope, productID, skuID)
	})
	return slices.Clone(all), err
}

// question is about the catalog, which belongs to nobody: what a customer buys does not change what it can buy.
func (s CatalogScope) question(operation, subject string) question {
	return question{operation, strings.Join([]string{strings.ToLower(s.CustomerID), strings.ToLower(s.Country), s.TargetSegment, subject}, "/")}
}

// SharedCustomerAgreements is CustomerAgreements for those who only look.
func (c *Client) SharedCustomerAgreements(ctx context.Context, customerID, agreementType string) ([]CustomerAgreement, error) {
	q := question{"list customer agreements", agreementType}
	all, err := share(ctx, c.shared, strings.ToLower(customerID), q, func(ctx context.Context) ([]CustomerAgreement, error) {
		return c.CustomerAgreements(ctx, customerID, agreementType)
	})
	return slices.Clone(all), err
}

// SharedDirectSignedAgreementStatus is DirectSignedAgreementStatus for those who only look.
func (c *Client) SharedDirectSignedAgreementStatus(ctx context.Context, customerID string) (bool, error) {
	q := question{operation: "read agreement signature"}
	return share(ctx, c.shared, strings.ToLower(customerID), q, func(ctx context.Context) (bool, error) {
		return c.DirectSignedAgreementStatus(ctx, customerID)
	})
}

// SharedResellerAgreementStatus is ResellerAgreementStatus for those who only look.
func (c *Client) SharedResellerAgreementStatus(ctx context.Context, resellerID string) (bool, error) {
	q := question{"read agreement status of reseller", strings.ToLower(resellerID)}
	return share(ctx, c.shared, "", q, func(ctx context.Context) (bool, error) {
		return c.ResellerAgreementStatus(ctx, resellerID)
	})
}
