// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/shopspring/decimal"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
)

// aboutRestrictions tells in the documentation what this file and addresses.go do: the owner of a job sets its environment, and another
// author may have written the configuration.
const aboutRestrictions = "A restriction (`read_only`, `quote_prices`, `require_price_limit`, `allowed_customer_ids`, `spending_limit`, `requests_per_minute`, `partner_on_record_attested`, `drift_attribution`) holds " +
	"wherever it is set; if there are two, the stricter one counts. So a configuration cannot lift what the environment of a job demands, nor replace the environment's `environment`, `endpoint` and `authority_host`.\n\n" +
	"The credentials of the environment go to Microsoft's addresses and to those that the environment names, and to no other: a run whose configuration names another `endpoint`, `authority_host` or `oidc_request_url` is refused."

// either is true where the configuration or the environment says so.
func (r reader) either(name string, v types.Bool, names []string) bool {
	here, there := r.flag(name, v, nil, false), r.flag(name, types.BoolNull(), names, false)
	return here || there
}

// both is true unless the configuration or the environment says otherwise.
func (r reader) both(name string, v types.Bool, names []string) bool {
	here, there := r.flag(name, v, nil, true), r.flag(name, types.BoolNull(), names, true)
	return here && there
}

// atMost is the smaller number of the two, where both are set.
func (r reader) atMost(name string, v types.Int64, names []string, otherwise int) int {
	there := r.number(name, types.Int64Null(), names, otherwise)
	here := r.number(name, v, nil, there)
	if value, _ := fromEnvironment(names); value == "" {
		return here
	}
	return min(here, there)
}

// quotes tells whether plans make carts, and whether they may in spite of read_only. That takes an explicit true, and for a read_only of
// the environment one that is the environment's, too.
func (m *providerModel) quotes(r reader) (quote, inSpiteOfReadOnly bool) {
	if !r.both("quote_prices", m.QuotePrices, envQuotePrices) {
		return false, false
	}
	there := r.flag("quote_prices", types.BoolNull(), envQuotePrices, false)
	asked := there || m.QuotePrices.ValueBool()
	if r.flag("read_only", types.BoolNull(), envReadOnly, false) {
		return there, there
	}
	return asked || !m.ReadOnly.ValueBool(), asked
}

// customers are those that may be written to; nil stands for all.
func (m *providerModel) customers(r reader) []string {
	there := r.pinnedCustomers()
	r.known("allowed_customer_ids", m.AllowedCustomerIDs)
	if m.AllowedCustomerIDs.IsNull() {
		return there
	}
	here := []string{}
	for _, id := range m.AllowedCustomerIDs.Elements() {
		r.known("allowed_customer_ids", id)
		s, ok := id.(types.String)
		same := func(other string) bool { return strings.EqualFold(other, s.ValueString()) }
		if ok && (there == nil || slices.ContainsFunc(there, same)) {
			here = append(here, s.ValueString())
		}
	}
	return here
}

var customerID = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

func (r reader) pinnedCustomers() []string {
	value, variable := fromEnvironment(envPinnedCustomerIDs)
	if value == "" {
		return nil
	}
	ids := strings.FieldsFunc(value, func(c rune) bool { return strings.ContainsRune(", \t\r\n", c) })
	if len(ids) == 0 || slices.ContainsFunc(ids, func(id string) bool { return !customerID.MatchString(id) }) {
		r.wrong("allowed_customer_ids", variable, value, "the GUIDs of customers, with commas between them")
	}
	return ids
}

// spendingLimit is the smaller limit, or nil where there is none.
func (m *providerModel) spendingLimit(r reader) *spending.Amount {
	here, there := m.blockLimit(r), r.pinnedLimit()
	switch {
	case here == nil:
		return there
	case there == nil:
		return here
	case here.Currency != there.Currency:
		r.diags.AddAttributeError(path.Root("spending_limit").AtName("currency"), "Two spending limits in different currencies",
			fmt.Sprintf("spending_limit is in %s, and %s of the environment in %s, so it is not known which is the lower one. Use the same currency.", here.Currency, envPinnedSpendingLimit[0], there.Currency))
	case there.Value.LessThan(here.Value):
		return there
	}
	return here
}

func (m *providerModel) blockLimit(r reader) *spending.Amount {
	limit := m.SpendingLimit
	if limit == nil {
		return nil
	}
	r.known("spending_limit", limit.Amount)
	r.known("spending_limit", limit.Currency)
	amount, err := decimal.NewFromString(limit.Amount.ValueString())
	if err != nil && !r.diags.HasError() {
		r.diags.AddAttributeError(path.Root("spending_limit").AtName("amount"), "Invalid spending limit", fmt.Sprintf(`%q is not a decimal number such as "1250.00".`, limit.Amount.ValueString()))
	}
	return &spending.Amount{Value: amount, Currency: limit.Currency.ValueString()}
}

var amountAndCurrency = regexp.MustCompile(`^([0-9]+(?:\.[0-9]+)?) ([A-Z]{3})$`)

func (r reader) pinnedLimit() *spending.Amount {
	value, variable := fromEnvironment(envPinnedSpendingLimit)
	if value == "" {
		return nil
	}
	parts := amountAndCurrency.FindStringSubmatch(value)
	if parts == nil {
		r.wrong("spending_limit", variable, value, "an amount and its currency, such as 5000.00 EUR")
		return nil
	}
	return &spending.Amount{Value: decimal.RequireFromString(parts[1]), Currency: parts[2]}
}
