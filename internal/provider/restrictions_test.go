// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

var said = map[string]types.Bool{"": types.BoolNull(), "true": types.BoolValue(true), "false": types.BoolValue(false)}

// TestRestrictions says each restriction in the block, in the environment, in both and in neither: one of them is enough.
func TestRestrictions(t *testing.T) {
	for here, block := range said {
		for there := range said {
			withEnvironment(t, map[string]string{
				"PARTNERCENTER_READ_ONLY": there, "PARTNERCENTER_REQUIRE_PRICE_LIMIT": there, "PARTNERCENTER_PARTNER_ON_RECORD_ATTESTED": there,
				"PARTNERCENTER_DRIFT_ATTRIBUTION": there,
			})
			var diags diag.Diagnostics
			options, _, configured := (&providerModel{ReadOnly: block, RequirePriceLimit: block, PartnerOnRecordAttested: block, DriftAttribution: block}).read("", "", &diags)
			restricted, allowed := here == "true" || there == "true", here != "false" && there != "false"
			if options.ReadOnly != restricted || configured.RequirePriceLimit != restricted || options.PartnerOnRecordAttested != allowed ||
				configured.DriftAttribution != allowed || diags.HasError() {
				t.Errorf("block %q, environment %q: read_only %t, require_price_limit %t, partner_on_record_attested %t, drift_attribution %t: %v",
					here, there, options.ReadOnly, configured.RequirePriceLimit, options.PartnerOnRecordAttested, configured.DriftAttribution, diags)
			}
		}
	}
}

// TestRestrictions_quotes makes carts under read_only only where whoever asked for it allows them as well.
func TestRestrictions_quotes(t *testing.T) {
	for name, test := range map[string]struct {
		readOnlyHere, quotesHere, readOnlyThere, quotesThere string
		quote, inSpite                                       bool
	}{
		"nothing":                                   {quote: true},
		"off in the block":                          {quotesHere: "false", quotesThere: "true"},
		"off in the environment":                    {quotesHere: "true", quotesThere: "false"},
		"read-only block":                           {readOnlyHere: "true"},
		"read-only block that quotes":               {readOnlyHere: "true", quotesHere: "true", quote: true, inSpite: true},
		"read-only block, quoting environment":      {readOnlyHere: "true", quotesThere: "true", quote: true, inSpite: true},
		"read-only environment":                     {readOnlyThere: "true"},
		"read-only environment, quoting block":      {readOnlyThere: "true", quotesHere: "true"},
		"read-only environment that quotes":         {readOnlyThere: "true", quotesThere: "true", quote: true, inSpite: true},
		"read-only and quoting everywhere":          {"true", "true", "true", "true", true, true},
		"read-only block denies, environment reads": {readOnlyHere: "false", readOnlyThere: "true", quotesHere: "true"},
		"not read-only, and asked for":              {quotesHere: "true", quote: true, inSpite: true},
	} {
		withEnvironment(t, map[string]string{"PARTNERCENTER_READ_ONLY": test.readOnlyThere, "PARTNERCENTER_QUOTE_PRICES": test.quotesThere})
		var diags diag.Diagnostics
		options, _, configured := (&providerModel{ReadOnly: said[test.readOnlyHere], QuotePrices: said[test.quotesHere]}).read("", "", &diags)
		if configured.QuotePrices != test.quote || options.AllowQuotes != test.inSpite || diags.HasError() {
			t.Errorf("%s: quotes %t, in spite of read_only %t: %v", name, configured.QuotePrices, options.AllowQuotes, diags)
		}
	}
}

const (
	oneCustomer   = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"
	otherCustomer = "0f6e2b84-93c7-4d15-8a2e-61b7c04d9e22"
)

