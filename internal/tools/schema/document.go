// SPDX-License-Identifier: MPL-2.0

package main

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// The types below are the format of https://developer.hashicorp.com/terraform/cli/commands/providers/schema.

type document struct {
	FormatVersion string                    `json:"format_version"`
	Schemas       map[string]providerSchema `json:"provider_schemas"`
}

type providerSchema struct {
	Provider    schema              `json:"provider"`
	Resources   map[string]schema   `json:"resource_schemas,omitempty"`
	DataSources map[string]schema   `json:"data_source_schemas,omitempty"`
	Ephemeral   map[string]schema   `json:"ephemeral_resource_schemas,omitempty"`
	Lists       map[string]schema   `json:"list_resource_schemas,omitempty"`
	Actions     map[string]schema   `json:"action_schemas,omitempty"`
	Functions   map[string]function `json:"functions,omitempty"`
	Identities  map[string]identity `json:"resource_identity_schemas,omitempty"`
}

type schema struct {
	Version int64 `json:"version"`
	Block   block `json:"block"`
}

type block struct {
	Attributes map[string]attribute   `json:"attributes,omitempty"`
	Blocks     map[string]nestedBlock `json:"block_types,omitempty"`
	description
}

type nestedBlock struct {
	Nesting  string `json:"nesting_mode"`
	Block    block  `json:"block"`
	MinItems int64  `json:"min_items,omitempty"`
	MaxItems int64  `json:"max_items,omitempty"`
}

type attribute struct {
	Type   tftypes.Type `json:"type,omitempty"`
	Nested *nested      `json:"nested_type,omitempty"`
	description
	Required  bool `json:"required,omitempty"`
	Optional  bool `json:"optional,omitempty"`
	Computed  bool `json:"computed,omitempty"`
	Sensitive bool `json:"sensitive,omitempty"`
	WriteOnly bool `json:"write_only,omitempty"`
}

type nested struct {
	Attributes map[string]attribute `json:"attributes"`
	Nesting    string               `json:"nesting_mode"`
}

type description struct {
	Text       string `json:"description,omitempty"`
	Kind       string `json:"description_kind,omitempty"`
	Deprecated bool   `json:"deprecated,omitempty"`
}

type identity struct {
	Version    int64                        `json:"version"`
	Attributes map[string]identityAttribute `json:"attributes"`
}

type identityAttribute struct {
	Type        tftypes.Type `json:"type"`
	Description string       `json:"description,omitempty"`
	Required    bool         `json:"required_for_import,omitempty"`
	Optional    bool         `json:"optional_for_import,omitempty"`
}

type function struct {
	Description string       `json:"description,omitempty"`
	Summary     string       `json:"summary,omitempty"`
	Deprecation string       `json:"deprecation_message,omitempty"`
	Returns     tftypes.Type `json:"return_type"`
	Parameters  []parameter  `json:"parameters,omitempty"`
	Variadic    *parameter   `json:"variadic_parameter,omitempty"`
}

type parameter struct {
	Name        string       `json:"name"`
	Description string       `json:"description,omitempty"`
	Nullable    bool         `json:"is_nullable,omitempty"`
	Type        tftypes.Type `json:"type"`
}

func fromSchema(s *tfprotov6.Schema) schema {
	return schema{Version: s.Version, Block: fromBlock(s.Block)}
}

func fromBlock(b *tfprotov6.SchemaBlock) block {
	to := block{
		Attributes:  fromAttributes(b.Attributes),
		Blocks:      make(map[string]nestedBlock, len(b.BlockTypes)),
		description: describe(b.Description, b.DescriptionKind, b.Deprecated),
	}
	for _, n := range b.BlockTypes {
		to.Blocks[n.TypeName] = nestedBlock{
			Nesting: strings.ToLower(n.Nesting.String()), Block: fromBlock(n.Block), MinItems: n.MinItems, MaxItems: n.MaxItems,
		}
	}
	return to
}

func fromAttributes(attributes []*tfprotov6.SchemaAttribute) map[string]attribute {
	to := make(map[string]attribute, len(attributes))
	for _, a := range attributes {
		one := attribute{
			Type:        a.Type,
			description: describe(a.Description, a.DescriptionKind, a.Deprecated),
			Required:    a.Required, Optional: a.Optional, Computed: a.Computed, Sensitive: a.Sensitive, WriteOnly: a.WriteOnly,
		}
		if a.NestedType != nil {
			one.Type = nil
			one.Nested = &nested{Attributes: fromAttributes(a.NestedType.Attributes), Nesting: strings.ToLower(a.NestedType.Nesting.String())}
		}
		to[a.Name] = one
	}
	return to
}

func describe(text string, kind tfprotov6.StringKind, deprecated bool) description {
	return description{Text: text, Kind: strings.ToLower(kind.String()), Deprecated: deprecated}
}

func fromIdentity(i *tfprotov6.ResourceIdentitySchema) identity {
	to := identity{Version: i.Version, Attributes: make(map[string]identityAttribute, len(i.IdentityAttributes))}
	for _, a := range i.IdentityAttributes {
		to.Attributes[a.Name] = identityAttribute{Type: a.Type, Description: a.Description, Required: a.RequiredForImport, Optional: a.OptionalForImport}
	}
	return to
}

func fromFunction(f *tfprotov6.Function) function {
	to := function{Description: f.Description, Summary: f.Summary, Deprecation: f.DeprecationMessage, Returns: f.Return.Type}
	for _, p := range f.Parameters {
		to.Parameters = append(to.Parameters, fromParameter(p))
	}
	if f.VariadicParameter != nil {
		variadic := fromParameter(f.VariadicParameter)
		to.Variadic = &variadic
	}
	return to
}

func fromParameter(p *tfprotov6.FunctionParameter) parameter {
	return parameter{Name: p.Name, Description: p.Description, Nullable: p.AllowNullValue, Type: p.Type}
}
