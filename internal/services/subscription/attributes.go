// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// attribute is a row of change.All with what is Terraform's about it.
type attribute struct {
	change.Attribute

	value func(*subscriptionModel) attr.Value
	want  func(*change.Desired, *subscriptionModel) // states what is configured; null and unknown ask for nothing
}

// attributes are what a subscription is of, and what can be changed on it. What each change means stands in change.Attributes.
var attributes = joined(map[string]attribute{
	"product_id": {value: func(m *subscriptionModel) attr.Value { return m.ProductID }},
	"sku_id":     {value: func(m *subscriptionModel) attr.Value { return m.SkuID }},
	change.Status: {
		value: func(m *subscriptionModel) attr.Value { return m.Status },
		want:  func(d *change.Desired, m *subscriptionModel) { d.Status = framework.KnownString(m.Status) },
	},
	change.FriendlyName: {
		value: func(m *subscriptionModel) attr.Value { return m.FriendlyName },
		want:  func(d *change.Desired, m *subscriptionModel) { d.FriendlyName = framework.KnownString(m.FriendlyName) },
	},
	change.PartnerID: {
		value: func(m *subscriptionModel) attr.Value { return m.PartnerID },
		want:  func(d *change.Desired, m *subscriptionModel) { d.PartnerID = framework.KnownString(m.PartnerID) },
	},
	change.TermDuration: {
		value: func(m *subscriptionModel) attr.Value { return m.TermDuration },
		want:  func(d *change.Desired, m *subscriptionModel) { d.TermDuration = framework.KnownString(m.TermDuration) },
	},
	change.BillingCycle: {
		value: func(m *subscriptionModel) attr.Value { return m.BillingCycle },
		want:  func(d *change.Desired, m *subscriptionModel) { d.BillingCycle = framework.KnownString(m.BillingCycle) },
	},
	change.Quantity: {
		value: func(m *subscriptionModel) attr.Value { return m.Quantity },
		want:  func(d *change.Desired, m *subscriptionModel) { d.Quantity = framework.KnownInt64(m.Quantity) },
	},
	change.AutoRenew: {
		value: func(m *subscriptionModel) attr.Value { return m.AutoRenewEnabled },
		want:  func(d *change.Desired, m *subscriptionModel) { d.AutoRenew = framework.KnownBool(m.AutoRenewEnabled) },
	},
	change.NextTerm: {
		value: func(m *subscriptionModel) attr.Value { return m.NextTerm },
		want: func(d *change.Desired, m *subscriptionModel) {
			d.NextTerm = m.nextTerm()
			d.ManageNext = d.NextTerm != nil
		},
	},
})

// joined is a row for each of change.All, in its order.
func joined(terraform map[string]attribute) []attribute {
	var all []attribute
	for _, known := range change.All() {
		row := terraform[known.Name]
		row.Attribute = known
		all = append(all, row)
	}
	return all
}

// changeable are the attributes that can be changed.
func changeable() []attribute { return attributes[len(change.Identity):] }

func attributeNamed(name string) attribute {
	for _, a := range attributes {
		if a.Name == name {
			return a
		}
	}
	return attribute{}
}

// toDesired is what a model asks for, with the line of a purchase of the same.
func (m *subscriptionModel) toDesired(line partnercenter.CartLine) change.Desired {
	want := change.Desired{PurchaseLine: line}
	want.PurchaseLine.PromotionID, want.PurchaseLine.CustomTermEndDate = "", partnercenter.Time{} // were for the first term
	for _, a := range changeable() {
		a.want(&want, m)
	}
	return want
}
