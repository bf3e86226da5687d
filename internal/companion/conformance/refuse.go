// SPDX-License-Identifier: MPL-2.0

package conformance

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/conformance/shape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/conformance/verdict"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
)

// Limits of the sandbox, beyond which no sandbox is. See reference/commerce.md#integration-sandbox.
const (
	sandboxCustomers     = 75
	sandboxSubscriptions = 5
	sandboxLicenses      = 25
)

// Variables that name what may be bought in.
const (
	VariableTenant   = "PARTNERCENTER_SANDBOX_TENANT_ID"
	VariableCustomer = "PARTNERCENTER_PIN_ALLOWED_CUSTOMER_IDS"
)

// mayWrite refuses a level whose writes would be refused anyway, or must not be made here.
func (r *run) mayWrite(ctx context.Context) error {
	client := r.options.Settings.Client
	switch {
	case r.options.Level == verdict.Sandbox:
		return r.mayBuy(ctx)
	case r.options.Level == verdict.Read:
		return nil
	case client.ReadOnly && !client.AllowQuotes:
		return errors.New("PARTNERCENTER_READ_ONLY is set, which refuses carts, too: set PARTNERCENTER_QUOTE_PRICES=true beside it, or take the level read")
	case r.options.Customer == "" && len(client.AllowedCustomerIDs) > 0:
		r.options.Customer = client.AllowedCustomerIDs[0]
	case client.AllowedCustomerIDs != nil && !slices.ContainsFunc(client.AllowedCustomerIDs, func(id string) bool { return strings.EqualFold(id, r.options.Customer) }):
		return errors.New("-customer is none of those that " + VariableCustomer + " allows")
	}
	return nil
}

// mayBuy refuses purchases anywhere but in an integration sandbox: by what whoever runs this has said, by the tenant of the token, and by
// what the service answers.
func (r *run) mayBuy(ctx context.Context) error {
	allowed := r.options.Settings.Client.AllowedCustomerIDs
	switch {
	case !r.options.Buys:
		return errors.New("the level sandbox buys: give -buy-in-sandbox as well, if the tenant is that of an integration sandbox")
	case r.options.SandboxTenant == "":
		return errors.New("set " + VariableTenant + " to the tenant of the integration sandbox: nothing is bought in any other")
	case len(allowed) != 1:
		return errors.New("set " + VariableCustomer + " to the one customer that may be bought for")
	case r.options.Customer != "" && !strings.EqualFold(r.options.Customer, allowed[0]):
		return errors.New("-customer is another one than " + VariableCustomer + " allows")
	case r.options.Settings.Client.ReadOnly:
		return errors.New("PARTNERCENTER_READ_ONLY is set, so nothing can be bought")
	}
	r.options.Customer = allowed[0]
	if err := r.rightTenant(ctx); err != nil {
		return err
	}
	return r.isSandbox(ctx)
}

// rightTenant compares the token with what the environment names.
func (r *run) rightTenant(ctx context.Context) error {
	token, err := r.claims(ctx)
	if err != nil {
		return err
	}
	tenant := r.options.Settings.SignIn.Credentials.TenantID
	if token != nil {
		tenant = cmp.Or(token.Tenant, tenant)
	}
	if !strings.EqualFold(tenant, r.options.SandboxTenant) {
		return fmt.Errorf("%s names %s, and the sign-in is of tenant %s: nothing is bought there", VariableTenant, escape.ID(r.options.SandboxTenant), escape.ID(tenant))
	}
	return nil
}

// isSandbox looks for an answer that only production gives: the link that invites customers, the refusal of what only a sandbox can
// (reference/commerce.md#integration-sandbox), and more of anything than a sandbox has.
func (r *run) isSandbox(ctx context.Context) error {
	if r.get(ctx, "/v1/customers/relationshiprequests").ok() {
		return errors.New("this is production: it gives the link that invites customers, which a sandbox does not. Nothing was bought")
	}
	if x := r.post(ctx, ofCustomer(r.options.Customer, "/subscriptions/"+nobody+"/activate"), nil, nil); x.code() == "900127" {
		return errors.New("this is production: it refuses what only a sandbox does (900127). Nothing was bought")
	}
	if n := len(shape.List(r.get(ctx, "/v1/customers", "size", "100").doc(), "items")); n > sandboxCustomers {
		return fmt.Errorf("this is production: it has %d customers, and a sandbox at most %d. Nothing was bought", n, sandboxCustomers)
	}
	x := r.get(ctx, ofCustomer(r.options.Customer, "/subscriptions"))
	if !x.ok() {
		return fmt.Errorf("the subscriptions of the customer that may be bought for cannot be read: %s", said(x))
	}
	live := where(shape.List(x.doc(), "items"), isActive)
	large := slices.ContainsFunc(live, func(s any) bool { n, _ := shape.Number(s, "quantity"); return n > sandboxLicenses })
	if len(live) > sandboxSubscriptions || large {
		return fmt.Errorf("this is production, or the customer is: it has more than the %d subscriptions or %d licenses that a sandbox allows. Nothing was bought", sandboxSubscriptions, sandboxLicenses)
	}
	return nil
}
