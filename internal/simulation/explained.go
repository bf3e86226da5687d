// SPDX-License-Identifier: MPL-2.0

package simulation

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// explanation is an error that people are told while nothing fails.
type explanation struct {
	applying bool
	title    string
	detail   *regexp.Regexp // nil for any
	when     func(*Simulation, *life) bool
}

// explanations are all errors that the moves may lead to. What can be known at plan is missing among those at apply.
var explanations = []explanation{
	{title: "Invalid Attribute Value"},
	{title: "Contradicting attributes"},
	{title: "Quantity not possible"},
	{title: "Subscription goes on month by month", detail: regexp.MustCompile(`term_duration = "P1M"`)},
	{title: "Subscription does not renew", detail: regexp.MustCompile(`auto_renew_enabled = true`)},
	{title: "Change not possible", detail: regexp.MustCompile(`suspended = false`)},
	{title: "Licenses cannot be given back now", detail: regexp.MustCompile(`scheduled_next_term_instructions = \{|Leave quantity = \d+: the subscription `)},
	{title: "Replacement refused", detail: regexp.MustCompile(`allow_replacement|friendly_name`)},
	{applying: true, title: "Replacement refused", detail: regexp.MustCompile(`terraform untaint`), when: wasLost},
	{title: "Reseller cannot be removed"},
	{title: "Subscription is not activated yet", detail: regexp.MustCompile(`partnercenter_activation_links|deletion_policy = "cancel"`)},
	{title: "Subscription has ended"},
	{title: "Subscription cannot be taken over", detail: regexp.MustCompile(`billing_cycle = "\w+": write that`), when: wasLost},
	{title: "Price limit in another currency", detail: regexp.MustCompile(`Write the limit in [A-Z]{3}`)},
	{title: "Not sold that way", detail: regexp.MustCompile(`Choose one of`)},
	{title: "Next term would end too early", detail: regexp.MustCompile(`[Rr]emove custom_term_end_date`), when: isCustomEnd},
	{title: "Next term would end too late", detail: regexp.MustCompile(`remove custom_term_end_date`), when: isCustomEnd},
	{title: "Not offered for the renewal", detail: regexp.MustCompile(`for the next term`), when: isAnotherProduct},
	{title: "Subscription cannot be canceled any more", detail: regexp.MustCompile(`deletion_policy = "turn_off_auto_renew"`)},
	{title: "Trial cannot be canceled", detail: regexp.MustCompile(`deletion_policy = "turn_off_auto_renew"`)},
	{title: "Renewal of a suspended subscription cannot be switched off", detail: regexp.MustCompile(`suspended = false`)},
	{title: "Destroy refused", detail: regexp.MustCompile(`deletion_policy`)},
	{title: "Subscription exists already", when: wasLost},
	{applying: true, title: "Subscription exists already", when: wasLost}, // a list showed it after the plan
	{title: "Subscription exists already", detail: regexp.MustCompile(`friendly_name of its own`), when: isUnnamed},
	{title: "Subscription exists already", detail: regexp.MustCompile(`friendly_name of its own`), when: wasReplaced},
	{title: "Subscription under two addresses", when: wasLost},
	{title: "Cannot stay within", detail: regexp.MustCompile(`price_limit|spending_limit`)},
	{applying: true, title: "Cannot stay within", detail: regexp.MustCompile(`price_limit|spending_limit`)},
	{applying: true, title: "Cannot buy subscription", detail: regexp.MustCompile(`price_limit|spending_limit|ended in status`)},
	{applying: true, title: "Cannot destroy subscription", detail: regexp.MustCompile(`deletion_policy`)},
	{title: "Price above price_limit"},
	{title: "Price limit missing", detail: regexp.MustCompile(`price_limit = \{`), when: needsLimit},
	{applying: true, title: "Price above price_limit", when: buysFromCart},
	{title: "Reseller has not signed"},
	{applying: true, title: "Cannot buy subscription", detail: regexp.MustCompile(`already has this subscription|has expired|another line of cart`), when: wasLost},
	{title: "Cannot quote the price", detail: regexp.MustCompile(`renewsTo|its cart differ`)},
	{applying: true, title: "Cannot buy subscription", detail: regexp.MustCompile(`renewsTo`)},
	{applying: true, title: "Cannot update subscription", detail: regexp.MustCompile(`price_limit|spending_limit`), when: isUnquoted},
	{applying: true, title: "Provider produced inconsistent final plan", when: hasChangedMeanwhile},
	{applying: true, title: "Provider produced inconsistent final plan", detail: regexp.MustCompile(`^current_term`), when: wasLost},
	{applying: true, title: "Subscription has changed since the plan", when: hasChangedMeanwhile},
	// What only Partner Center knows: the reseller's agreements, what publishers allow, how busy it is, and what nobody has documented.
	{applying: true, title: "Cannot update subscription", detail: regexp.MustCompile(`(?si)changing partner_id: .*(800015|900123)`)},
	{applying: true, title: "Cannot update subscription", detail: regexp.MustCompile(`(?si)changing quantity: .*(900214|800090|800095)`), when: isSaaS},
	{applying: true, title: "Cannot update subscription", detail: regexp.MustCompile(`(?si)changing billing_cycle: .*800097`), when: isSaaS},
	{applying: true, title: "Cannot update subscription", detail: regexp.MustCompile(`(?si)changing suspended: .*800096`), when: isSaaSOrTrial},
	{applying: true, title: "Cannot update subscription", detail: regexp.MustCompile(`(?si)changing scheduled_next_term_instructions: .*900141`), when: isSaaS},
	{applying: true, title: "Cannot update subscription", detail: regexp.MustCompile(`900280|800082|900278`), when: func(s *Simulation, _ *life) bool { return s.clockMoved }},
	{applying: true, title: "Cannot update subscription", detail: regexp.MustCompile(`may have refused it|still be working on it|took back`), when: func(s *Simulation, _ *life) bool { return s.sulking }},
}

