// SPDX-License-Identifier: MPL-2.0

package conformance

import (
	"context"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/conformance/shape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/conformance/verdict"
)

// ofLicenses asks about the purchase of new-commerce licenses.
func ofLicenses(question func(d *deal) answer) ask {
	return func(ctx context.Context, r *run) answer { return question(r.licenses(ctx)) }
}

// ofSoftware asks about the purchase of marketplace software.
func ofSoftware(question func(d *deal) answer) ask {
	return func(ctx context.Context, r *run) answer { return question(r.marketplace(ctx)) }
}

func licensesStep(step, path string, s shape.Check) ask {
	return ofLicenses(func(d *deal) answer { return d.step(step, func(x *exchange) answer { return answered(x, path, s) }) })
}

func licensesShown(step, path string, s shape.Check) ask {
	return ofLicenses(func(d *deal) answer { return d.shown(step, path, s) })
}

func licensesRefused(step string, pairs ...string) ask {
	return ofLicenses(func(d *deal) answer { return d.step(step, func(x *exchange) answer { return refused(x, pairs...) }) })
}

func softwareShown(step, path string, s shape.Check) ask {
	return ofSoftware(func(d *deal) answer { return d.shown(step, path, s) })
}

func softwareRefused(step string, pairs ...string) ask {
	return ofSoftware(func(d *deal) answer { return d.step(step, func(x *exchange) answer { return refused(x, pairs...) }) })
}

var checkoutQuestions = subject{verdict.Sandbox, "reference/commerce.md#checkout", "internal/commerce/purchase/checkout.go", "internal/emulator/world/checkout.go", []Question{
	{ID: "checkout.status", Fact: "A checkout without a body is answered with 201, or 200.", Confidence: "D, D26c", Money: true, ask: licensesRefused("checkout", "201", "200")},
	{ID: "checkout.type", Fact: "The answer is a CartCheckoutResult.", Confidence: "D", ask: licensesStep("checkout", "attributes.objectType", shape.OneOf("CartCheckoutResult"))},
	{ID: "checkout.orders", Fact: "orders holds one order for each group of lines.", Confidence: "D", Money: true, Code: "internal/commerce/purchase/checkout_result.go", ask: licensesStep("checkout", "orders", func(v any) string { return shape.WrongUnless(len(shape.List(v, "")) == 1, v) })},
	{ID: "checkout.errors", Fact: "orderErrors is empty where all went well.", Confidence: "D, S", Money: true, Code: "internal/commerce/purchase/checkout_result.go", Emulator: "internal/emulator/world/checkout.go (CheckoutErrors)",
		ask: licensesStep("checkout", "orderErrors", func(v any) string { return shape.WrongUnless(len(shape.List(v, "")) == 0, v) })},
	{ID: "checkout.order-status", Fact: "The new order is pending or completed.", Confidence: "D", Money: true, Code: "internal/commerce/purchase/order_status.go", Emulator: "internal/emulator/world/order.go (OrderOutcome)", ask: licensesStep("checkout", "orders", shape.ListOf(shape.Having(map[string]shape.Check{"status": shape.OneOf("pending", "completed", "unknown")})))},
	{ID: "checkout.repeated", Fact: "A second checkout of the same cart is 400 800065, 409 800064 or 800060, or the same result.", Confidence: "D", Money: true, Code: "internal/commerce/purchase/recover.go", Emulator: "internal/emulator/world/checkout.go (RepeatedCheckout)",
		ask: licensesRefused("checkout again", "400 800065", "409 800064", "409 800060", "201", "200")},
	{ID: "checkout.once", Fact: "A second checkout buys nothing.", Confidence: "D", Money: true, Code: "internal/commerce/purchase/recover.go", Emulator: "internal/emulator/world/checkout.go (RepeatedCheckout)", ask: ofLicenses(func(d *deal) answer {
		bought, ok := d.after["list"].([]any)
		if !ok || len(bought) == 0 {
			return open(d.because() + ", or it is not listed yet")
		}
		if len(bought) > 1 {
			return no("there are %d subscriptions", len(bought))
		}
		return yes("one subscription")
	})},
	{ID: "checkout.cart-ordered", Fact: "The cart is Ordered afterwards, and still there.", Cites: "reference/commerce.md#cart", Confidence: "D", Money: true, Code: "internal/commerce/purchase/existing_cart.go", ask: licensesStep("cart after", "status", shape.OneOf("Ordered"))},
	{ID: "checkout.cart-closed", Fact: "A cart that was ordered cannot be changed: 400 800065.", Cites: "reference/commerce.md#cart-update", Confidence: "D/I", Money: true, ask: licensesRefused("cart put", "400 800065", "409 800064")},
}}

