// SPDX-License-Identifier: MPL-2.0

package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
)

// jsonVersion is that of the form of the JSON; fields may be added to it.
const jsonVersion = "1.0"

type jsonReport struct {
	FormatVersion string         `json:"format_version"`
	Errored       bool           `json:"errored"`
	Complete      bool           `json:"complete"`
	Unpriced      int            `json:"unpriced"`
	Totals        []jsonTotal    `json:"totals"`
	Counts        map[Kind]int   `json:"counts"`
	Customers     []jsonCustomer `json:"customers"`
	Changes       []jsonRow      `json:"changes"`
}

type jsonTotal struct {
	Currency      string `json:"currency"`
	Committed     string `json:"committed"`
	GivenBack     string `json:"given_back"`
	PerMonth      string `json:"per_month"`
	MonthsUnknown int    `json:"per_month_without"` // changes with an amount that have none for a month
}

type jsonCustomer struct {
	CustomerID string      `json:"customer_id"`
	Unpriced   int         `json:"unpriced"`
	Totals     []jsonTotal `json:"totals"`
}

type jsonRow struct {
	Change         Kind     `json:"change"`
	Address        string   `json:"address"`
	CustomerID     string   `json:"customer_id,omitempty"`
	Name           string   `json:"friendly_name,omitempty"`
	Offer          string   `json:"offer_name,omitempty"`
	Publisher      string   `json:"publisher_name,omitempty"`
	QuantityBefore int64    `json:"quantity_before,omitempty"`
	Quantity       int64    `json:"quantity,omitempty"`
	Term           string   `json:"term_duration,omitempty"`
	BillingCycle   string   `json:"billing_cycle,omitempty"`
	Renews         *bool    `json:"auto_renew_enabled,omitempty"`
	Unpriced       bool     `json:"unpriced"`
	Committed      string   `json:"committed,omitempty"`
	Currency       string   `json:"currency,omitempty"`
	PerMonth       string   `json:"per_month,omitempty"`
	FinalFrom      string   `json:"final_from,omitempty"`
	FullRefund     string   `json:"full_refund,omitempty"`
	Notes          []string `json:"notes,omitempty"`
}

// JSON writes the report for programs. Amounts are decimal numbers in quotes; reading them as floats loses cents.
func (r *Report) JSON(w io.Writer) error {
	sum := SumOf(r.Rows)
	out := jsonReport{
		FormatVersion: jsonVersion, Errored: r.Errors, Complete: !r.Errors && !r.Partly, Unpriced: sum.Unpriced, Totals: jsonTotals(sum.Totals),
		Counts: r.Count(), Customers: []jsonCustomer{}, Changes: []jsonRow{},
	}
	for _, c := range r.Customers() {
		out.Customers = append(out.Customers, jsonCustomer{c.CustomerID, c.Unpriced, jsonTotals(c.Totals)})
	}
	for i := range r.Rows {
		out.Changes = append(out.Changes, r.Rows[i].json())
	}
	var encoded bytes.Buffer
	encoder := json.NewEncoder(&encoded)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(out); err != nil {
		return err
	}
	_, err := w.Write(escape.JSON(encoded.Bytes()))
	return err
}

func jsonTotals(totals []Total) []jsonTotal {
	out := []jsonTotal{}
	for _, t := range totals {
		out = append(out, jsonTotal{t.Currency, exact(t.Committed), exact(t.GivenBack), exact(t.PerMonth), t.MonthsUnknown})
	}
	return out
}

func (r *Row) json() jsonRow {
	row := jsonRow{
		Change: r.Kind, Address: r.Address, CustomerID: r.CustomerID, Name: r.Name, Offer: r.Offer, Publisher: r.Publisher,
		QuantityBefore: r.QuantityBefore, Quantity: r.Quantity, Term: r.Term, BillingCycle: r.BillingCycle, Renews: r.Renews,
		Unpriced: r.Unpriced, FinalFrom: r.Final.plain(), FullRefund: r.Final.FullRefund, Notes: r.Notes,
	}
	if r.Amount != nil {
		row.Committed, row.Currency = exact(r.Amount.Amount), r.Amount.Currency
	}
	if r.PerMonth != nil {
		row.PerMonth = exact(r.PerMonth.Amount)
	}
	return row
}

// plain is from when a change cannot be undone, for programs: a duration after the apply, a time, "at once", or Partner Center's text.
func (f *Final) plain() string {
	switch {
	case f.AtOnce:
		return "at once"
	case f.After != "":
		return f.After
	case f.At != "":
		return f.At
	}
	return f.Text
}

var csvHeader = []string{
	"change", "address", "customer_id", "friendly_name", "offer_name", "publisher_name", "quantity_before", "quantity", "term_duration",
	"billing_cycle", "auto_renew_enabled", "committed", "currency", "per_month", "final_from", "full_refund", "notes",
}

// CSV writes a line for each change. What is not priced says so in the column of the amount.
func (r *Report) CSV(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write(csvHeader); err != nil {
		return err
	}
	for i := range r.Rows {
		if err := out.Write(r.Rows[i].csv()); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// csv is the row's cells. Amounts are written by this program, and stay numbers where they are negative.
func (r *Row) csv() []string {
	row := r.json()
	renews := ""
	if row.Renews != nil {
		renews = strconv.FormatBool(*row.Renews)
	}
	committed, perMonth := row.Committed, row.PerMonth
	if r.Unpriced {
		committed, perMonth = "not priced", "not priced"
	}
	text := escape.CSVCell
	return []string{
		string(row.Change), text(row.Address), text(row.CustomerID), text(row.Name), text(row.Offer), text(row.Publisher), countOf(row.QuantityBefore),
		countOf(row.Quantity), text(row.Term), text(row.BillingCycle), renews, committed, row.Currency, perMonth, text(row.FinalFrom),
		text(row.FullRefund), strings.Join(row.Notes, "; "),
	}
}

// count leaves out what is not there.
func countOf(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}
