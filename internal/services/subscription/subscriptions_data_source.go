// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	resourceschema "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
)

var _ datasource.DataSourceWithConfigure = (*subscriptionsDataSource)(nil)

// NewSubscriptionsDataSource lists the subscriptions of one, some or all customers.
func NewSubscriptionsDataSource() datasource.DataSource { return &subscriptionsDataSource{} }

type subscriptionsDataSource struct{ framework.DataSource }

type subscriptionsModel struct {
	filterModel

	Subscriptions []listedModel `tfsdk:"subscriptions"`
}

// listedModel is a subscription in a list over customers.
type listedModel struct {
	subscriptionDataModel

	CompanyName types.String `tfsdk:"company_name"`
}

func (d *subscriptionsDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_subscriptions"
}

func (d *subscriptionsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	listed := shown()
	listed["company_name"] = resourceschema.StringAttribute{Computed: true, MarkdownDescription: "Company name of the customer; present when all customers are listed."}
	attributes := filters()
	attributes["subscriptions"] = schema.ListNestedAttribute{
		Computed: true,
		MarkdownDescription: "What was found, in an order that stays the same: customers as they are named in `customer_ids`, or by company name; " +
			"the subscriptions of a customer by the date of their purchase.",
		NestedObject: schema.NestedAttributeObject{Attributes: framework.Computed(listed, nil)},
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
	resp.Diagnostics.Append(resp.State.Set(ctx, &config)...)
	resp.Diagnostics.Append(framework.SetLongList(ctx, &resp.State, "subscriptions", listed(found))...)
}

// listed are the subscriptions of all customers, one after the other.
func listed(found []holding) iter.Seq[*listedModel] {
	return func(yield func(*listedModel) bool) {
		for _, h := range found {
			for i := range h.subscriptions {
				one := listedModel{CompanyName: framework.String(h.companyName)}
				one.CustomerID = types.StringValue(h.customerID)
				one.fromAPI(&h.subscriptions[i])
				if !yield(&one) {
					return
				}
			}
		}
	}
}