var boughtQuestions = subject{verdict.Sandbox, "reference/commerce.md#orders", "internal/commerce/purchase/order.go", "internal/emulator/orders.go", []Question{
	{ID: "bought.order", Fact: "The order is read by its ID at once, although lists lag.", Cites: "reference/commerce.md#known-delays", Confidence: "I", Money: true, ask: licensesStep("order", "id", shape.IsText)},
	{ID: "bought.subscription-id", Fact: "The order names the subscription, at once or within minutes.", Cites: "reference/commerce.md#checkout", Confidence: "D", Money: true, Emulator: "internal/emulator/orders.go (SubscriptionIDAfterReads)", ask: licensesStep("order after", "lineItems", shape.ListOf(shape.Having(map[string]shape.Check{"subscriptionId": shape.Matches(shape.GUID)})))},
	{ID: "bought.first-read", Fact: "A subscription that was just bought may be 404 20003 for a while.", Cites: "reference/commerce.md#retry-decision-table", Confidence: "I", Money: true, Code: "internal/commerce/purchase/receipt.go", Emulator: "internal/emulator/world/visibility.go (NewSubscriptionMissingReads)", ask: licensesRefused("first read", "200", "404 20003")},
	{ID: "bought.quantity", Fact: "The subscription has the licenses of the cart.", Cites: "reference/commerce.md#quantity", Confidence: "D", Money: true, ask: ofLicenses(func(d *deal) answer { return d.shown("purchase", "quantity", is(d.quantity)) })},
	{ID: "bought.nickname", Fact: "The subscription has the nickname of the line.", Cites: "reference/commerce.md#cart-line-item", Confidence: "D", Money: true, Code: "internal/commerce/purchase/earlier.go", ask: ofLicenses(func(d *deal) answer { return d.shown("purchase", "friendlyName", is(d.name)) })},
	{ID: "bought.auto-renew", Fact: "A purchase begins with auto-renewal on.", Cites: "reference/commerce.md#renewal", Confidence: "S, D26", Money: true, Code: "internal/services/subscription/plan_create.go", Emulator: "internal/emulator/world/purchase.go", ask: licensesShown("purchase", "autoRenewEnabled", is(true))},
	{ID: "bought.term", Fact: "The subscription has term and cycle of the line.", Cites: "reference/commerce.md#subscription-resource", Confidence: "D", Money: true, ask: ofLicenses(func(d *deal) answer { return d.shown("purchase", "termDuration", is(d.duration())) })},
	{ID: "bought.price", Fact: "The order has the price of the cart.", Cites: "reference/commerce.md#order-line-item", Confidence: "D", Money: true, Code: "internal/commerce/purchase/compare.go", Emulator: "internal/emulator/world/pricing.go", ask: ofLicenses(func(d *deal) answer {
		quoted, ordered := shape.List(docOf(d.steps["cart"]), "lineItems"), shape.List(docOf(d.steps["order after"]), "lineItems")
		if len(quoted) == 0 || len(ordered) == 0 || shape.At(ordered[0], "pricing.price") == nil {
			return open("the order shows no price: " + d.because())
		}
		return every(ordered, "pricing.price", is(shape.At(quoted[0], "pricing.price")))
	})},
	{ID: "bought.window", Fact: "New commerce can be canceled for 7 days from its purchase.", Cites: "reference/commerce.md#cancellation-windows", Confidence: "D26", Money: true, Code: "internal/commerce/change/window.go", Emulator: "internal/emulator/world/purchase.go (NCEWindow)", ask: ofLicenses(func(d *deal) answer {
		return d.shown("purchase", shape.Itself, func(v any) string {
			until, ok := shape.Date(v, "cancellationAllowedUntilDate")
			made, _ := shape.Date(v, "creationDate")
			return shape.WrongUnless(ok && (until.Sub(made)-7*24*time.Hour).Abs() <= 25*time.Hour, shape.At(v, "cancellationAllowedUntilDate"))
		})
	})},
	{ID: "bought.refundable", Fact: "All licenses of a new purchase can be given back.", Cites: "reference/commerce.md#quantity", Confidence: "D", Money: true, Code: "internal/commerce/change/quantity.go", Emulator: "internal/emulator/world/update_quantity.go (NCEWindow)", ask: ofLicenses(func(d *deal) answer { return d.shown("purchase", "refundableQuantity.totalQuantity", is(d.quantity)) })},
	{ID: "bought.trial", Fact: "A trial of marketplace software is bought with billing cycle none, and says that it is a trial.", Cites: "reference/commerce.md#free-trials", Confidence: "D", Money: true, Code: "internal/commerce/purchase/cart.go", Emulator: "internal/emulator/world/purchase.go", ask: func(ctx context.Context, r *run) answer { return r.tried(ctx).shown("purchase", "isTrial", is(true)) }},
	{ID: "bought.trial-ends", Fact: "A trial is canceled at any time.", Cites: "reference/commerce.md#cancellation-windows", Confidence: "D26", Money: true, Code: "internal/commerce/change/end.go", Emulator: "internal/emulator/world/update_status.go", ask: func(ctx context.Context, r *run) answer { return r.tried(ctx).shown("cancel", "status", is("deleted")) }},
}}

