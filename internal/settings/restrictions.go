// SPDX-License-Identifier: MPL-2.0

package settings

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
)

// AboutRestrictions tells in the documentation what this file and addresses.go do: the owner of a job sets its environment, and another
// author may have written the configuration.
const AboutRestrictions = "A restriction (`read_only`, `quote_prices`, `require_price_limit`, `allowed_customer_ids`, `spending_limit`, `requests_per_minute`, `partner_on_record_attested`, `drift_attribution`) holds " +
	"wherever it is set; if there are two, the stricter one counts. So a configuration cannot lift what the environment of a job demands, nor replace the environment's `environment`, `endpoint` and `authority_host`.\n\n" +
	"The credentials of the environment go to Microsoft's addresses and to those that the environment names, and to no other: a run whose configuration names another `endpoint`, `authority_host` or `oidc_request_url` is refused."

// either is true where the configuration or the environment says so.
func (r reader) either(name string, v *bool) bool {
	here, there := r.flag(name, v, nil, false), r.flag(name, nil, variables[name], false)
	return here || there
}

// both is true unless the configuration or the environment says otherwise.
func (r reader) both(name string, v *bool) bool {
	here, there := r.flag(name, v, nil, true), r.flag(name, nil, variables[name], true)
	return here && there
}

// atMost is the smaller number of the two, where both are set.
func (r reader) atMost(name string, v *int64, otherwise int) int {
	there := r.number(name, nil, variables[name], otherwise)
	here := r.number(name, v, nil, there)
	if set, _ := FromEnvironment(name); set == "" {
		return here
	}
	return min(here, there)
}

// quotes tells whether plans make carts, and whether they may in spite of read_only. That takes an explicit true, and for a read_only of
// the environment one that is the environment's, too.
func (b *Block) quotes(r reader) (quote, inSpiteOfReadOnly bool) {
	if !r.both("quote_prices", b.QuotePrices) {
		return false, false
	}
	there := r.flag("quote_prices", nil, variables["quote_prices"], false)
	asked := there || value(b.QuotePrices)
	if r.flag("read_only", nil, variables["read_only"], false) {
		return there, there
	}
	return asked || !value(b.ReadOnly), asked
}

// customers are those that may be written to; nil stands for all.
func (b *Block) customers(r reader) []string {
	there := r.pinnedCustomers()
	if b.AllowedCustomerIDs == nil {
		return there
	}
	here := []string{}
	for _, id := range b.AllowedCustomerIDs {
		if there == nil || slices.ContainsFunc(there, func(other string) bool { return strings.EqualFold(other, id) }) {
			here = append(here, id)
		}
	}
	return here
}

var customerID = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

func (r reader) pinnedCustomers() []string {
	text, variable := FromEnvironment("allowed_customer_ids")
	if text == "" {
		return nil
	}
	ids := strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(", \t\r\n", c) })
	if len(ids) == 0 || slices.ContainsFunc(ids, func(id string) bool { return !customerID.MatchString(id) }) {
		r.wrong("allowed_customer_ids", variable, text, "the GUIDs of customers, with commas between them")
	}
	return ids
}

// spendingLimit is the smaller limit, or nil where there is none.
func (b *Block) spendingLimit(r reader) *spending.Amount {
	here, there := b.blockLimit(r), r.pinnedLimit()
	switch {
	case here == nil:
		return there
	case there == nil:
		return here
	case here.Currency != there.Currency:
		r.nested("spending_limit", "currency", "Two spending limits in different currencies",
			fmt.Sprintf("spending_limit is in %s, and %s of the environment in %s, so it is not known which is the lower one. Use the same currency.", here.Currency, variables["spending_limit"][0], there.Currency))
	case there.Value.LessThan(here.Value):
		return there
	}
	return here
}

func (b *Block) blockLimit(r reader) *spending.Amount {
	limit := b.SpendingLimit
	if limit == nil {
		return nil
	}
	amount, err := decimal.NewFromString(limit.Amount)
	if err != nil && len(*r.problems) == 0 {
		r.nested("spending_limit", "amount", "Invalid spending limit", fmt.Sprintf(`%q is not a decimal number such as "1250.00".`, limit.Amount))
	}
	return &spending.Amount{Value: amount, Currency: limit.Currency}
}

var amountAndCurrency = regexp.MustCompile(`^([0-9]+(?:\.[0-9]+)?) ([A-Z]{3})$`)

func (r reader) pinnedLimit() *spending.Amount {
	text, variable := FromEnvironment("spending_limit")
	if text == "" {
		return nil
	}
	parts := amountAndCurrency.FindStringSubmatch(text)
	if parts == nil {
		r.wrong("spending_limit", variable, text, "an amount and its currency, such as 5000.00 EUR")
		return nil
	}
	return &spending.Amount{Value: decimal.RequireFromString(parts[1]), Currency: parts[2]}
}
