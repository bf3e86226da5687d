// SPDX-License-Identifier: MPL-2.0

package spending

import "testing"

const subscriptionA, subscriptionB = "AAAAAAAA-0000-0000-0000-000000000001", "bbbbbbbb-0000-0000-0000-000000000002"

func TestOwners_oneOwner(t *testing.T) {
	t.Parallel()
	var o Owners
	for _, step := range []struct {
		what, id, token string
		want            bool
	}{
		{WholeSubscription, subscriptionA, "first", true},
		{WholeSubscription, subscriptionA, "first", true},
		{WholeSubscription, "aaaaaaaa-0000-0000-0000-000000000001", "second", false},
		{OnlyLicenses, subscriptionA, "second", true},
		{WholeSubscription, subscriptionB, "second", true},
	} {
		if got := o.Own(step.what, step.id, step.token); got != step.want {
			t.Errorf("Own(%s, %s, %s) = %v, want %v", step.what, step.id, step.token, got, step.want)
		}
	}
}

func TestOwners_alikePurchases(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		first, second       string // nicknames
		another, anotherToo bool
		want                bool
	}{
		"the same":                        {"Post", "Post", false, false, false},
		"in other letters":                {"Post", " post ", false, false, false},
		"another nickname":                {"Post", "Mail", false, false, true},
		"both are purchases of their own": {"Post", "Post", true, true, true},
		"only the first says so":          {"Post", "Post", true, false, false},
		"only the second says so":         {"Post", "Post", false, true, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var o Owners
			if !o.PlanPurchase(Alike("c", "p", "s", test.first), test.another) {
				t.Error("the first purchase is refused")
			}
			if got := o.PlanPurchase(Alike("C", "p", "s", test.second), test.anotherToo); got != test.want {
				t.Errorf("the second purchase: %v, want %v", got, test.want)
			}
		})
	}
}

// A block that was renamed destroys what another block of the same run buys or takes over; Terraform plans the two in any order.
func TestOwners_renamed(t *testing.T) {
	t.Parallel()
	likeness := Alike("c", "p", "s", "Post")
	t.Run("bought first", func(t *testing.T) {
		t.Parallel()
		var o Owners
		o.PlanPurchase(likeness, false)
		if o.PlanDestroy(likeness, subscriptionA, false) {
			t.Error("the destroy is not refused")
		}
	})
	t.Run("destroyed first", func(t *testing.T) {
		t.Parallel()
		var o Owners
		if !o.PlanDestroy(likeness, subscriptionA, false) {
			t.Error("the destroy alone is refused")
		}
		if got := o.Destroyed(likeness); got != subscriptionA {
			t.Errorf("Destroyed = %q", got)
		}
	})
	t.Run("taken over", func(t *testing.T) {
		t.Parallel()
		var o Owners
		if !o.PlanAdoption(subscriptionA) {
			t.Error("the adoption alone is refused")
		}
		if o.PlanDestroy(likeness, subscriptionA, false) {
			t.Error("the destroy is not refused")
		}
		if o.PlanAdoption(subscriptionA) {
			t.Error("a second adoption is not refused")
		}
	})
	t.Run("a replacement that has been bought", func(t *testing.T) {
		t.Parallel()
		var o Owners
		o.PlanPurchase(likeness, false)
		o.PlanFromCart(likeness, false)
		if !o.PlanDestroy(likeness, subscriptionA, true) {
			t.Error("the destroy is refused")
		}
		if got := o.Destroyed(likeness); got != "" {
			t.Errorf("for another purchase like it, %q is destroyed", got)
		}
	})
}

func TestOwners_adoptionOfWhatIsManaged(t *testing.T) {
	t.Parallel()
	var o Owners
	o.Own(WholeSubscription, subscriptionA, "first")
	if o.PlanAdoption(subscriptionA) {
		t.Error("what an object of the state manages is taken over")
	}
}

func TestOwners_owned(t *testing.T) {
	t.Parallel()
	var o Owners
	o.Own(WholeSubscription, subscriptionA, "first")
	if !o.Owned(WholeSubscription, subscriptionA) || o.Owned(OnlyLicenses, subscriptionA) || o.Owned(WholeSubscription, subscriptionB) {
		t.Error("who manages what is not known")
	}
	if !o.PlanAdoption(subscriptionB) || o.PlanAdoption(subscriptionB) || !o.Adopted(subscriptionB) || o.Adopted(subscriptionA) {
		t.Error("a subscription is taken over twice, or not at all")
	}
}

func TestOwners_planned(t *testing.T) {
	t.Parallel()
	var o Owners
	if o.PlansPurchaseOf("c", "p:s") {
		t.Error("a purchase is planned that nobody has planned")
	}
	o.PlanPurchase(Alike("c", "p", "s", "Post"), false)
	if !o.PlansPurchaseOf("C", "P:S") || o.PlansPurchaseOf("other", "p:s") || o.PlansPurchaseOf("c", "p:other") {
		t.Error("what is planned to be bought is not known")
	}
}

// A line of a cart takes what its cart has bought: the block that is destroyed in the same run has been renamed.
func TestOwners_fromCart(t *testing.T) {
	t.Parallel()
	likeness := Alike("c", "p", "s", "Post")
	var boughtFirst Owners
	if !boughtFirst.PlanFromCart(likeness, false) || boughtFirst.PlanDestroy(likeness, subscriptionA, false) {
		t.Error("bought first, the destroy is not refused")
	}
	if !boughtFirst.PlanFromCart(Alike("c", "p", "s", "Mail"), false) {
		t.Error("a line with another nickname is refused")
	}
}

