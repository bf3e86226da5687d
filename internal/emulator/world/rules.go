// SPDX-License-Identifier: MPL-2.0

package world

// Rules are what the reference leaves open, or what a test wants to be otherwise. The defaults are the harsher reading
// (reference/commerce.md#emulator and reference/commerce.md#working-decisions).
type Rules struct {
	CatalogRules
	CheckoutRules
	SubscriptionRules
	LifecycleRules
	AccountRules
}

// DefaultRules are those that hold until somebody changes them.
func DefaultRules() Rules {
	return Rules{
		CatalogRules:      CatalogRules{StaleAvailability: AtCart},
		CheckoutRules:     defaultCheckout(),
		SubscriptionRules: defaultSubscriptions(),
		LifecycleRules:    defaultLifecycle(),
		AccountRules:      defaultAccount(),
	}
}
