// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"slices"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Orders in these states bring no subscription; an order in review brings none until somebody has acted.
var (
	failedOrders  = []string{partnercenter.OrderFailed, partnercenter.OrderCancelled, partnercenter.OrderPOReviewRejected}
	waitingOrders = []string{partnercenter.OrderPendingReview, partnercenter.OrderPendingPOUpload, partnercenter.OrderPOUploadComplete, partnercenter.OrderSuspended}
)

// bringsNothing reports whether an order has no subscription for its lines without one: it failed, or it succeeded for other lines only.
func bringsNothing(order *partnercenter.Order) bool {
	status := partnercenter.OrderStatus(order.Status)
	return slices.Contains(failedOrders, status) || status == partnercenter.OrderPartialSuccess &&
		slices.ContainsFunc(order.LineItems, func(line partnercenter.OrderLine) bool { return line.SubscriptionID != "" })
}

// isSystem holds for an order that nobody placed, such as a renewal.
func isSystem(order *partnercenter.Order) bool {
	return strings.HasPrefix(strings.ToLower(order.TransactionType), "system")
}

// isNew holds for a line that makes a subscription.
func isNew(line partnercenter.OrderLine) bool {
	return line.TransactionType == "" || strings.EqualFold(line.TransactionType, "new")
}
