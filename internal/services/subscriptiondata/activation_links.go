// SPDX-License-Identifier: MPL-2.0

package subscriptiondata

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// activationLinksModel is where to look for activation links, and those that were found.
type activationLinksModel struct {
	CustomerID          types.String          `tfsdk:"customer_id"`
	SubscriptionID      types.String          `tfsdk:"subscription_id"`
	OrderID             types.String          `tfsdk:"order_id"`
	OrderLineItemNumber types.Int64           `tfsdk:"order_line_item_number"`
	ActivationLinks     []activationLinkModel `tfsdk:"activation_links"`
}

type activationLinkModel struct {
	LineItemNumber types.Int64  `tfsdk:"line_item_number"`
	URI            types.String `tfsdk:"uri"`
}

// readTimeout is how long the links are waited for.
const readTimeout = 5 * time.Minute

// What the data source and the ephemeral resource say alike.
const (
	aboutActivationLinks = "The publisher's personalized links with which a person, usually of the customer, sets up a marketplace subscription at the publisher: the last step after a purchase. " +
		"Billing starts when the publisher has activated it, and until then Partner Center changes nothing about it. A link works like a credential and lives for about a day; read it again when it is needed."
	aboutLinkCustomer     = "Customer the subscription or order belongs to: its tenant ID, which Partner Center shows as \"Microsoft ID\"."
	aboutLinkSubscription = "Subscription to set up. Either this or `order_id` is needed."
	aboutLinkOrder        = "Order whose subscriptions are to be set up."
	aboutLinkLine         = "One line of the order, counted from 0; all lines when it is left out."
	aboutLinks            = "The links. There are none while the order is pending, for products without a set-up at a publisher, and for subscriptions that have ended."
	aboutLinkNumber       = "Line of the order that the link belongs to."
	aboutLinkURI          = "Address to open in a browser, signed in as the customer. In the integration sandbox it is a dummy; use action `partnercenter_activate_subscription` there."
)

var (
	linkSubscriptionValidators = []validator.String{framework.GUID("a subscription ID")}
	linkOrderValidators        = []validator.String{stringvalidator.LengthAtLeast(1)}
	linkLineValidators         = []validator.Int64{int64validator.AtLeast(0), int64validator.AlsoRequires(path.MatchRoot("order_id"))}

	linkPlaces = []path.Expression{path.MatchRoot("subscription_id"), path.MatchRoot("order_id")} // exactly one of them is needed
)

// read fills in the links. Right after a purchase Partner Center may not know the collection yet, which is not the same as a wrong id.
func (m *activationLinksModel) read(ctx context.Context, client *partnercenter.Client) error {
	ctx, cancel := client.WithTimeout(ctx, readTimeout)
	defer cancel()
	links, err := m.find(ctx, client)
	if partnercenter.IsNotFound(err) && m.exists(ctx, client) {
		links, err = nil, nil
	}
	if err != nil {
		return err
	}
	m.ActivationLinks = framework.Each(links, func(l *partnercenter.ActivationLink) activationLinkModel {
		return activationLinkModel{LineItemNumber: types.Int64Value(int64(l.LineItemNumber)), URI: types.StringValue(l.URI.Reveal())}
	})
	return nil
}

func (m *activationLinksModel) find(ctx context.Context, client *partnercenter.Client) ([]partnercenter.ActivationLink, error) {
	customerID, orderID := m.CustomerID.ValueString(), m.OrderID.ValueString()
	switch {
	case !m.SubscriptionID.IsNull():
		return client.ActivationLinks(ctx, customerID, m.SubscriptionID.ValueString())
	case !m.OrderLineItemNumber.IsNull():
		return client.OrderLineActivationLinks(ctx, customerID, orderID, m.OrderLineItemNumber.ValueInt64())
	}
	return client.OrderActivationLinks(ctx, customerID, orderID)
}

// exists reports that Partner Center knows what the links were asked for.
func (m *activationLinksModel) exists(ctx context.Context, client *partnercenter.Client) bool {
	var err error
	if m.SubscriptionID.IsNull() {
		_, err = client.Order(ctx, m.CustomerID.ValueString(), m.OrderID.ValueString())
	} else {
		_, err = client.Subscription(ctx, m.CustomerID.ValueString(), m.SubscriptionID.ValueString())
	}
	return err == nil
}
