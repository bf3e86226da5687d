// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/signin"
)

// perCustomer is how many subscriptions each customer has, changed how many of the estate the apply changes.
const (
	perCustomer = 50
	changed     = 50
)

// kind is what an estate is made of.
type measuredProvider struct {
	name     string
	required string // the required_providers block
	resource func(name string, o object) string
	adopt    func(name string, o object) string // the import block that takes it over; without one it is created
	binary   string                             // path of its package, "" for what is built into the CLI
	program  string                             // name of the provider's program
	calls    bool                               // talks to the emulator
	shares   bool                               // one request for all reads of a customer
	stateOf  string                             // the kind whose state it takes over as it is
}

// Names of kinds.
const (
	shared     = "shared"
	separate   = "separate"
	sameSchema = "same schema"
	noOp       = "no-op"
	builtIn    = "terraform_data"
)

const host = "bench.example/bench/" // a registry that nobody asks: the providers lie in a folder

func required(name string) string {
	return fmt.Sprintf("terraform {\n  required_providers {\n    %s = { source = %q }\n  }\n}\n", name, host+name)
}

// subscription is written as examples/adopt-estate writes it: a block for each, with its values.
func subscription(name string, o object) string {
	return fmt.Sprintf(`
resource "partnercenter_subscription" %q {
  customer_id   = %q
  product_id    = %q
  sku_id        = %q
  friendly_name = %q
  quantity      = %d
  term_duration = "P1Y"
  billing_cycle = "monthly"
}
`, name, o.customerID, o.productID, o.skuID, o.friendlyName, o.quantity)
}

func adoption(name string, o object) string {
	return fmt.Sprintf("\nimport {\n  to = partnercenter_subscription.%s\n  id = %q\n}\n", name, o.customerID+"/"+o.id)
}

func noopThing(name string, o object) string {
	return fmt.Sprintf("\nresource \"noop_thing\" %q {\n  value = \"%s: %d\"\n}\n", name, o.friendlyName, o.quantity)
}

func builtInThing(name string, o object) string {
	return fmt.Sprintf("\nresource \"terraform_data\" %q {\n  input = \"%s: %d\"\n}\n", name, o.friendlyName, o.quantity)
}

// kinds in the order of the table: the provider as it is, with separate reads, with nothing behind its schema; the least that a provider
// can be, and what is built in.
var kinds = []measuredProvider{
	{
		name: shared, required: required("partnercenter"), resource: subscription, adopt: adoption,
		binary: ".", program: "terraform-provider-partnercenter", calls: true, shares: true,
	},
	{
		name: separate, required: required("partnercenter"), resource: subscription, stateOf: shared,
		binary: "./internal/bench/separate", program: "terraform-provider-partnercenter", calls: true,
	},
	{
		name: sameSchema, required: required("partnercenter"), resource: subscription, stateOf: shared,
		binary: "./internal/bench/sameschema", program: "terraform-provider-partnercenter",
	},
	{
		name: noOp, required: required("noop"), resource: noopThing,
		binary: "./internal/bench/noop", program: "terraform-provider-noop",
	},
	{
		name:     builtIn,
		resource: builtInThing,
	},
}

// object is one subscription of the estate.
type object struct {
	customerID, id, productID, skuID, friendlyName string
	quantity                                       int64
	number                                         int // in the estate
}

// estateOf is the first n subscriptions of the emulator's large tenant.
func estateOf(ctx context.Context, emu *emulator.Server, n int) ([]object, error) {
	client, err := clientOf(emu)
	if err != nil {
		return nil, err
	}
	var found []object
	for customer := range customers(n) {
		id := emulator.LargeCustomer(customer)
		held, err := client.Subscriptions(ctx, id, partnercenter.SubscriptionsQuery{})
		if err != nil {
			return nil, err
		}
		for _, s := range held {
			found = append(found, object{id, s.ID, s.ProductID(), s.SkuID(), s.FriendlyName, int64(s.Quantity), len(found)})
		}
	}
	return found[:n], nil
}

// holdersIn is how many customers the tenant has, those of the sample tenant included.
func holdersIn(ctx context.Context, emu *emulator.Server) (int, error) {
	client, err := clientOf(emu)
	if err != nil {
		return 0, err
	}
	all, err := client.Customers(ctx, partnercenter.CustomersQuery{})
	return len(all), err
}

func clientOf(emu *emulator.Server) (*partnercenter.Client, error) {
	tokens, err := signin.New(signin.Options{
		AuthorityHost: emu.URL,
		Credentials:   signin.Credentials{TenantID: emu.TenantID(), ClientID: emulator.ClientID, ClientSecret: emulator.ClientSecret},
	})
	if err != nil {
		return nil, err
	}
	return partnercenter.New(partnercenter.Options{Endpoint: emu.URL, Tokens: tokens, RequestsPerMinute: unlimited})
}

func customers(n int) int { return (n + perCustomer - 1) / perCustomer }

// write makes the configuration of an estate in a folder; with more > 0, so many of its subscriptions, spread over all customers, have
// one license more.
func (k measuredProvider) write(dir string, estate []object, more int, adopt bool) error {
	var text strings.Builder
	text.WriteString(k.required)
	for i, o := range estate {
		if i*more/len(estate) != (i+1)*more/len(estate) {
			o.quantity++
		}
		name := fmt.Sprintf("s%05d", o.number)
		text.WriteString(k.resource(name, o))
		if adopt && k.adopt != nil {
			text.WriteString(k.adopt(name, o))
		}
	}
	return os.WriteFile(filepath.Join(dir, "main.tf"), []byte(text.String()), 0o600)
}
