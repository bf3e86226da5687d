// SPDX-License-Identifier: MPL-2.0

package conformance

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

const repository = "../../.."

var (
	knobsOf  = regexp.MustCompile(`^(\S+)(?: \((\w+)\))?$`)
	citation = regexp.MustCompile(`^reference/[\w-]+\.md#[\w-]+$`)
)

// Each question has all that a report says of it, and what rests on it is there. That citations lead to a heading is seen by the test of the reference.
func TestQuestions(t *testing.T) {
	t.Parallel()
	all, seen, knobs := Questions(), map[string]bool{}, reflect.VisibleFields(reflect.TypeFor[emulator.Behaviour]())
	for _, q := range all {
		if seen[q.ID] {
			t.Errorf("%s is there twice", q.ID)
		}
		seen[q.ID] = true
		if q.Fact == "" || !strings.HasSuffix(q.Fact, ".") || q.Confidence == "" || q.ask == nil || !citation.MatchString(q.Cites) {
			t.Errorf("%s lacks something: %+v", q.ID, q)
		}
		if _, err := os.Stat(filepath.Join(repository, q.Code)); err != nil {
			t.Errorf("%s: the code that rests on it is not there: %v", q.ID, err)
		}
		rests := knobsOf.FindStringSubmatch(q.Emulator)
		if rests == nil {
			t.Errorf("%s: %q is no file of the emulator with a knob", q.ID, q.Emulator)
			continue
		}
		if _, err := os.Stat(filepath.Join(repository, rests[1])); err != nil {
			t.Errorf("%s: the emulator's behavior is not there: %v", q.ID, err)
		}
		if rests[2] != "" && !slices.ContainsFunc(knobs, func(f reflect.StructField) bool { return f.Name == rests[2] }) {
			t.Errorf("%s: the emulator has no knob %s", q.ID, rests[2])
		}
	}
	if len(all) < 300 {
		t.Errorf("only %d questions", len(all))
	}
}

