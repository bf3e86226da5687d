// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/shopspring/decimal"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Known reports whether a value is neither null nor unknown. Checks at plan time wait for unknown values, and null means "left out".
func Known(v attr.Value) bool { return !v.IsNull() && !v.IsUnknown() }

// WhollyKnown holds for a value of which every part is known: an object whose member comes from another resource is not.
func WhollyKnown(v attr.Value) bool {
	if !Known(v) {
		return false
	}
	whole, err := v.ToTerraformValue(context.Background())
	return err == nil && whole.IsFullyKnown()
}

// KnownString is nil for null and unknown; ValueStringPointer would give a pointer to "" for unknown.
func KnownString(v types.String) *string {
	if !Known(v) {
		return nil
	}
	return v.ValueStringPointer()
}

// KnownInt64 is nil for null and unknown.
func KnownInt64(v types.Int64) *int64 {
	if !Known(v) {
		return nil
	}
	return v.ValueInt64Pointer()
}

// KnownBool is nil for null and unknown.
func KnownBool(v types.Bool) *bool {
	if !Known(v) {
		return nil
	}
	return v.ValueBoolPointer()
}

// String is null for "": Partner Center answers absent and empty values alike.
func String(s string) types.String {
	if s == "" {
		return types.StringNull()
	}
	return types.StringValue(s)
}

// Nickname is a friendly name as a value: what somebody at Partner Center wrote goes through escape.Value, and what is already known, from
// the configuration or the state, stays as it is written there. So a configured name never differs from itself.
func Nickname(known types.String, name string) types.String {
	if known.ValueString() == name {
		return String(name)
	}
	return String(escape.Value(name))
}

// Strings is a list of strings, empty where there are none.
func Strings(values []string) types.List {
	elements := make([]attr.Value, 0, len(values))
	for _, v := range values {
		elements = append(elements, types.StringValue(v))
	}
	return types.ListValueMust(types.StringType, elements)
}

// Time is RFC 3339 in UTC, to the second where Partner Center gives no more; null for absent dates.
func Time(t partnercenter.Time) timetypes.RFC3339 {
	if t.IsZero() {
		return timetypes.NewRFC3339Null()
	}
	return timetypes.NewRFC3339TimeValue(t.UTC())
}

// Decimal is an exact amount as text, null where Partner Center gave none.
func Decimal(d *decimal.Decimal) types.String {
	if d == nil {
		return types.StringNull()
	}
	return types.StringValue(d.String())
}

// KeepPresent plans a value as it is in the state instead of as it is configured, where Terraform allows that: both have to be there.
func KeepPresent[T attr.Value](planned *T, present T) {
	if !(*planned).IsNull() && !present.IsNull() {
		*planned = present
	}
}
