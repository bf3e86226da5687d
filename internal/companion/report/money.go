// SPDX-License-Identifier: MPL-2.0

package report

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// Money is an exact amount before tax.
type Money struct {
	Amount   decimal.Decimal
	Currency string
}

var (
	plainAmount  = regexp.MustCompile(`^-?[0-9]{1,15}(\.[0-9]{1,10})?$`)
	typedAmount  = regexp.MustCompile(`^[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?$`)
	isoCurrency  = regexp.MustCompile(`^[A-Z]{3}$`)
	isoDuration  = regexp.MustCompile(`^P([0-9]{1,3})([DMY])$`)
	refundWindow = regexp.MustCompile(`^(?:full (P[0-9]{1,3}[DMY]))?(?:, )?(?:partial (P[0-9]{1,3}[DMY]))?$`)
)

// parseMoney reads an amount of the plan. An exponent is refused: "1e999999999" would take all memory there is.
func parseMoney(amount, currency string) (Money, error) {
	if !plainAmount.MatchString(amount) || !isoCurrency.MatchString(currency) {
		return Money{}, fmt.Errorf("%q %q is no amount of money", amount, currency)
	}
	value, err := decimal.NewFromString(amount)
	return Money{value, currency}, err
}

// ParseLimit reads what people type, such as "7,020.00 EUR" or "7020 eur".
func ParseLimit(text string) (Money, error) {
	fields := strings.Fields(text)
	if len(fields) != 2 {
		return Money{}, fmt.Errorf("%q is not an amount and a currency, such as 5000 EUR", text)
	}
	amount := fields[0]
	if typedAmount.MatchString(amount) {
		amount = strings.ReplaceAll(amount, ",", "")
	}
	limit, err := parseMoney(amount, strings.ToUpper(fields[1]))
	if err != nil || limit.Amount.IsNegative() {
		return Money{}, fmt.Errorf("%q is not an amount and a currency, such as 5000 EUR", text)
	}
	return limit, nil
}

// String is the amount as people read it: grouped, with two decimals or more, and the ISO 4217 currency.
func (m Money) String() string { return grouped(m.Amount) + " " + m.Currency }

// exact is the amount for programs: a plain decimal number with at least two decimals.
func exact(d decimal.Decimal) string { return d.StringFixed(decimals(d)) }

// decimals is how many an amount is printed with: two, or more where it has them.
func decimals(d decimal.Decimal) int32 {
	places := int32(2)
	for !d.Equal(d.Truncate(places)) {
		places++
	}
	return places
}

func grouped(d decimal.Decimal) string {
	whole, fraction, _ := strings.Cut(exact(d.Abs()), ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if d.IsNegative() {
		whole = "-" + whole
	}
	return whole + "." + fraction
}

// months is the length of a term in months, 0 where it is none.
func months(duration string) int64 {
	parts := isoDuration.FindStringSubmatch(duration)
	if parts == nil {
		return 0
	}
	n, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil {
		return 0
	}
	return n * map[string]int64{"D": 0, "M": 1, "Y": 12}[parts[2]]
}