func TestRestrictions_customers(t *testing.T) {
	list := func(ids ...string) types.List {
		var values []attr.Value
		for _, id := range ids {
			values = append(values, types.StringValue(id))
		}
		return types.ListValueMust(types.StringType, values)
	}
	for name, test := range map[string]struct {
		block       types.List
		environment string
		want        []string
		wrong       bool
	}{
		"nobody says":          {block: types.ListNull(types.StringType)},
		"the block":            {block: list(oneCustomer), want: []string{oneCustomer}},
		"the environment":      {block: types.ListNull(types.StringType), environment: " " + oneCustomer + ", " + otherCustomer, want: []string{oneCustomer, otherCustomer}},
		"the block narrows":    {block: list(otherCustomer), environment: oneCustomer + "," + otherCustomer, want: []string{otherCustomer}},
		"the block adds":       {block: list(oneCustomer, otherCustomer), environment: oneCustomer, want: []string{oneCustomer}},
		"nothing in common":    {block: list(otherCustomer), environment: oneCustomer, want: []string{}},
		"in other letters":     {block: list(oneCustomer), environment: "5F0C1B52-7A41-4E0E-9C55-2D1F6A3B9E10", want: []string{oneCustomer}},
		"nobody's id":          {block: list(oneCustomer), environment: "*", wrong: true},
		"nothing but a comma":  {block: list(oneCustomer), environment: ",", wrong: true},
		"one of them is wrong": {block: types.ListNull(types.StringType), environment: oneCustomer + ",x", wrong: true},
	} {
		withEnvironment(t, map[string]string{"PARTNERCENTER_PIN_ALLOWED_CUSTOMER_IDS": test.environment})
		var diags diag.Diagnostics
		options, _, _ := (&providerModel{AllowedCustomerIDs: test.block}).read("", "", &diags)
		got := options.AllowedCustomerIDs
		if diags.HasError() != test.wrong || !test.wrong && (!slices.Equal(got, test.want) || (got == nil) != (test.want == nil)) {
			t.Errorf("%s: got %v, want %v: %v", name, got, test.want, diags)
		}
	}
}

func TestRestrictions_spendingLimit(t *testing.T) {
	limit := func(amount, currency string) *spendingLimit {
		return &spendingLimit{Amount: types.StringValue(amount), Currency: types.StringValue(currency)}
	}
	for name, test := range map[string]struct {
		block             *spendingLimit
		environment, want string
	}{
		"nobody says":           {nil, "", ""},
		"the block":             {limit("10", "EUR"), "", "10 EUR"},
		"the environment":       {nil, "5000.00 EUR", "5000 EUR"},
		"the block is lower":    {limit("10", "EUR"), "5000 EUR", "10 EUR"},
		"the block is higher":   {limit("90000", "EUR"), "5000 EUR", "5000 EUR"},
		"another currency":      {limit("10", "JPY"), "5000 EUR", "wrong"},
		"no currency":           {nil, "5000", "wrong"},
		"no amount":             {nil, "EUR", "wrong"},
		"less than nothing":     {nil, "-1 EUR", "wrong"},
		"thousands have a mark": {nil, "5,000 EUR", "wrong"},
	} {
		withEnvironment(t, map[string]string{"PARTNERCENTER_PIN_SPENDING_LIMIT": test.environment})
		var diags diag.Diagnostics
		_, _, configured := (&providerModel{SpendingLimit: test.block}).read("", "", &diags)
		got := ""
		if configured.Ledger.Limit != nil {
			got = configured.Ledger.Limit.Value.String() + " " + configured.Ledger.Limit.Currency
		}
		if diags.HasError() != (test.want == "wrong") || !diags.HasError() && got != test.want {
			t.Errorf("%s: got %q, want %q: %v", name, got, test.want, diags)
		}
	}
}

func TestRestrictions_requestsPerMinute(t *testing.T) {
	for _, test := range []struct {
		block       types.Int64
		environment string
		want        int
	}{
		{types.Int64Null(), "", 400}, {types.Int64Value(500), "", 500}, {types.Int64Null(), "450", 450},
		{types.Int64Value(500), "100", 100}, {types.Int64Value(50), "100", 50},
	} {
		withEnvironment(t, map[string]string{"PARTNERCENTER_REQUESTS_PER_MINUTE": test.environment})
		var diags diag.Diagnostics
		options, _, _ := (&providerModel{RequestsPerMinute: test.block}).read("", "", &diags)
		if options.RequestsPerMinute != test.want || diags.HasError() {
			t.Errorf("block %s, environment %q: %d, want %d: %v", test.block, test.environment, options.RequestsPerMinute, test.want, diags)
		}
	}
}
