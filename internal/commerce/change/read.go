// SPDX-License-Identifier: MPL-2.0

package change

import (
	"context"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// ReadListed reads a subscription that was known with these facts; without one and an error it is in no list.
func ReadListed(ctx context.Context, client *partnercenter.Client, customerID, id string, known Facts) (*partnercenter.Subscription, error) {
	got, err := client.SharedSubscription(ctx, customerID, id)
	if err == nil && leavesOut(known, got) {
		got, err = client.Subscription(ctx, customerID, id)
	}
	if !partnercenter.IsNotFound(err) {
		return got, err
	}
	all, err := client.SharedSubscriptions(ctx, customerID, partnercenter.SubscriptionsQuery{})
	if err != nil {
		return nil, err
	}
	for i := range all {
		if strings.EqualFold(all[i].ID, id) {
			return &all[i], nil
		}
	}
	return nil, nil
}

// leavesOut reports whether a listed subscription leaves out something that was there and plans are made by. Partner Center documents a
// list of the same objects that it answers one by one, but some of its own samples are thinner; what a list does not mention must not look
// as if it had been removed.
func leavesOut(known Facts, listed *partnercenter.Subscription) bool {
	now := FactsOf(listed)
	for _, member := range []struct {
		name     string
		had, has bool
	}{
		{"scheduledNextTermInstructions", known.NextTerm != nil, now.NextTerm != nil},
		{"scheduledActions", len(known.Scheduled) > 0, len(now.Scheduled) > 0},
		{"refundableQuantity", known.Refundable > 0, now.Refundable > 0},
		{"partnerId", known.PartnerID != "", now.PartnerID != ""},
	} {
		if member.had && !member.has && listed.Omits(member.name) {
			return true
		}
	}
	return false
}
