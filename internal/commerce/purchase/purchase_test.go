// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/sample"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

func TestBuy(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	got := mustBuy(t, m.run(), archive("one"))
	m.isThe(got)
	m.sent(1, 1)
	if s := got.Subscription; s.Quantity != 5 || s.FriendlyName != "one" || s.TermDuration != "P1Y" {
		t.Errorf("bought was %+v", s)
	}
	if got.Price.Total == nil || got.Price.Total.String() != "168" || got.Price.Currency != "EUR" {
		t.Errorf("the price is %+v", got.Price)
	}
	if n := len(m.Writes()); n != 2 {
		t.Errorf("%d writes were sent, want a cart and its checkout", n)
	}
}

// What cannot be bought as it is leaves nothing behind: no checkout, and no cart where the catalog says so already.
func TestBuy_refusedBeforeTheCheckout(t *testing.T) {
	t.Parallel()
	expensive := func(o *Order) {
		o.PriceLimit = &spending.PriceLimit{Currency: "EUR", Total: new(decimal.RequireFromString("167.99"))}
	}
	for name, test := range map[string]struct {
		change func(*Order)
		why    string
		carts  int
	}{
		"not sold for that term":   {func(o *Order) { o.TermDuration = "P1M" }, `not sold with term_duration = "P1M"`, 0},
		"too many":                 {func(o *Order) { o.Line.Quantity = 10001 }, "at most 10000 licenses", 0},
		"perpetual software":       {func(o *Order) { o.ProductID, o.TermDuration = sample.ProductServer, "" }, "is perpetual software, and partnercenter_subscription manages", 0},
		"an Azure plan":            {func(o *Order) { o.ProductID, o.Line.Quantity = emulator.ProductAzurePlan, 1 }, "is an Azure plan or reservation", 0},
		"an unknown product":       {func(o *Order) { o.ProductID = "DZH318Z0NONE" }, "400013", 0},
		"a promotion that is over": {func(o *Order) { o.Line.PromotionID = emulator.PromotionEnded }, "does not apply", 0},
		"an attestation missing": {func(o *Order) {
			o.ProductID, o.TermDuration = emulator.ProductMedical, "P1M"
		}, "attestation of the catalog item is not accepted (code 10012)", 1},
		"above the price limit": {expensive, "price_limit allows 167.99 EUR for the whole term", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := openMarket(t)
			order := archive("one")
			test.change(&order)
			got, err := m.run().Buy(t.Context(), order)
			refused(t, got, err, test.why)
			m.bought(0)
			m.sent(test.carts, 0)
		})
	}
}

func TestBuy_errorsOfTheirOwn(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	order := archive("one")
	order.ProductID, order.TermDuration = emulator.ProductMedical, "P1M"
	_, err := m.run().Buy(t.Context(), order)
	if _, ok := errors.AsType[*LineError](err); !ok {
		t.Errorf("%v is not the error of a line", err)
	}
	order = archive("two")
	order.PriceLimit = &spending.PriceLimit{Currency: "USD", Total: &decimal.Zero}
	_, err = m.run().Buy(t.Context(), order)
	if _, ok := errors.AsType[*spending.LimitError](err); !ok {
		t.Errorf("%v is not the error of a limit", err)
	}
}

func TestBuy_refusedByTheCheckout(t *testing.T) {
	t.Parallel()
	for _, form := range []world.ErrorForm{world.ErrorInBody, world.ErrorAsStatus} {
		t.Run(string(form), func(t *testing.T) {
			t.Parallel()
			m := openMarket(t, func(b *emulator.Behaviour) { b.CheckoutErrors, b.CheckoutRefusal = form, 800066 })
			b := limited(m.run(), "168")
			got, err := b.Buy(t.Context(), archive("one"))
			refused(t, got, err, "800066")
			m.bought(0)
			m.sent(1, 1)
			checkouts := m.Matching(http.MethodPost, "carts/*/checkout")
			found, ok := errors.AsType[*partnercenter.Error](err)
			if !ok || found.Code != "800066" || found.RequestID != checkouts[0].RequestID() || found.CorrelationID == "" || !strings.Contains(err.Error(), found.RequestID) {
				t.Errorf("%v does not name the call that was refused, %s", err, checkouts[0].RequestID())
			}
			isSpent(t, b, "0")
			m.Behave(func(b *emulator.Behaviour) { b.CheckoutRefusal = 0 })
			mustBuy(t, b, archive("one")) // the limit has been given back
			m.bought(1)
		})
	}
}

