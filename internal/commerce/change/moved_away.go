// SPDX-License-Identifier: MPL-2.0

package change

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Move is licenses that a transition, which portals call an upgrade, has taken to another subscription. It can be kept as JSON.
type Move struct {
	Licenses  int64     `json:"licenses"`
	ToID      string    `json:"to"`
	ProductID string    `json:"product_id,omitempty"`
	SkuID     string    `json:"sku_id,omitempty"`
	Ended     time.Time `json:"ended,omitzero"`
}

// MovedAway are the transitions that explain why a subscription has fewer licenses, the latest first: those that ended after that time. Where it
// is zero, because nothing is known of when there were more, they are the latest ones that together took no more than those. What cannot be
// read is none: this is only advice.
func MovedAway(ctx context.Context, client *partnercenter.Client, customerID, id string, after time.Time, fewer int64) []Move {
	transitions, err := client.Transitions(ctx, customerID, id, "")
	if err != nil {
		return nil
	}
	var moves []Move
	for i := range transitions {
		if move := moveFrom(id, &transitions[i]); move != nil && (after.IsZero() || move.Ended.After(after)) {
			moves = append(moves, *move)
		}
	}
	slices.SortStableFunc(moves, func(a, b Move) int { return b.Ended.Compare(a.Ended) })
	if !after.IsZero() {
		return moves
	}
	for i, move := range moves {
		if fewer -= move.Licenses; fewer < 0 {
			return moves[:i]
		}
	}
	return moves
}

// moveFrom is nil for a transition that took nothing away: one that goes on or has failed, and one in which the subscription itself became
// another product.
func moveFrom(id string, t *partnercenter.Transition) *Move {
	parts := partsOf(t)
	comes := t.FromSubscriptionID != "" && !strings.EqualFold(t.FromSubscriptionID, id)
	if comes || t.ToSubscriptionID == "" || strings.EqualFold(t.ToSubscriptionID, id) || parts.running() || parts.failure() != nil {
		return nil
	}
	target := partnercenter.Subscription{OfferID: t.ToCatalogItemID}
	move := &Move{Licenses: int64(t.Quantity), ToID: t.ToSubscriptionID, ProductID: target.ProductID(), SkuID: target.SkuID()}
	for _, part := range parts {
		if part.Timestamp.After(move.Ended) {
			move.Ended = part.Timestamp.UTC()
		}
	}
	return move
}

// RefusesDecrease holds for Partner Center's answers that it does not take licenses back, or not any more.
func RefusesDecrease(err error) bool { return partnercenter.HasCode(err, decreaseCodes...) }
