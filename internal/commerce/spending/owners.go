// SPDX-License-Identifier: MPL-2.0

package spending

import (
	"slices"
	"strings"
	"sync"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Owners says, for one run of the provider, which object of Terraform's state manages which subscription, and what the run plans to buy,
// to take over and to destroy. A subscription has one owner: two addresses of one state would set it back and forth, and destroying one
// would end what the other manages. Terraform plans addresses in any order, so each rule is checked from both sides. It is safe for
// concurrent use; the zero value is ready.
type Owners struct {
	mu           sync.Mutex
	owners       map[string]string                      // object of the state, by what it manages
	managed      map[Likeness][]string                  // subscriptions that objects of the state manage
	lines        map[cartLine]string                    // what lines of carts have bought of that
	purchases    map[Likeness]bool                      // that are planned: whether all of them are purchases of their own (on_existing = "purchase_another")
	fromCarts    map[Likeness]bool                      // purchases from carts that are planned: likewise
	wanted       map[cartLine]bool                      // lines of carts that are planned to be bought
	destroyed    map[Likeness]string                    // subscriptions that are planned to be destroyed
	destroyedIDs map[string]bool                        // IDs of these: whoever leaves the nickname out does not know the likeness
	adopted      map[string]bool                        // subscriptions that are planned to be taken over
	found        map[string]*partnercenter.Subscription // these, as they were then
	licenses     map[string]bool                        // subscriptions whose number of licenses is planned to change by the resource of the whole subscription
	endings      map[Likeness][]Ending
	replaced     map[Likeness][]string // subscriptions that planned purchases replace
	unfinished   map[Likeness]bool     // purchases of the state whose subscription is not known yet
	bought       struct{ replacing, other int }
}

type cartLine struct {
	cartID string
	line   int64
}

func lineOf(cartID string, line int64) cartLine { return cartLine{strings.ToLower(cartID), line} }

// Likeness is what makes two purchases look alike: same customer, product, SKU and nickname. Build it with Alike.
type Likeness struct{ customerID, productID, skuID, friendlyName string }

// Alike is the likeness of a purchase or of a subscription. Nicknames are compared as Partner Center's users do: without regard to case
// and surrounding blanks, which the service may drop.
func Alike(customerID, productID, skuID, friendlyName string) Likeness {
	return Likeness{strings.ToLower(customerID), productID, skuID, strings.ToLower(strings.TrimSpace(friendlyName))}
}

// Ending is a subscription that is given up once the one that replaces it has been bought.
type Ending struct {
	CustomerID, SubscriptionID, Policy string
}

// What an object of the state can manage of a subscription.
const (
	WholeSubscription = "subscription"
	OnlyLicenses      = "licenses"
)

// Own takes a subscription for an object of the state, which names itself by a token that no other has. It is false where another object
// of this run has it.
func (o *Owners) Own(what, subscriptionID, token string) bool {
	key := what + "/" + strings.ToLower(subscriptionID)
	o.mu.Lock()
	defer o.mu.Unlock()
	if owner, taken := o.owners[key]; taken && owner != token {
		return false
	}
	put(&o.owners, key, token)
	return true
}

// Owned reports whether an object of the state manages a subscription.
func (o *Owners) Owned(what, subscriptionID string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	_, taken := o.owners[what+"/"+strings.ToLower(subscriptionID)]
	return taken
}

// PlanPurchase notes a planned purchase; it is false where another of this run is alike, by itself or from a cart, unless all of them say that
// they are purchases of their own.
func (o *Owners) PlanPurchase(of Likeness, another bool) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	other, alike := o.purchases[of]
	inCart, alikeInCart := o.fromCarts[of]
	put(&o.purchases, of, another && (!alike || other))
	return !alike && !alikeInCart || another && (!alike || other) && (!alikeInCart || inCart)
}

// PlansPurchaseOf reports whether this run plans to buy a SKU, "product:sku", for a customer.
func (o *Owners) PlansPurchaseOf(customerID, sku string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	for of := range o.purchases {
		if strings.EqualFold(of.customerID, customerID) && strings.EqualFold(of.productID+":"+of.skuID, sku) {
			return true
		}
	}
	return false
}

// PlanFromCart notes a planned purchase from a cart; it is false where this run plans to buy the like of it by itself, unless both say that
// they are purchases of their own. Lines of carts may be alike: each of them is bought once.
func (o *Owners) PlanFromCart(of Likeness, another bool) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	others, alike := o.fromCarts[of]
	put(&o.fromCarts, of, another && (!alike || others))
	byItself, planned := o.purchases[of]
	return !planned || another && byItself
}

// PlanLine notes that a line of a cart is to be bought; it is false where another purchase of this run buys it.
func (o *Owners) PlanLine(cartID string, line int64) bool {
	wanted := lineOf(cartID, line)
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.wanted[wanted] {
		return false
	}
	put(&o.wanted, wanted, true)
	return true
}

// PlanAdoption notes that a subscription is to be taken over; it is false where an object of the state manages it or is planned to be
// destroyed with it, or another purchase of this run takes it over.
func (o *Owners) PlanAdoption(subscriptionID string) bool {
	id := strings.ToLower(subscriptionID)
	o.mu.Lock()
	defer o.mu.Unlock()
	if _, taken := o.owners[WholeSubscription+"/"+id]; taken || o.adopted[id] || o.destroyedIDs[id] {
		return false
	}
	put(&o.adopted, id, true)
	return true
}

