// SPDX-License-Identifier: MPL-2.0

package conformance

import (
	"context"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/conformance/shape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/conformance/verdict"
)

var orderQuestions = subject{verdict.Read, "reference/commerce.md#order", "internal/partnercenter/orders.go", "internal/emulator/orders.go", []Question{
	{ID: "orders.list", Fact: "The orders of a customer are a list.", Cites: "reference/commerce.md#order-endpoints", Confidence: "D, S", Money: true, Emulator: "internal/emulator/orders.go (ListLag)", ask: readingOfCustomer("/orders", shape.Itself, collection)},
	{ID: "orders.customer", Fact: "An order names its customer.", Confidence: "D", Money: true, ask: of((*run).orders, anything, "referenceCustomerId", shape.Matches(shape.GUID))},
	{ID: "orders.status", Fact: "The status of an order is one of eleven words, with underscores.", Cites: "reference/commerce.md#order-status", Confidence: "D", Money: true, Code: "internal/commerce/purchase/order_status.go", Emulator: "internal/emulator/orders.go (OrderOutcome)",
		ask: of((*run).orders, anything, "status", shape.OneOf("unknown", "pending", "completed", "cancelled", "suspended", "pending_review", "pending_po_upload", "po_upload_complete", "po_review_rejected", "partial_success", "error"))},
	{ID: "orders.transaction", Fact: "An order is UserPurchase, SystemPurchase or SystemBilling: the list has orders that the system made.", Confidence: "D", Money: true, Code: "internal/commerce/purchase/earlier.go", ask: ifPresent((*run).orders, anything, "transactionType", shape.OneOf("UserPurchase", "SystemPurchase", "SystemBilling"))},
	{ID: "orders.currency", Fact: "An order names its currency.", Confidence: "D", Money: true, ask: of((*run).orders, anything, "currencyCode", shape.Matches(`^[A-Z]{3}$`))},
	{ID: "orders.created", Fact: "An order says when it was made.", Confidence: "D", Money: true, Code: "internal/commerce/purchase/earlier.go", ask: of((*run).orders, anything, "creationDate", shape.IsMoment)},
	{ID: "orders.id", Fact: "IDs of orders have no form of their own: GUIDs, 12 digits of hexadecimal, or a long token.", Confidence: "D", ask: of((*run).orders, anything, "id", shape.Matches(`^[0-9A-Za-z_-]{12,40}$`))},
	{ID: "orders.patch-link", Fact: "An order has the link patchOperation.", Confidence: "D, S", ask: of((*run).orders, anything, "links.patchOperation.method", shape.OneOf("PATCH"))},
	{ID: "orders.total", Fact: "With include_price an order has totalPrice, a number.", Confidence: "S, D", Money: true, ask: func(ctx context.Context, r *run) answer {
		return every(r.ofAll(ctx, "/orders", "include_price", "true"), "totalPrice", shape.IsNumber)
	}},
	{ID: "orders.by-cycle", Fact: "Orders are found by their billing cycle.", Cites: "reference/commerce.md#order-endpoints", Confidence: "D, S", ask: func(ctx context.Context, r *run) answer {
		return every(r.ofAll(ctx, "/orders", "billingType", "monthly"), "billingCycle", shape.OneOf("monthly"))
	}},
	{ID: "orders.by-id", Fact: "One order is read by its ID.", Cites: "reference/commerce.md#order-endpoints", Confidence: "D, S", Money: true, ask: ofOne(anyOrder(anything), "", "lineItems", shape.IsList)},
	{ID: "orders.line-number", Fact: "Lines count from 0.", Cites: "reference/commerce.md#order-line-item", Confidence: "D", Money: true, ask: of((*run).lines, anything, "lineItemNumber", shape.IsWhole)},
	{ID: "orders.line-offer", Fact: "A line names the catalog item that was bought, or the GUID of a legacy offer.", Cites: "reference/commerce.md#order-line-item", Confidence: "D", Money: true, Code: "internal/commerce/purchase/earlier.go",
		ask: of((*run).lines, anything, "offerId", shape.Matches(`(?i)^([0-9A-Z]+:[0-9A-Z]+:[0-9A-Z]+|[0-9a-f-]{36})$`))},
	{ID: "orders.line-quantity", Fact: "A line has the quantity of its own transaction.", Cites: "reference/commerce.md#order-line-item", Confidence: "D", Money: true, ask: of((*run).lines, anything, "quantity", shape.IsWhole)},
	{ID: "orders.line-transaction", Fact: "A line says whether it is new, a renewal, more or fewer licenses, or a cancellation.", Cites: "reference/commerce.md#order-line-item", Confidence: "D", Money: true,
		ask: ifPresent((*run).lines, anything, "transactionType", shape.OneOf("new", "renew", "addQuantity", "removeQuantity", "cancel", "convert", "customerCredit"))},
	{ID: "orders.line-subscription", Fact: "A line of a completed order names its subscription.", Cites: "reference/commerce.md#order-line-item", Confidence: "D", Money: true, Code: "internal/commerce/purchase/order.go", Emulator: "internal/emulator/orders.go (SubscriptionIDAfterReads)",
		ask: ifPresent((*run).lines, anything, "subscriptionId", shape.Matches(shape.GUID))},
	{ID: "orders.activation-links", Fact: "An order has activation links, perhaps none.", Cites: "reference/commerce.md#activation-links", Confidence: "S", Code: "internal/partnercenter/activation.go", Emulator: "internal/emulator/activation.go", ask: ofOne(anyOrder(anything), "/activationlinks", shape.Itself, collection)},
	{ID: "orders.provisioning", Fact: "The provisioning of an order is for users only.", Cites: "reference/commerce.md#provisioning-status-of-an-order", Confidence: "D", ask: func(ctx context.Context, r *run) answer {
		path := r.order(ctx, anything)
		switch {
		case path == "":
			return open("there is no order")
		case r.isUser(ctx):
			return answered(r.get(ctx, path+"/provisioningstatus"), shape.Itself, collection)
		}
		return refused(r.get(ctx, path+"/provisioningstatus"), "403 900329")
	}},
}}

