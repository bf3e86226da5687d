// SPDX-License-Identifier: MPL-2.0

package world

import "time"

// Order is a purchase, or a change of one (reference/commerce.md#orders).
type Order struct {
	ID, AlternateID, Cycle, Currency string
	Transaction                      string // UserPurchase, SystemPurchase or SystemBilling
	Created                          time.Time
	Status, FinalStatus              string
	Legacy                           bool
	Lines                            []*OrderLine
	HiddenReads                      int       // reads by id that still lack the subscription ids
	HiddenUntil                      time.Time // the same by the clock
	ThroughAPI                       bool
	BoughtAtListRead                 int
}

// OrderLine is one line of an order.
type OrderLine struct {
	Number                                          int
	OfferID, SubscriptionID, ParentID, FriendlyName string
	Duration, RenewsTo, Transaction, PromotionID    string
	Quantity                                        int
	Reseller                                        string
	AdditionalResellers                             []string
	Context                                         map[string]string
	CustomTermEnd                                   time.Time
	Attested                                        bool
	Pricing                                         *Pricing
}

// Pricing is what a line costs before tax: Price is one unit for one billing cycle, Extended the whole term.
type Pricing struct {
	List, Discounted, Prorated, Price, Extended Money
}

// provisions reports whether the order brings a subscription for a line.
func (o *Order) provisions(line int) bool {
	switch OrderOutcome(o.FinalStatus) {
	case OrderError, OrderCancelled, OrderPOReviewRejected:
		return false
	case OrderPartialSuccess:
		return line == 0
	}
	return true
}

// Revealed reports whether the order shows its subscription ids.
func (o *Order) Revealed(now time.Time) bool { return o.HiddenReads <= 0 && !now.Before(o.HiddenUntil) }

// Purchase is a subscription that a checkout or an order has ever bought, also after it ended.
type Purchase struct {
	CustomerID     string `json:"customerId"`
	SubscriptionID string `json:"subscriptionId"`
	OrderID        string `json:"orderId"`
	CartID         string `json:"cartId,omitempty"`
	OfferID        string `json:"offerId"`
	Quantity       int    `json:"quantity"`
}
