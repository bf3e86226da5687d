// SPDX-License-Identifier: MPL-2.0

package world

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"
)

// PortalUser is whom audit records name for changes made by Drift.
const PortalUser = "petra.portal@ostwind-distribution.example"

var errNoSubscription = errors.New("no such subscription")

// Look finds a subscription without that being a read: nothing is counted and nothing goes on by it.
func (w *World) Look(customerID, subscriptionID string) (*Customer, *Subscription, error) {
	c := w.Tenant.Customer(customerID)
	if c == nil {
		return nil, nil, fmt.Errorf("no such customer: %s", customerID)
	}
	w.settle(c)
	sub := c.Subscription(subscriptionID)
	if sub == nil {
		return nil, nil, errNoSubscription
	}
	return c, sub, nil
}

// Drift is what a person in the portal changes about a subscription: nil where nothing changes.
type Drift struct {
	Quantity          *int
	FriendlyName      *string
	AutoRenew         *bool
	PartnerID         *string
	Status            *string
	SuspensionReasons *[]string
	TermDuration      *string // a longer one, or the billing cycle alone, as the API takes them
	BillingCycle      *string
	Actions           *[]ScheduledAction         // explicit ones, at most one
	Extra             map[string]json.RawMessage // members that nobody documented
	Purged            bool                       // the subscription does not exist any more
}

// Drift changes a subscription behind the API.
func (w *World) Drift(customerID, subscriptionID string, d Drift) error {
	c, sub, err := w.Look(customerID, subscriptionID)
	if err != nil {
		return err
	}
	before := sub.clone()
	if refusal := w.applyTerm(c, sub, &Update{TermDuration: d.TermDuration, BillingCycle: d.BillingCycle}); refusal != nil {
		return errors.New(refusal.Description)
	}
	w.driftRenewal(sub, d)
	if d.FriendlyName != nil {
		sub.FriendlyName = *d.FriendlyName
	}
	if d.PartnerID != nil {
		sub.PartnerID = *d.PartnerID
	}
	if d.Status != nil {
		if err := w.driftStatus(sub, *d.Status, d.AutoRenew != nil && *d.AutoRenew); err != nil {
			return err
		}
	}
	if d.SuspensionReasons != nil {
		sub.SuspensionReasons = *d.SuspensionReasons
	}
	if len(d.Extra) > 0 {
		extra := map[string]json.RawMessage{}
		maps.Copy(extra, sub.Extra)
		maps.Copy(extra, d.Extra)
		sub.Extra = extra
	}
	if d.Purged {
		c.Subscriptions = slices.DeleteFunc(c.Subscriptions, func(other *Subscription) bool { return other == sub })
	}
	sub.Version++
	was, is := auditValues(&before, sub)
	w.record(c, auditEntry{resource: "subscription", operation: "update_subscription", old: was, new: is}, PortalUser, "Partner Center Web App", w.NewID())
	return nil
}

// driftRenewal changes auto-renew and quantity, which drop what is scheduled, and then the schedule.
func (w *World) driftRenewal(sub *Subscription, d Drift) {
	if d.AutoRenew != nil {
		if sub.AutoRenew && !*d.AutoRenew {
			w.dropSchedule(sub)
		}
		sub.AutoRenew, sub.RenewalOff = *d.AutoRenew, w.Now()
		if sub.AutoRenew {
			sub.Actions = nil // it implies its own
		}
	}
	if d.Quantity != nil {
		w.dropSchedule(sub)
		sub.Quantity = *d.Quantity
	}
	if d.Actions != nil {
		sub.Actions = *d.Actions
	}
}

// driftStatus makes it what Microsoft or a publisher makes it. Only a partner's suspension is known to switch auto-renew off: what else
// suspends may leave it on.
func (w *World) driftStatus(sub *Subscription, status string, renews bool) error {
	switch status {
	case StatusDeleted, StatusExpired, StatusDisabled:
		sub.end(status, w.Now())
	case StatusSuspended:
		w.dropSchedule(sub)
		sub.Status, sub.AutoRenew, sub.SuspensionReasons = StatusSuspended, renews, []string{"MicrosoftAction"}
	case StatusActive:
		sub.Status, sub.SuspensionReasons, sub.Ended = StatusActive, nil, time.Time{}
	default:
		return fmt.Errorf("there is no status %q", status)
	}
	return nil
}

// CatalogItemID is what a cart line needs today to buy a SKU for a customer, "" for an unknown one.
func (w *World) CatalogItemID(customerID, productID, skuID string) string {
	c := w.Tenant.Customer(customerID)
	p, k := w.Tenant.SKU(productID + ":" + skuID)
	if c == nil || k == nil {
		return ""
	}
	w.RotateDue(w.Now())
	return w.Tenant.Current(p, k, c.Country).ID()
}
