// SPDX-License-Identifier: MPL-2.0

// Package words holds the sentences that people read about money and time: amounts, terms, days, refunds, renewals. It is pure: facts
// in, text out. Plans, applies, documentation and reports take them from here, so that one fact is always said in one way.
package words

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
)

// Count is a number with its noun, in the plural where that is right.
func Count(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.FormatInt(n, 10) + " " + noun + "s"
}

// Day is the way dates stand in messages: to the minute and with the time zone, since a window that ends "today" helps nobody.
func Day(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }

// Amount is a sum of money before tax for people: grouped, two decimals at least, and the ISO 4217 currency, as in "7,020.00 EUR".
func Amount(value decimal.Decimal, currency string) string {
	whole, fraction, _ := strings.Cut(Plain(value.Abs()), ".")
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	sign := ""
	if value.IsNegative() {
		sign = "-"
	}
	return sign + whole + "." + fraction + " " + currency
}

// Plain is an amount as data, with two decimals at least, as in "7020.00".
func Plain(value decimal.Decimal) string { return value.StringFixed(max(2, decimals(value))) }

// decimals is how many decimals an amount has, without zeros at its end.
func decimals(value decimal.Decimal) int32 {
	for places := int32(0); places < -value.Exponent(); places++ {
		if value.Equal(value.Truncate(places)) {
			return places
		}
	}
	return max(0, -value.Exponent())
}

// Subject ends the title of a warning with the subscription it is about, by nickname and customer: Terraform folds warnings of one title
// into one, and many customers have the same product under the same nickname.
func Subject(nickname, customerID string) string {
	var parts []string
	if nickname != "" {
		parts = append(parts, escape.Quoted(nickname))
	}
	if block, _, _ := strings.Cut(customerID, "-"); block != "" {
		parts = append(parts, "customer "+block+"...")
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

// Term is an ISO 8601 duration of one unit as people say it; others are left as they are.
func Term(duration string) string {
	parts := isoDuration.FindStringSubmatch(strings.ToUpper(duration))
	if parts == nil {
		return escape.Terminal(duration)
	}
	n, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil {
		return escape.Terminal(duration)
	}
	return Count(n, map[string]string{"D": "day", "M": "month", "Y": "year"}[parts[2]])
}

var isoDuration = regexp.MustCompile(`^P([0-9]+)([DMY])$`)

// Billing is how often a billing cycle charges.
func Billing(cycle string) string {
	switch cycle {
	case "annual":
		return "every year"
	case "biennial":
		return "every two years"
	case "triennial":
		return "every three years"
	case "one_time":
		return "once"
	case "none":
		return "not at all"
	}
	return escape.Terminal(cycle)
}

// Publisher names the publisher where it is known.
func Publisher(name string) string {
	if name == "" {
		return "the publisher"
	}
	return escape.Terminal(name)
}
