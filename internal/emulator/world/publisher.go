// SPDX-License-Identifier: MPL-2.0

package world

import "errors"

// PublisherActivates is the publisher finishing the set-up of a purchased subscription.
func (w *World) PublisherActivates(customerID, subscriptionID string) error {
	_, sub, err := w.Look(customerID, subscriptionID)
	switch {
	case err != nil:
		return err
	case !sub.Unactivated || sub.IsOver():
		return errors.New("the subscription does not wait for its publisher")
	}
	w.activate(sub)
	return nil
}

// PublisherRefuses makes the publisher refuse the subscription: an unactivated one is cancelled, of another one the
// pending change of quantity, and every later one, is dropped.
func (w *World) PublisherRefuses(customerID, subscriptionID string) error {
	_, sub, err := w.Look(customerID, subscriptionID)
	if err != nil {
		return err
	}
	if sub.Unactivated {
		sub.end(StatusDeleted, w.Now())
		return nil
	}
	sub.Pending, sub.RefusedByPublisher = nil, true
	return nil
}