// docOf is the answer of a step that may not have been.
func docOf(x *exchange) any {
	if x == nil {
		return nil
	}
	return x.doc()
}

var changeQuestions = subject{verdict.Sandbox, "reference/commerce.md#patch-semantics", "internal/partnercenter/subscription_update.go", "internal/emulator/world/update.go", []Question{
	{ID: "change.nickname", Fact: "A nickname is changed by the whole document, with 200 or 202.", Cites: "reference/commerce.md#friendlyname", Confidence: "D", Money: true, Emulator: "internal/emulator/subscription_update.go (PatchMode)", ask: ofLicenses(func(d *deal) answer { return d.shown("nickname", "friendlyName", is(d.name+" renamed")) })},
	{ID: "change.keeps-renewal", Fact: "A body that carries autoRenewEnabled leaves it as it is.", Cites: "reference/commerce.md#friendlyname", Confidence: "D", Money: true, ask: licensesShown("nickname", "autoRenewEnabled", is(true))},
	{ID: "change.more", Fact: "quantity is the new total.", Cites: "reference/commerce.md#quantity", Confidence: "D", Money: true, Code: "internal/commerce/change/quantity.go", Emulator: "internal/emulator/world/update_quantity.go", ask: ofLicenses(func(d *deal) answer { return d.shown("more", "quantity", is(d.quantity+1)) })},
	{ID: "change.fewer", Fact: "Licenses are given back within 7 days of their purchase.", Cites: "reference/commerce.md#quantity", Confidence: "D", Money: true, Code: "internal/commerce/change/quantity.go", Emulator: "internal/emulator/world/update_quantity.go (NCEWindow)", ask: ofLicenses(func(d *deal) answer { return d.shown("fewer", "quantity", is(d.quantity)) })},
	{ID: "change.too-many", Fact: "More licenses than the SKU allows are refused: 400 2002, or a limit of the sandbox.", Cites: "reference/commerce.md#codes-subscription-updates", Confidence: "D", Money: true, Code: "internal/services/subscription/refusals.go", Emulator: "internal/emulator/world/update_quantity.go", ask: licensesRefused("too many", "400 2002", "403 800067", "403 800088", "400 800018", "400 900275")},
	{ID: "change.two-at-once", Fact: "Two properties in one PATCH are refused, or only one of them is taken.", Cites: "reference/commerce.md#working-decisions", Confidence: "3/?", Money: true, Emulator: "internal/emulator/world/update.go (MultipleChanges)", ask: ofLicenses(func(d *deal) answer {
		return d.step("two at once", func(x *exchange) answer {
			if !x.ok() {
				return refused(x, "400 800002", "400 3000")
			}
			if n, _ := shape.Number(d.after["two at once"], "quantity"); shape.Text(d.after["two at once"], "friendlyName") == d.name+" two" && int(n) == d.quantity+1 {
				return no("both were taken")
			}
			return yes("one was taken")
		})
	})},
	{ID: "change.little-body", Fact: "A body without autoRenewEnabled turns the renewal off.", Confidence: "D", Money: true, Emulator: "internal/emulator/world/update.go (KeepOmitted)", ask: licensesShown("little body", "autoRenewEnabled", is(false))},
	{ID: "change.renew", Fact: "The renewal is turned on again.", Cites: "reference/commerce.md#renewal-behavior", Confidence: "D", Money: true, Code: "internal/commerce/change/renewal.go", ask: licensesShown("renew", "autoRenewEnabled", is(true))},
	{ID: "change.instructions", Fact: "The next term is scheduled with today's availability, by scheduledNextTermInstructions and an action that says the same.", Cites: "reference/commerce.md#working-decisions", Confidence: "D, S, 3", Money: true, Code: "internal/commerce/change/next_term.go", Emulator: "internal/emulator/world/schedule.go (InstructionsWin)",
		ask: ofLicenses(func(d *deal) answer {
			return d.shown("instructions", "scheduledNextTermInstructions.quantity", is(d.quantity+1))
		})},
	{ID: "change.drops-schedule", Fact: "A change at once deletes what was scheduled for the renewal.", Confidence: "D", Money: true, Code: "internal/commerce/change/apply.go", Emulator: "internal/emulator/world/schedule.go (ScheduleFate)", ask: licensesShown("after instructions", "scheduledNextTermInstructions", shape.IsEmpty)},
	{ID: "change.end", Fact: "An end is said by autoRenewEnabled false and a scheduled Cancel, in one body.", Cites: "reference/commerce.md#saying-it-by-api", Confidence: "3", Money: true, Code: "internal/commerce/change/end.go", Emulator: "internal/emulator/world/schedule.go", ask: licensesShown("end", "scheduledActions", func(v any) string { return shape.WrongUnless(strings.Contains(shape.Show(v), "Cancel"), v) })},
	{ID: "change.end-flag", Fact: "With it auto-renewal is off.", Cites: "reference/commerce.md#saying-it-by-api", Confidence: "3", Money: true, Code: "internal/commerce/change/end.go", ask: licensesShown("end", "autoRenewEnabled", is(false))},
	{ID: "change.drops-cancel", Fact: "A change at once deletes a scheduled Cancel, too.", Cites: "reference/commerce.md#working-decisions", Confidence: "D/?", Money: true, Code: "internal/commerce/change/apply.go", Emulator: "internal/emulator/world/schedule.go (ScheduleFate)", ask: licensesShown("after end", "scheduledActions", func(v any) string { return shape.WrongUnless(!strings.Contains(shape.Show(v), "Cancel"), v) })},
	{ID: "change.withdrawn", Fact: "A scheduled Cancel is withdrawn by turning the renewal on.", Cites: "reference/commerce.md#saying-it-by-api", Confidence: "?", Money: true, Code: "internal/commerce/change/renewal.go", ask: licensesShown("renew again", "autoRenewEnabled", is(true))},
	{ID: "change.orders", Fact: "More licenses make an order of their own, of transactionType addQuantity.", Cites: "reference/commerce.md#order-line-item", Confidence: "D", Money: true, Code: "internal/commerce/purchase/earlier.go", Emulator: "internal/emulator/orders.go (ListLag)", ask: ofLicenses(func(d *deal) answer {
		return d.step("orders", func(x *exchange) answer {
			if len(where(shape.List(x.doc(), "items"), d.adds)) > 0 {
				return yes("seen")
			}
			return open("it is not listed yet: lists lag up to 15 minutes")
		})
	})},
}}