// A cart whose answer broke is asked for again under the same request ID. It commits to nothing, and its error does not say otherwise.
func TestBuy_brokenCart(t *testing.T) {
	t.Parallel()
	for _, times := range []int{1, -1} {
		m := openMarket(t)
		m.Fault(emulator.Fault{Match: emulator.Match{Method: http.MethodPost, Pattern: "carts"}, Kind: emulator.FaultTruncate, Times: times})
		b := limited(m.run(), "168")
		got, err := b.Buy(t.Context(), archive("one"))
		ids := map[string]bool{}
		for _, r := range m.Matching(http.MethodPost, "carts") {
			ids[r.RequestID()] = true
		}
		if len(ids) != 1 || m.Count(http.MethodPost, "carts") < 2 {
			t.Errorf("%d requests were sent under the IDs %v", m.Count(http.MethodPost, "carts"), ids)
		}
		if times == 1 {
			if err != nil {
				t.Fatal(err)
			}
			m.isThe(got)
			continue
		}
		refused(t, got, err, "create cart")
		if partnercenter.OutcomeUnknown(err) || strings.Contains(err.Error(), "carried out") {
			t.Errorf("%v says that something may have been bought", err)
		}
		isSpent(t, b, "0")
		m.bought(0)
	}
}

// Partner Center may demand the statement about the partner on record with every purchase.
func TestBuy_attested(t *testing.T) {
	t.Parallel()
	m := openMarket(t, func(b *emulator.Behaviour) { b.AttestationAlways = true })
	got, err := m.run().Buy(t.Context(), archive("one"))
	refused(t, got, err, "900206")
	m.isThe(mustBuy(t, m.runAt(m.URL, func(o *partnercenter.Options) { o.PartnerOnRecordAttested = true }), archive("one")))
}

// The availability is issued anew between catalog and cart, or between cart and checkout.
func TestBuy_reissued(t *testing.T) {
	t.Parallel()
	for at, request := range map[emulator.Moment]string{emulator.AtCart: "/carts", emulator.AtCheckout: "/checkout"} {
		for _, often := range []int{1, rebuilds} {
			t.Run(fmt.Sprint(at, " ", often), func(t *testing.T) {
				t.Parallel()
				m := openMarket(t, func(b *emulator.Behaviour) { b.StaleAvailability = at })
				left := often
				m.before = func(_ http.ResponseWriter, r *http.Request) {
					if left > 0 && r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, request) {
						left--
						m.RotateAvailabilities()
					}
				}
				got, err := m.intercepted().Buy(t.Context(), archive("one"))
				if often == rebuilds {
					refused(t, got, err, "in 3 attempts Partner Center re-issued Mail Archive each time")
					m.bought(0)
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				m.isThe(got)
				if n := m.Count(http.MethodPost, "carts"); n != 2 {
					t.Errorf("%d carts were made, want a new one for the new availability", n)
				}
			})
		}
	}
}

// Of six purchases at once exactly those are made that fit into the spending limit together; the others send no checkout.
func TestBuy_spendingLimit(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	b := limited(m.run(), "336")
	errs := make([]error, 6)
	var purchases sync.WaitGroup
	for i := range errs {
		purchases.Go(func() { _, errs[i] = b.Buy(t.Context(), archive(fmt.Sprint("archive ", i))) })
	}
	purchases.Wait()
	for _, err := range errs {
		if err != nil {
			refused(t, nil, err, "spending_limit is 336.00 EUR")
		}
	}
	m.bought(2)
	m.sent(6, 2)
}

// A run that is stopped before the checkout buys nothing; one that is stopped while it is under way finishes.
func TestBuy_stopped(t *testing.T) {
	t.Parallel()
	for request, purchases := range map[string]int{"/carts": 0, "/checkout": 1} {
		t.Run(request, func(t *testing.T) {
			t.Parallel()
			m := openMarket(t)
			ctx, stop := context.WithCancel(t.Context())
			m.before = func(_ http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, request) {
					stop()
				}
			}
			b := limited(m.intercepted(), "168")
			got, err := b.Buy(ctx, archive("one"))
			m.bought(purchases)
			if purchases == 1 {
				if err != nil {
					t.Fatal(err)
				}
				m.isThe(got)
				return
			}
			refused(t, got, err, "context canceled")
			m.before = nil
			later := m.run() // the answer that the stopped one did not wait for would look unanswered
			later.Ledger = b.Ledger
			mustBuy(t, later, archive("one")) // within the same limit
		})
	}
}

// Each order status ends as it should: with the subscription, with a certain refusal, or waiting for somebody.
func TestBuy_orderStatus(t *testing.T) {
	t.Parallel()
	for course, why := range map[emulator.OrderOutcome]string{
		emulator.OrderCompleted: "", emulator.OrderPending: "", emulator.OrderUnknown: "", emulator.OrderPartialSuccess: "",
		emulator.OrderError: `ended in status "error"`, emulator.OrderCancelled: `ended in status "cancelled"`, emulator.OrderPOReviewRejected: `ended in status "po_review_rejected"`,
		emulator.OrderPendingReview: "a user of the partner has to act on it", emulator.OrderSuspended: "a user of the partner has to act on it", emulator.OrderPendingPOUpload: "a user of the partner has to act on it",
	} {
		t.Run(string(course), func(t *testing.T) {
			t.Parallel()
			m := openMarket(t, func(b *emulator.Behaviour) { b.OrderOutcome = course })
			b := limited(m.run(), "168")
			got, err := b.Buy(t.Context(), archive("one"))
			m.sent(1, 1)
			switch {
			case strings.HasPrefix(why, "ended"):
				refused(t, got, err, why)
				if strings.Contains(err.Error(), "A cart is ordered only once") {
					t.Errorf("%v speaks of a cart that nobody has made", err)
				}
				m.bought(0)
				m.Behave(func(b *emulator.Behaviour) { b.OrderOutcome = emulator.OrderCompleted })
				mustBuy(t, b, archive("one")) // the limit has been given back
			case err != nil:
				t.Fatal(err)
			case why != "":
				isUnknown(t, got, why)
			default:
				m.isThe(got)
			}
			m.bought(1)
		})
	}
}

