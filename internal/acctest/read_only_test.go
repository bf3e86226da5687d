// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/provider"
)

// rails are the settings that keep changes from leaving the machine.
var rails = map[string]string{
	"read_only":            "true",
	"allowed_customer_ids": fmt.Sprintf("[%q]", emulator.CustomerHarbour), // none of the customers below
}

// office is the subscription of which the changes below are made.
func office(lines ...string) string {
	return fmt.Sprintf(`
resource "partnercenter_subscription" "test" {
  customer_id   = %q
  product_id    = %q
  sku_id        = "0001"
  term_duration = "P1M"
  billing_cycle = "monthly"
  %s
}
`, emulator.CustomerKaffeehaus, emulator.ProductOffice, strings.Join(lines, "\n  "))
}

func licenses(quantity int) string {
	return fmt.Sprintf("resource \"partnercenter_license_quantity\" \"test\" {\n  customer_id = %q\n  subscription_id = %q\n  quantity = %d\n}\n",
		emulator.CustomerNordwind, emulator.SubscriptionOffice, quantity)
}

func cart(quantity int) string {
	return fmt.Sprintf("resource \"partnercenter_cart\" \"test\" {\n  customer_id = %q\n  line_items = [{ product_id = %q, sku_id = \"0001\", quantity = %d }]\n}\n",
		emulator.CustomerKaffeehaus, emulator.ProductArchive, quantity)
}

// newCustomer is somebody nobody has heard of.
const newCustomer = `
resource "partnercenter_customer" "test" {
  domain = "fjordlabor.onmicrosoft.com"
  billing_profile = {
    company_name = "Fjordlabor AG"
    email        = "einkauf@fjordlabor.example"
    culture      = "de-DE"
    language     = "de"
    default_address = {
      first_name    = "Mira"
      last_name     = "Kolb"
      address_line1 = "Hafenweg 12"
      city          = "Kiel"
      state         = "SH"
      postal_code   = "24103"
      country       = "DE"
    }
  }
}
`

// fromCart buys the line of a cart that exists.
func fromCart() string {
	return cart(5) + fmt.Sprintf("resource \"partnercenter_subscription\" \"test\" {\n  customer_id = %q\n  product_id = %q\n  sku_id = \"0001\"\n  quantity = 5\n  cart_id = partnercenter_cart.test.id\n}\n",
		emulator.CustomerKaffeehaus, emulator.ProductArchive)
}

// TestAccReadOnly plans every kind of change in full, and sees its apply refused with nothing sent, under each of the rails.
func TestAccReadOnly(t *testing.T) {
	t.Parallel()
	seven := []string{"quantity = 7", `friendly_name = "till"`}
	with := func(lines ...string) string { return office(append(slices.Clone(seven), lines...)...) }
	nextTerm := fmt.Sprintf(`scheduled_next_term_instructions = { product_id = %q, sku_id = "0001", term_duration = "P1M", billing_cycle = "monthly", quantity = 3 }`, emulator.ProductOffice)
	kinds := map[string]struct{ before, after string }{
		"partnercenter_subscription: buy":              {"", with()},
		"partnercenter_subscription: buy from a cart":  {cart(5), fromCart()},
		"partnercenter_subscription: quantity":         {with(), office("quantity = 9", `friendly_name = "till"`)},
		"partnercenter_subscription: nickname":         {with(), office("quantity = 7", `friendly_name = "counter"`)},
		"partnercenter_subscription: renewal":          {with(), with("auto_renew_enabled = false")},
		"partnercenter_subscription: next term":        {with(), with(nextTerm)},
		"partnercenter_subscription: suspend":          {with(`suspended = false`), with(`suspended = true`)},
		"partnercenter_subscription: reseller":         {with(), with(fmt.Sprintf("partner_id = %q", emulator.ResellerRheinwerk))},
		"partnercenter_subscription: longer term":      {with(), strings.Replace(with(), "P1M", "P1Y", 1)},
		"partnercenter_subscription: replace":          {with("allow_replacement = true"), strings.Replace(with("allow_replacement = true"), emulator.ProductOffice, emulator.ProductOfficePlus, 1)},
		"partnercenter_subscription: end":              {with(), ""},
		"partnercenter_subscription: cancel":           {with(`deletion_policy = "cancel"`), ""},
		"partnercenter_cart: create":                   {"", cart(5)},
		"partnercenter_cart: replace":                  {cart(5), cart(6)},
		"partnercenter_customer: create":               {"", newCustomer},
		"partnercenter_license_quantity: take over":    {"", licenses(45)},
		"partnercenter_license_quantity: quantity":     {licenses(43), licenses(45)},
		"partnercenter_license_quantity: give it back": {licenses(45), licenses(43)},
	}
	expectKinds(t, slices.Sorted(maps.Keys(kinds)))
	for rail, setting := range rails {
		for kind, test := range kinds {
			t.Run(rail+"/"+kind, func(t *testing.T) {
				t.Parallel()
				emu := acctest.New(t)
				w := acctest.NewWorkspace(t, emu, test.before)
				w.MustApply()
				emu.ForgetRequests()
				w.Configure(fmt.Sprintf("provider \"partnercenter\" {\n  %s = %s\n}\n", rail, setting) + test.after)
				out, code := w.Run("plan", "-input=false", "-detailed-exitcode")
				early := rail == "allowed_customer_ids" && refusedBy(rail, out, code) // where the plan asks for a price
				if !early && (code != 2 || !strings.Contains(out, "Plan: ")) {
					t.Errorf("the plan ends with %d:\n%s", code, out)
				}
				if out, code = w.Apply(); !refusedBy(rail, out, code) {
					t.Errorf("the apply ends with %d:\n%s", code, out)
				}
				if writes := emu.Writes(); len(writes) > 0 {
					t.Errorf("%s %s was sent", writes[0].Method, writes[0].Path)
				}
			})
		}
	}
}

