// SPDX-License-Identifier: MPL-2.0

package world

import "time"

// Moment is the step of a purchase at which a check is made.
type Moment string

// The two steps of a purchase.
const (
	AtCart     Moment = "cart"
	AtCheckout Moment = "checkout"
)

// CatalogRules concern products, SKUs and availabilities (reference/commerce.md#catalog).
type CatalogRules struct {
	// StaleAvailability is where a re-issued availability id is refused with 404 400019 ("Emulator", Catalogue).
	StaleAvailability Moment
	// RotateAvailabilitiesEvery re-issues all availability ids by the clock, 0 for only on request.
	RotateAvailabilitiesEvery time.Duration
	// AutoApplicablePromotions puts every promotion that fits on a cart line that names none.
	AutoApplicablePromotions bool
}

// ErrorForm is how a refused line is reported.
type ErrorForm string

// Refusals arrive inside a successful answer, or as the status of the whole call.
const (
	ErrorInBody   ErrorForm = "body"
	ErrorAsStatus ErrorForm = "status"
)

// OrderOutcome is the course of an order after checkout (reference/commerce.md#order-status).
type OrderOutcome string

// Courses of an order.
const (
	OrderPendingThenCompleted OrderOutcome = "pending_then_completed"
	OrderCompleted            OrderOutcome = "completed"
	OrderPending              OrderOutcome = "pending" // for good, while the subscription is usable
	OrderUnknown              OrderOutcome = "unknown" // likewise
	// The next four wait for somebody: without CompleteOrder no subscription appears.
	OrderPendingReview    OrderOutcome = "pending_review"
	OrderPendingPOUpload  OrderOutcome = "pending_po_upload"
	OrderPOUploadComplete OrderOutcome = "po_upload_complete"
	OrderSuspended        OrderOutcome = "suspended"
	// These start as pending and fail: nothing is provisioned and nothing is owed.
	OrderError            OrderOutcome = "error"
	OrderCancelled        OrderOutcome = "cancelled"
	OrderPOReviewRejected OrderOutcome = "po_review_rejected"
	// The first line of the order is provisioned, the others fail.
	OrderPartialSuccess OrderOutcome = "partial_success"
)

// RepeatedCheckout is the answer to the checkout of a cart that was already ordered.
type RepeatedCheckout string

// Answers to a repeated checkout; none of them buys again.
const (
	RepeatSubmitted  RepeatedCheckout = "submitted"   // 400 800065
	RepeatReplays    RepeatedCheckout = "replays"     // 201 with the first result
	RepeatBusy       RepeatedCheckout = "busy"        // 409 800064
	RepeatInProgress RepeatedCheckout = "in_progress" // 409 800060
)

// CheckoutRules concern carts, checkout and orders (reference/commerce.md#carts and reference/commerce.md#orders).
type CheckoutRules struct {
	// CartLifetime is the time between creation and expirationTimestamp; afterwards the cart is 404 800008.
	CartLifetime time.Duration
	// CartErrors says whether a line that cannot be bought carries an error in a 201 or fails the call.
	CartErrors ErrorForm
	// LinesOfACart is how many lines a cart may have before the call fails with 400 800002, 0 for any number: no page says.
	LinesOfACart int
	// AddonCheck is where an add-on without a base is refused: in the cart, as the error 400041 of its line, or by the checkout, with 800029.
	AddonCheck Moment
	// AgreementCheck is where 403 13605 is given to a customer without the Microsoft Customer Agreement.
	AgreementCheck Moment
	// AttestationAlways demands partnerOnRecordAttestationAccepted of every purchase, not only of one with a reseller.
	AttestationAlways bool
	// CheckoutErrors says whether a refused order group becomes orderErrors in a 201 or the status of the call.
	CheckoutErrors ErrorForm
	// CheckoutRefusal refuses every checkout with this code (400 unless the code is documented otherwise), 0 for none.
	CheckoutRefusal int
	// RepeatedCheckout is what a second checkout of an ordered cart gets.
	RepeatedCheckout RepeatedCheckout
	// SubscriptionIDAfterReads is how many reads of an order by id still lack subscriptionId.
	SubscriptionIDAfterReads int
	// SubscriptionIDAfter is how long subscriptionId is lacking, by the clock; both limits must be over.
	SubscriptionIDAfter time.Duration
	// NewSubscriptionMissingReads is how many reads of a new subscription by id still answer 404 20003.
	NewSubscriptionMissingReads int
	// OrderOutcome is the course of new orders.
	OrderOutcome OrderOutcome
	// ListLag is how long lists of orders and subscriptions hide a purchase (documented: up to 15 minutes).
	ListLag time.Duration
	// ListLagReads ends the lag earlier, after so many list requests of the customer; 0 for the clock alone.
	ListLagReads int
	// CartsLeaveMarginOut lets carts show the price without the margin of a private offer, which is charged all the same.
	CartsLeaveMarginOut bool
	// Sandbox applies the limits of the integration sandbox and opens POST .../activate.
	Sandbox bool
}

func defaultCheckout() CheckoutRules {
	return CheckoutRules{
		CartLifetime: 7 * 24 * time.Hour, CartErrors: ErrorInBody,
		AddonCheck: AtCart, AgreementCheck: AtCheckout, CheckoutErrors: ErrorInBody, RepeatedCheckout: RepeatSubmitted,
		SubscriptionIDAfterReads: 1, NewSubscriptionMissingReads: 1, OrderOutcome: OrderPendingThenCompleted,
		ListLag: 15 * time.Minute, ListLagReads: 2,
	}
}
