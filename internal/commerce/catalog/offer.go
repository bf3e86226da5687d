// SPDX-License-Identifier: MPL-2.0

// Package catalog is what a SKU is for one customer: how it is sold today, for which terms and billing cycles, within which limits.
package catalog

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Offer is a SKU as one customer can buy it today.
type Offer struct {
	ProductID, SkuID string
	Availabilities   []partnercenter.Availability
}

// TermOption is one way to buy an offer: a commitment with its billing cycle, and the availability that sells it today.
type TermOption struct {
	TermDuration, BillingCycle string
	Availability               *partnercenter.Availability
	Term                       *partnercenter.Term
}

// Reader reads how a SKU is sold today: SharedAvailabilities of the client for those who only look, Availabilities for those who buy.
type Reader func(ctx context.Context, scope partnercenter.CatalogScope, productID, skuID string) ([]partnercenter.Availability, error)

// ReadOffer reads what one customer can buy of a SKU. Nonprofit items are sold only to those who ask for them.
func ReadOffer(ctx context.Context, read Reader, customerID, productID, skuID string) (*Offer, error) {
	o := &Offer{ProductID: productID, SkuID: skuID}
	for _, segment := range []string{"", "nonprofit"} {
		scope := partnercenter.CatalogScope{CustomerID: customerID, TargetSegment: segment}
		found, err := read(ctx, scope, productID, skuID)
		if err != nil {
			return nil, err
		}
		o.Availabilities = append(o.Availabilities, found...)
		if len(found) > 0 {
			break
		}
	}
	return o, nil
}

// SKU is the SKU that the availabilities embed, nil where they do not.
func (o *Offer) SKU() *partnercenter.Sku {
	for _, a := range o.Availabilities {
		if a.Sku != nil {
			return a.Sku
		}
	}
	return nil
}

// Described reports whether the catalog says what kind of product it is.
func (o *Offer) Described() bool {
	return slices.ContainsFunc(o.Availabilities, func(a partnercenter.Availability) bool { return a.Product != nil && a.Product.ProductType.ID != "" })
}

// Family is the product family.
func (o *Offer) Family() partnercenter.Family {
	for _, a := range o.Availabilities {
		if a.Product != nil {
			return a.Product.Family()
		}
	}
	return partnercenter.FamilyOther
}

// PaidNewCommerce holds for new-commerce licenses but trials.
func (o *Offer) PaidNewCommerce() bool {
	sku := o.SKU()
	return o.Family() == partnercenter.FamilyNewCommerce && (sku == nil || !sku.IsTrial)
}

// Bases are the SKUs ("product:sku") of which an add-on needs one, as far as the catalog says.
// See reference/commerce.md#new-commerce-add-ons.
func (o *Offer) Bases() []string {
	var bases []string
	if sku := o.SKU(); sku == nil || json.Unmarshal(sku.DynamicAttributes["prerequisiteSkus"], &bases) != nil {
		return nil
	}
	return bases
}

// PublisherName is who sells the product, "" where the catalog does not say.
func (o *Offer) PublisherName() string {
	for _, a := range o.Availabilities {
		if a.Product != nil && a.Product.PublisherName != "" {
			return a.Product.PublisherName
		}
	}
	return ""
}

// Attestation is what a purchase has to accept, "" for nothing.
func (o *Offer) Attestation() string {
	if sku := o.SKU(); sku != nil && sku.AttestationProperties != nil && sku.AttestationProperties.EnforceAttestation {
		return cmp.Or(sku.AttestationProperties.AttestationType, "of a type without a name")
	}
	return ""
}

// Name is how people know the offer.
func (o *Offer) Name() string {
	for _, a := range o.Availabilities {
		if a.Product != nil && a.Sku != nil && a.Product.Title != a.Sku.Title {
			return a.Product.Title + " - " + a.Sku.Title
		}
		if a.Product != nil {
			return a.Product.Title
		}
	}
	return o.ProductID + ":" + o.SkuID
}

// TermOptions lists every way to buy, each pair once.
func (o *Offer) TermOptions() []TermOption {
	var plans []TermOption
	for i := range o.Availabilities {
		a := &o.Availabilities[i]
		if !a.IsPurchasable {
			continue
		}
		for j := range a.Terms {
			t := &a.Terms[j]
			p := TermOption{TermDuration: t.Duration, BillingCycle: strings.ToLower(t.BillingCycle), Availability: a, Term: t}
			if !slices.ContainsFunc(plans, func(q TermOption) bool { return q.sells(p.TermDuration, p.BillingCycle) }) {
				plans = append(plans, p)
			}
		}
	}
	return plans
}