// moneyFacts are what the reference says about purchases, prices, and days to cancel, in its words, as far as somebody can be asked; and the
// questions that settle each.
var moneyFacts = []struct{ heading, words, questions string }{
	{"commerce.md#idempotency", "`MS-RequestId` is the only idempotency mechanism documented", "cart.repeated"},
	{"commerce.md#idempotency", "Checkout is documented as idempotent **per cart**", "checkout.once"},
	{"commerce.md#idempotency", "the value is the absolute total", "change.more"},
	{"commerce.md#etag-and-if-match", "for these product families it is **optional**", "subscription.no-etag"},
	{"commerce.md#retry-decision-table", "read-after-write lag", "bought.first-read"},
	{"commerce.md#sku", "There is no price in product, SKU or availability", "product.no-price"},
	{"commerce.md#sku", "limits for purchase **and** for later quantity changes", "sku.limits change.too-many line.too-many"},
	{"commerce.md#availability", "**`id` is re-issued regularly**", "availability.stays line.stale"},
	{"commerce.md#availability", "must be true", "availability.purchasable"},
	{"commerce.md#availability", "`expiresAfter` is a **duration** here", "availability.refunds"},
	{"commerce.md#availability", "capitalized here", "availability.cycles"},
	{"commerce.md#cart", "Trust the field", "cart.expires"},
	{"commerce.md#cart", "`Active` (can be changed and submitted), `Ordered` (submitted)", "cart.status checkout.cart-ordered"},
	{"commerce.md#cart-line-item", "every sample and the SDK use `catalogItemId`", "cart.line-item"},
	{"commerce.md#cart-line-item", "server fills with the market currency", "price.currency"},
	{"commerce.md#cart-line-item", "`listPrice`, `discountedPrice`, `proratedPrice`, `price`, `extendedPrice`", "price.there price.order"},
	{"commerce.md#cart-line-item", "so `extendedPrice` covers the term, not the first invoice", "price.extended-year"},
	{"commerce.md#cart-line-item", "renewal settings cannot", "bought.auto-renew software.renewal"},
	{"commerce.md#cart-line-item", "becomes the subscription's nickname", "bought.nickname"},
	{"commerce.md#line-validation", "Errors found at creation are attached to the line", "line.wrong-term line.none"},
	{"commerce.md#cart-update", "`PUT` replaces the whole cart content", "cart.put"},
	{"commerce.md#cart-update", "A submitted cart (`Ordered`) cannot be changed", "checkout.cart-closed"},
	{"commerce.md#checkout", "A 201 may contain only `orderErrors`, or both", "checkout.errors"},
	{"commerce.md#checkout", "may be **absent**, because provisioning is asynchronous", "bought.subscription-id"},
	{"commerce.md#checkout", "400 800065; 409 800064; 409 800060", "checkout.repeated"},
	{"commerce.md#free-trials", "`isTrial` SKU, `billingCycle: \"none\"`", "bought.trial"},
	{"commerce.md#partner-on-record-attestation", "Missing where the service wants it", "cart.attestation"},
	{"commerce.md#order-endpoints", "**lags up to 15 minutes behind** a purchase", "orders.list change.orders"},
	{"commerce.md#order", "**the list contains system orders too**", "orders.transaction"},
	{"commerce.md#order-line-item", "**quantity changes and cancellations create further orders**", "change.orders"},
	{"commerce.md#order-status", "Expect underscores, accept both", "orders.status"},
	{"commerce.md#canceling-through-the-order", "PATCH order answers 403 800077", "software.order"},
	{"commerce.md#subscription-resource", "**null/absent when cancellation is not allowed**", "window.nce-date"},
	{"commerce.md#subscription-resource", "samples and SDK say **`expiresAt`**", "window.refund-options"},
	{"commerce.md#subscription-resource", "seats still returnable per batch", "window.refundable bought.refundable"},
	{"commerce.md#subscription-resource", "null while suspended", "end.suspend-refundable"},
	{"commerce.md#subscription-resource", "no customer id, no country, no currency and no price", "subscription.no-price"},
	{"commerce.md#status-values", "cancelled or removed for good", "end.cancel end.final"},
	{"commerce.md#patch-semantics", "then **auto-renew is set to false and the instructions are", "change.little-body"},
	{"commerce.md#patch-semantics", "**Change one property per call.**", "change.two-at-once"},
	{"commerce.md#patch-semantics", "An immediate mid-term change **deletes changes scheduled for renewal**", "change.drops-schedule change.drops-cancel"},
	{"commerce.md#patch-semantics", "Auto-renew must be true for `scheduledNextTermInstructions` to be accepted", "renewal.instructions-need-renewal change.instructions"},
	{"commerce.md#quantity", "only seats still inside their 7-day window", "change.fewer"},
	{"commerce.md#quantity", "no (2001, 800091)", "end.suspended-quantity"},
	{"commerce.md#quantity", "no (800081)", "software.early-quantity"},
	{"commerce.md#cancel-suspend-reactivate", "**auto-renew stays off until set again**", "end.reactivate-renewal"},
	{"commerce.md#cancel-suspend-reactivate", "auto-renew is switched off and scheduled changes removed", "end.suspend-renewal renewal.suspended"},
	{"commerce.md#renewal-behavior", "an array is the better supported reading", "renewal.actions"},
	{"commerce.md#renewal-behavior", "**not documented for marketplace SaaS**", "renewal.saas software.schedule"},
	{"commerce.md#renewal-behavior", "absolute number after renewal", "renewal.instructions change.instructions"},
	{"commerce.md#saying-it-by-api", "cancel at term end", "change.end change.end-flag"},
	{"commerce.md#saying-it-by-api", "**becomes EST**", "renewal.explicit-end"},
	{"commerce.md#terms-of-the-extended-service-term", "The **subscription id stays**", "renewal.extended"},
	{"commerce.md#activation-of-marketplace-saas", "Before activation updates fail with 800081", "software.early-nickname"},
	{"commerce.md#activation-of-marketplace-saas", "Most likely", "software.before software.after subscription.attention"},
	{"commerce.md#co-termination-dates", "NCE license products only", "subscriptions.end-dates"},
	{"commerce.md#promotions", "a **string fraction**", "promotions.value"},
	{"commerce.md#promotions", "is bought **at list price without an error**", "price.ended-promotion"},
	{"commerce.md#promotions", "always 200, collection", "promotions.eligibility"},
	{"commerce.md#margins-of-private-offers", "margins that publishers extend to this partner", "partner.margins"},
	{"commerce.md#cancellation-windows", "**72 hours from purchase**", "window.saas-72-hours software.refund"},
	{"commerce.md#cancellation-windows", "whether a renewal opens a new 72 h window", "window.saas-renewal"},
	{"commerce.md#cancellation-windows", "7 calendar days (168 h)", "window.nce-seven-days bought.window"},
	{"commerce.md#cancellation-windows", "any time during the trial", "bought.trial-ends"},
	{"commerce.md#renewal", "Auto-renew is **on by default**", "bought.auto-renew software.renewal"},
	{"commerce.md#what-get-returns-for-ended-subscriptions", "The list call includes expired, disabled and deleted ones", "subscriptions.ended"},
	{"commerce.md#what-get-returns-for-ended-subscriptions", "An id that never existed: 404 code 20003", "errors.subscription"},
	{"commerce.md#what-get-returns-for-ended-subscriptions", "later GETs return 200 with `deleted`", "end.read"},
	{"commerce.md#open-questions", "Time rules for decreasing seats of a marketplace SaaS subscription", "software.fewer"},
	{"commerce.md#open-questions", "Whether suspend/reactivate works for marketplace SaaS", "software.suspend"},
	{"commerce.md#open-questions", "Presence of `cancellationAllowedUntilDate` and `refundableQuantity`", "window.saas-date window.saas-refundable"},
	{"commerce.md#open-questions", "Which of several changed properties wins", "change.two-at-once"},
	{"commerce.md#open-questions", "withdrawn until the last minute", "change.withdrawn"},
	{"commerce.md#working-decisions", "What `pricing` means", "price.extended"},
	{"commerce.md#working-decisions", "Does an immediate change drop a scheduled **Cancel** too?", "change.drops-cancel"},
	{"commerce.md#saas-that-nobody-activates-plans-that-activate-themselves", "**nothing is charged**", "money.lapse"},
	{"commerce.md#billing-cycle-and-term-of-an-existing-subscription", "monthly (upfront)", "limit.cycle"},
	{"commerce.md#partnerid", "PATCH `partnerId` to the reseller's MPN id", "limit.reseller"},
	{"commerce.md#create-order-without-a-cart", "directly as HTTP errors instead of `orderErrors`", "limit.order"},
	{"commerce.md#integration-sandbox", "Licenses per subscription", "limit.licenses"},
	{"commerce.md#other-enumerated-errors", "promotion eligibility error `type`", "money.promotion-errors"},
	{"customers-and-billing.md#marketplace-saas-on-the-bill", "with the publisher's name", "money.marketplace"},
	{"customers-and-billing.md#invoices", "billing period is the calendar month", "money.month"},
	{"customers-and-billing.md#relationships-of-a-customer", "a customer can have several", "detail.resellers"},
	{"customers-and-billing.md#customer-agreement", "must have accepted the **Microsoft Customer Agreement**", "customer.agreements customer.direct-signed"},
	{"customers-and-billing.md#reseller-validation", "A bad id is **not** an HTTP error", "partner.validation"},
	{"customers-and-billing.md#errors-that-orders-give-for-a-bad-partner-on-record", "PartnerID not found", "line.reseller"},
	{"customers-and-billing.md#invoice-line-items", "numbers may be strings", "lines.amounts"},
	{"customers-and-billing.md#audit-records", "a checkout as `create_order`", "end.audit"},
}