var subscriptionQuestions = subject{verdict.Read, "reference/commerce.md#subscription-resource", "internal/partnercenter/subscriptions.go", "internal/emulator/subscription_render.go", []Question{
	{ID: "subscription.id", Fact: "The ID of a subscription is a GUID.", Confidence: "D", Money: true, ask: of((*run).subscriptions, anything, "id", shape.Matches(shape.GUID))},
	{ID: "subscription.status", Fact: "The status is none, active, suspended, deleted, expired, pending or disabled.", Cites: "reference/commerce.md#status-values", Confidence: "D, S", Money: true, Code: "internal/commerce/change/facts.go",
		ask: of((*run).subscriptions, anything, "status", shape.OneOf("none", "active", "suspended", "deleted", "expired", "pending", "disabled"))},
	{ID: "subscription.quantity", Fact: "quantity is the whole number of licenses.", Confidence: "D", Money: true, ask: of((*run).subscriptions, anything, "quantity", shape.IsWhole)},
	{ID: "subscription.offer", Fact: "offerId is the catalog item at the purchase, or the GUID of a legacy offer.", Confidence: "D/I", Money: true, ask: of((*run).subscriptions, isEither, "offerId", shape.Matches(`^[0-9A-Z]+:[0-9A-Z]+:[0-9A-Z]+$`))},
	{ID: "subscription.nickname", Fact: "friendlyName is the nickname.", Confidence: "D", Money: true, Code: "internal/commerce/purchase/earlier.go", ask: of((*run).subscriptions, anything, "friendlyName", shape.IsText)},
	{ID: "subscription.saas", Fact: "A marketplace subscription has productType Azure with subType SaaS.", Confidence: "D, S", Money: true, ask: func(ctx context.Context, r *run) answer {
		return among(r.subscriptions(ctx), "productType.subType.id", shape.OneOf("SaaS"))
	}},
	{ID: "subscription.nce", Fact: "A new-commerce subscription has productType OnlineServicesNCE.", Confidence: "D, S", Money: true, ask: func(ctx context.Context, r *run) answer {
		return among(r.subscriptions(ctx), "productType.id", shape.OneOf("OnlineServicesNCE"))
	}},
	{ID: "subscription.unit", Fact: "Licenses of new commerce have the unit Licenses.", Confidence: "D", ask: of((*run).subscriptions, isNCE, "unitType", shape.OneOf("Licenses"))},
	{ID: "subscription.term", Fact: "termDuration is a duration of ISO 8601.", Confidence: "D", Money: true, Code: "internal/commerce/catalog/terms.go", ask: of((*run).subscriptions, isEither, "termDuration", shape.Matches(`^P\d+[MY]$`))},
	{ID: "subscription.cycle", Fact: "billingCycle is monthly, annual, biennial, triennial, one_time or none.", Confidence: "D", Money: true, ask: of((*run).subscriptions, anything, "billingCycle", shape.OneOf("monthly", "annual", "biennial", "triennial", "one_time", "none"))},
	{ID: "subscription.auto-renew", Fact: "autoRenewEnabled is always there.", Confidence: "D", Money: true, Code: "internal/commerce/change/renewal.go", ask: of((*run).subscriptions, isEither, "autoRenewEnabled", shape.IsBool)},
	{ID: "subscription.trial", Fact: "isTrial says whether it is a trial.", Confidence: "D", Money: true, ask: of((*run).subscriptions, anything, "isTrial", shape.IsBool)},
	{ID: "subscription.partner", Fact: "partnerId is the reseller's PartnerID, or empty.", Confidence: "D", Money: true, ask: ifPresent((*run).subscriptions, anything, "partnerId", shape.Matches(`^\d*$`))},
	{ID: "subscription.order", Fact: "orderId names the order that made it.", Confidence: "D", Money: true, Code: "internal/commerce/purchase/earlier.go", ask: of((*run).subscriptions, isEither, "orderId", shape.IsText)},
	{ID: "subscription.no-price", Fact: "A subscription has no price, no currency and no customer.", Confidence: "D", Money: true, Code: "internal/commerce/spending/quote.go", ask: func(ctx context.Context, r *run) answer {
		for _, path := range []string{"customerId", "currencyCode", "country"} {
			if got := every(r.subscriptions(ctx), path, shape.IsMissing); got.verdict == verdict.Contradicted {
				return got
			}
		}
		return noPrice(r.subscriptions(ctx))
	}},
	{ID: "subscription.contract", Fact: "contractType is subscription, product_key or redemption_code.", Confidence: "D, S", ask: of((*run).subscriptions, anything, "contractType", shape.OneOf("subscription", "product_key", "productKey", "redemption_code"))},
	{ID: "subscription.start", Fact: "effectiveStartDate is the beginning of the present term.", Confidence: "D", Money: true, ask: of((*run).subscriptions, both(isEither, isActive), "effectiveStartDate", shape.IsMoment)},
	{ID: "subscription.end", Fact: "commitmentEndDate is the end of the term.", Confidence: "D", Money: true, Code: "internal/commerce/change/window.go", ask: ifPresent((*run).subscriptions, both(isEither, isActive), "commitmentEndDate", shape.IsMoment)},
	{ID: "subscription.last-day", Fact: "commitmentEndDate of new commerce is midnight of the last day, which belongs to the term.", Confidence: "D", Money: true, Code: "internal/commerce/change/window.go", ask: of((*run).subscriptions, both(isNCE, isActive), "commitmentEndDate", shape.Matches(`T00:00:00`))},
	{ID: "subscription.no-etag", Fact: "The etag of marketplace and new-commerce subscriptions is empty or absent.", Cites: "reference/commerce.md#etag-and-if-match", Confidence: "D, S, I", Money: true, Code: "internal/partnercenter/subscription_update.go", Emulator: "internal/emulator/subscription_render.go (ETags)",
		ask: of((*run).subscriptions, isEither, "attributes.etag", shape.IsEmpty)},
	{ID: "subscription.publisher", Fact: "A marketplace subscription names its publisher.", Confidence: "D", ask: of((*run).subscriptions, isSaaS, "publisherName", shape.IsText)},
	{ID: "subscription.activation-link", Fact: "A marketplace subscription leads to its activation links.", Confidence: "D, S", Code: "internal/partnercenter/activation.go", Emulator: "internal/emulator/activation.go", ask: of((*run).subscriptions, both(isSaaS, isActive), "links.activationLinks.uri", shape.IsText)},
	{ID: "subscription.attention", Fact: "attentionNeeded and actionTaken say whether the publisher has still to set it up.", Confidence: "D/I", Money: true, Code: "internal/commerce/change/activation.go", Emulator: "internal/emulator/subscription_render.go (BeforeActivation)",
		ask: of((*run).subscriptions, isSaaS, shape.Itself, shape.Having(map[string]shape.Check{"attentionNeeded": shape.IsBool, "actionTaken": shape.IsBool}))},
	{ID: "subscription.whole-list", Fact: "The list shows what a single read shows.", Cites: "reference/commerce.md#subscription-endpoints", Confidence: "D, S", Money: true, Code: "internal/partnercenter/sharing.go", Emulator: "internal/emulator/subscriptions.go (ListsOmit)", ask: wholeList},
}}

