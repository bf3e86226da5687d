// SPDX-License-Identifier: MPL-2.0

package subscriptionmodel

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/shopspring/decimal"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
)

// euros is a price; "" is none.
func euros(unit, total string) spending.Quote {
	q := spending.Quote{Currency: "EUR"}
	for text, at := range map[string]**decimal.Decimal{unit: &q.Unit, total: &q.Total} {
		if text != "" {
			*at = new(decimal.RequireFromString(text))
		}
	}
	return q
}

// termed is a subscription of a year, billed every month.
func termed(quantity int64, term string, commitment types.Object) *Model {
	return &Model{Quantity: types.Int64Value(quantity), TermDuration: types.StringValue(term), BillingCycle: types.StringValue("monthly"), Commitment: commitment}
}

// A commitment never becomes less than what the licenses that are left may have cost.
func TestLess(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		total      string // with 11.70 a month and license
		fewer, are int64
		want       string
	}{
		"all bought at this price":       {"7020.00", 10, 40, "5616.00"},
		"all given back":                 {"7020.00", 50, 0, "0.00"},
		"more, or as many":               {"7020.00", 0, 50, "7020.00"},
		"most of them never bought here": {"421.20", 6, 40, "421.20"},
		"bought before at a lower price": {"6500.00", 10, 40, "5616.00"},
		"bought before at a higher one":  {"9024.00", 1, 59, "8883.60"},
	} {
		if got := (Commitment{Quote: euros("11.70", test.total)}).Less(test.fewer, termed(test.are, "P1Y", types.Object{})); priceText(got.Total).ValueString() != test.want {
			t.Errorf("%s: %s, want %s", name, priceText(got.Total), test.want)
		}
	}
}

// What a change has led to is committed to: all of it, a part, or nothing; at the planned price, or at the one that apply has asked for.
func TestReached(t *testing.T) {
	t.Parallel()
	object := func(unit, total string) types.Object { return Commitment{Quote: euros(unit, total)}.Object() }
	none, unknown := types.ObjectNull(CommitmentTypes), types.ObjectUnknown(CommitmentTypes)
	five := termed(5, "P1Y", object("11.70", "702.00"))
	for name, test := range map[string]struct {
		before *Model
		plan   *Model
		asked  spending.Quote
		after  *Model
		want   string // the total; "" for none
	}{
		"as planned":                              {five, termed(6, "P1Y", object("11.70", "842.40")), spending.Quote{}, termed(6, "P1Y", none), "842.40"},
		"refused":                                 {five, termed(6, "P1Y", object("11.70", "842.40")), spending.Quote{}, termed(5, "P1Y", none), "702.00"},
		"something else than licenses":            {five, termed(5, "P1Y", five.Commitment), spending.Quote{}, termed(5, "P1Y", none), "702.00"},
		"fewer":                                   {five, termed(4, "P1Y", object("11.70", "561.60")), spending.Quote{}, termed(4, "P1Y", none), "561.60"},
		"fewer, refused":                          {five, termed(4, "P1Y", object("11.70", "561.60")), spending.Quote{}, termed(5, "P1Y", none), "702.00"},
		"price asked for by apply":                {five, termed(6, "P1Y", unknown), euros("11.70", "140.40"), termed(6, "P1Y", none), "842.40"},
		"price asked for by apply, refused":       {five, termed(6, "P1Y", unknown), euros("11.70", "140.40"), termed(5, "P1Y", none), "702.00"},
		"price asked for, of what was taken over": {termed(5, "P1Y", none), termed(6, "P1Y", unknown), euros("11.70", "140.40"), termed(6, "P1Y", none), "140.40"},
		"no price":                                {five, termed(6, "P1Y", unknown), spending.Quote{}, termed(6, "P1Y", none), ""},
		"no price, and nothing bought":            {five, termed(4, "P1Y", unknown), spending.Quote{}, termed(4, "P1Y", none), "561.60"},
		"a longer term":                           {five, termed(5, "P3Y", object("11.70", "2106.00")), spending.Quote{}, termed(5, "P3Y", none), "2106.00"},
		"a longer term, price asked for by apply": {five, termed(5, "P3Y", unknown), euros("11.70", "2106.00"), termed(5, "P3Y", none), "2106.00"},
		"a longer term, refused":                  {five, termed(5, "P3Y", object("11.70", "2106.00")), spending.Quote{}, termed(5, "P1Y", none), "702.00"},
		"a longer term, but no more licenses":     {five, termed(8, "P3Y", object("11.70", "3369.60")), spending.Quote{}, termed(5, "P3Y", none), "2106.00"},
		"fewer licenses, but no longer term":      {five, termed(2, "P3Y", object("11.70", "842.40")), spending.Quote{}, termed(2, "P1Y", none), "280.80"},
	} {
		var diags diag.Diagnostics
		got := Reached(t.Context(), test.before, test.plan, test.after, test.asked, &diags)
		if total := priceText(got.Total).ValueString(); total != test.want || diags.HasError() {
			t.Errorf("%s: the commitment is %q, want %q %v", name, total, test.want, diags)
		}
	}
}

