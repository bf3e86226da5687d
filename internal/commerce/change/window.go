// SPDX-License-Identifier: MPL-2.0

package change

import (
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Window is until when a subscription can be canceled by the partner.
type Window struct {
	Until time.Time // zero: no limit is known
	Known bool
}

// Window reads the window from what the service says about the subscription itself; the service's answer to a cancellation is the last
// word. It takes the service's date, else the last refund option. Paid new-commerce subscriptions are dated for as long as they can be
// canceled, so no date says that they cannot. Elsewhere nothing is known without any date, and the service is asked.
func (f Facts) Window() Window {
	if f.cancellableAnyTime() {
		return Window{}
	}
	until := f.CancellableUntil
	if !until.IsZero() {
		return Window{Until: until, Known: true}
	}
	for _, expires := range f.Refunds {
		if expires.IsZero() {
			return Window{} // refunded for as long as it exists
		}
		if expires.After(until) {
			until = expires
		}
	}
	return Window{Until: until, Known: f.PaidNewCommerce() || !until.IsZero()}
}

// cancellableAnyTime holds for marketplace subscriptions without a window: free trials, and those that were never activated and are not
// billed. See reference/commerce.md#cancellation-windows and reference/commerce.md#working-decisions.
func (f Facts) cancellableAnyTime() bool {
	return f.Family == partnercenter.FamilyMarketplaceSaaS && (f.Trial || f.Unactivated())
}

// Closed says that it is known to be over.
func (w Window) Closed(now time.Time) bool { return w.Known && !now.Before(w.Until) }

func (w Window) String() string { return words.WindowOver(w.Until) }

// LastMoment says until when, beginning with a blank; "" where that is not known.
func (w Window) LastMoment() string {
	if !w.Known {
		return ""
	}
	return words.WindowEnds(w.Until)
}

// Codes of refused cancellations. See reference/commerce.md#codes-subscription-updates.
var windowCodes = []string{"900117", "900213", "900214", "900257"}

// decreaseCodes are those of licenses that Partner Center does not take back, or not any more. See reference/commerce.md#quantity.
var decreaseCodes = append([]string{"800090"}, windowCodes...)

// refusedDecrease gives the refusal to take licenses back a way out that fits: marketplace software has no next term to schedule.
func refusedDecrease(s *partnercenter.Subscription, err error) error {
	if s.Family() != partnercenter.FamilyMarketplaceSaaS || !partnercenter.HasCode(err, decreaseCodes...) {
		return err
	}
	return &partnercenter.AdvisedError{Err: err, Advice: "Partner Center takes licenses of marketplace software back only within days of their purchase, if at all. Keep the present quantity until the renewal, ask the publisher, or cancel the subscription where that is still possible."}
}