func (p TermOption) sells(termDuration, billingCycle string) bool {
	return (termDuration == "" || p.TermDuration == termDuration) && (billingCycle == "" || p.BillingCycle == billingCycle)
}

// Choose finds the plan for a term and billing cycle; either may be left out where that leaves one plan only.
func (o *Offer) Choose(termDuration, billingCycle string) (TermOption, error) {
	fitting, err := o.Fitting(termDuration, billingCycle)
	switch {
	case err != nil:
		return TermOption{}, err
	case len(fitting) == 1:
		return fitting[0], nil
	}
	return TermOption{}, fmt.Errorf("%s is sold in several ways, so term_duration and billing_cycle have to say which. Choose one of:%s", o.Name(), listOf(fitting))
}

// SoldBy reports whether this availability sells the term and billing cycle today. Others may sell them too, for another segment.
func (o *Offer) SoldBy(availabilityID, termDuration, billingCycle string) bool {
	return slices.ContainsFunc(o.Availabilities, func(a partnercenter.Availability) bool {
		return a.IsPurchasable && strings.EqualFold(a.ID, availabilityID) && slices.ContainsFunc(a.Terms, func(t partnercenter.Term) bool {
			return t.Duration == termDuration && strings.EqualFold(t.BillingCycle, billingCycle)
		})
	})
}

// Fitting lists the plans for a term and billing cycle, either of which may be left out: one at least, or an error.
func (o *Offer) Fitting(termDuration, billingCycle string) ([]TermOption, error) {
	plans := o.TermOptions()
	if len(plans) == 0 {
		return nil, fmt.Errorf("%s cannot be bought for this customer at the moment: Partner Center lists it without any way to buy it. "+
			"It may be kept to other partners, not sold in the customer's country or segment, or withdrawn. Ask its publisher, or choose another SKU (data source partnercenter_skus)", o.Name())
	}
	fitting := slices.DeleteFunc(slices.Clone(plans), func(p TermOption) bool { return !p.sells(termDuration, billingCycle) })
	if len(fitting) == 0 {
		return nil, fmt.Errorf("%s is not sold with %s. Choose one of:%s", o.Name(), askedFor(termDuration, billingCycle), listOf(plans))
	}
	return fitting, nil
}

// Sells reports whether the offer is sold for the term, or for any where it is left out.
func (o *Offer) Sells(termDuration string) bool {
	return slices.ContainsFunc(o.TermOptions(), func(p TermOption) bool { return p.sells(termDuration, "") })
}

func askedFor(termDuration, billingCycle string) string {
	var parts []string
	if termDuration != "" {
		parts = append(parts, "term_duration = "+escape.HCL(termDuration))
	}
	if billingCycle != "" {
		parts = append(parts, "billing_cycle = "+escape.HCL(billingCycle))
	}
	return strings.Join(parts, " and ")
}

func listOf(options []TermOption) string {
	var lines []string
	for _, p := range options {
		lines = append(lines, "\n  term_duration = "+escape.HCL(p.TermDuration)+", billing_cycle = "+escape.HCL(p.BillingCycle))
	}
	return strings.Join(lines, "")
}

// CheckQuantity compares a number of licenses with the limits of the SKU; 0 stands for no limit.
func (o *Offer) CheckQuantity(quantity int64) error {
	sku := o.SKU()
	if sku == nil {
		return nil
	}
	low, high := int64(sku.MinimumQuantity), int64(sku.MaximumQuantity)
	switch {
	case low > 0 && low == high && quantity != low:
		return fmt.Errorf("%s is sold with a quantity of exactly %d; found %d", o.Name(), low, quantity)
	case quantity < low:
		return fmt.Errorf("%s is sold with at least %s; found %d", o.Name(), words.Count(low, "license"), quantity)
	case high > 0 && quantity > high:
		return fmt.Errorf("%s is sold with at most %s; found %d. More need a further subscription", o.Name(), words.Count(high, "license"), quantity)
	}
	return nil
}
