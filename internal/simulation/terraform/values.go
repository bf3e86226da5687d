// SPDX-License-Identifier: MPL-2.0

package terraform

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Configuration is a block as somebody writes it: strings, bools, ints, references and, for nested objects, configurations.
type Configuration map[string]any

// Reference is the value of an attribute of another resource of the same workspace.
type Reference struct{ Address, Attribute string }

// HCL is the configuration as text.
func (c Configuration) HCL(indent string) string {
	var text strings.Builder
	for _, name := range slices.Sorted(maps.Keys(c)) {
		switch value := c[name].(type) {
		case Configuration:
			fmt.Fprintf(&text, "%s%s = {\n%s%s}\n", indent, name, value.HCL(indent+"  "), indent)
		case []Configuration:
			fmt.Fprintf(&text, "%s%s = [\n", indent, name)
			for _, one := range value {
				fmt.Fprintf(&text, "%s  {\n%s%s  },\n", indent, one.HCL(indent+"    "), indent)
			}
			fmt.Fprintf(&text, "%s]\n", indent)
		case Reference:
			fmt.Fprintf(&text, "%s%s = %s.%s\n", indent, name, value.Address, value.Attribute)
		case string:
			fmt.Fprintf(&text, "%s%s = %q\n", indent, name, value)
		default:
			fmt.Fprintf(&text, "%s%s = %v\n", indent, name, value)
		}
	}
	return text.String()
}

// Clone is a copy that can be changed.
func (c Configuration) Clone() Configuration {
	copied := maps.Clone(c)
	for name, value := range copied {
		if nested, ok := value.(Configuration); ok {
			copied[name] = nested.Clone()
		}
	}
	return copied
}

// valueOf is a value of a type; attributes that are not given are null.
func valueOf(of tftypes.Type, given any) tftypes.Value {
	switch kind := of.(type) {
	case tftypes.Object:
		attributes, isGiven := given.(Configuration)
		if !isGiven {
			return tftypes.NewValue(of, given)
		}
		values := map[string]tftypes.Value{}
		for name, member := range kind.AttributeTypes {
			values[name] = valueOf(member, attributes[name])
		}
		return tftypes.NewValue(of, values)
	case tftypes.List:
		lines, isGiven := given.([]Configuration)
		if !isGiven {
			return tftypes.NewValue(of, given)
		}
		elements := make([]tftypes.Value, len(lines))
		for i, line := range lines {
			elements[i] = valueOf(kind.ElementType, line)
		}
		return tftypes.NewValue(of, elements)
	}
	return tftypes.NewValue(of, given)
}

// plain is a value as JSON has it; nil stands for null and for unknown.
func plain(value tftypes.Value) any {
	if !value.IsKnown() || value.IsNull() {
		return nil
	}
	var text string
	var is bool
	number := new(big.Float)
	var elements []tftypes.Value
	parts := map[string]tftypes.Value{}
	switch {
	case value.As(&text) == nil:
		return text
	case value.As(&is) == nil:
		return is
	case value.As(number) == nil:
		f, _ := number.Float64()
		return f
	case value.As(&elements) == nil:
		list := make([]any, len(elements))
		for i, element := range elements {
			list[i] = plain(element)
		}
		return list
	}
	_ = value.As(&parts) // objects and maps are what is left
	whole := map[string]any{}
	for name, part := range parts {
		whole[name] = plain(part)
	}
	return whole
}

func dynamic(value tftypes.Value) *tfprotov6.DynamicValue {
	encoded, err := tfprotov6.NewDynamicValue(value.Type(), value)
	if err != nil {
		panic(err) // a value always encodes as its own type
	}
	return &encoded
}

// attributesOf are the attributes of an object, none of null.
func attributesOf(kind tftypes.Type, value *tfprotov6.DynamicValue) map[string]tftypes.Value {
	attributes := map[string]tftypes.Value{}
	if value == nil {
		return attributes
	}
	decoded, err := value.Unmarshal(kind)
	if err == nil && !decoded.IsNull() {
		err = decoded.As(&attributes)
	}
	if err != nil {
		panic(err) // the provider has broken the protocol
	}
	return attributes
}