// wholeList compares the members of a subscription in the list with those of a single read.
func wholeList(ctx context.Context, r *run) answer {
	for _, s := range where(r.subscriptions(ctx), both(isEither, isActive)) {
		owner := r.ownerOf(ctx, "/subscriptions", s)
		single, _ := r.get(ctx, ofCustomer(owner, "/subscriptions/"+shape.Text(s, "id"))).doc().(map[string]any)
		if single == nil {
			continue
		}
		for name := range single {
			if shape.At(s, name) == nil && single[name] != nil {
				return no("the list lacks %s", name)
			}
		}
		return yes("the same members")
	}
	return open("there is no active subscription")
}

var windowQuestions = subject{verdict.Read, "reference/commerce.md#cancellation-windows", "internal/commerce/change/window.go", "internal/emulator/world/subscription.go", []Question{
	{ID: "window.nce-date", Fact: "cancellationAllowedUntilDate of new commerce lies in the future, or is absent.", Cites: "reference/commerce.md#subscription-resource", Confidence: "D", Money: true, Emulator: "internal/emulator/world/subscription.go (NCEWindow)", ask: func(ctx context.Context, r *run) answer {
		return present(where(r.subscriptions(ctx), both(isNCE, isActive)), "cancellationAllowedUntilDate", r.isAhead)
	}},
	{ID: "window.nce-seven-days", Fact: "New commerce can be canceled for 7 days of its term.", Confidence: "D26", Money: true, Emulator: "internal/emulator/world/subscription.go (NCEWindow)",
		ask: windowLength(both(isNCE, isActive), "cancellationAllowedUntilDate", 8*24*time.Hour+time.Minute)},
	{ID: "window.refundable", Fact: "refundableQuantity says how many licenses can be given back until when, each batch by shape.Itself.", Cites: "reference/commerce.md#quantity", Confidence: "D", Money: true, Code: "internal/commerce/change/quantity.go", Emulator: "internal/emulator/world/update_quantity.go (NCEWindow)",
		ask: ifPresent((*run).subscriptions, both(isNCE, isActive), "refundableQuantity", shape.Having(map[string]shape.Check{"totalQuantity": shape.IsWhole, "details": shape.ListOf(shape.Having(map[string]shape.Check{"quantity": shape.IsWhole, "allowedUntilDateTime": shape.IsMoment}))}))},
	{ID: "window.refundable-sum", Fact: "totalQuantity is the sum of the batches.", Cites: "reference/commerce.md#quantity", Confidence: "D", Money: true, Code: "internal/commerce/change/quantity.go", ask: ifPresent((*run).subscriptions, both(isNCE, isActive), "refundableQuantity", func(v any) string {
		total, _ := shape.Number(v, "totalQuantity")
		for _, batch := range shape.List(v, "details") {
			n, _ := shape.Number(batch, "quantity")
			total -= n
		}
		return shape.WrongUnless(total <= 0, v) // a batch may be larger than what is left of the licenses
	})},
	{ID: "window.refund-options", Fact: "refundOptions name their end expiresAt.", Cites: "reference/commerce.md#subscription-resource", Confidence: "D, S", Money: true, Code: "internal/partnercenter/subscription_nested.go",
		ask: ifPresent((*run).subscriptions, isEither, "refundOptions", shape.ListOf(shape.Having(map[string]shape.Check{"type": shape.OneOf("Full", "Partial"), "expiresAt": shape.IsMoment})))},
	{ID: "window.saas-72-hours", Fact: "Marketplace software is refunded in full for 3 days from its purchase.", Confidence: "D26", Money: true, Emulator: "internal/emulator/world/subscription.go (SaaSWindow)", ask: func(ctx context.Context, r *run) answer {
		return present(where(r.subscriptions(ctx), isSaaS), shape.Itself, func(v any) string {
			bought, known := shape.Date(v, "creationDate")
			for _, option := range shape.List(v, "refundOptions") {
				if end, ok := shape.Date(option, "expiresAt"); ok && known && (end.Sub(bought)-72*time.Hour).Abs() > time.Hour {
					return "the refund ends " + end.Sub(bought).String() + " after the purchase"
				}
			}
			return ""
		})
	}},
	{ID: "window.saas-date", Fact: "Marketplace subscriptions have no cancellationAllowedUntilDate; refundOptions say it.", Cites: "reference/commerce.md#open-questions", Confidence: "?", Money: true, Emulator: "internal/emulator/subscription_render.go (SaaSCancellationDate)", ask: of((*run).subscriptions, isSaaS, "cancellationAllowedUntilDate", shape.IsMissing)},
	{ID: "window.saas-refundable", Fact: "Marketplace subscriptions have no refundableQuantity.", Cites: "reference/commerce.md#open-questions", Confidence: "?", Money: true, Code: "internal/commerce/change/quantity.go", ask: of((*run).subscriptions, isSaaS, "refundableQuantity", shape.IsMissing)},
	{ID: "window.saas-renewal", Fact: "A renewal of marketplace software opens no new window.", Cites: "reference/commerce.md#open-questions", Confidence: "?", Money: true, Emulator: "internal/emulator/world/renewals.go (SaaSWindowOnRenewal)", ask: func(ctx context.Context, r *run) answer {
		for _, s := range where(r.subscriptions(ctx), both(isSaaS, isActive)) {
			made, _ := shape.Date(s, "creationDate")
			start, ok := shape.Date(s, "effectiveStartDate")
			if ok && start.Sub(made) > 20*24*time.Hour && r.client.ServiceTime().Sub(start) < 72*time.Hour {
				return every([]any{s}, "refundOptions", func(v any) string {
					for _, option := range shape.List(v, "") {
						if wrong := r.isAhead(shape.At(option, "expiresAt")); wrong == "" {
							return "it can be refunded again"
						}
					}
					return ""
				})
			}
		}
		return open("no subscription was renewed within the last 3 days")
	}},
	{ID: "window.actions", Fact: "actions say what may be done: edit, and cancel inside the window.", Cites: "reference/commerce.md#subscription-resource", Confidence: "D", ask: ifPresent((*run).subscriptions, anything, "actions", shape.ListOf(shape.Matches(`(?i)^(edit|cancel)$`)))},
}}

