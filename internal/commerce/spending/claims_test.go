// SPDX-License-Identifier: MPL-2.0

package spending

import (
	"errors"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

func TestClaims_orderLines(t *testing.T) {
	t.Parallel()
	var c Claims
	if !c.Claim("order", 0) || !c.Claim("order", 1) || !c.Claim("other", 0) {
		t.Error("a line of an order that nobody has is refused")
	}
	if c.Claim("order", 0) || c.Claim("order", 1) {
		t.Error("a line of an order belongs to two purchases")
	}
	if !c.Ordered("order") || c.Ordered("third") {
		t.Error("the orders of this run are not known")
	}
}

func TestClaims_subscriptions(t *testing.T) {
	t.Parallel()
	var c Claims
	if !c.ClaimSubscription(subscriptionA) || !c.ClaimSubscription(subscriptionB) {
		t.Error("a subscription that nobody has is refused")
	}
	if c.ClaimSubscription(subscriptionA) || c.ClaimSubscription(subscriptionB) {
		t.Error("a subscription belongs to two purchases")
	}
}

// What this run did is known whatever the letters of an ID, and nothing else is.
func TestClaims_marks(t *testing.T) {
	t.Parallel()
	for name, mark := range map[string]struct {
		set func(*Claims, string)
		is  func(*Claims, string) bool
	}{
		"bought": {(*Claims).Bought, (*Claims).WasBought}, "given up": {(*Claims).GivenUp, (*Claims).WasGivenUp},
		"checked out": {(*Claims).CheckedOut, (*Claims).WasCheckedOut},
	} {
		var c Claims
		mark.set(&c, "ID-1")
		mark.set(&c, "id-2")
		if !mark.is(&c, "id-1") || !mark.is(&c, "ID-2") || mark.is(&c, "id-3") {
			t.Errorf("%s is not what is marked", name)
		}
	}
}

func TestClaims_seen(t *testing.T) {
	t.Parallel()
	var c Claims
	listed := []partnercenter.Subscription{{ID: "LISTED", Quantity: 2}}
	c.RecordSeen("Customer", &partnercenter.Subscription{ID: "listed", Quantity: 1})
	c.RecordSeen("Customer", &partnercenter.Subscription{ID: "missing"})
	c.RecordSeen("other", &partnercenter.Subscription{ID: "another customer's"})
	got := c.Seen("customer", listed)
	if len(got) != 2 || got[0].Quantity != 2 || got[1].ID != "missing" || len(listed) != 1 {
		t.Errorf("the list with what was seen is %+v", got)
	}
	if !c.WasSeen("CUSTOMER", "Missing") || c.WasSeen("customer", "another customer's") || c.WasSeen("third", "missing") {
		t.Error("what was seen is not known")
	}
}

func TestClaims_carts(t *testing.T) {
	t.Parallel()
	var c Claims
	if _, known := c.CartContent("cart"); known || c.Refused("cart") != nil {
		t.Error("a cart is known before anything was said about it")
	}
	why := errors.New("refused")
	c.Refuse("cart", why)
	c.Refuse("second", why)
	c.NoteCart("CART", "first")
	c.NoteCart("cart", "second")
	if content, known := c.CartContent("Cart"); !known || content != "second" || !errors.Is(c.Refused("cart"), why) || c.Refused("third") != nil {
		t.Errorf("the cart holds %q, and is refused with %v", content, c.Refused("cart"))
	}
}

func TestClaims_locks(t *testing.T) {
	t.Parallel()
	var c Claims
	first := c.LockFor("thing")
	if c.LockFor("thing") != first || c.LockFor("other") == first {
		t.Error("two things share a lock, or one has two")
	}
	unlock := c.LockSubscription("ID")
	if c.LockFor("subscription/id").TryLock() {
		t.Error("a subscription that is changed is not locked")
	}
	unlock()
	if !c.LockFor("subscription/id").TryLock() {
		t.Error("a subscription stays locked after its change")
	}
}
