// SPDX-License-Identifier: MPL-2.0

package change

import (
	"strings"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// of are the facts of an active subscription whose term ends on 2026-12-31.
func of(change func(*Facts)) Facts {
	f := FactsOf(nce(nil))
	f.CommitmentEnd = time.Date(2026, 12, 31, 10, 0, 0, 0, time.UTC)
	if change != nil {
		change(&f)
	}
	return f
}

func TestNextTermWith(t *testing.T) {
	t.Parallel()
	plain := of(nil).NextTermWith(7)
	for _, line := range []string{`product_id    = "CFQ7TTC0AAAA"`, `sku_id        = "0001"`, `term_duration = "P1Y"`, `billing_cycle = "monthly"`, "quantity      = 7"} {
		if !strings.Contains(plain, line) {
			t.Errorf("%s does not say %s", plain, line)
		}
	}
	if strings.Contains(plain, "promotion_id") || strings.Contains(plain, "custom_term_end_date") {
		t.Errorf("%s says what is not scheduled", plain)
	}
	scheduled := of(func(f *Facts) {
		f.NextTerm = &partnercenter.NextTermInstructions{Quantity: 3, CustomTermEndDate: partnercenter.Time{Time: f.CommitmentEnd}, Product: partnercenter.NextTermProduct{
			ProductID: "other", SkuID: "0002", TermDuration: "P3Y", BillingCycle: "Annual", PromotionID: "spring",
		}}
	})
	kept := scheduled.NextTermWith(7)
	for _, line := range []string{`product_id    = "other"`, `term_duration = "P3Y"`, `billing_cycle = "annual"`, "quantity      = 7", `promotion_id = "spring"`, `custom_term_end_date = "2026-12-31T10:00:00Z"`} {
		if !strings.Contains(kept, line) {
			t.Errorf("%s does not say %s", kept, line)
		}
	}
	if scheduled.NextTerm.Quantity != 3 {
		t.Error("what is scheduled has become another")
	}
	for name, next := range map[string]*partnercenter.NextTermInstructions{"none": nil, "empty": {}} {
		if !nextTermValue(next).IsNone() {
			t.Errorf("%s is %s", name, nextTermValue(next))
		}
	}
	for name, next := range map[string]*partnercenter.NextTermInstructions{"a quantity": {Quantity: 1}, "a product": {Product: partnercenter.NextTermProduct{ProductID: "p"}}} {
		if nextTermValue(next).IsNone() {
			t.Errorf("%s is nothing", name)
		}
	}
}

func TestAtRenewal(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		facts                    Facts
		attribute, term, billing string
		quantity                 int64
		says                     bool
	}{
		"a term":                {of(nil), TermDuration, "P1M", "monthly", 7, true},
		"a billing cycle":       {of(nil), BillingCycle, "P1Y", "annual", 7, true},
		"licenses":              {of(nil), Quantity, "P1Y", "monthly", 7, false},
		"marketplace software":  {FactsOf(saas(nil)), TermDuration, "P1M", "monthly", 7, false},
		"no licenses are known": {of(nil), TermDuration, "P1M", "monthly", 0, false},
		"no term is known":      {of(nil), TermDuration, "", "monthly", 7, false},
		"no cycle is known":     {of(nil), TermDuration, "P1M", "", 7, false},
	} {
		got := test.facts.AtRenewal(test.attribute, test.term, test.billing, test.quantity)
		if (got != "") != test.says || test.says && (!strings.Contains(got, `leave term_duration = "P1Y" and billing_cycle = "monthly"`) || !strings.Contains(got, "quantity      = 7")) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestCheckNextEnd(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 6, 10, 0, 0, 0, 0, time.UTC)
	for name, test := range map[string]struct {
		facts                 Facts
		will, next, end, want string
	}{
		"none":                                 {of(nil), "P1Y", "P1Y", "", ""},
		"no date":                              {of(nil), "P1Y", "P1Y", "soon", ""},
		"marketplace software":                 {FactsOf(saas(func(s *partnercenter.Subscription) { s.CommitmentEndDate.Time = now })), "P1Y", "P1Y", "2020-01-01T00:00:00Z", ""},
		"a term without an end":                {of(func(f *Facts) { f.CommitmentEnd = time.Time{} }), "P1Y", "P1Y", "2020-01-01T00:00:00Z", ""},
		"the day on which this term ends":      {of(nil), "P1Y", "P1Y", "2026-12-31T23:00:00Z", "too early: the present term ends on 2026-12-31"},
		"the day after it":                     {of(nil), "P1Y", "P1Y", "2027-01-01T00:00:00Z", ""},
		"the last day of the next one":         {of(nil), "P1Y", "P1Y", "2027-12-31T00:00:00Z", ""},
		"days that months may differ by":       {of(nil), "P1Y", "P1Y", "2028-01-03T00:00:00Z", ""},
		"after it":                             {of(nil), "P1Y", "P1Y", "2028-01-04T00:00:00Z", "too late: is over on 2027-12-31"},
		"after a month":                        {of(nil), "P1Y", "P1M", "2027-02-28T00:00:00Z", "too late: is over on 2027-01-31"},
		"a next term that nobody knows":        {of(nil), "P1Y", "", "2040-01-04T00:00:00Z", ""},
		"a present term that nobody knows":     {of(nil), "", "P1Y", "2040-01-04T00:00:00Z", ""},
		"before the end of a term that begins": {of(nil), "P3Y", "P1Y", "2029-06-09T00:00:00Z", "too early: that begins now ends on 2029-06-09"},
		"early, of a term that nobody knows":   {of(nil), "", "P1Y", "2026-12-31T00:00:00Z", "too early: the present term ends on 2026-12-31"},
		"after the end of a term that begins":  {of(nil), "P3Y", "P1Y", "2029-06-10T00:00:00Z", ""},
		"long after one that begins":           {of(nil), "P3Y", "P1Y", "2030-06-13T00:00:00Z", "too late: is over on 2030-06-09"},
	} {
		title, text := test.facts.CheckNextEnd(test.will, test.next, test.end, now)
		which, says, _ := strings.Cut(test.want, ": ")
		if (title == "") != (test.want == "") || !strings.HasSuffix(title, which) || !strings.Contains(text, says) {
			t.Errorf("%s: %s: %s; want %q", name, title, text, test.want)
		}
	}
}

func TestNotOffered(t *testing.T) {
	t.Parallel()
	offer := func(item string, possible bool) partnercenter.TransitionEligibility {
		return partnercenter.TransitionEligibility{Title: "Other", CatalogItemID: item, Eligibilities: []partnercenter.TransitionEligibilityDetail{{TransitionType: TransitionOnly, IsEligible: possible}}}
	}
	other := []partnercenter.TransitionEligibility{offer("other:0001:x", true)}
	refused := []partnercenter.TransitionEligibility{offer("other:0001:x", false)}
	for name, test := range map[string]struct {
		facts   Facts
		offered []partnercenter.TransitionEligibility
		product string
		want    string // "" where it is offered
	}{
		"offered":                     {of(nil), other, "other", ""},
		"another one is":              {of(nil), other, "third", `Take one of these, or keep product_id = "CFQ7TTC0AAAA" and sku_id = "0001" for the next term`},
		"another one is, for a trial": {of(func(f *Facts) { f.Trial = true }), other, "third", "Take one of these for the next term"},
		"nothing is":                  {of(nil), nil, "other", `Keep product_id = "CFQ7TTC0AAAA" and sku_id = "0001" for the next term`},
		"it is, and not possible":     {of(nil), refused, "other", "Until that has changed, keep product_id"},
		"and it is suspended":         {of(func(f *Facts) { f.Status = partnercenter.StatusSuspended }), refused, "other", ""},
	} {
		got := test.facts.NotOffered(test.offered, test.product, "0001")
		if (got == "") != (test.want == "") || !strings.Contains(got, test.want) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
	if got := of(nil).NotOffered(other, "other", "0002"); got == "" {
		t.Error("another SKU is offered")
	}
}