// isAhead holds for a moment that has not passed by the service's clock.
func (r *run) isAhead(v any) string {
	moment, ok := shape.Date(map[string]any{"v": v}, "v")
	return shape.WrongUnless(ok && moment.After(r.client.ServiceTime().Add(-24*time.Hour)), v)
}

// windowLength asks whether a date is at most so long after the beginning of a term or the purchase.
func windowLength(holds func(any) bool, path string, most time.Duration) ask {
	return func(ctx context.Context, r *run) answer {
		var dated []any
		for _, s := range where(r.subscriptions(ctx), holds) {
			if shape.At(s, path) != nil {
				dated = append(dated, s)
			}
		}
		return every(dated, shape.Itself, func(v any) string {
			until, _ := shape.Date(v, path)
			start, ok := shape.Date(v, "effectiveStartDate")
			end, _ := shape.Date(v, "commitmentEndDate") // what can be canceled any day can be until its end
			return shape.WrongUnless(ok && (until.Sub(start) <= most || !until.Before(end)), shape.At(v, path))
		})
	}
}

var renewalQuestions = subject{verdict.Read, "reference/commerce.md#renewal-behavior", "internal/commerce/change/renewal.go", "internal/emulator/world/schedule.go", []Question{
	{ID: "renewal.actions", Fact: "scheduledActions is a list.", Confidence: "3", Money: true, Code: "internal/partnercenter/subscription_schedule.go", ask: ifPresent((*run).subscriptions, isNCE, "scheduledActions", shape.IsList)},
	{ID: "renewal.action-types", Fact: "An action cancels, renews, extends or moves, at the end of the term or on a day.", Confidence: "3", Money: true, Code: "internal/partnercenter/subscription_schedule.go",
		ask: ifPresent((*run).subscriptions, isNCE, "scheduledActions", shape.ListOf(shape.Having(map[string]shape.Check{"scheduleType": shape.OneOf("TermEnd", "CustomDate"), "actionType": shape.OneOf("Cancel", "RenewToNewTerm", "RenewToExtendedServiceTerm", "Transition")})))},
	{ID: "renewal.instructions", Fact: "scheduledNextTermInstructions name product, SKU, availability, term, cycle and the quantity after the renewal.", Confidence: "D, S", Money: true, Code: "internal/partnercenter/subscription_schedule.go",
		ask: ifPresent((*run).subscriptions, anything, "scheduledNextTermInstructions", shape.Having(map[string]shape.Check{"quantity": shape.IsWhole, "product.productId": shape.IsText, "product.skuId": shape.IsText}))},
	{ID: "renewal.saas", Fact: "Marketplace subscriptions show neither scheduledActions nor scheduledNextTermInstructions.", Cites: "reference/commerce.md#open-questions", Confidence: "?", Money: true, Emulator: "internal/emulator/world/schedule.go (SaaSSchedules)",
		ask: of((*run).subscriptions, isSaaS, shape.Itself, shape.Having(map[string]shape.Check{"scheduledActions": shape.IsMissing, "scheduledNextTermInstructions": shape.IsMissing}))},
	{ID: "renewal.instructions-need-renewal", Fact: "Only what renews has scheduledNextTermInstructions.", Cites: "reference/commerce.md#patch-semantics", Confidence: "D", Money: true, Code: "internal/commerce/change/next_term.go", ask: func(ctx context.Context, r *run) answer {
		return every(where(r.subscriptions(ctx), func(s any) bool { return shape.At(s, "scheduledNextTermInstructions") != nil }), "autoRenewEnabled", func(v any) string { return shape.WrongUnless(v == true, v) })
	}},
	{ID: "renewal.explicit-end", Fact: "New commerce without auto-renewal shows an explicit action: to cancel, or to be extended and paid.", Cites: "reference/commerce.md#saying-it-by-api", Confidence: "3", Money: true, Emulator: "internal/emulator/world/renewals.go (NoExtendedServiceTerm)", ask: func(ctx context.Context, r *run) answer {
		off := where(r.subscriptions(ctx), func(s any) bool { return isNCE(s) && isActive(s) && shape.At(s, "autoRenewEnabled") == false })
		return among(off, "scheduledActions", func(v any) string { return shape.WrongUnless(len(shape.List(v, "")) > 0, v) })
	}},
	{ID: "renewal.extended", Fact: "A subscription in its extended service term is active, for a month at a time, under its old ID.", Cites: "reference/commerce.md#terms-of-the-extended-service-term", Confidence: "3", Money: true, Emulator: "internal/emulator/world/renewals.go (NoExtendedServiceTerm)", ask: func(ctx context.Context, r *run) answer {
		extended := where(r.subscriptions(ctx), func(s any) bool {
			return isNCE(s) && isActive(s) && shape.Text(s, "termDuration") == "P1M" && strings.Contains(shape.Show(shape.At(s, "scheduledActions")), "RenewToExtendedServiceTerm")
		})
		return every(extended, "billingCycle", shape.OneOf("monthly"))
	}},
	{ID: "renewal.suspended", Fact: "What is suspended does not renew by shape.Itself.", Cites: "reference/commerce.md#cancel-suspend-reactivate", Confidence: "D", Money: true, Code: "internal/commerce/change/end.go", Emulator: "internal/emulator/world/update_status.go",
		ask: of((*run).subscriptions, func(s any) bool { return shape.Text(s, "status") == "suspended" }, "autoRenewEnabled", func(v any) string { return shape.WrongUnless(v == false, v) })},
}}