// What was changed outside of the configuration leaves of a commitment what this configuration bought and still has.
func TestFound(t *testing.T) {
	t.Parallel()
	bought := Commitment{Quote: euros("11.70", "7020.00")}.Object()
	for name, test := range map[string]struct {
		change func(after *Model)
		want   string
	}{
		"nothing":                {func(*Model) {}, "7020.00"},
		"fewer licenses":         {func(m *Model) { m.Quantity = types.Int64Value(40) }, "5616.00"},
		"more licenses":          {func(m *Model) { m.Quantity = types.Int64Value(60) }, "7020.00"},
		"another term":           {func(m *Model) { m.TermDuration = types.StringValue("P3Y") }, ""},
		"another product":        {func(m *Model) { m.ProductID = types.StringValue("CFQ7TTC0P0M1") }, ""},
		"another SKU":            {func(m *Model) { m.SkuID = types.StringValue("0002") }, ""},
		"in other letters":       {func(m *Model) { m.ProductID = types.StringValue("cfq7ttc0bw1s") }, "7020.00"},
		"renamed":                {func(m *Model) { m.FriendlyName = types.StringValue("another") }, "7020.00"},
		"nothing is known of it": {func(m *Model) { m.Commitment = types.ObjectNull(CommitmentTypes) }, ""},
	} {
		before := termed(50, "P1Y", bought)
		before.ProductID, before.SkuID = types.StringValue("CFQ7TTC0BW1S"), types.StringValue("0001")
		after := *before
		test.change(&after)
		var diags diag.Diagnostics
		found := &Model{Commitment: Found(t.Context(), before, &after, &diags)}
		if got := priceText(found.Committed(t.Context(), &diags).Total).ValueString(); got != test.want || diags.HasError() {
			t.Errorf("%s: the commitment is %q, want %q %v", name, got, test.want, diags)
		}
	}
	var diags diag.Diagnostics
	unread := termed(50, "P1Y", bought) // the purchase did not know its subscription yet
	unread.TermDuration = types.StringNull()
	if got := Found(t.Context(), unread, termed(50, "P1Y", bought), &diags); !got.Equal(bought) {
		t.Errorf("the commitment of a purchase that was found again is %s", got)
	}
}

// Another billing cycle charges the same in other parts, so that fewer licenses take from the commitment what they cost.
func TestBilled(t *testing.T) {
	t.Parallel()
	with := func(quantity int64, term, billing string, commitment types.Object) *Model {
		m := termed(quantity, term, commitment)
		m.BillingCycle = types.StringValue(billing)
		return m
	}
	object := func(unit, total string) types.Object { return Commitment{Quote: euros(unit, total)}.Object() }
	unknown := types.ObjectUnknown(CommitmentTypes)
	five := with(5, "P3Y", "monthly", object("11.70", "2106.00"))
	for name, test := range map[string]struct {
		plan, after *Model
		asked       spending.Quote
		unit, total string
	}{
		"as planned":              {with(5, "P3Y", "annual", object("140.40", "2106.00")), with(5, "P3Y", "annual", unknown), spending.Quote{}, "140.40", "2106.00"},
		"refused":                 {with(5, "P3Y", "annual", object("140.40", "2106.00")), with(5, "P3Y", "monthly", unknown), spending.Quote{}, "11.70", "2106.00"},
		"and fewer licenses":      {with(4, "P3Y", "annual", object("140.40", "1684.80")), with(4, "P3Y", "annual", unknown), spending.Quote{}, "140.40", "1684.80"},
		"and more, without price": {with(6, "P3Y", "annual", unknown), with(6, "P3Y", "annual", unknown), euros("11.70", "421.20"), "140.40", "2527.20"},
	} {
		var diags diag.Diagnostics
		got := Reached(t.Context(), five, test.plan, test.after, test.asked, &diags)
		if unit, total := priceText(got.Unit).ValueString(), priceText(got.Total).ValueString(); unit != test.unit || total != test.total || diags.HasError() {
			t.Errorf("%s: %s each and %s in all, want %s and %s %v", name, unit, total, test.unit, test.total, diags)
		}
	}
	var diags diag.Diagnostics
	outside := with(4, "P3Y", "annual", five.Commitment)
	if got := Found(t.Context(), five, outside, &diags); !got.Equal(object("140.40", "1684.80")) {
		t.Errorf("changed outside: %s", got)
	}
	if got := (Commitment{Quote: euros("100.00", "300.00")}).Billed(with(1, "P3Y", "annual", unknown), with(1, "P3Y", "monthly", unknown)); priceText(got.Unit).ValueString() != "8.34" {
		t.Errorf("a price that cannot be divided is rounded to %s", got.Unit)
	}
}
