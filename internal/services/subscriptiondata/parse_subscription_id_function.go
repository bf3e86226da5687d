// SPDX-License-Identifier: MPL-2.0

package subscriptiondata

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
)

// NewParseSubscriptionIDFunction takes the import id of a subscription apart.
func NewParseSubscriptionIDFunction() function.Function { return parseSubscriptionIDFunction{} }

type parseSubscriptionIDFunction struct{}

type subscriptionIDModel struct {
	CustomerID     types.String `tfsdk:"customer_id"`
	SubscriptionID types.String `tfsdk:"subscription_id"`
}

func (parseSubscriptionIDFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "parse_subscription_id"
}

func (parseSubscriptionIDFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary:             "Takes the import ID of a subscription apart.",
		MarkdownDescription: "Takes `customer_id/subscription_id`, the import ID of a subscription, apart. Both are answered in lower case, as imports keep them.",
		Parameters: []function.Parameter{function.StringParameter{
			Name: "subscription_id", MarkdownDescription: "ID such as `5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10/b94f7e60-1c2d-4b8a-a3f5-0d9e8c7b6a54`.",
		}},
		Return: function.ObjectReturn{AttributeTypes: map[string]attr.Type{"customer_id": types.StringType, "subscription_id": types.StringType}},
	}
}

func (parseSubscriptionIDFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var id string
	if resp.Error = req.Arguments.Get(ctx, &id); resp.Error != nil {
		return
	}
	parsed, err := parseSubscriptionID(id)
	if err != nil {
		resp.Error = function.NewArgumentFuncError(0, err.Error())
		return
	}
	resp.Error = resp.Result.Set(ctx, &parsed)
}

func parseSubscriptionID(id string) (subscriptionIDModel, error) {
	customerPart, subscription, found := strings.Cut(id, "/")
	switch {
	case !found && framework.IsGUID(id):
		return subscriptionIDModel{}, fmt.Errorf("%q is only one ID: the form is customer_id/subscription_id, because subscriptions are known by their customer", id)
	case !found:
		return subscriptionIDModel{}, fmt.Errorf("%q does not have the form customer_id/subscription_id", id)
	case !framework.IsGUID(customerPart):
		return subscriptionIDModel{}, fmt.Errorf("%q does not have the form customer_id/subscription_id: the customer ID %q is not a GUID", id, customerPart)
	case !framework.IsGUID(subscription):
		return subscriptionIDModel{}, fmt.Errorf("%q does not have the form customer_id/subscription_id: the subscription ID %q is not a GUID", id, subscription)
	}
	return subscriptionIDModel{types.StringValue(strings.ToLower(customerPart)), types.StringValue(strings.ToLower(subscription))}, nil
}
