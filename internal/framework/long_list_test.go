// SPDX-License-Identifier: MPL-2.0

package framework_test

import (
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
)

type pet struct {
	Name   types.String `tfsdk:"name"`
	Age    types.Int64  `tfsdk:"age"`
	Owner  types.Object `tfsdk:"owner"`
	Tricks types.List   `tfsdk:"tricks"`
}

type petsModel struct {
	Kind types.String `tfsdk:"kind"`
	Pets []pet        `tfsdk:"pets"`
}

var (
	ownerTypes = map[string]attr.Type{"name": types.StringType}
	petsSchema = schema.Schema{Attributes: map[string]schema.Attribute{
		"kind": schema.StringAttribute{Required: true},
		"pets": schema.ListNestedAttribute{Computed: true, NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
			"name":   schema.StringAttribute{Computed: true},
			"age":    schema.Int64Attribute{Computed: true},
			"owner":  schema.SingleNestedAttribute{Computed: true, Attributes: map[string]schema.Attribute{"name": schema.StringAttribute{Computed: true}}},
			"tricks": schema.ListAttribute{Computed: true, ElementType: types.StringType},
		}}},
	}}
)

// SetLongList comes to what State.Set comes to.
func TestSetLongList(t *testing.T) {
	t.Parallel()
	whole := pet{
		types.StringValue("Rex"), types.Int64Value(7), types.ObjectValueMust(ownerTypes, map[string]attr.Value{"name": types.StringValue("Kim")}), framework.Strings([]string{"sit", "roll"}),
	}
	bare := pet{types.StringValue(""), types.Int64Null(), types.ObjectNull(ownerTypes), types.ListNull(types.StringType)}
	for name, pets := range map[string][]pet{"none": {}, "one": {whole}, "many": {bare, whole, bare, bare}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want, got := tfsdk.State{Schema: petsSchema}, tfsdk.State{Schema: petsSchema}
			diags := want.Set(t.Context(), petsModel{types.StringValue("dog"), pets})
			diags.Append(got.Set(t.Context(), petsModel{types.StringValue("dog"), nil})...)
			diags.Append(framework.SetLongList(t.Context(), &got, "pets", slices.Values(pets))...)
			if diags.HasError() {
				t.Fatal(diags)
			}
			if !got.Raw.Equal(want.Raw) {
				t.Errorf("got %s\nwant %s", got.Raw, want.Raw)
			}
		})
	}
}

func TestSetLongList_refuses(t *testing.T) {
	t.Parallel()
	for name, set := range map[string]func(state *tfsdk.State) bool{
		"what is no list": func(state *tfsdk.State) bool {
			return framework.SetLongList(t.Context(), state, "kind", slices.Values([]pet{{}})).HasError()
		},
		"other objects": func(state *tfsdk.State) bool {
			return framework.SetLongList(t.Context(), state, "pets", slices.Values([]petsModel{{}})).HasError()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			state := tfsdk.State{Schema: petsSchema}
			if diags := state.Set(t.Context(), petsModel{Kind: types.StringValue("dog")}); diags.HasError() {
				t.Fatal(diags)
			}
			if !set(&state) {
				t.Error("it was taken")
			}
		})
	}
}
