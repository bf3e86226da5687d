// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// cartLine is one line of a cart, of so many licenses, and a subscription that is bought by it.
type cartLine struct {
	product, name string
	quantity      int
	more          string // attributes, in both
}

// boughtTogether is a cart of the lines, and the subscription of each.
func boughtTogether(lines ...cartLine) string {
	var inCart, subscriptions strings.Builder
	for n, l := range lines {
		about := fmt.Sprintf("product_id = %q\n sku_id = \"0001\"\n quantity = %d\n %s\n", l.product, l.quantity, l.more)
		if l.name != "" {
			about += fmt.Sprintf("friendly_name = %q\n", l.name)
		}
		fmt.Fprintf(&inCart, "{\n%s},\n", about)
		fmt.Fprintf(&subscriptions, "resource \"partnercenter_subscription\" \"line_%d\" {\n customer_id = %q\n cart_id = partnercenter_cart.test.id\n cart_line_item = %d\n%s}\n",
			n, emulator.CustomerKaffeehaus, n, about)
	}
	return fmt.Sprintf("resource \"partnercenter_cart\" \"test\" {\n customer_id = %q\n line_items = [\n%s]\n}\n", emulator.CustomerKaffeehaus, inCart.String()) + subscriptions.String()
}

// TestAccCart_alikeLines buys lines that only their place in the cart, or a nickname, tells apart. Each subscription has one of its own,
// whether the checkout is answered or only the lists tell of it.
func TestAccCart_alikeLines(t *testing.T) {
	t.Parallel()
	config := boughtTogether(
		cartLine{product: emulator.ProductArchive, quantity: 5, name: "shop"},
		cartLine{product: emulator.ProductArchive, quantity: 5, name: "shop"},
		cartLine{product: emulator.ProductArchive, quantity: 5, name: "store"},
		cartLine{product: emulator.ProductArchive, quantity: 5},
		cartLine{product: emulator.ProductArchive, quantity: 6},
	)
	checkout := emulator.Match{Method: http.MethodPost, Pattern: "carts/*/checkout"}
	for name, fault := range map[string]*emulator.Fault{
		"answered":          nil,
		"the answer is cut": {Match: checkout, Kind: emulator.FaultDropAfter},
		"an empty answer":   {Match: checkout, Kind: emulator.FaultEmptyBody},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			w := acctest.NewWorkspace(t, emu, config)
			if fault != nil {
				emu.Fault(*fault)
			}
			w.MustApply()
			w.MustPlanClean()
			expectPurchases(t, emu, 5)
			bought := map[any]emulator.Purchase{}
			for _, p := range emu.Purchases() {
				bought[p.SubscriptionID] = p
			}
			for n, want := range []string{"shop", "shop", "store", "", ""} {
				got := w.State()[fmt.Sprintf("partnercenter_subscription.line_%d", n)]
				p, ok := bought[got["id"]]
				if delete(bought, got["id"]); !ok {
					t.Errorf("line %d has %v, which was not bought or belongs to another line", n, got["id"])
				}
				if want != "" && got["friendly_name"] != want || fmt.Sprint(got["quantity"]) != strconv.Itoa(p.Quantity) {
					t.Errorf("line %d is %v with %v licenses; %+v was bought", n, got["friendly_name"], got["quantity"], p)
				}
			}
		})
	}
}

// TestAccCart_partlyRefused has a line that Partner Center refuses at the checkout, while it orders the other one. Either of the two
// subscriptions can be the one that checks out.
func TestAccCart_partlyRefused(t *testing.T) {
	t.Parallel()
	for _, order := range []string{"0 before 1", "1 before 0"} {
		t.Run(order, func(t *testing.T) {
			t.Parallel()
			partlyRefused(t, order[:1])
		})
	}
}

func partlyRefused(t *testing.T, first string) {
	t.Helper()
	emu := acctest.New(t)
	good := cartLine{product: emulator.ProductArchive, quantity: 5, name: "archive"}
	refused := cartLine{product: emulator.ProductPartnerOnly, quantity: 1, name: "vault", more: "term_duration = \"P1Y\"\n billing_cycle = \"annual\""}
	config := boughtTogether(good, refused)
	if first == "0" {
		config = strings.Replace(config, "cart_line_item = 1", "depends_on = [partnercenter_subscription.line_0]\n cart_line_item = 1", 1)
	}
	w := acctest.NewWorkspace(t, emu, config)
	if first == "1" {
		if out, code := w.Apply("-target=partnercenter_subscription.line_1"); code == 0 {
			t.Errorf("what was refused is said to be bought:\n%s", out)
		}
		emu.Advance(time.Hour)
	}
	for run := range 2 {
		out, code := w.Apply()
		for _, want := range []string{"line_1", "A cart is ordered only once: remove cart_id from this subscription to buy it by itself"} {
			if code == 0 || !acctest.Words(want).MatchString(out) {
				t.Errorf("run %d ended with %d and does not say %q:\n%s", run, code, want, out)
			}
		}
		expectPurchases(t, emu, 1)
		emu.Advance(time.Hour) // the next run finds a cart that was ordered, and lists that would show the line if it had been
	}
	if got := w.State()["partnercenter_subscription.line_0"]["id"]; got != emu.Purchases()[0].SubscriptionID {
		t.Errorf("the state has %v, bought was %s", got, emu.Purchases()[0].SubscriptionID)
	}
}

// TestAccPurchase_overtaken lets another run buy the same while this one is on its way to the checkout.
func TestAccPurchase_overtaken(t *testing.T) {
	t.Parallel()
	config := office(`quantity = 5`, `friendly_name = "one"`)
	tests := map[string]struct {
		path   string // end of the path of the POST before which the other run buys
		nth    int    // of those: apply plans once more, and so prices a second cart
		bought int
		says   string
	}{
		"while it fills the cart": {"/carts", 2, 1, "Nothing was bought: the customer already has this subscription"},
		"at the checkout itself":  {"/checkout", 1, 2, "another run or a person bought %s of the same product and nickname for this customer"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t, emulator.WithBehaviour(func(b *emulator.Behaviour) { b.ListLag, b.ListLagReads = 0, 0 }))
			trap := interceptRequests(t, emu)
			w := acctest.NewWorkspace(t, emu, config, func(o *partnercenter.Options) { o.Endpoint = trap.URL })
			other, seen := acctest.NewWorkspace(t, emu, config), 0
			trap.before(func(r *http.Request) {
				if r.Method != http.MethodPost || !strings.HasSuffix(r.URL.Path, test.path) {
					return
				}
				if seen++; seen == test.nth {
					other.MustApply()
				}
			})
			out, code := w.Apply()
			expectPurchases(t, emu, test.bought)
			theirs := fmt.Sprint(other.State()[address]["id"])
			want := test.says
			if strings.Contains(want, "%s") {
				want = fmt.Sprintf(want, theirs)
			}
			if (code == 0) != (test.bought == 2) || !acctest.Words(want).MatchString(out) {
				t.Errorf("it ended with %d and does not say %q:\n%s", code, want, out)
			}
			if mine := w.State()[address]["id"]; test.bought == 2 && (mine == nil || mine == theirs) {
				t.Errorf("its state has %v, the other's %s", mine, theirs)
			}
		})
	}
}
