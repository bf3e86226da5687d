// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// What a line is recognized by: its number among those that are alike, and the nicknames of those that differ only in it.
func TestIntent_lines(t *testing.T) {
	t.Parallel()
	line := func(item, name string, quantity partnercenter.Int) partnercenter.CartLine {
		return partnercenter.CartLine{CatalogItemID: item, FriendlyName: name, Quantity: quantity}
	}
	cart := &partnercenter.Cart{LineItems: []partnercenter.CartLine{
		line("a", "shop", 5), line("a", "shop", 5), line("a", "store", 5), line("a", "shop", 6), line("b", "shop", 5), line("a", "shop", 5),
	}}
	for index, want := range []struct {
		nth    int
		beside []string
	}{
		{0, []string{"shop", "store", "shop"}}, {1, []string{"shop", "store", "shop"}}, {0, []string{"shop", "shop", "shop"}}, {0, nil}, {0, nil}, {2, []string{"shop", "shop", "store"}},
	} {
		got := (&PricedCart{cart: cart, index: index}).intent()
		if got.Nth != want.nth || !slices.Equal(got.Beside, want.beside) {
			t.Errorf("line %d is number %d beside %v, want %d beside %v", index, got.Nth, got.Beside, want.nth, want.beside)
		}
	}
}

func TestUndecided(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]bool{
		0: true, http.StatusUnauthorized: true, http.StatusTooManyRequests: true,
		http.StatusBadRequest: false, http.StatusForbidden: false, http.StatusConflict: false, http.StatusInternalServerError: false,
	} {
		if got := undecided(&partnercenter.Error{StatusCode: status}); got != want {
			t.Errorf("%d: %t", status, got)
		}
	}
	if !undecided(errors.New("it did not leave")) {
		t.Error("a checkout that did not leave has been decided")
	}
}

func TestBecause(t *testing.T) {
	t.Parallel()
	for want, err := range map[string]error{"": nil, ": it broke": errors.New("it broke")} {
		if got := because(err); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for _, over := range []error{context.DeadlineExceeded, context.Canceled} {
		if got := because(over); got != "" {
			t.Errorf("that the time is over is said again: %q", got)
		}
	}
}
