// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"fmt"
	"maps"

	datasource "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	resource "github.com/hashicorp/terraform-plugin-framework/resource/schema"
)

// Computed is the attributes of a resource as a data source shows them: read only, with the same descriptions, so that a resource
// and its data sources cannot say different things.
func Computed(attributes map[string]resource.Attribute, overrides map[string]datasource.Attribute) map[string]datasource.Attribute {
	computed := make(map[string]datasource.Attribute, len(attributes))
	for name, attribute := range attributes {
		computed[name] = computedAttribute(attribute)
	}
	maps.Copy(computed, overrides)
	return computed
}

func computedAttribute(a resource.Attribute) datasource.Attribute {
	text, sensitive := a.GetMarkdownDescription(), a.IsSensitive()
	switch a := a.(type) {
	case resource.StringAttribute:
		return datasource.StringAttribute{Computed: true, CustomType: a.CustomType, MarkdownDescription: text, Sensitive: sensitive}
	case resource.Int64Attribute:
		return datasource.Int64Attribute{Computed: true, MarkdownDescription: text, Sensitive: sensitive}
	case resource.BoolAttribute:
		return datasource.BoolAttribute{Computed: true, MarkdownDescription: text, Sensitive: sensitive}
	case resource.ListAttribute:
		return datasource.ListAttribute{Computed: true, ElementType: a.ElementType, MarkdownDescription: text, Sensitive: sensitive}
	case resource.SingleNestedAttribute:
		return datasource.SingleNestedAttribute{Computed: true, Attributes: Computed(a.Attributes, nil), MarkdownDescription: text, Sensitive: sensitive}
	case resource.ListNestedAttribute:
		return datasource.ListNestedAttribute{
			Computed: true, MarkdownDescription: text, Sensitive: sensitive,
			NestedObject: datasource.NestedAttributeObject{Attributes: Computed(a.NestedObject.Attributes, nil)},
		}
	}
	panic(fmt.Sprintf("framework.Computed does not know %T; add it", a)) // found by the conventions test, which builds every schema
}
