// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// filterRequest is the documented shape of a filter (reference/customers-and-billing.md#filter).
type filterRequest struct {
	Field, Operator         string
	Value                   any
	LeftFilter, RightFilter *filterRequest
}

func readFilter(r *call) (*filterRequest, *world.Refusal) {
	text := parameter(r, "filter")
	if text == "" {
		return nil, nil
	}
	f := &filterRequest{}
	if err := json.Unmarshal([]byte(text), f); err != nil {
		return nil, world.Invalid(800002, "The filter is not valid JSON.")
	}
	return f, nil
}
