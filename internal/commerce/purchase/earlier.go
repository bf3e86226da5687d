// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// EarlierPurchaseError refuses a purchase because the customer has the same already.
type EarlierPurchaseError struct {
	CustomerID string
	OnExisting OnExisting
	Found      []partnercenter.Subscription // at least one
}

func (e *EarlierPurchaseError) Error() string {
	found := make([]string, len(e.Found))
	for i := range e.Found {
		found[i] = Describe(&e.Found[i])
	}
	return "the customer already has this subscription, and Partner Center would sell it a second time without asking: " + strings.Join(found, "; ")
}

// Describe says what an earlier purchase is, in one line.
func Describe(s *partnercenter.Subscription) string {
	return fmt.Sprintf("%s: %q, %s, %s, bought %s", s.ID, s.FriendlyName, words.Count(int64(s.Quantity), "licence"), strings.ToLower(s.Status), words.Day(s.CreationDate.Time))
}

// EarlierPurchases are the live ones among the subscriptions that look like an earlier purchase of what is ordered: same product, SKU and
// nickname. Those that this run bought or gave up are not meant. A purchase without a nickname is named by the service, so then any name
// counts.
func EarlierPurchases(subscriptions []partnercenter.Subscription, claims *spending.Claims, order Order) []partnercenter.Subscription {
	name := strings.TrimSpace(order.Line.FriendlyName)
	var found []partnercenter.Subscription
	for _, s := range subscriptions {
		switch {
		case s.Ended() || claims.WasBought(s.ID) || claims.Ordered(s.OrderID) || claims.WasGivenUp(s.ID):
		case s.ProductID() != order.ProductID || s.SkuID() != order.SkuID:
		case order.Line.FriendlyName != "" && !strings.EqualFold(strings.TrimSpace(s.FriendlyName), name):
		default:
			found = append(found, s)
		}
	}
	return found
}

// adoptEarlier finds the purchase of a run that broke off, or one made by hand, and takes it over or refuses to buy it again. Without one
// neither a receipt nor an error comes back.
func (b Buyer) adoptEarlier(ctx context.Context, order Order) (*Receipt, error) {
	if order.OnExisting == PurchaseAnother {
		return nil, nil
	}
	all, err := b.Client.Subscriptions(ctx, order.CustomerID, partnercenter.SubscriptionsQuery{})
	if err != nil {
		return nil, err
	}
	found := EarlierPurchases(b.Claims.Seen(order.CustomerID, all), b.Claims, order)
	if order.Replaces { // one with another term is what this purchase replaces, not the same
		found = slices.DeleteFunc(found, func(s partnercenter.Subscription) bool {
			return order.TermDuration != "" && s.TermDuration != order.TermDuration
		})
	}
	switch {
	case len(found) == 0:
		return nil, nil
	case order.OnExisting == Adopt && len(found) == 1:
		if !b.Claims.ClaimSubscription(found[0].ID) {
			return nil, fmt.Errorf("on_existing is %q, and another resource of this run has adopted subscription %s already: give each its own friendly_name", Adopt, found[0].ID)
		}
		b.Claims.Bought(found[0].ID)
		return &Receipt{Subscription: &found[0], OrderID: found[0].OrderID, Adopted: true}, nil
	}
	return nil, &EarlierPurchaseError{CustomerID: order.CustomerID, OnExisting: order.OnExisting, Found: found}
}

// twins are subscriptions of the same product, SKU and nickname that somebody else has bought since: another run looked for one at the
// same moment and did not find this one either. Partner Center has no call that would rule this out.
func (b Buyer) twins(ctx context.Context, order Order, since time.Time) []partnercenter.Subscription {
	if order.OnExisting == PurchaseAnother {
		return nil
	}
	all, err := b.Client.Subscriptions(ctx, order.CustomerID, partnercenter.SubscriptionsQuery{})
	if err != nil {
		return nil // what was bought is known; this is only advice
	}
	return slices.DeleteFunc(EarlierPurchases(all, b.Claims, order), func(s partnercenter.Subscription) bool {
		return s.CreationDate.Before(since.Add(-clockStep))
	})
}
