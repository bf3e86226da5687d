// SPDX-License-Identifier: MPL-2.0

// Package catalog is what people write in HCL about what can be bought: products, their SKUs and availabilities.
package catalog

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// scopeModel says whose catalog is read.
type scopeModel struct {
	CustomerID types.String `tfsdk:"customer_id"`
	Country    types.String `tfsdk:"country"`
}

func (m scopeModel) toScope() partnercenter.CatalogScope {
	return partnercenter.CatalogScope{CustomerID: m.CustomerID.ValueString(), Country: m.Country.ValueString()}
}

// listScopeModel is scopeModel for lists, which know segments too.
type listScopeModel struct {
	scopeModel

	TargetSegment types.String `tfsdk:"target_segment"`
}

func (m listScopeModel) toScope() partnercenter.CatalogScope {
	scope := m.scopeModel.toScope()
	scope.TargetSegment = m.TargetSegment.ValueString()
	return scope
}

// scoped adds the attributes of scopeModel.
func scoped(attributes map[string]schema.Attribute) map[string]schema.Attribute {
	attributes["customer_id"] = schema.StringAttribute{
		Optional: true, Validators: []validator.String{
			framework.GUID("a customer ID"), stringvalidator.ExactlyOneOf(path.MatchRoot("customer_id"), path.MatchRoot("country")),
		},
		MarkdownDescription: "Customer to look for: only what this customer may buy is found. Either this or `country` is required.",
	}
	attributes["country"] = schema.StringAttribute{
		Optional: true, Validators: []validator.String{framework.Country()},
		MarkdownDescription: "Country to look in, ISO 3166 alpha-2, without a customer. Either this or `customer_id` is required.",
	}
	return attributes
}

// listScoped adds the attributes of listScopeModel.
func listScoped(attributes map[string]schema.Attribute) map[string]schema.Attribute {
	attributes["target_segment"] = schema.StringAttribute{
		Optional: true, Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
		MarkdownDescription: "Only offers for this segment: `commercial`, `education`, `government` or `nonprofit`. Left out, Partner Center answers with all but nonprofit ones.",
	}
	return scoped(attributes)
}
