// SPDX-License-Identifier: MPL-2.0

package change

import (
	"context"
	"errors"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/purchase"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// A transition is an immediate change, and those delete what is scheduled for the end of the term: without its cancellation, a subscription
// that does not renew goes on in a paid extended service term. See reference/commerce.md#patch-semantics and
// reference/commerce.md#working-decisions.

// EndBefore is what was to happen at the end of the term of a subscription that takes part in the transition, as far as that may be
// dropped; "" for nothing. A new one is to end as the one that its licenses come from.
func (p *Progress) EndBefore(id string) TermEnd {
	if p.into != nil && strings.EqualFold(id, p.into.ID) {
		return keptEnd(p.into)
	}
	return keptEnd(p.of.from)
}

// Over holds when Partner Center has carried the transition out, or has ended it with an error.
func (p *Progress) Over() bool { return p.known != nil && !partsOf(p.known).running() }

// KeepEnd puts back what was to happen at the end of the term of a subscription that took part in the transition, if that has been dropped;
// restored is what was put back. After an error it is not as before, and nothing else has changed. What comes back is never nil.
func (p *Progress) KeepEnd(ctx context.Context, buyer purchase.Buyer, now *partnercenter.Subscription) (after *partnercenter.Subscription, restored TermEnd, err error) {
	before := p.EndBefore(now.ID)
	switch {
	case before == "" || now.Ended():
		return now, "", nil
	case !p.Over(): // it may still be dropped, and two changes at once get in each other's way
		return now, "", errors.New("the transition is not known to have ended")
	case FactsOf(now).AtTermEnd() == before:
		return now, "", nil
	}
	after, warnings, err := Apply(ctx, buyer, p.of.customerID, now, Desired{AtTermEnd: before}, nil)
	switch {
	case err != nil:
		return after, "", err
	case len(warnings) > 0:
		return after, "", errors.New(strings.Join(warnings, " "))
	case FactsOf(after).AtTermEnd() != before:
		return after, "", errors.New("what Partner Center shows afterwards is something else")
	}
	return after, before, nil
}