var furtherSubscriptionQuestions = subject{verdict.Read, "reference/commerce.md#subscription-endpoints", "internal/partnercenter/subscriptions.go", "internal/emulator/subscriptions.go", []Question{
	{ID: "subscriptions.ended", Fact: "The list has subscriptions that have ended.", Cites: "reference/commerce.md#what-get-returns-for-ended-subscriptions", Confidence: "D", Money: true, Code: "internal/commerce/purchase/earlier.go", Emulator: "internal/emulator/world/visibility.go (DeletedReadableFor)",
		ask: func(ctx context.Context, r *run) answer {
			return among(where(r.subscriptions(ctx), isEnded), "status", shape.IsText)
		}},
	{ID: "subscriptions.ended-by-id", Fact: "What has ended is read with 200.", Cites: "reference/commerce.md#what-get-returns-for-ended-subscriptions", Confidence: "D", Money: true, Code: "internal/services/subscription/read.go", Emulator: "internal/emulator/world/visibility.go (DeletedReadableFor)",
		ask: ofOne(anySubscription(isEnded), "", "status", shape.OneOf("deleted", "expired", "disabled"))},
	{ID: "subscriptions.by-order", Fact: "Subscriptions are found by their order.", Confidence: "D, S", Money: true, Code: "internal/commerce/purchase/order.go", Emulator: "internal/emulator/subscriptions.go (ListLag)", ask: func(ctx context.Context, r *run) answer {
		for _, s := range where(r.subscriptions(ctx), isEither) {
			x := r.get(ctx, ofCustomer(r.ownerOf(ctx, "/subscriptions", s), "/subscriptions"), "order_id", shape.Text(s, "orderId"))
			return among(shape.List(x.doc(), "items"), "id", shape.OneOf(shape.Text(s, "id")))
		}
		return open("there is no subscription")
	}},
	{ID: "subscriptions.by-reseller", Fact: "mpn_id finds subscriptions of one reseller only.", Confidence: "D, S", ask: func(ctx context.Context, r *run) answer {
		for _, s := range r.subscriptions(ctx) {
			if id := shape.Text(s, "partnerId"); id != "" {
				x := r.get(ctx, ofCustomer(r.ownerOf(ctx, "/subscriptions", s), "/subscriptions"), "mpn_id", id)
				return every(shape.List(x.doc(), "items"), "partnerId", shape.OneOf(id))
			}
		}
		return open("no subscription has a reseller on record")
	}},
	{ID: "subscriptions.addons", Fact: "The add-ons of a subscription are a list.", Confidence: "D, S", ask: ofOne(anySubscription(both(isNCE, isActive)), "/addons", shape.Itself, collection)},
	{ID: "subscriptions.links", Fact: "A marketplace subscription has activation links of its own.", Confidence: "S", Code: "internal/partnercenter/activation.go", Emulator: "internal/emulator/activation.go", ask: ofOne(anySubscription(both(isSaaS, isActive)), "/activationlinks", shape.Itself, collection)},
	{ID: "subscriptions.eligibilities", Fact: "Where new commerce may move is a list, each with eligibilities.", Cites: "reference/commerce.md#transitions", Confidence: "D", Money: true, Code: "internal/commerce/change/transition.go", Emulator: "internal/emulator/transitions.go",
		ask: ofOne(anySubscription(both(isNCE, isActive)), "/transitioneligibilities", "items", shape.ListOf(shape.Having(map[string]shape.Check{"catalogItemId": shape.IsText, "eligibilities": shape.IsList})), "eligibilityType", "immediate")},
	{ID: "subscriptions.scheduled-eligibilities", Fact: "Where it may move at its renewal is asked for by eligibilityType scheduled.", Cites: "reference/commerce.md#transitions", Confidence: "D", Money: true, Code: "internal/commerce/change/next_term.go", Emulator: "internal/emulator/transitions.go",
		ask: ofOne(anySubscription(both(isNCE, isActive)), "/transitioneligibilities", shape.Itself, collection, "eligibilityType", "scheduled")},
	{ID: "subscriptions.transitions", Fact: "The moves of a subscription are a list.", Cites: "reference/commerce.md#transitions", Confidence: "D", Code: "internal/commerce/change/transition_progress.go", Emulator: "internal/emulator/transitions.go (TransitionReads)", ask: ofOne(anySubscription(both(isNCE, isActive)), "/transitions", shape.Itself, shape.IsObject)},
	{ID: "subscriptions.end-dates", Fact: "The days that a purchase may end on are read by term_duration.", Cites: "reference/commerce.md#co-termination-dates", Confidence: "D", Money: true, Code: "internal/partnercenter/custom_term_end_dates.go", Emulator: "internal/emulator/term_ends.go (CustomTermEndsPageSize)",
		ask: readingOfCustomer("/subscriptions/customTermEndDates", "items", shape.ListOf(shape.Having(map[string]shape.Check{"allowedCustomTermEndDate": shape.IsMoment, "allowedCustomTermEndDateType": shape.OneOf("calendarMonthAligned", "subscriptionAligned")})), "term_duration", "P1Y")},
	{ID: "subscriptions.provisioning", Fact: "The provisioning of a subscription is for users only.", Cites: "reference/commerce.md#provisioning-status-of-a-subscription", Confidence: "D", ask: func(ctx context.Context, r *run) answer {
		path := r.subscription(ctx, both(isNCE, isActive))
		switch {
		case path == "":
			return open("there is no subscription")
		case r.isUser(ctx):
			return answered(r.get(ctx, path+"/provisioningstatus"), "status", shape.OneOf("success", "pending", "failed"))
		}
		return refused(r.get(ctx, path+"/provisioningstatus"), "403 900329")
	}},
	{ID: "subscriptions.of-nobody", Fact: "There is no list of all subscriptions of a partner.", Confidence: "D, S", Emulator: "internal/emulator/routes.go", ask: func(ctx context.Context, r *run) answer {
		x := r.get(ctx, "/v1/subscriptions")
		if x.ok() {
			return no("there is one")
		}
		return yes(said(x))
	}},
}}
