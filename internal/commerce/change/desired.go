// SPDX-License-Identifier: MPL-2.0

package change

import (
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Desired is what a subscription is to be; nil fields stay as they are.
type Desired struct {
	Suspended    *bool
	FriendlyName *string
	PartnerID    *string
	Quantity     *int64
	TermDuration *string
	BillingCycle *string
	AtTermEnd    TermEnd                             // "" stays as it is
	NextTerm     *partnercenter.NextTermInstructions // nil with ManageNext: none are wanted
	ManageNext   bool

	kept *partnercenter.Subscription // what was scheduled before, and is put back where it is dropped; nil for nothing

	PurchaseLine partnercenter.CartLine // what a purchase of the same has to say, for its price
	PriceLimit   *spending.PriceLimit   // for what is bought; nil for none
	Committed    *spending.Amount       // what the present term costs already; nil where that is not known
}

// Buys is what reaching the desired state adds to a subscription, nil for nothing.
func (want Desired) Buys(got *partnercenter.Subscription) *spending.Addition {
	a := &spending.Addition{
		ProductID: got.ProductID(), SkuID: got.SkuID(), Term: got.TermDuration, Billing: ComingBillingCycle(got),
		Among: int64(got.Quantity), Line: want.PurchaseLine, Limit: want.PriceLimit, Committed: want.Committed,
	}
	if want.Quantity != nil {
		a.Among = max(a.Among, *want.Quantity)
	}
	a.Licenses = a.Among - int64(got.Quantity)
	if want.TermDuration != nil && *want.TermDuration != got.TermDuration {
		if want.Quantity != nil {
			a.Among = *want.Quantity // fewer are given back first
		}
		a.Term, a.Licenses, a.Committed = *want.TermDuration, a.Among, nil
		if want.BillingCycle != nil {
			a.Billing = *want.BillingCycle
		}
	}
	if a.Licenses == 0 {
		return nil
	}
	return a
}

// ResoldBy is the cart line of a purchase for the same indirect reseller.
func ResoldBy(s *partnercenter.Subscription) partnercenter.CartLine {
	if s.PartnerID == "" {
		return partnercenter.CartLine{}
	}
	return partnercenter.CartLine{Participants: []partnercenter.KeyValue{{Key: partnercenter.ParticipantTransactionReseller, Value: s.PartnerID}}}
}

// step is one change of one request.
type step struct {
	what          string // the attribute, as people know it
	change        partnercenter.SubscriptionChange
	mayStayUndone string // a warning, where the change need not show
	putsBack      bool   // what was scheduled before
}
