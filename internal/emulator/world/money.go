// SPDX-License-Identifier: MPL-2.0

package world

import (
	"math/big"
	"strconv"
	"strings"
)

// Money is an amount in ten-thousandths of a currency unit, so that no sum is ever rounded by floating point.
type Money int64

// Cents is an amount of so many hundredths.
func Cents(n int64) Money { return Money(n * 100) }

// String is the amount as a decimal without superfluous zeros.
func (m Money) String() string {
	sign := ""
	if m < 0 {
		sign, m = "-", -m
	}
	text := strconv.FormatInt(int64(m/10000), 10)
	if rest := m % 10000; rest != 0 {
		text += "." + strings.TrimRight(strconv.FormatInt(int64(10000+rest), 10)[1:], "0")
	}
	return sign + text
}

// MarshalJSON writes a JSON number (reference/commerce.md#json-conventions).
func (m Money) MarshalJSON() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalJSON reads a JSON number.
func (m *Money) UnmarshalJSON(data []byte) error {
	amount, ok := new(big.Rat).SetString(string(data))
	if !ok {
		return strconv.ErrSyntax
	}
	amount.Mul(amount, big.NewRat(10000, 1))
	*m = Money(new(big.Int).Quo(amount.Num(), amount.Denom()).Int64())
	return nil
}

// percent is m plus so many per cent of it, rounded to cents.
func (m Money) percent(p int64) Money { return roundCents(int64(m)*(100+p), 100) }

func roundCents(numerator, denominator int64) Money {
	return Cents((numerator + 50*denominator) / (100 * denominator))
}

// rates are per mille of a euro; the sample's price list is in euro.
var rates = map[string]int64{"EUR": 1000, "GBP": 860, "USD": 1080, "CHF": 950}

func (m Money) in(currency string) Money {
	if currency == "EUR" {
		return m
	}
	return roundCents(int64(m)*rates[currency], 1000)
}

// CurrencyOf is the market's currency.
func CurrencyOf(country string) string {
	switch country {
	case "GB":
		return "GBP"
	case "US":
		return "USD"
	case "CH", "LI":
		return "CHF"
	}
	return "EUR"
}

var symbols = map[string]string{"EUR": "€", "GBP": "£", "USD": "$", "CHF": "CHF"}

// Symbol is the sign of a currency.
func Symbol(currency string) string { return symbols[currency] }
