// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"strconv"
	"strings"
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
			customers := make([]string, len(courses))
			for i, course := range courses {
				customers[i] = emulator.LargeCustomer(i)
				if err := emu.OrderCourse(customers[i], course); err != nil {
					t.Fatal(err)
				}
			}
			w := acctest.NewWorkspace(t, emu, oneForEach(customers))
			out, code := w.Apply("-parallelism=4")
			if code == 0 {
				t.Errorf("orders failed, and apply did not:\n%s", out)
			}
			if n := len(w.State()); n != len(bringing)+len(waiting) {
				t.Errorf("%d subscriptions are in the state, want those that came and those that may come: %d\n%s", n, len(bringing)+len(waiting), out)
			}
			for _, customer := range customers {
				if err := emu.OrderCourse(customer, ""); err != nil {
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
				w.MustApply("-parallelism=4")
			}
			w.MustPlanClean()
			for customer, n := range purchasesByCustomer(emu) {
				if n != 1 {
					t.Errorf("customer %s bought %d times", customer, n)
				}
			}
			if n := len(emu.Purchases()); n != len(customers) {
				t.Errorf("%d subscriptions were bought, want %d", n, len(customers))
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

func purchasesByCustomer(emu *emulator.Server) map[string]int {
	bought := map[string]int{}
	for _, p := range emu.Purchases() {
		bought[p.CustomerID]++
	}
	return bought
}

// oneForEach buys the same for each customer.
func oneForEach(ids []string) string {
	customers := make([]string, len(ids))
	for i, id := range ids {
		customers[i] = strconv.Quote(id)
	}
	return fmt.Sprintf(`
resource "partnercenter_subscription" "cell" {
  for_each           = toset([%s])
  customer_id        = each.key
  product_id         = %q
  sku_id             = "0001"
  quantity           = 5
  friendly_name      = "cell"
  auto_renew_enabled = false
}
`, strings.Join(customers, ", "), emulator.ProductArchive)
}
