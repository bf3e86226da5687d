// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"fmt"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// SetLongList sets an attribute of the state that is a list of objects, model by model. State.Set comes to the same, but holds all of them
// in several forms at a time, each with its types again: hundreds of megabytes for some thousand objects.
func SetLongList[M any](ctx context.Context, state *tfsdk.State, name string, models iter.Seq[M]) (diags diag.Diagnostics) {
	list, err := longList(ctx, state.Schema.Type(), name, models, &diags)
	if diags.HasError() {
		return diags
	}
	var all map[string]tftypes.Value
	if err == nil {
		err = state.Raw.As(&all)
	}
	if err != nil {
		diags.AddAttributeError(path.Root(name), "Cannot show list", err.Error())
		return diags
	}
	all[name] = list
	state.Raw = tftypes.NewValue(state.Raw.Type(), all)
	return diags
}

func longList[M any](ctx context.Context, schema attr.Type, name string, models iter.Seq[M], diags *diag.Diagnostics) (tftypes.Value, error) {
	kind, err := listOfObjects(schema, name)
	if err != nil {
		return tftypes.Value{}, err
	}
	shared := shareTypes(ctx, kind)
	elements := []tftypes.Value{}
	for model := range models {
		object, moreDiags := types.ObjectValueFrom(ctx, kind.AttrTypes, model)
		diags.Append(moreDiags...)
		if diags.HasError() {
			return tftypes.Value{}, nil
		}
		element, err := shared.element(ctx, object)
		if err != nil {
			return tftypes.Value{}, err
		}
		elements = append(elements, element)
	}
	return tftypes.NewValue(tftypes.List{ElementType: shared.object}, elements), nil
}

func listOfObjects(schema attr.Type, name string) (types.ObjectType, error) {
	if all, ok := schema.(attr.TypeWithAttributeTypes); ok {
		if list, ok := all.AttributeTypes()[name].(attr.TypeWithElementType); ok {
			if object, ok := list.ElementType().(types.ObjectType); ok {
				return object, nil
			}
		}
	}
	return types.ObjectType{}, fmt.Errorf("%s is not a list of objects", name)
}

// sharedTypes are those of an object, which all objects of a list have in common, and what they hold where they hold nothing.
type sharedTypes struct {
	object tftypes.Type
	nulls  map[string]tftypes.Value
}

func shareTypes(ctx context.Context, kind types.ObjectType) sharedTypes {
	s := sharedTypes{kind.TerraformType(ctx), map[string]tftypes.Value{}}
	for name, value := range kind.AttrTypes {
		s.nulls[name] = tftypes.NewValue(value.TerraformType(ctx), nil)
	}
	return s
}

func (s sharedTypes) element(ctx context.Context, object types.Object) (tftypes.Value, error) {
	values := make(map[string]tftypes.Value, len(s.nulls))
	for name, value := range object.Attributes() {
		if value.IsNull() {
			values[name] = s.nulls[name]
			continue
		}
		var err error
		if values[name], err = value.ToTerraformValue(ctx); err != nil {
			return tftypes.Value{}, err
		}
	}
	return tftypes.NewValue(s.object, values), nil
}
