// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// TestAccPurchase_orderStatus buys once whatever becomes of the order: it brings the subscription, fails and is bought again by the next
// apply, or waits for somebody, who lets it pass or rejects it.
func TestAccPurchase_orderStatus(t *testing.T) {
	t.Parallel()
	acctest.CLI(t)
	// Of an order that succeeds in part the first line is provisioned, and a purchase of its own has only one.
	bringing := []emulator.OrderOutcome{emulator.OrderPendingThenCompleted, emulator.OrderCompleted, emulator.OrderPending, emulator.OrderUnknown, emulator.OrderPartialSuccess}
	failing := []emulator.OrderOutcome{emulator.OrderError, emulator.OrderCancelled, emulator.OrderPOReviewRejected}
	waiting := []emulator.OrderOutcome{emulator.OrderPendingReview, emulator.OrderPendingPOUpload, emulator.OrderPOUploadComplete, emulator.OrderSuspended}
	for name, release := range map[string]func(*emulator.Server, string, string) error{
		"let through": (*emulator.Server).CompleteOrder,
		"rejected":    (*emulator.Server).RejectOrder,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emu := emulator.New(emulator.LargeTenant(12, 0))
			t.Cleanup(emu.Close)
			courses := append(append(append([]emulator.OrderOutcome{}, bringing...), failing...), waiting...)
			cells := make([]cell, len(courses))
			for i, course := range courses {
				cells[i].customer = emulator.LargeCustomer(i)
				if err := emu.OrderCourse(cells[i].customer, course); err != nil {
					t.Fatal(err)
				}
			}
			w := acctest.NewWorkspace(t, emu, matrixConfig(cells))
			out, code := w.Apply(parallelism)
			if code == 0 {
				t.Errorf("orders failed, and apply did not:\n%s", out)
			}
			if n := len(w.State()); n != len(bringing)+len(waiting) {
				t.Errorf("%d subscriptions are in the state, want those that came and those that may come: %d\n%s", n, len(bringing)+len(waiting), out)
			}
			for _, c := range cells {
				if err := emu.OrderCourse(c.customer, ""); err != nil {
					t.Fatal(err)
				}
			}
			for _, values := range w.State() {
				if values["id"] != nil {
					continue
				}
				customer, _ := values["customer_id"].(string)
				if err := release(emu, customer, orderOf(t, emu, customer)); err != nil {
					t.Fatal(err)
				}
			}
			for range 2 {
				emu.Advance(time.Hour)
				w.MustApply(parallelism)
			}
			w.MustPlanClean()
			for customer, n := range purchasesByCustomer(emu) {
				if n != 1 {
					t.Errorf("customer %s bought %d times", customer, n)
				}
			}
			if n := len(emu.Purchases()); n != len(cells) {
				t.Errorf("%d subscriptions were bought, want %d", n, len(cells))
			}
		})
	}
}

// orderOf is the one order of a customer.
func orderOf(t *testing.T, emu *emulator.Server, customerID string) string {
	t.Helper()
	for _, bought := range emu.Purchases() {
		if bought.CustomerID == customerID {
			return bought.OrderID
		}
	}
	t.Fatalf("customer %s has no order", customerID)
	return ""
}