// No fact about money is without a question that settles it.
func TestQuestions_moneyFacts(t *testing.T) {
	t.Parallel()
	known, without := map[string]Question{}, 0
	for _, q := range Questions() {
		known[q.ID] = q
	}
	for _, fact := range moneyFacts {
		if !strings.Contains(section(t, fact.heading), strings.Join(strings.Fields(fact.words), " ")) {
			t.Errorf("%s does not say %q", fact.heading, fact.words)
		}
		asked := 0
		for id := range strings.FieldsSeq(fact.questions) {
			if known[id].Money {
				asked++
			} else {
				t.Errorf("there is no question %s about money, for %q", id, fact.words)
			}
		}
		if asked == 0 {
			without++
		}
	}
	if without != 0 || len(moneyFacts) < 75 {
		t.Errorf("%d of %d facts about money are without a question", without, len(moneyFacts))
	}
}

// section is the text below a heading, on one line.
func section(t *testing.T, heading string) string {
	t.Helper()
	file, anchor, _ := strings.Cut(heading, "#")
	page, err := os.ReadFile(filepath.Join(repository, "internal/partnercenter/reference", file))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	inside := false
	for line := range strings.Lines(string(page)) {
		if title := strings.TrimLeft(line, "#"); title != line && strings.HasPrefix(title, " ") {
			inside = anchorOf(title) == anchor
		} else if inside {
			b.WriteString(line + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

var dropped = regexp.MustCompile(`[^\p{L}\p{N} _-]`)

func anchorOf(title string) string {
	return strings.ReplaceAll(dropped.ReplaceAllString(strings.ToLower(strings.TrimSpace(title)), ""), " ", "-")
}
