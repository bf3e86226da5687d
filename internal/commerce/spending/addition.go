// SPDX-License-Identifier: MPL-2.0

package spending

import (
	"errors"
	"fmt"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Addition is what a change of a subscription buys: more licenses for the rest of its term, a new term for all of them, another product.
// No answer of Partner Center tells the price of a change beforehand, so it counts as a purchase of the same for a whole term would, at
// the price of a cart: that is not less than what the change costs, but for a price that has fallen since.
type Addition struct {
	ProductID, SkuID string // "" for legacy offers, which no cart can price
	Term, Billing    string
	Licenses         int64                  // that are paid for
	Among            int64                  // licenses that the subscription has afterwards: prices may depend on it
	Line             partnercenter.CartLine // what else a purchase of the same has to say
	Limit            *PriceLimit            // of the subscription; nil for none
	Committed        *Amount                // what its present term costs already, and goes on to cost; nil where that is not known
}

// Unpriced is the error of an addition whose price could not be asked for, because of err, although there is a limit to compare it with;
// nil where there is none.
func (a *Addition) Unpriced(run *Ledger, err error) error {
	var limits, without string
	switch own := a.Limit != nil; {
	case err == nil || !own && run.Limit == nil:
		return nil
	case !own:
		limits, without = "the provider's spending_limit", WithoutLimit
	case run.Limit == nil:
		limits, without = "price_limit", "If it is wanted at any price, remove price_limit"
	default:
		limits, without = "price_limit and the provider's spending_limit", "If it is wanted at any price, remove price_limit, and make it in a run without spending_limit"
	}
	if _, kept := errors.AsType[*partnercenter.RefusedError](err); kept { // read_only and the like say it better
		return err
	}
	return fmt.Errorf("what this costs cannot be found out, and so cannot be compared with %s. %s. Why: %w", limits, without, err)
}
