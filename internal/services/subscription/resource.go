// SPDX-License-Identifier: MPL-2.0

// Package subscription is partnercenter_subscription: one subscription of a customer, from its purchase to its end. What is bought, changed
// and ended, and in which order, is decided in package commerce; here is what Terraform has to do with it: schema, mapping, plans,
// diagnostics.
package subscription

import (
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
)

// NewSubscriptionResource manages a subscription from purchase to cancellation.
func NewSubscriptionResource() resource.Resource { return &subscriptionResource{} }

// subscriptionResource knows nothing but the configured provider: the files beside this one give it its methods.
type subscriptionResource struct{ framework.Resource }