// refusedBy holds for a command that a restriction of the provider has ended.
func refusedBy(rail, out string, code int) bool {
	said := strings.Join(strings.Fields(out), " ")
	return code == 1 && strings.Contains(said, rail) && strings.Contains(said, "nothing was sent")
}

// expectKinds fails the test when a resource of the provider is not among those whose changes are refused.
func expectKinds(t *testing.T, kinds []string) {
	t.Helper()
	_, schemas := serving(t, acctest.New(t), nil)
	for name := range schemas.ResourceSchemas {
		if !slices.ContainsFunc(kinds, func(kind string) bool { return strings.HasPrefix(kind, name+":") }) {
			t.Errorf("no change of %s is tried", name)
		}
	}
}

// TestReadOnly_actions invokes every action there is, as a CLI does, under each of the rails.
func TestReadOnly_actions(t *testing.T) {
	t.Parallel()
	on := func(customer, subscription string, more ...string) map[string]string {
		config := map[string]string{"customer_id": customer, "subscription_id": subscription}
		for i := 0; i+1 < len(more); i += 2 {
			config[more[i]] = more[i+1]
		}
		return config
	}
	configs := map[string]map[string]string{
		"partnercenter_activate_subscription":   on(emulator.CustomerNordwind, emulator.SubscriptionUnactivated),
		"partnercenter_cancel_subscription":     on(emulator.CustomerNordwind, emulator.SubscriptionFreshOffice),
		"partnercenter_reactivate_subscription": on(emulator.CustomerHarbour, emulator.SubscriptionSuspended),
		"partnercenter_request_customer_agreement": {
			"customer_id": emulator.CustomerSonnenhof, "country": "DE", "language": "de-DE", "company_name": "Sonnenhof Werkstatt", "signatory_first_name": "Karl", "signatory_last_name": "Ott",
		},
		"partnercenter_suspend_subscription": on(emulator.CustomerNordwind, emulator.SubscriptionOffice),
		"partnercenter_transition_subscription": on(emulator.CustomerNordwind, emulator.SubscriptionOffice,
			"to_product_id", emulator.ProductOfficePlus, "to_sku_id", "0001", "transition_type", "transition_only"),
	}
	elsewhere := []tftypes.Value{tftypes.NewValue(tftypes.String, emulator.CustomerAltstadt)}
	for rail, value := range map[string]any{"read_only": true, "allowed_customer_ids": elsewhere} {
		emu := acctest.New(t)
		server, schemas := serving(t, emu, map[string]any{rail: value})
		for name, action := range schemas.ActionSchemas {
			config, ok := configs[name]
			if !ok {
				t.Errorf("%s is not tried", name)
				continue
			}
			given := map[string]any{}
			for attribute, text := range config {
				given[attribute] = text
			}
			stream, err := server.(tfprotov6.ActionServer).InvokeAction(t.Context(), &tfprotov6.InvokeActionRequest{ActionType: name, Config: object(t, action.Schema, given)})
			if err != nil {
				t.Fatal(err)
			}
			var said strings.Builder
			for event := range stream.Events {
				if completed, ok := event.Type.(tfprotov6.CompletedInvokeActionEventType); ok {
					said.WriteString(texts(completed.Diagnostics))
				}
			}
			if !strings.Contains(said.String(), rail) {
				t.Errorf("%s: %s ends with %q", rail, name, said.String())
			}
		}
		if writes := emu.Writes(); len(writes) > 0 {
			t.Errorf("%s: %s %s was sent", rail, writes[0].Method, writes[0].Path)
		}
	}
}

// serving is the provider with this configuration, spoken to as a CLI does.
func serving(t *testing.T, emu *emulator.Server, config map[string]any) (tfprotov6.ProviderServer, *tfprotov6.GetProviderSchemaResponse) {
	t.Helper()
	server, err := acctest.Factories(emu)[provider.TypeName]()
	if err != nil {
		t.Fatal(err)
	}
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	configured, err := server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{TerraformVersion: "1.14.0", Config: object(t, schemas.Provider, config)})
	if err != nil || len(configured.Diagnostics) > 0 {
		t.Fatalf("the provider cannot be configured: %v %s", err, texts(configured.Diagnostics))
	}
	return server, schemas
}

// object is a configuration with these attributes; the others are null.
func object(t *testing.T, schema *tfprotov6.Schema, given map[string]any) *tfprotov6.DynamicValue {
	t.Helper()
	of := schema.ValueType().(tftypes.Object)
	values := map[string]tftypes.Value{}
	for name, kind := range of.AttributeTypes {
		values[name] = tftypes.NewValue(kind, given[name])
	}
	value, err := tfprotov6.NewDynamicValue(of, tftypes.NewValue(of, values))
	if err != nil {
		t.Fatal(err)
	}
	return &value
}

func texts(diagnostics []*tfprotov6.Diagnostic) string {
	var all strings.Builder
	for _, d := range diagnostics {
		all.WriteString(d.Summary + ": " + d.Detail + "\n")
	}
	return all.String()
}