// Adopted reports whether this run plans to take the subscription over.
func (o *Owners) Adopted(subscriptionID string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.adopted[strings.ToLower(subscriptionID)]
}

// NoteFound notes a subscription that is planned to be taken over, as it is now.
func (o *Owners) NoteFound(s *partnercenter.Subscription) {
	o.mu.Lock()
	defer o.mu.Unlock()
	put(&o.found, strings.ToLower(s.ID), s)
}

// Found is what NoteFound noted, nil for nothing.
func (o *Owners) Found(subscriptionID string) *partnercenter.Subscription {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.found[strings.ToLower(subscriptionID)]
}

// PlanDestroy notes that a subscription is to be destroyed; it is false where this run plans to buy the like of it, or to take it over:
// then a block has been renamed. Only what a purchase of this run has replaced may have its like: see MayEnd.
func (o *Owners) PlanDestroy(of Likeness, subscriptionID string, replaced bool) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !replaced {
		put(&o.destroyed, of, subscriptionID)
	}
	put(&o.destroyedIDs, strings.ToLower(subscriptionID), true)
	_, planned := o.purchases[of]
	_, inCart := o.fromCarts[of]
	for line, bought := range o.lines {
		if o.wanted[line] && strings.EqualFold(bought, subscriptionID) { // a line buys once, and would bring nothing in its place
			return false
		}
	}
	return !o.adopted[strings.ToLower(subscriptionID)] && (replaced || !planned && !inCart)
}

// Destroyed is the subscription of this likeness that this run plans to destroy, "" for none.
func (o *Owners) Destroyed(of Likeness) string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.destroyed[of]
}

// Manage notes the likeness of a subscription that an object of the state manages.
func (o *Owners) Manage(of Likeness, subscriptionID string) {
	id := strings.ToLower(subscriptionID)
	o.mu.Lock()
	defer o.mu.Unlock()
	if !slices.Contains(o.managed[of], id) {
		put(&o.managed, of, append(o.managed[of], id))
	}
}

// Managed are the subscriptions of this likeness that objects of the state manage.
func (o *Owners) Managed(of Likeness) []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.managed[of]
}

// ManageLine notes the subscription of an object of the state that a line of a cart has bought; nothing without a cart.
func (o *Owners) ManageLine(cartID string, line int64, subscriptionID string) {
	if cartID == "" {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	put(&o.lines, lineOf(cartID, line), subscriptionID)
}

// LineManaged is the subscription of the state that a line of a cart has bought, "" for none.
func (o *Owners) LineManaged(cartID string, line int64) string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.lines[lineOf(cartID, line)]
}

// PlanLicenses notes that the resource of a whole subscription changes its number of licenses; it is false where another resource manages
// that number.
func (o *Owners) PlanLicenses(subscriptionID string) bool {
	id := strings.ToLower(subscriptionID)
	o.mu.Lock()
	defer o.mu.Unlock()
	put(&o.licenses, id, true)
	_, taken := o.owners[OnlyLicenses+"/"+id]
	return !taken
}

// LicensesPlanned reports whether the resource of the whole subscription changes its number of licenses in this run.
func (o *Owners) LicensesPlanned(subscriptionID string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.licenses[strings.ToLower(subscriptionID)]
}

// EndAfter notes what is to be given up once its replacement has been bought.
func (o *Owners) EndAfter(replacement Likeness, ending Ending) {
	o.mu.Lock()
	defer o.mu.Unlock()
	put(&o.endings, replacement, append(o.endings[replacement], ending))
}

// Endings takes what EndAfter noted for a purchase.
func (o *Owners) Endings(replacement Likeness) []Ending {
	o.mu.Lock()
	defer o.mu.Unlock()
	found := o.endings[replacement]
	delete(o.endings, replacement)
	return found
}

// PlanReplacement notes what a planned purchase replaces.
func (o *Owners) PlanReplacement(of Likeness, subscriptionID string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	put(&o.replaced, of, append(o.replaced[of], subscriptionID))
}

// Replaced are the subscriptions that a purchase of this likeness replaces, as far as this run knows: what has been planned, and what is to
// be given up afterwards.
func (o *Owners) Replaced(of Likeness) []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	ids := slices.Clone(o.replaced[of])
	for _, e := range o.endings[of] {
		ids = append(ids, e.SubscriptionID)
	}
	return ids
}

// NoteUnfinished notes a purchase of the state whose outcome is not known yet.
func (o *Owners) NoteUnfinished(of Likeness) {
	o.mu.Lock()
	defer o.mu.Unlock()
	put(&o.unfinished, of, true)
}

// Unfinished reports whether the state has a purchase of this likeness whose outcome is not known yet.
func (o *Owners) Unfinished(of Likeness) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.unfinished[of]
}

// NotePurchase notes that this run has bought a subscription, and whether that may replace another one, which has not been named before.
func (o *Owners) NotePurchase(mayReplace bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if mayReplace {
		o.bought.replacing++
	} else {
		o.bought.other++
	}
}

// MayEnd reports whether something may be destroyed of which that is planned now, and whether a purchase of this run has replaced it. What
// Terraform plans to destroy after a purchase of the same run is what the purchase has replaced. Which purchase that was it does not say:
// each that may replace replaces one.
func (o *Owners) MayEnd() (may, replaced bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.bought.replacing > 0 {
		o.bought.replacing--
		return true, true
	}
	return o.bought.other == 0, false
}

func put[K comparable, V any](m *map[K]V, key K, value V) {
	if *m == nil {
		*m = map[K]V{}
	}
	(*m)[key] = value
}
