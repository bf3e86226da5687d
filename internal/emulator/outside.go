// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"errors"
)

// Purchase is a subscription that a checkout or an order has ever bought, also after it ended.
type Purchase struct {
	CustomerID     string `json:"customerId"`
	SubscriptionID string `json:"subscriptionId"`
	OrderID        string `json:"orderId"`
	CartID         string `json:"cartId,omitempty"`
	OfferID        string `json:"offerId"`
	Quantity       int    `json:"quantity"`
}

var errNoSubscription = errors.New("no such subscription")

// The functions below run under the lock; control.go exports them to Go and HTTP.

// purchases lists every subscription bought through the API, oldest first.
func (s *Server) purchases() []Purchase { return nil }

// drift changes a subscription behind the API, as a portal user or Microsoft would.
func (s *Server) drift(customerID, subscriptionID string, changes map[string]json.RawMessage) error {
	return errNoSubscription
}

// publisherActivates is the publisher finishing the set-up of a purchased subscription.
func (s *Server) publisherActivates(customerID, subscriptionID string) error {
	return errNoSubscription
}

// publisherRefuses is the publisher refusing what is pending on a subscription.
func (s *Server) publisherRefuses(customerID, subscriptionID string) error { return errNoSubscription }

// rotateAvailabilities re-issues every availability id and returns how many there are.
func (s *Server) rotateAvailabilities() int { return 0 }

// index lists the ids of the tenant for people who look around: kind to entries.
func (s *Server) index() map[string]any { return map[string]any{} }
