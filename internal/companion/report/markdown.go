// SPDX-License-Identifier: MPL-2.0

package report

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
)

// notPriced is bold, because a row without a price must not be read as one that costs nothing.
const notPriced = "**not priced**"

// Markdown writes the report for a pull request, within so many characters: GitHub refuses a comment of more than 65,536. The totals come
// first and are always those of the whole plan; rows that find no room are counted, with their sum.
func (r *Report) Markdown(w io.Writer, most int) error {
	sum := SumOf(r.Rows)
	parts := []string{r.headline(&sum)}
	if len(sum.Totals) > 0 {
		parts = append(parts, totalsTable(sum.Totals))
	}
	if counts := r.counts(); counts != "" {
		parts = append(parts, counts)
	}
	text := strings.Join(parts, "\n\n") + "\n"
	if customers := r.Customers(); len(customers) > 1 {
		text += "\n" + customersTable(customers, (most-utf8.RuneCountInString(text))/4)
	}
	if len(r.Rows) > 0 {
		text += "\n" + changesTable(r.Rows, most-utf8.RuneCountInString(text))
	}
	_, err := io.WriteString(w, text)
	return err
}

// headline says the one thing that a reviewer decides on.
func (r *Report) headline(sum *Sum) string {
	var amounts []string
	for _, total := range sum.Totals {
		if !total.Committed.IsZero() {
			amounts = append(amounts, "**"+Money{total.Committed, total.Currency}.String()+"**")
		}
	}
	line := "This plan commits to nothing at Partner Center."
	switch {
	case len(amounts) > 0:
		line = "This plan commits to " + strings.Join(amounts, " and ") + " before tax."
	case sum.Unpriced > 0:
		line = "No change of this plan has a price."
	}
	if sum.Unpriced > 0 {
		line += fmt.Sprintf(" **Not priced: %s that may cost money.**", words.Count(int64(sum.Unpriced), "change"))
	}
	if r.Errors {
		line += " **The plan broke off with errors: what is missing here may cost money.**"
	}
	if r.Partly {
		line += " **The plan is not complete: something was left out or left for later, and may cost money.**"
	}
	return "## Partner Center\n\n" + line
}

func totalsTable(totals []Total) string {
	lines := []string{"| Currency | Committed | Given back | Per month |", "|---|---:|---:|---:|"}
	for i := range totals {
		lines = append(lines, "| "+strings.Join(append([]string{totals[i].Currency}, totals[i].cells()...), " | ")+" |")
	}
	return strings.Join(lines, "\n")
}

// cells are what is committed, given back, and charged for each month.
func (t *Total) cells() []string {
	perMonth := grouped(t.PerMonth)
	if t.MonthsUnknown > 0 {
		perMonth += fmt.Sprintf(" (without %d)", t.MonthsUnknown)
	}
	givenBack := "-"
	if !t.GivenBack.IsZero() {
		givenBack = grouped(t.GivenBack)
	}
	return []string{grouped(t.Committed), givenBack, perMonth}
}

// counts is how many rows of each kind there are, in one line.
func (r *Report) counts() string {
	var parts []string
	count := r.Count()
	for _, kind := range kinds {
		if n := count[kind]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, kind))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return strings.ToUpper(parts[0][:1]) + parts[0][1:] + strings.Join(append([]string{""}, parts[1:]...), ", ") + "."
}

func customersTable(customers []CustomerSum, room int) string {
	t := table{head: []string{"| Customer | Currency | Committed | Given back | Per month |", "|---|---|---:|---:|---:|"}, room: room}
	for i := range customers {
		c := &customers[i]
		var lines []string
		if c.Unpriced > 0 {
			lines = append(lines, fmt.Sprintf("| %s | | **not priced: %d** | | |", escape.MarkdownCell(c.CustomerID), c.Unpriced))
		}
		for j := range c.Totals {
			lines = append(lines, "| "+strings.Join(append([]string{escape.MarkdownCell(c.CustomerID), c.Totals[j].Currency}, c.Totals[j].cells()...), " | ")+" |")
		}
		if !t.add(strings.Join(lines, "\n")) {
			return t.String() + "\n" + words.Count(int64(len(customers)-i), "more customer") + ", whose changes are in the totals above.\n"
		}
	}
	return t.String()
}

func changesTable(rows []Row, room int) string {
	t := table{head: []string{"| Change | Address | Customer | Subscription | Committed | Per month | Final from |", "|---|---|---|---|---:|---:|---|"}, room: room}
	for i := range rows {
		if !t.add(rows[i].line()) {
			return t.String() + "\n" + remaining(rows[i:])
		}
	}
	return t.String()
}

// remaining says what the rows that find no room add up to.
func remaining(rows []Row) string {
	sum := SumOf(rows)
	var parts []string
	for _, total := range sum.Totals {
		parts = append(parts, Money{total.Committed, total.Currency}.String())
	}
	text := "And " + words.Count(int64(len(rows)), "more change")
	if len(parts) > 0 {
		text += ", together " + strings.Join(parts, " and ")
	}
	if sum.Unpriced > 0 {
		text += fmt.Sprintf("; **%d of them not priced**", sum.Unpriced)
	}
	return text + ". They are in the totals above.\n"
}

// table collects lines as long as there is room for them and for a last line about the others.
type table struct {
	head, lines []string
	room        int
}

const roomForRemaining = 400

func (t *table) add(line string) bool {
	if len(t.lines) == 0 {
		t.lines = t.head
		t.room -= utf8.RuneCountInString(strings.Join(t.head, "\n")) + roomForRemaining
	}
	t.room -= utf8.RuneCountInString(line) + 1
	if t.room < 0 {
		return false
	}
	t.lines = append(t.lines, line)
	return true
}

func (t *table) String() string { return strings.Join(t.lines, "\n") + "\n" }
