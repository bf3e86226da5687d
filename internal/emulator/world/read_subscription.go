// SPDX-License-Identifier: MPL-2.0

package world

import (
	"strings"
	"time"
)

// Read is a read of a subscription: what it shows, as of when. After an update that may be an old state.
func (w *World) Read(c *Customer, sub *Subscription) (shown *Subscription, at time.Time) {
	if p := sub.Pending; p != nil {
		if p.ReadsLeft <= 0 && !w.Now().Before(p.NotBefore) {
			*sub = p.Then
			w.endAddons(c, sub)
		} else {
			p.ReadsLeft--
		}
	}
	if old := sub.Stale; old != nil && old.ReadsLeft > 0 && w.Now().Before(old.At.Add(staleAtMost)) {
		old.ReadsLeft--
		return &old.Was, old.At
	}
	return sub, w.Now()
}

// endAddons cancels the add-ons of a cancelled base.
func (w *World) endAddons(c *Customer, base *Subscription) {
	if base.Status != StatusDeleted {
		return
	}
	for _, child := range c.Subscriptions {
		if strings.EqualFold(child.ParentID, base.ID) && !child.IsOver() {
			child.end(StatusDeleted, w.Now())
		}
	}
}