// What one block buys from a cart and another by itself is bought twice, whichever is planned first.
func TestOwners_besideCart(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		nickname                 string // of the purchase by itself
		cartsAnother, itsAnother bool
		want                     bool
	}{
		"the same":                        {"Post", false, false, false},
		"in other letters":                {" post ", false, false, false},
		"another nickname":                {"Mail", false, false, true},
		"both are purchases of their own": {"Post", true, true, true},
		"only the cart's says so":         {"Post", true, false, false},
		"only the other says so":          {"Post", false, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inCart, byItself := Alike("c", "p", "s", "Post"), Alike("C", "p", "s", test.nickname)
			var first, last Owners
			for range 2 {
				if !first.PlanFromCart(inCart, test.cartsAnother) {
					t.Error("a line of a cart, or another that is alike, is refused")
				}
			}
			if got := first.PlanPurchase(byItself, test.itsAnother); got != test.want {
				t.Errorf("after the cart: %t", got)
			}
			if !last.PlanPurchase(byItself, test.itsAnother) {
				t.Error("the purchase alone is refused")
			}
			if got := last.PlanFromCart(inCart, test.cartsAnother); got != test.want {
				t.Errorf("before the cart: %t", got)
			}
		})
	}
}

// A line is bought once.
func TestOwners_lineTwice(t *testing.T) {
	t.Parallel()
	var o Owners
	if !o.PlanLine("Cart", 1) || !o.PlanLine("cart", 0) || !o.PlanLine("other", 1) {
		t.Error("the first purchase of a line is refused")
	}
	if o.PlanLine("cart", 1) {
		t.Error("the second purchase of a line is not refused")
	}
}

// What a line has bought does not end while a block takes it from that line, whatever the block calls it.
func TestOwners_lineOfTheSameCart(t *testing.T) {
	t.Parallel()
	for line, want := range map[int64]bool{0: true, 1: false} {
		var o Owners
		o.PlanLine("cart", 1)
		o.ManageLine("", 1, subscriptionB)
		o.ManageLine("cart", line, subscriptionA)
		if got := o.PlanDestroy(Alike("c", "p", "s", "Post"), subscriptionA, false); got != want {
			t.Errorf("line %d: it may end: %t", line, got)
		}
		if !o.PlanDestroy(Alike("c", "p", "s", "Mail"), subscriptionB, false) {
			t.Error("what no cart has bought may not end")
		}
	}
}

func TestOwners_managed(t *testing.T) {
	t.Parallel()
	var o Owners
	likeness := Alike("c", "p", "s", "Post")
	o.Manage(likeness, "ID-1")
	o.Manage(likeness, "id-1")
	o.Manage(likeness, "id-2")
	if got := o.Managed(likeness); len(got) != 2 || got[0] != "id-1" || got[1] != "id-2" {
		t.Errorf("managed are %v", got)
	}
	if got := o.Managed(Alike("c", "p", "s", "Mail")); len(got) != 0 {
		t.Errorf("of another nickname there are %v", got)
	}
}

func TestOwners_licenses(t *testing.T) {
	t.Parallel()
	var o Owners
	if !o.PlanLicenses(subscriptionA) || !o.LicensesPlanned(subscriptionA) {
		t.Error("a change of the whole subscription alone is refused, or forgotten")
	}
	o.Own(OnlyLicenses, subscriptionB, "first")
	if o.PlanLicenses(subscriptionB) {
		t.Error("two resources change the licenses of one subscription")
	}
}

func TestOwners_endings(t *testing.T) {
	t.Parallel()
	var o Owners
	likeness := Alike("c", "p", "s", "Post")
	o.EndAfter(likeness, Ending{"c", subscriptionA, "cancel"})
	if got := o.Endings(likeness); len(got) != 1 || got[0].SubscriptionID != subscriptionA {
		t.Errorf("Endings = %v", got)
	}
	if got := o.Endings(likeness); len(got) != 0 {
		t.Errorf("the same ending comes again: %v", got)
	}
}

func TestOwners_lines(t *testing.T) {
	t.Parallel()
	var o Owners
	o.ManageLine("cart", 1, subscriptionA)
	for of, want := range map[cartLine]string{{"cart", 1}: subscriptionA, {"cart", 0}: "", {"other", 1}: ""} {
		if got := o.LineManaged(of.cartID, of.line); got != want {
			t.Errorf("%v has bought %q, want %q", of, got, want)
		}
	}
}

// What is planned to be destroyed after a purchase is what that has replaced, if it may.
func TestOwners_mayEnd(t *testing.T) {
	t.Parallel()
	var o Owners
	ends := func(wantMay, wantReplaced bool) {
		t.Helper()
		if may, replaced := o.MayEnd(); may != wantMay || replaced != wantReplaced {
			t.Errorf("it may end: %t, replaced: %t, want %t and %t", may, replaced, wantMay, wantReplaced)
		}
	}
	ends(true, false)
	ends(true, false)
	o.NotePurchase(true)
	ends(true, true)
	ends(true, false) // nothing was bought that may not replace
	o.NotePurchase(false)
	ends(false, false)
	o.NotePurchase(true)
	ends(true, true)
	ends(false, false)
}