// An order in review is what a later run finds it to be.
func TestRecover_inReview(t *testing.T) {
	t.Parallel()
	m := openMarket(t, func(b *emulator.Behaviour) { b.OrderOutcome = emulator.OrderPendingReview })
	for name, test := range map[string]struct {
		act  func(customerID, orderID string) error
		then State
	}{"passed": {m.CompleteOrder, Bought}, "rejected": {m.RejectOrder, NeverHappened}} {
		order := archive(name)
		p := unfinished(order, mustBuy(t, m.run(), order))
		mustRecover(t, m.run(), p, NotKnownYet)
		if err := test.act(p.CustomerID, p.OrderID); err != nil {
			t.Fatal(err)
		}
		if got := mustRecover(t, m.run(), p, test.then); got.OrderID != p.OrderID {
			t.Errorf("%s: recovered %+v of order %s", name, got, p.OrderID)
		}
	}
}

func TestPrice(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	b := m.run()
	cart, err := Price(t.Context(), b.Client, archive("one"))
	if err != nil {
		t.Fatal(err)
	}
	if q := cart.Quote(); q.Total == nil || q.Total.String() != "168" || q.Unit.String() != "33.6" {
		t.Errorf("the quote is %+v", q)
	}
	m.bought(0)
	m.sent(1, 0)
}

// An addition counts at the price of a whole term or at the planned one, and only where there is a limit.
func TestReserveAddition(t *testing.T) {
	t.Parallel()
	m := openMarket(t)
	a := &spending.Addition{ProductID: emulator.ProductArchive, SkuID: "0001", Term: "P1Y", Billing: "annual", Licenses: 2, Among: 7}
	reserve := func(b Buyer, a *spending.Addition, planned *spending.Amount) (*spending.Reservation, error) {
		return b.ReserveAddition(t.Context(), emulator.CustomerKaffeehaus, a, planned)
	}
	if _, err := reserve(m.run(), a, nil); err != nil {
		t.Error(err)
	}
	b := limited(m.run(), "67.20")
	if _, err := reserve(b, nil, nil); err != nil {
		t.Errorf("nothing is added: %v", err)
	}
	m.sent(0, 0)
	reserved, err := reserve(b, a, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := reserve(b, a, nil); err == nil {
		t.Error("the same addition fits into the limit twice")
	}
	reserved.GiveBack(nil)
	m.ForgetRequests()
	planned := &spending.Amount{Value: decimal.RequireFromString("67.20"), Currency: "EUR"}
	if _, err := reserve(b, a, planned); err != nil {
		t.Errorf("what was given back is not there: %v", err)
	}
	if _, err := reserve(b, a, planned); err == nil {
		t.Error("the planned addition fits into the limit twice")
	}
	m.sent(0, 0)                                                                 // the plan has quoted it
	for total, allowed := range map[string]bool{"67.20": true, "67.19": false} { // the subscription's own limit, with and without one of the run
		own := *a
		own.Limit = &spending.PriceLimit{Currency: "EUR", Total: new(decimal.RequireFromString(total))}
		for _, b := range []Buyer{m.run(), limited(m.run(), "67.20")} {
			m.ForgetRequests()
			_, err := reserve(b, &own, nil)
			if _, above := errors.AsType[*spending.LimitError](err); above == allowed || (err == nil) != allowed {
				t.Errorf("%s are allowed: %v", total, err)
			}
			m.sent(1, 0)
			m.ForgetRequests()
			if b.Ledger.Limit != nil && allowed {
				isSpent(t, b, "67.20")
				continue
			}
			if _, err := reserve(b, &own, planned); err != nil {
				t.Errorf("what was planned is within its limit: %v", err)
			}
			m.sent(0, 0)
		}
	}
	legacy := &spending.Addition{Licenses: 1, Among: 2}
	if _, err := reserve(b, legacy, nil); err == nil || !strings.Contains(err.Error(), "gives no price") {
		t.Errorf("a legacy offer has no price: %v", err)
	}
	withdrawn := &spending.Addition{ProductID: emulator.ProductRetired, SkuID: "0001", Licenses: 1, Among: 2}
	if _, err := reserve(b, withdrawn, nil); err == nil || !strings.Contains(err.Error(), spending.WithoutLimit) {
		t.Errorf("what is not sold any more cannot be priced: %v", err)
	}
	m.bought(0)
}
