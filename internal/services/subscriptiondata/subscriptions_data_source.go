// SPDX-License-Identifier: MPL-2.0

package subscriptiondata

import (
	"context"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
)

var _ datasource.DataSourceWithConfigure = (*subscriptionsDataSource)(nil)

// NewSubscriptionsDataSource lists the subscriptions of one, some or all customers.
func NewSubscriptionsDataSource() datasource.DataSource { return &subscriptionsDataSource{} }

type subscriptionsDataSource struct{ framework.DataSource }

type subscriptionsModel struct {
	filterModel

	CustomersLeftOut []leftOutModel `tfsdk:"customers_left_out"`
	Subscriptions    []listedModel  `tfsdk:"subscriptions"`
}

// leftOutModel is a customer whose subscriptions are missing in the list.
type leftOutModel struct {
	CustomerID  types.String `tfsdk:"customer_id"`
	CompanyName types.String `tfsdk:"company_name"`
}

// listedModel is a subscription in a list over customers.
type listedModel struct {
	subscriptionModel

	CompanyName types.String `tfsdk:"company_name"`
}

func (d *subscriptionsDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_subscriptions"
}

func (d *subscriptionsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := filters()
	attributes["customers_left_out"] = framework.ShownObjects("Customers whose subscriptions are missing here, because Partner Center refused to show them or failed on them; "+
		"empty where the list is whole. A `postcondition` on it stops a run that needs the whole list.", map[string]schema.Attribute{
		"customer_id":  framework.ShownText("Customer that was left out."),
		"company_name": framework.ShownText("Its company name."),
	})
	attributes["subscriptions"] = schema.ListNestedAttribute{
		Computed: true,
		MarkdownDescription: "What was found, in an order that stays the same: customers as they are named in `customer_ids`, or by company name; " +
			"the subscriptions of a customer by the date of their purchase.",
		NestedObject: schema.NestedAttributeObject{Attributes: subscriptionAttributes(map[string]schema.Attribute{
			"company_name": framework.ShownText("Company name of the customer; present when all customers are listed."),
		})},
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Subscriptions of one, some or all customers, ended ones included. It costs one request per customer: " +
			"the provider's `requests_per_minute` of 400 reads 300 customers in less than a minute, and the log (`TF_LOG=INFO`) shows how far it is.",
		Attributes: attributes,
	}
}

func (d *subscriptionsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config subscriptionsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	found := config.find(ctx, d.Client, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	config.CustomersLeftOut = framework.Each(leftOut(found), func(c **customer) leftOutModel {
		return leftOutModel{CustomerID: types.StringValue((*c).id), CompanyName: framework.String((*c).companyName)}
	})
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
	resp.Diagnostics.Append(framework.SetLongList(ctx, &resp.State, "subscriptions", listed(found))...)
}

// listed are the subscriptions of all customers, one after the other.
func listed(found []customer) iter.Seq[*listedModel] {
	return func(yield func(*listedModel) bool) {
		for _, c := range found {
			for i := range c.subscriptions {
				one := listedModel{CompanyName: framework.String(c.companyName)}
				one.CustomerID = types.StringValue(c.id)
				one.fromAPI(&c.subscriptions[i])
				if !yield(&one) {
					return
				}
			}
		}
	}
}