var endQuestions = subject{verdict.Sandbox, "reference/commerce.md#cancel-suspend-reactivate", "internal/commerce/change/end.go", "internal/emulator/world/update_status.go", []Question{
	{ID: "end.suspend", Fact: "New commerce is suspended by its status.", Confidence: "D", Money: true, ask: licensesShown("suspend", "status", is("suspended"))},
	{ID: "end.suspend-renewal", Fact: "Suspending turns auto-renewal off.", Confidence: "D", Money: true, ask: licensesShown("suspend", "autoRenewEnabled", is(false))},
	{ID: "end.suspend-refundable", Fact: "refundableQuantity is null while a subscription is suspended.", Cites: "reference/commerce.md#subscription-resource", Confidence: "D", Money: true, Code: "internal/commerce/change/quantity.go", ask: licensesShown("suspend", "refundableQuantity", shape.IsMissing)},
	{ID: "end.suspended-quantity", Fact: "The quantity of what is suspended cannot be changed: 400 2001 or 800091.", Cites: "reference/commerce.md#quantity", Confidence: "D", Money: true, Code: "internal/services/subscription/refusals.go", ask: licensesRefused("suspended quantity", "400 2001", "400 800091")},
	{ID: "end.reactivate", Fact: "It is reactivated by its status.", Confidence: "D", Money: true, ask: licensesShown("reactivate", "status", is("active"))},
	{ID: "end.reactivate-renewal", Fact: "Auto-renewal stays off after that.", Confidence: "D", Money: true, Code: "internal/commerce/change/renewal.go", ask: licensesShown("reactivate", "autoRenewEnabled", is(false))},
	{ID: "end.order", Fact: "New commerce is not canceled through its order: 400 800063, or 403 800077.", Cites: "reference/commerce.md#canceling-through-the-order", Confidence: "D", Money: true, Emulator: "internal/emulator/world/orders.go", ask: licensesRefused("order cancel", "400 800063", "403 800077", "400 800061", "400 800042")},
	{ID: "end.cancel", Fact: "Inside the window status deleted cancels.", Confidence: "D", Money: true, ask: licensesShown("cancel", "status", is("deleted"))},
	{ID: "end.read", Fact: "What was canceled is read with 200, as deleted.", Cites: "reference/commerce.md#what-get-returns-for-ended-subscriptions", Confidence: "I", Money: true, Code: "internal/services/subscription/read.go", Emulator: "internal/emulator/world/visibility.go (DeletedReadableFor)", ask: licensesStep("ended read", "status", is("deleted"))},
	{ID: "end.final", Fact: "What was canceled cannot be changed any more: 400 2011, 900279 or 900280.", Cites: "reference/commerce.md#status-values", Confidence: "D", Money: true, ask: licensesRefused("ended change", "400 2011", "400 900279", "400 900280", "400 800040")},
	{ID: "end.audit", Fact: "A checkout stands in the audit records as create_order.", Cites: "reference/commerce.md#change-tracking-audit-records", Confidence: "I", Money: true, Code: "internal/framework/audit.go", Emulator: "internal/emulator/audit.go", ask: ofLicenses(func(d *deal) answer {
		return d.step("audit", func(x *exchange) answer {
			return among(shape.List(x.doc(), "items"), "operationType", shape.OneOf("create_order"))
		})
	})},
	{ID: "end.audit-change", Fact: "Changes stand there as update_subscription.", Cites: "reference/customers-and-billing.md#audit-records", Confidence: "I", Code: "internal/framework/audit.go", Emulator: "internal/emulator/audit.go", ask: ofLicenses(func(d *deal) answer {
		return d.step("audit", func(x *exchange) answer {
			return among(shape.List(x.doc(), "items"), "operationType", shape.OneOf("update_subscription"))
		})
	})},
}}

