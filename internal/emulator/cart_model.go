// SPDX-License-Identifier: MPL-2.0

package emulator

import "time"

// Cart statuses, capitalised as documented.
const (
	cartActive  = "Active"
	cartOrdered = "Ordered"
)

// Cart is a temporary object that groups lines into orders (commerce reference, Carts).
type Cart struct {
	ID, Status, User           string
	Created, Modified, Expires time.Time
	Attested                   bool
	Lines                      []*Line
	Result                     *checkoutResult // of the checkout that ordered it
}

// checkoutResult remembers which orders a checkout made, so that a repeat can be answered alike.
type checkoutResult struct {
	OrderIDs []string
	Errors   []groupError
}

type groupError struct {
	Group       string
	Code        int
	Description string
	status      int
}

// Line is one item of a cart or an order that is to be bought.
type Line struct {
	ID                                     int
	CatalogItemID, FriendlyName, Currency  string
	Quantity                               int
	Cycle, Duration, RenewsTo, PromotionID string
	Reseller                               string // MPN id of the transaction reseller
	AdditionalResellers                    []string
	Context                                map[string]string
	CustomTermEnd                          time.Time
	Attested                               bool
	Group                                  string
	Error                                  *lineError
	Addons                                 []*Line
}

// lineError says why a line cannot be bought (commerce reference, "Cart line error codes").
type lineError struct {
	Code        int
	Description string
	Available   *int
	status      int // of the whole call, where errors are not put into the line
	whole       int // code of the whole call
}

// Order is a purchase, or a change of one (commerce reference, Orders).
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
	List, Discounted, Prorated, Price, Extended money
}
