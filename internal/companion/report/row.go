// SPDX-License-Identifier: MPL-2.0

package report

// Kind is what happens to a subscription.
type Kind string

// Kinds, in the words that a report counts them by.
const (
	Bought    Kind = "bought"
	Changed   Kind = "changed"
	Stopped   Kind = "stopped"
	Replaced  Kind = "replaced"
	Adopted   Kind = "adopted"
	Forgotten Kind = "forgotten" // leaves the state, and goes on at Partner Center
	Quoted    Kind = "quoted"    // a cart, which commits to nothing
)

var kinds = []Kind{Bought, Changed, Stopped, Replaced, Adopted, Forgotten, Quoted}

// Row is one change of a plan.
type Row struct {
	Address    string
	Kind       Kind
	CustomerID string
	Name       string // nickname, else what the row is about
	Offer      string
	Publisher  string

	QuantityBefore, Quantity int64
	Term, BillingCycle       string
	Renews                   *bool

	Unpriced bool   // it may cost money, and the plan does not say how much
	Amount   *Money // what it adds to the commitment; below zero is given back; nil where it adds nothing
	PerMonth *Money // the same for each month
	Final    Final
	Notes    []string // facts beside, in words of this program only
}

// Final is from when a change cannot be undone. At most one of After, At and AtOnce is set; none where there is nothing to undo, or,
// for what costs money, where the plan does not say.
type Final struct {
	After      string // ISO 8601 duration after the apply
	FullRefund string // the part of After in which everything is paid back
	At         string // RFC 3339
	AtOnce     bool
	Text       string // what Partner Center said, in a form this program does not know
}

func (r *Row) note(text string) { r.Notes = append(r.Notes, text) }

// commits is whether the row spends money today, priced or not.
func (r *Row) commits() bool { return r.Unpriced || r.Amount != nil && r.Amount.Amount.IsPositive() }
