// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// productModel is a product as every data source shows it.
type productModel struct {
	ID                        types.String `tfsdk:"id"`
	Title                     types.String `tfsdk:"title"`
	PublisherName             types.String `tfsdk:"publisher_name"`
	Description               types.String `tfsdk:"description"`
	IsMicrosoftProduct        types.Bool   `tfsdk:"is_microsoft_product"`
	ProductType               types.String `tfsdk:"product_type"`
	ProductTypeID             types.String `tfsdk:"product_type_id"`
	ProductTypeDisplayName    types.String `tfsdk:"product_type_display_name"`
	ProductSubTypeID          types.String `tfsdk:"product_sub_type_id"`
	ProductSubTypeDisplayName types.String `tfsdk:"product_sub_type_display_name"`
}

func productFromAPI(p *partnercenter.Product) productModel {
	return productModel{
		ID: framework.String(p.ID), Title: framework.String(p.Title), PublisherName: framework.String(p.PublisherName),
		Description: framework.String(p.Description), IsMicrosoftProduct: types.BoolPointerValue(p.IsMicrosoftProduct),
		ProductType: types.StringValue(string(p.Family())), ProductTypeID: framework.String(p.ProductType.ID),
		ProductTypeDisplayName: framework.String(p.ProductType.DisplayName), ProductSubTypeID: framework.String(p.ProductType.SubType.ID),
		ProductSubTypeDisplayName: framework.String(p.ProductType.SubType.DisplayName),
	}
}

func productAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":                            framework.ShownText("ID of the product, 12 characters."),
		"title":                         framework.ShownText("Title of the product."),
		"publisher_name":                framework.ShownText("Publisher of the product."),
		"description":                   framework.ShownText("What the publisher says about it; may hold HTML."),
		"is_microsoft_product":          framework.ShownFlag("Whether Microsoft is the publisher."),
		"product_type":                  framework.ShownText("Kind of product, as subscriptions name it: `marketplace_saas`, `new_commerce`, `legacy`, `azure`, `software` or `other`."),
		"product_type_id":               framework.ShownText("Partner Center's own type, such as `OnlineServicesNCE`; marketplace SaaS hides behind `Azure`."),
		"product_type_display_name":     framework.ShownText("Name of Partner Center's type."),
		"product_sub_type_id":           framework.ShownText("Partner Center's finer type, such as `SaaS`; most types have none."),
		"product_sub_type_display_name": framework.ShownText("Name of Partner Center's finer type."),
	}
}
