// SPDX-License-Identifier: MPL-2.0

// Package report says what a plan buys, changes and ends at Partner Center, and what that commits the partner to. It reads the JSON that
// Terraform and OpenTofu show of a plan, and asks nobody.
package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// Report is what a plan does at Partner Center.
type Report struct {
	Rows   []Row // what is not priced first, then by amount, the largest first
	Errors bool  // the plan broke off, so that more may come
	Partly bool  // the plan leaves something for a later one, or was made with -target
}

// Read makes the report of a plan, from the output of `terraform show -json PLANFILE`.
func Read(plan io.Reader) (*Report, error) {
	d, err := decode(plan)
	if err != nil {
		return nil, err
	}
	r := &Report{Errors: d.Errored, Partly: d.Complete != nil && !*d.Complete || len(d.DeferredChanges)+len(d.DeferredInvocations) > 0}
	carts, err := cartsOf(d.ResourceChanges)
	if err != nil {
		return nil, err
	}
	for i := range d.ResourceChanges {
		if err := r.addChange(&d.ResourceChanges[i], carts); err != nil {
			return nil, err
		}
	}
	for i := range d.ActionInvocations {
		if err := r.addInvocation(&d.ActionInvocations[i]); err != nil {
			return nil, err
		}
	}
	if err := r.addDeferred(d); err != nil {
		return nil, err
	}
	slices.SortStableFunc(r.Rows, compareRows)
	return r, nil
}

// cartsOf are the lines of every cart whose id the plan knows.
func cartsOf(changes []resourceChange) (map[string][]lineItem, error) {
	carts := map[string][]lineItem{}
	for i := range changes {
		if c := &changes[i]; c.Mode != "data" && c.Type == cartType {
			s, err := c.Change.sides()
			if err != nil {
				return nil, fmt.Errorf("%q: %w", c.Address, err)
			}
			if s.after.ID != "" {
				carts[s.after.ID] = s.after.LineItems
			}
		}
	}
	return carts, nil
}

func (r *Report) addChange(c *resourceChange, carts map[string][]lineItem) error {
	if c.Mode == "data" || !slices.Contains([]string{subscriptionType, licenseQuantityType, cartType}, c.Type) {
		return nil
	}
	s, err := c.Change.sides()
	if err != nil {
		return fmt.Errorf("%q: %w", c.Address, err)
	}
	if s.nothing() {
		return nil
	}
	address := c.Address
	if c.Deposed != "" {
		address += " (deposed)"
	}
	switch {
	case c.Type == subscriptionType:
		r.Rows = append(r.Rows, subscriptionRow(address, &s, carts))
	case c.Type == licenseQuantityType:
		r.Rows = append(r.Rows, licenseRow(address, &s))
	case s.has("create"): // a cart that goes away had committed to nothing
		r.Rows = append(r.Rows, cartRow(address, &s))
	}
	return nil
}

// nothing is whether a change is none: Terraform lists what stays as it is, and what is only moved or read.
func (s *sides) nothing() bool {
	return !s.importing && !slices.ContainsFunc(s.actions, func(action string) bool { return action != "no-op" && action != "read" })
}

func (r *Report) addInvocation(invocation *actionInvocation) error {
	if !strings.HasPrefix(invocation.Type, "partnercenter_") {
		return nil // attributes of others have names and types of their own
	}
	v, err := attributes(invocation.ConfigValues, invocation.ConfigSensitive)
	if err != nil {
		return fmt.Errorf("%q: %w", invocation.Address, err)
	}
	if row, ok := actionRow(invocation.Address, invocation.Type, &v); ok {
		r.Rows = append(r.Rows, row)
	}
	return nil
}

// addDeferred adds what Terraform leaves for a later plan; nothing of it has a price that holds.
func (r *Report) addDeferred(d *document) error {
	later := &Report{}
	for i := range d.DeferredChanges {
		if err := later.addChange(&d.DeferredChanges[i].Change, nil); err != nil {
			return err
		}
	}
	for i := range d.DeferredInvocations {
		if err := later.addInvocation(&d.DeferredInvocations[i].Invocation); err != nil {
			return err
		}
	}
	for _, row := range later.Rows {
		row.Amount, row.PerMonth = nil, nil
		row.unpriced("left for a later plan")
		r.Rows = append(r.Rows, row)
	}
	return nil
}

func compareRows(a, b Row) int {
	return cmp.Or(
		-compareBool(a.Unpriced, b.Unpriced),
		-a.size().Cmp(b.size()),
		cmp.Compare(slices.Index(kinds, a.Kind), slices.Index(kinds, b.Kind)),
		strings.Compare(a.Address, b.Address),
	)
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

func (r *Row) size() decimal.Decimal {
	if r.Amount == nil {
		return decimal.Zero
	}
	return r.Amount.Amount
}
