// SPDX-License-Identifier: MPL-2.0

package change

import (
	"strconv"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
)

// Names of what can be changed on a subscription, as people configure it.
const (
	Suspended    = "suspended"
	FriendlyName = "friendly_name"
	PartnerID    = "partner_id"
	TermDuration = "term_duration"
	BillingCycle = "billing_cycle"
	Quantity     = "quantity"
	AutoRenew    = "auto_renew_enabled"
	EndOfTerm    = "end_of_term"
	NextTerm     = "scheduled_next_term_instructions"
)

// Value is what an attribute is. Values of one attribute can be compared with ==, and print as they are configured.
type Value struct{ text string }

// IsNone holds for an attribute that is not set.
func (v Value) IsNone() bool { return v.text == "" }

func (v Value) String() string { return v.text }

func textValue(s string) Value {
	if s == "" {
		return Value{}
	}
	return Value{escape.HCL(s)}
}

func number(n int64) Value { return Value{strconv.FormatInt(n, 10)} }
