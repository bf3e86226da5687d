// SPDX-License-Identifier: MPL-2.0

package report

import (
	"fmt"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
)

// line is the row as a line of a table.
func (r *Row) line() string {
	committed, perMonth := "-", "-"
	switch {
	case r.Unpriced:
		committed, perMonth = notPriced, notPriced
	case r.Amount != nil:
		committed = r.Amount.String()
		if r.PerMonth != nil {
			perMonth = grouped(r.PerMonth.Amount)
		}
	}
	cells := []string{string(r.Kind), escape.MarkdownCell(r.Address), escape.MarkdownCell(r.CustomerID), r.facts(), committed, perMonth, r.finalText()}
	return "| " + strings.Join(cells, " | ") + " |"
}

// facts describe the subscription: what was named by others in code spans, the rest in words of this program.
func (r *Row) facts() string {
	var facts []string
	for _, name := range []string{r.Name, r.Offer} {
		if name != "" {
			facts = append(facts, escape.MarkdownCell(name))
		}
	}
	if r.Publisher != "" {
		facts = append(facts, "of "+escape.MarkdownCell(r.Publisher))
	}
	switch {
	case r.QuantityBefore > 0 && r.Quantity != r.QuantityBefore:
		facts = append(facts, fmt.Sprintf("%d → %s", r.QuantityBefore, words.Count(r.Quantity, "license")))
	case r.Quantity > 0:
		facts = append(facts, words.Count(r.Quantity, "license"))
	}
	if r.Term != "" {
		facts = append(facts, termText(r.Term))
	}
	if r.BillingCycle != "" && r.BillingCycle != "none" {
		facts = append(facts, billingText(r.BillingCycle))
	}
	if r.Renews != nil && r.Kind != Stopped && r.Kind != Quoted {
		facts = append(facts, map[bool]string{true: "renews", false: "does not renew"}[*r.Renews])
	}
	return strings.Join(append([]string{strings.Join(facts, ", ")}, r.Notes...), "; ")
}

func termText(duration string) string {
	if isoDuration.MatchString(duration) {
		return words.Term(duration)
	}
	return escape.MarkdownCell(duration)
}

func billingText(cycle string) string {
	switch cycle {
	case "monthly":
		return "billed every month"
	case "annual", "biennial", "triennial", "one_time":
		return "billed " + words.Billing(cycle)
	}
	return "billed " + escape.MarkdownCell(cycle)
}

// finalText is from when the change cannot be undone.
func (r *Row) finalText() string {
	f := &r.Final
	switch {
	case f.AtOnce:
		return "at once"
	case f.After != "" && f.FullRefund != "" && f.FullRefund != f.After:
		return fmt.Sprintf("%s after apply (paid back in full: %s)", words.Term(f.After), words.Term(f.FullRefund))
	case f.After != "":
		return words.Term(f.After) + " after apply"
	case f.At != "":
		return dayOf(f.At)
	case f.Text != "":
		return escape.MarkdownCell(f.Text)
	case r.commits():
		return "not known: take it for final at once"
	}
	return "-"
}
