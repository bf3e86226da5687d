// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"fmt"
	"strings"
)

// RefusedError is a write that the client's own rules kept from leaving the machine.
type RefusedError struct {
	// Operation is what was to be done, such as "create cart".
	Operation string
	// Option is the provider's attribute that refuses: read_only or allowed_customer_ids.
	Option string
	// Message says why, and what to change if the write is wanted.
	Message string
}

func (e *RefusedError) Error() string { return e.Operation + ": " + e.Message }

// refuse returns the error of a write that must not leave, or nil.
func (o Options) refuse(c call) error {
	if !c.writes() {
		return nil
	}
	if o.ReadOnly && !(c.quote && o.AllowQuotes) {
		return &RefusedError{Operation: c.operation, Option: "read_only",
			Message: "nothing was sent, because read_only is set, in the configuration or by PARTNERCENTER_READ_ONLY. Run without both to make changes."}
	}
	if o.AllowedCustomerIDs == nil {
		return nil
	}
	return o.refuseCustomer(c)
}

// refuseCustomer looks at the path and at what the call says of itself: both have to be allowed.
func (o Options) refuseCustomer(c call) error {
	touched := []string{customerOf(c.path), c.customer}
	if touched[0] == "" && touched[1] == "" {
		return &RefusedError{Operation: c.operation, Option: "allowed_customer_ids",
			Message: "nothing was sent, because allowed_customer_ids is set and this change belongs to no customer."}
	}
	for _, customer := range touched {
		if customer != "" && !o.allows(customer) {
			return &RefusedError{Operation: c.operation, Option: "allowed_customer_ids", Message: fmt.Sprintf(
				"nothing was sent, because customer %s is not among allowed_customer_ids. Add it there if this change is wanted.", customer)}
		}
	}
	return nil
}

func (o Options) allows(customer string) bool {
	for _, allowed := range o.AllowedCustomerIDs {
		if strings.EqualFold(strings.TrimSpace(allowed), customer) {
			return true
		}
	}
	return false
}
