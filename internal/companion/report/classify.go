// SPDX-License-Identifier: MPL-2.0

package report

import (
	"slices"
	"strings"
)

const (
	subscriptionType    = "partnercenter_subscription"
	licenseQuantityType = "partnercenter_license_quantity"
	cartType            = "partnercenter_cart"
)

// sides are the two sides of a change, and what Terraform says about the later one.
type sides struct {
	before, after values
	unknown       map[string]bool
	actions       []string
	importing     bool
}

func (c change) sides() (sides, error) {
	s := sides{unknown: marks(c.AfterUnknown), actions: c.Actions, importing: len(c.Importing) > 0 && string(c.Importing) != "null"}
	var err error
	if s.before, err = attributes(c.Before, c.BeforeSensitive); err != nil {
		return s, err
	}
	s.after, err = attributes(c.After, c.AfterSensitive)
	return s, err
}

func (s *sides) has(action string) bool { return slices.Contains(s.actions, action) }

// leaves is whether the object of before leaves the state.
func (s *sides) leaves() bool { return s.has("delete") || s.has("forget") }

// shown is the side that a row describes: what will be, or what was where nothing will be.
func (s *sides) shown() *values {
	if s.leaves() && !s.has("create") {
		return &s.before
	}
	return &s.after
}

// subscriptionKind goes by the actions and, for a creation, by the id: only an adoption knows it in the plan.
func (s *sides) subscriptionKind() Kind {
	switch {
	case s.has("create") && s.leaves():
		return Replaced
	case s.has("create") && s.after.ID != "":
		return Adopted
	case s.has("create"):
		return Bought
	case s.has("forget") || s.has("delete") && s.before.DeletionPolicy == "abandon":
		return Forgotten
	case s.has("delete"):
		return Stopped
	case s.importing:
		return Adopted
	}
	return Changed
}

// subscriptionRow describes one change of a partnercenter_subscription.
func subscriptionRow(address string, s *sides, carts map[string][]lineItem) Row {
	row := describe(address, s)
	row.Kind = s.subscriptionKind()
	s.priceByCart(carts)
	s.noteExtension(&row)
	switch row.Kind {
	case Bought:
		s.pricePurchase(&row)
	case Replaced:
		s.pricePurchase(&row)
		s.noteReplaced(&row)
	case Changed, Adopted:
		s.priceChange(&row)
		s.noteChanges(&row)
	case Stopped:
		s.stop(&row)
	case Forgotten:
		row.note("goes on at Partner Center" + s.goesOn() + "; this configuration does not manage it any more")
	}
	return row
}

// describe fills in what every row has.
func describe(address string, s *sides) Row {
	v := s.shown()
	row := Row{
		Address: address, CustomerID: v.CustomerID, Name: v.FriendlyName, Offer: v.OfferName, Publisher: v.PublisherName,
		Quantity: v.Quantity, Term: v.TermDuration, BillingCycle: v.BillingCycle, Renews: v.AutoRenew,
	}
	if !s.has("create") && !s.leaves() {
		row.QuantityBefore = s.before.Quantity
	}
	if row.Offer == "" {
		row.Offer = strings.Trim(v.ProductID+":"+v.SkuID, ":")
	}
	if row.CustomerID == "" && s.unknown["customer_id"] {
		row.CustomerID = "(known after apply)"
	}
	return row
}

// licenseRow describes a change of a partnercenter_license_quantity, which has no price. What a creation adds to is not in the plan.
func licenseRow(address string, s *sides) Row {
	row := describe(address, s)
	row.Offer, row.Kind = "licenses of subscription "+s.shown().SubscriptionID, Changed
	switch {
	case s.leaves() && !s.has("create"):
		row.Kind = Forgotten
		row.note("the licenses stay as they are")
	case s.importing && !s.has("update"):
		row.Kind = Adopted
	case s.after.Commitment != nil || s.unknown["commitment"]:
		s.priceChange(&row)
	case s.has("create") || s.moreLicenses():
		row.Unpriced = true
		row.note("more licenses are charged for the rest of the term")
	}
	return row
}

// cartRow describes a cart: a quote, which a subscription may buy later.
func cartRow(address string, s *sides) Row {
	row := describe(address, s)
	row.Kind, row.Offer = Quoted, ""
	for _, line := range s.after.LineItems {
		row.Quantity += line.Quantity
	}
	row.note("a cart buys nothing by itself")
	return row
}

// actionRow describes an invocation of an action; false where it is about no money and ends nothing.
func actionRow(address, actionType string, v *values) (Row, bool) {
	row := Row{
		Address: address, CustomerID: v.CustomerID, Offer: "subscription " + v.SubscriptionID, Quantity: v.Quantity,
		Term: v.TermDuration, BillingCycle: v.BillingCycle, Kind: Changed,
	}
	switch strings.TrimPrefix(actionType, "partnercenter_") {
	case "transition_subscription":
		row.Offer += " to " + v.ToProductID + ":" + v.ToSkuID
		row.Unpriced, row.Final.AtOnce = true, true
		row.note("the target is charged for the rest of the term")
	case "cancel_subscription":
		row.Kind, row.Final.AtOnce = Stopped, true
		row.note("canceled at once")
	case "suspend_subscription":
		row.note(noteSuspended)
	case "activate_subscription":
		row.Unpriced = true
		row.note("charges begin with the activation")
	case "reactivate_subscription":
		row.note("active again")
	default:
		return Row{}, false
	}
	return row, true
}
