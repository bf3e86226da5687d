// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"github.com/hashicorp/terraform-plugin-framework-timetypes/timetypes"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// ShownText is a text that a data source answers with.
func ShownText(description string) schema.StringAttribute {
	return schema.StringAttribute{Computed: true, MarkdownDescription: description}
}

// ShownPrivate is a text about a person, which stays out of the CLI's output.
func ShownPrivate(description string) schema.StringAttribute {
	return schema.StringAttribute{Computed: true, Sensitive: true, MarkdownDescription: description}
}

// ShownTime is an instant that a data source answers with, RFC 3339 in UTC.
func ShownTime(description string) schema.StringAttribute {
	return schema.StringAttribute{Computed: true, CustomType: timetypes.RFC3339Type{}, MarkdownDescription: description}
}

// ShownNumber is a whole number that a data source answers with; amounts are ShownText, because they are exact decimals.
func ShownNumber(description string) schema.Int64Attribute {
	return schema.Int64Attribute{Computed: true, MarkdownDescription: description}
}

// ShownFlag is a truth that a data source answers with.
func ShownFlag(description string) schema.BoolAttribute {
	return schema.BoolAttribute{Computed: true, MarkdownDescription: description}
}

// ShownTexts is a list of texts that a data source answers with.
func ShownTexts(description string) schema.ListAttribute {
	return schema.ListAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: description}
}

// ShownObject is an object that a data source answers with.
func ShownObject(description string, attributes map[string]schema.Attribute) schema.SingleNestedAttribute {
	return schema.SingleNestedAttribute{Computed: true, Attributes: attributes, MarkdownDescription: description}
}

// ShownObjects is a list of objects that a data source answers with.
func ShownObjects(description string, attributes map[string]schema.Attribute) schema.ListNestedAttribute {
	return schema.ListNestedAttribute{
		Computed: true, MarkdownDescription: description, NestedObject: schema.NestedAttributeObject{Attributes: attributes},
	}
}

// Each maps a list of Partner Center's; the result is never nil, because an empty list is not an absent one.
func Each[T, M any](items []T, fromAPI func(*T) M) []M {
	mapped := make([]M, 0, len(items))
	for i := range items {
		mapped = append(mapped, fromAPI(&items[i]))
	}
	return mapped
}

// Positive is null for 0 and less, where that is how Partner Center leaves a limit out.
func Positive(n int64) types.Int64 {
	if n <= 0 {
		return types.Int64Null()
	}
	return types.Int64Value(n)
}
