// SPDX-License-Identifier: MPL-2.0

package world

import "time"

// Cart statuses, capitalised as documented.
const (
	CartActive  = "Active"
	CartOrdered = "Ordered"
)

// Cart is a temporary object that groups lines into orders (reference/commerce.md#carts).
type Cart struct {
	ID, Status, User           string
	Created, Modified, Expires time.Time
	Attested                   bool
	Lines                      []*Line
	Result                     *CheckoutResult // of the checkout that ordered it
}

// CheckoutResult remembers which orders a checkout made, so that a repeat can be answered alike.
type CheckoutResult struct {
	OrderIDs []string
	Errors   []GroupError
}

// GroupError is why a group of lines was not ordered.
type GroupError struct {
	Group       string
	Code        int
	Description string
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
	Error                                  *LineError
	Addons                                 []*Line
}

// LineError says why a line cannot be bought (reference/commerce.md#cart-line-error-codes).
type LineError struct {
	Code        int
	Description string
	Available   *int
	Whole       *Refusal // of the call, where errors are not put into the line
}