func hasChangedMeanwhile(s *Simulation, _ *life) bool { return s.meanwhileChanged }

func needsLimit(_ *Simulation, l *life) bool {
	return l.workspace.Settings["require_price_limit"] == true && l.block()["price_limit"] == nil
}

// wasReplaced reports whether what the block had before may go on to the end of its term, under the same name.
func wasReplaced(_ *Simulation, l *life) bool { return len(l.replaced) > 0 }

// isUnnamed reports whether any other of the same product may be the one that is wanted.
func isUnnamed(_ *Simulation, l *life) bool { return l.block()["friendly_name"] == nil }

func wasLost(_ *Simulation, l *life) bool { return l.lost }

// buysFromCart reports whether a price may be known only when the cart is made.
func buysFromCart(_ *Simulation, l *life) bool { return l.block()["cart_id"] != nil }

func isUnquoted(_ *Simulation, l *life) bool { return l.workspace.Settings["quote_prices"] == false }

func isSaaS(s *Simulation, l *life) bool { return !s.record(l).NewCommerce() }

func isSaaSOrTrial(s *Simulation, l *life) bool { return isSaaS(s, l) || s.record(l).Yes("isTrial") }

func isAnotherProduct(s *Simulation, l *life) bool {
	into, _ := l.block()["scheduled_next_term_instructions"].(Configuration)
	return into != nil && !strings.HasPrefix(s.record(l).Text("offerId"), fmt.Sprint(into["product_id"]))
}

func isCustomEnd(_ *Simulation, l *life) bool {
	into, _ := l.block()["scheduled_next_term_instructions"].(Configuration)
	return into["custom_term_end_date"] != nil
}

// explained reports whether an error may be, and where it may be.
func (s *Simulation) explained(l *life, p Problem) bool {
	return slices.ContainsFunc(explanations, func(e explanation) bool {
		return e.applying == p.Applying && strings.HasPrefix(p.Title, e.title) && (e.detail == nil || e.detail.MatchString(p.Detail)) && (e.when == nil || e.when(s, l))
	})
}
