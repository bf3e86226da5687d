// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// offer is a SKU as one customer can buy it today.
type offer struct {
	productID, skuID string
	availabilities   []partnercenter.Availability
}

// plan is one way to buy an offer: a commitment with its billing cycle, and the availability that sells it today.
type plan struct {
	termDuration, billingCycle string
	availability               *partnercenter.Availability
	term                       *partnercenter.Term
}

// catalogue reads how a SKU is sold today: SharedAvailabilities of the client for those who only look, Availabilities for those who buy.
type catalogue func(ctx context.Context, scope partnercenter.CatalogScope, productID, skuID string) ([]partnercenter.Availability, error)

// readOffer reads what one customer can buy of a SKU. Nonprofit items are sold only to those who ask for them.
func readOffer(ctx context.Context, read catalogue, customerID, productID, skuID string) (*offer, error) {
	o := &offer{productID: productID, skuID: skuID}
	for _, segment := range []string{"", "nonprofit"} {
		scope := partnercenter.CatalogScope{CustomerID: customerID, TargetSegment: segment}
		found, err := read(ctx, scope, productID, skuID)
		if err != nil {
			return nil, err
		}
		o.availabilities = append(o.availabilities, found...)
		if len(found) > 0 {
			break
		}
	}
	return o, nil
}

// sku is the SKU that the availabilities embed, nil where they do not.
func (o *offer) sku() *partnercenter.Sku {
	for _, a := range o.availabilities {
		if a.Sku != nil {
			return a.Sku
		}
	}
	return nil
}

func (o *offer) family() partnercenter.Family {
	for _, a := range o.availabilities {
		if a.Product != nil {
			return a.Product.Family()
		}
	}
	return partnercenter.FamilyOther
}

// name is how people know the offer.
func (o *offer) name() string {
	for _, a := range o.availabilities {
		if a.Product != nil && a.Sku != nil && a.Product.Title != a.Sku.Title {
			return a.Product.Title + " - " + a.Sku.Title
		}
		if a.Product != nil {
			return a.Product.Title
		}
	}
	return o.productID + ":" + o.skuID
}

// plans lists every way to buy, each pair once.
func (o *offer) plans() []plan {
	var plans []plan
	for i := range o.availabilities {
		a := &o.availabilities[i]
		if !a.IsPurchasable {
			continue
		}
		for j := range a.Terms {
			t := &a.Terms[j]
			p := plan{termDuration: t.Duration, billingCycle: strings.ToLower(t.BillingCycle), availability: a, term: t}
			if !slices.ContainsFunc(plans, func(q plan) bool { return q.sells(p.termDuration, p.billingCycle) }) {
				plans = append(plans, p)
			}
		}
	}
	return plans
}

func (p plan) sells(termDuration, billingCycle string) bool {
	return (termDuration == "" || p.termDuration == termDuration) && (billingCycle == "" || p.billingCycle == billingCycle)
}

// choose finds the plan for a term and billing cycle; either may be left out where that leaves one plan only.
func (o *offer) choose(termDuration, billingCycle string) (plan, error) {
	plans := o.plans()
	if len(plans) == 0 {
		return plan{}, fmt.Errorf("%s cannot be bought for this customer at the moment: Partner Center lists it without any way to buy it. "+
			"It may be kept to other partners, not sold in the customer's country or segment, or withdrawn. Ask its publisher, or choose another SKU (data source partnercenter_skus)", o.name())
	}
	fitting := slices.DeleteFunc(slices.Clone(plans), func(p plan) bool { return !p.sells(termDuration, billingCycle) })
	switch {
	case len(fitting) == 1:
		return fitting[0], nil
	case len(fitting) == 0:
		return plan{}, fmt.Errorf("%s is not sold with %s. Choose one of:%s", o.name(), asked(termDuration, billingCycle), sold(plans))
	}
	return plan{}, fmt.Errorf("%s is sold in several ways, so term_duration and billing_cycle have to say which. Choose one of:%s", o.name(), sold(fitting))
}

// sells reports whether the offer is sold for the term, or for any where it is left out.
func (o *offer) sells(termDuration string) bool {
	return slices.ContainsFunc(o.plans(), func(p plan) bool { return p.sells(termDuration, "") })
}

func asked(termDuration, billingCycle string) string {
	var parts []string
	if termDuration != "" {
		parts = append(parts, fmt.Sprintf("term_duration = %q", termDuration))
	}
	if billingCycle != "" {
		parts = append(parts, fmt.Sprintf("billing_cycle = %q", billingCycle))
	}
	return strings.Join(parts, " and ")
}

func sold(plans []plan) string {
	var lines []string
	for _, p := range plans {
		lines = append(lines, fmt.Sprintf("\n  term_duration = %q, billing_cycle = %q", p.termDuration, p.billingCycle))
	}
	return strings.Join(lines, "")
}

// checkQuantity compares a number of licences with the limits of the SKU; 0 stands for no limit.
func (o *offer) checkQuantity(quantity int64) error {
	sku := o.sku()
	if sku == nil {
		return nil
	}
	low, high := int64(sku.MinimumQuantity), int64(sku.MaximumQuantity)
	switch {
	case low > 0 && low == high && quantity != low:
		return fmt.Errorf("%s is sold with a quantity of exactly %d; found %d", o.name(), low, quantity)
	case quantity < low:
		return fmt.Errorf("%s is sold with at least %s; found %d", o.name(), counted(low, "licence"), quantity)
	case high > 0 && quantity > high:
		return fmt.Errorf("%s is sold with at most %s; found %d. More need a further subscription", o.name(), counted(high, "licence"), quantity)
	}
	return nil
}
