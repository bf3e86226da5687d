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
			if !o.PlanPurchase(Alike("c", "p", "s", test.first), test.another, false) {
				t.Error("the first purchase is refused")
			}
			if got := o.PlanPurchase(Alike("C", "p", "s", test.second), test.anotherToo, false); got != test.want {
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
		o.PlanPurchase(likeness, false, false)
		if o.PlanDestroy(likeness, subscriptionA) {
			t.Error("the destroy is not refused")
		}
	})
	t.Run("destroyed first", func(t *testing.T) {
		t.Parallel()
		var o Owners
		if !o.PlanDestroy(likeness, subscriptionA) {
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
		if o.PlanDestroy(likeness, subscriptionA) {
			t.Error("the destroy is not refused")
		}
		if o.PlanAdoption(subscriptionA) {
			t.Error("a second adoption is not refused")
		}
	})
	t.Run("an allowed replacement", func(t *testing.T) {
		t.Parallel()
		var o Owners
		o.PlanPurchase(likeness, false, true)
		if !o.PlanDestroy(likeness, subscriptionA) {
			t.Error("the destroy is refused")
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
