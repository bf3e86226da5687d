// SPDX-License-Identifier: MPL-2.0

package words

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
)

// Sentence writes a text with a capital at its beginning and a full stop at its end.
func Sentence(text string) string {
	text = strings.TrimSpace(text)
	if text == "" {
		return text
	}
	if first, _, _ := strings.Cut(text, " "); !strings.Contains(first, "_") { // the name of an attribute stays as it is
		letter, size := utf8.DecodeRuneInString(text)
		text = string(unicode.ToUpper(letter)) + text[size:]
	}
	if !strings.ContainsAny(text[len(text)-1:], ".!?)") {
		text += "."
	}
	return text
}

// Title is how messages name a subscription: by id, nickname and offer. Sentence makes it the beginning of one.
func Title(id, nickname, offer string) string {
	return fmt.Sprintf("subscription %s (%s, %s)", escape.ID(id), escape.Quoted(nickname), escape.Terminal(offer))
}

// WindowOver says since when a subscription cannot be canceled any more; zero for not known.
func WindowOver(until time.Time) string {
	if until.IsZero() {
		return "the cancellation window is over"
	}
	return "the cancellation window ended on " + Day(until)
}

// WindowEnds says until when a subscription can be canceled, beginning with a blank.
func WindowEnds(until time.Time) string {
	return fmt.Sprintf(" The cancellation window ends on %s.", Day(until))
}

// EndsUnactivated is what ending with the term means before the activation.
func EndsUnactivated(name, publisher, otherPolicy string) (title, text string) {
	return "Subscription is not activated yet", fmt.Sprintf("%s waits for its set-up at %s, and Partner Center may refuse to change its renewal before. It has no term yet: "+
		"apply deletion_policy = %q first to cancel it.", name, Publisher(publisher), otherPolicy)
}

// EndsForgotten is what it means to change nothing at Partner Center.
func EndsForgotten(name, policy, goesOn, monthly string) (title, text string) {
	return "Subscription will be forgotten" + comma(monthly), fmt.Sprintf("%s stays as it is at Partner Center (deletion_policy = %q): it %s.", name, policy, goesOn)
}

// EndsTooLate is what a cancellation means whose window is over.
func EndsTooLate(name, window, policy, otherPolicy, until string) (title, text string) {
	return "Subscription cannot be canceled any more", fmt.Sprintf("%s: %s, so destroying it with deletion_policy = %q will fail. Apply deletion_policy = %q first to let it end with its term on %s.",
		name, window, policy, otherPolicy, until)
}

// EndsAtOnce is what a cancellation means.
func EndsAtOnce(name, lastMoment string) (title, text string) {
	return "Subscription will be canceled", name + " will be canceled at once; this cannot be undone." + lastMoment
}

// EndsWithTerm is what it means not to renew.
func EndsWithTerm(name, until, monthly, alternative string) (title, text string) {
	title = "Ends " + until + "; it is billed until then" + comma(monthly)
	return title, strings.TrimSpace(fmt.Sprintf("%s will not renew, and goes on being billed until %s. %s", name, until, alternative))
}

// EndsSuspendedRenewing is what it means to switch the renewal off of what is suspended and renews.
func EndsSuspendedRenewing(name, policy, cancel, abandon string) (title, text string) {
	return "Renewal of a suspended subscription cannot be switched off", fmt.Sprintf("%s is suspended, and its auto-renew is on, so destroying it with deletion_policy = %q will fail. %s", name, policy, StopSuspended(cancel, abandon))
}

// StopSuspended is the way out where the renewal of a suspended subscription is to be switched off.
func StopSuspended(cancel, abandon string) string {
	return fmt.Sprintf("Partner Center changes the renewal of active subscriptions only. Reactivate it first (action partnercenter_reactivate_subscription with auto_renew_enabled = false, or suspended = false in its configuration), "+
		"or apply deletion_policy = %q to cancel it inside its cancellation window, or %q to only forget it.", cancel, abandon)
}

// TrialEnds is what it means for a trial not to renew: nothing of it is paid.
func TrialEnds(name, until string) (title, text string) {
	return "Trial ends " + until, name + " is a free trial: it will not become a paid subscription, and nothing is charged."
}

// TrialNotCancellable is what it means to cancel a trial that Partner Center does not cancel.
func TrialNotCancellable(name, policy, otherPolicy, until string) (title, text string) {
	return "Trial cannot be canceled", fmt.Sprintf("%s is a free trial, whose status Partner Center does not change, so destroying it with deletion_policy = %q will fail. Apply deletion_policy = %q first to let it end on %s; nothing is charged then.",
		name, policy, otherPolicy, until)
}