var marketplaceQuestions = subject{verdict.Sandbox, "reference/commerce.md#activation-of-marketplace-saas", "internal/commerce/change/activation.go", "internal/emulator/activation.go (Sandbox)", []Question{
	{ID: "software.before", Fact: "Before its activation marketplace software is active and wants attention, or pending.", Confidence: "?", Money: true, Emulator: "internal/emulator/subscription_render.go (BeforeActivation)", ask: ofSoftware(func(d *deal) answer {
		return d.shown("purchase", shape.Itself, func(v any) string {
			return shape.WrongUnless(shape.Text(v, "status") == "pending" || shape.Text(v, "status") == "active" && shape.At(v, "attentionNeeded") == true, shape.At(v, "status"))
		})
	})},
	{ID: "software.renewal", Fact: "It begins with auto-renewal on.", Cites: "reference/commerce.md#renewal", Confidence: "D", Money: true, Code: "internal/services/subscription/plan_create.go", ask: softwareShown("purchase", "autoRenewEnabled", is(true))},
	{ID: "software.early-nickname", Fact: "Before its activation a nickname cannot be changed: 400 800081.", Cites: "reference/commerce.md#open-questions", Confidence: "?", Money: true, Emulator: "internal/emulator/world/update_ready.go (UpdateBeforeActivation)", ask: softwareRefused("before", "400 800081", "409 800082")},
	{ID: "software.early-quantity", Fact: "Before its activation the quantity cannot be changed: 400 800081.", Confidence: "D", Money: true, Emulator: "internal/emulator/world/update_ready.go (UpdateBeforeActivation)", ask: softwareRefused("more before", "400 800081", "409 800082")},
	{ID: "software.link", Fact: "There is an activation link; the sandbox has a dummy.", Cites: "reference/commerce.md#activation-links", Confidence: "D", Code: "internal/partnercenter/activation.go", ask: ofSoftware(func(d *deal) answer {
		return d.step("links", func(x *exchange) answer {
			return answered(x, "items", shape.ListOf(shape.Having(map[string]shape.Check{"link.uri": shape.Matches(`^https?://`)})))
		})
	})},
	{ID: "software.activate", Fact: "The sandbox activates by POST activate, with status Success.", Confidence: "D", Code: "internal/services/lifecycle/activate_subscription_action.go", ask: ofSoftware(func(d *deal) answer {
		return d.step("activate", func(x *exchange) answer { return answered(x, "status", shape.OneOf("Success")) })
	})},
	{ID: "software.activate-twice", Fact: "A second activation is 400 800041.", Cites: "reference/commerce.md#integration-sandbox", Confidence: "D/I", Code: "internal/partnercenter/remedies_codes.go", ask: softwareRefused("activate again", "400 800041")},
	{ID: "software.after", Fact: "After its activation it wants no attention any more.", Confidence: "?", Money: true, Emulator: "internal/emulator/subscription_render.go (BeforeActivation)", ask: softwareShown("activate", shape.Itself, func(v any) string {
		return shape.WrongUnless(shape.Text(v, "status") == "active" && (shape.At(v, "attentionNeeded") == false || shape.At(v, "actionTaken") == true), shape.At(v, "attentionNeeded"))
	})},
	{ID: "software.more", Fact: "Licenses are added at any time.", Cites: "reference/commerce.md#quantity", Confidence: "D", Money: true, Code: "internal/commerce/change/quantity.go", Emulator: "internal/emulator/world/update_quantity.go (PublisherRefusesChanges)", ask: ofSoftware(func(d *deal) answer { return d.shown("more", "quantity", is(d.quantity+1)) })},
	{ID: "software.fewer", Fact: "Inside the window licenses of marketplace software are given back.", Cites: "reference/commerce.md#open-questions", Confidence: "?", Money: true, Code: "internal/commerce/change/quantity.go", Emulator: "internal/emulator/world/update_quantity.go (SaaSDecrease)", ask: ofSoftware(func(d *deal) answer {
		return d.step("fewer", func(x *exchange) answer {
			if !x.ok() {
				return no("%s", said(x))
			}
			return d.shown("fewer", "quantity", is(d.quantity))
		})
	})},
	{ID: "software.refund", Fact: "The whole price is refunded for 3 days from the purchase.", Cites: "reference/commerce.md#cancellation-windows", Confidence: "D26", Money: true, Code: "internal/commerce/change/window.go", Emulator: "internal/emulator/world/purchase.go (SaaSWindow)", ask: softwareShown("activate", shape.Itself, func(v any) string {
		made, _ := shape.Date(v, "creationDate")
		for _, option := range shape.List(v, "refundOptions") {
			if end, ok := shape.Date(option, "expiresAt"); ok && (end.Sub(made)-72*time.Hour).Abs() < time.Hour {
				return ""
			}
		}
		return shape.WrongUnless(false, shape.At(v, "refundOptions"))
	})},
	{ID: "software.no-renewal", Fact: "Its renewal is turned off by autoRenewEnabled alone.", Cites: "reference/commerce.md#renewal", Confidence: "D", Money: true, Code: "internal/commerce/change/renewal.go", Emulator: "internal/emulator/world/schedule.go", ask: softwareShown("no renewal", "autoRenewEnabled", is(false))},
	{ID: "software.schedule", Fact: "It takes no scheduledActions.", Cites: "reference/commerce.md#open-questions", Confidence: "?", Money: true, Code: "internal/commerce/change/end.go", Emulator: "internal/emulator/world/schedule.go (SaaSSchedules)", ask: ofSoftware(func(d *deal) answer {
		return d.step("schedule", func(x *exchange) answer {
			if x.ok() && len(shape.List(d.after["schedule"], "scheduledActions")) > 0 {
				return no("it took them")
			}
			return yes(said(x))
		})
	})},
	{ID: "software.suspend", Fact: "It cannot be suspended: 400 800096.", Cites: "reference/commerce.md#working-decisions", Confidence: "?", Money: true, Code: "internal/services/lifecycle/suspend_subscription_action.go", Emulator: "internal/emulator/world/update_status.go (SaaSSuspend)", ask: softwareRefused("suspend", "400 800096", "400 800040")},
	{ID: "software.order", Fact: "It is not canceled through its order: 403 800077.", Cites: "reference/commerce.md#canceling-through-the-order", Confidence: "D", Money: true, Code: "internal/commerce/change/end.go", Emulator: "internal/emulator/world/orders.go", ask: softwareRefused("order cancel", "403 800077", "400 800063")},
	{ID: "software.cancel", Fact: "Inside the window status deleted cancels.", Cites: "reference/commerce.md#cancel-suspend-reactivate", Confidence: "D", Money: true, Code: "internal/commerce/change/end.go", Emulator: "internal/emulator/world/update_status.go (SaaSWindow)", ask: softwareShown("cancel", "status", is("deleted"))},
}}