// TrialForgotten is what it means to leave a trial alone.
func TrialForgotten(name, goesOn string) (title, text string) {
	return "Trial will be forgotten", fmt.Sprintf("%s stays as it is at Partner Center: it %s.", name, goesOn)
}

func comma(text string) string {
	if text == "" {
		return ""
	}
	return ", " + text
}

// ReplacedForgotten says of a subscription that stays as it is when another one is bought in its place how it goes on.
func ReplacedForgotten(name, goesOn, monthly string) (title, text string) {
	return "Paid twice: the old subscription goes on" + comma(monthly), staysAsItIs(name, goesOn)
}

// ReplacedFree is ReplacedForgotten for what is not billed.
func ReplacedFree(name, goesOn string) (title, text string) {
	return "The old subscription goes on", staysAsItIs(name, goesOn)
}

func staysAsItIs(name, goesOn string) string {
	return Sentence(fmt.Sprintf("%s stays as it is at Partner Center. It %s", name, goesOn))
}

// ReplacedTrial says that a trial ends that another subscription is bought for.
func ReplacedTrial(name, until string) (title, text string) {
	return "The old trial ends " + until, Sentence(name + " will not become a paid subscription, and nothing is charged for it")
}

// ReplacedWithTerm says that both are paid until the old one ends.
func ReplacedWithTerm(name, until, monthly string) (title, text string) {
	return "Paid twice until " + until + ": the old subscription goes on" + comma(monthly), Sentence(name + " will not renew, and goes on being billed until " + until)
}

// ReplacedAtOnce says that the old one is canceled.
func ReplacedAtOnce(name, lastMoment string) (title, text string) {
	return "The old subscription is canceled", Sentence(name + " is canceled once the new one is bought; this cannot be undone." + lastMoment)
}

// TransitionInstead says how licenses move to another product without paying twice.
func TransitionInstead(product, customerID, subscriptionID, productID, skuID string) string {
	return fmt.Sprintf(`Partner Center offers to move this subscription to %s instead (a transition): it keeps its term, and nothing is paid twice. Use the action

action "partnercenter_transition_subscription" "move" {
  config {
    customer_id     = %s
    subscription_id = %s
    to_product_id   = %s
    to_sku_id       = %s
    transition_type = "transition_only"
  }
}

or schedule it for the renewal with scheduled_next_term_instructions.`, escape.Terminal(product), escape.HCL(customerID), escape.HCL(subscriptionID), escape.HCL(productID), escape.HCL(skuID))
}

// Trial says what a trial turns into.
func Trial(licenses, offer, renewsTo string, renews bool) (title, text string) {
	if !renews {
		return fmt.Sprintf("Trial: %s of %s", licenses, offer), "It is free, and ends with its term: auto_renew_enabled is false."
	}
	into := "a paid subscription"
	if renewsTo != "" {
		into += " of " + Term(renewsTo)
	}
	return fmt.Sprintf("Trial: %s of %s turn into %s", licenses, offer, into), "It is free until then. Set auto_renew_enabled = false if it is to end instead."
}

// CoTermed says until when a purchase runs that ends on a day of its own, and what follows then, a value of end_of_term or "" where that is
// not known. next is the term that it renews for, "" where that is not known.
func CoTermed(licenses, offer string, end time.Time, next, then string) (title, text string) {
	after := map[string]string{
		"renew": "; then it renews" + forTerm(next), "cancel": "; then it ends", "extend": "; then it goes on month by month in a paid extended service term",
	}
	return fmt.Sprintf("First term ends %s: %s of %s", end.UTC().Format(time.DateOnly), licenses, offer), Sentence("The price in the plan is that of a whole term, and Partner Center charges the part until that day" + after[then])
}

// LongTerm says what a term of years commits to. next is the term that it renews for, "" where that is not known.
func LongTerm(licenses, offer, term, next string, renews bool) (title, text string) {
	text = "It cannot become shorter before its end"
	if renews {
		text += ", and then renews" + forTerm(next) + " at the price that holds then; set auto_renew_enabled = false if that is not wanted"
	}
	return fmt.Sprintf("Commits for %s: %s of %s", Term(term), licenses, offer), Sentence(text)
}

func forTerm(term string) string {
	if term == "" {
		return ""
	}
	return " for " + Term(term)
}

// Metered says that a price is not all that is charged.
func Metered(offer string) (title, text string) {
	return "Consumption is charged on top: " + offer, "What is used beyond the licenses is billed by usage, and is not in the price of the plan."
}
