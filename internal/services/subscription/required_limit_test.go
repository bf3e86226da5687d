// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// A purchase without price_limit is refused where one is required, also where its price or what is bought is not known at plan.
func TestAccSubscription_requiredLimit(t *testing.T) {
	t.Parallel()
	const missing = `Price limit missing`
	later := func(value string) string {
		return "resource \"terraform_data\" \"later\" {\n  input = " + value + "\n}\n"
	}
	cart := func() string {
		return fmt.Sprintf("resource \"partnercenter_cart\" \"test\" {\n  customer_id = %q\n  line_items = [{ product_id = %q, sku_id = \"0001\", quantity = 5, term_duration = \"P1Y\", billing_cycle = \"monthly\", friendly_name = \"one\" }]\n}\n",
			emulator.CustomerKaffeehaus, emulator.ProductOffice)
	}
	for name, test := range map[string]struct {
		quotes bool
		config string
		want   string // "" buys
		bought int
	}{
		"quotes are off":       {false, office("quantity = 5", `friendly_name = "one"`), missing, 0},
		"quotes are on":        {true, office("quantity = 5", `friendly_name = "one"`), `price_limit = { total = "702.00", currency = "EUR" }`, 0},
		"within a limit":       {false, office("quantity = 5", `friendly_name = "one"`, `price_limit = { total = "702.00", currency = "EUR" }`), "", 1},
		"unknown quantity":     {true, later("5") + office("quantity = terraform_data.later.output", `friendly_name = "one"`), missing, 0},
		"unknown SKU":          {true, later(`"0001"`) + strings.Replace(office("quantity = 5", `friendly_name = "one"`), `"0001"`, "terraform_data.later.output", 1), missing, 0},
		"cart of this run":     {true, cart() + office("quantity = 5", `friendly_name = "one"`, "cart_id = partnercenter_cart.test.id", "cart_line_item = 0"), missing, 0},
		"limit of an unknown":  {true, later(`"702.00"`) + office("quantity = 5", `friendly_name = "one"`, `price_limit = { total = terraform_data.later.output, currency = "EUR" }`), "", 1},
		"limit unknown in all": {true, later(`{ total = "702.00", currency = "EUR" }`) + office("quantity = 5", `friendly_name = "one"`, `price_limit = terraform_data.later.output`), "", 1},
		"adoption": {false, subscription(emulator.CustomerNordwind, emulator.ProductOffice, `friendly_name = "Verwaltung"`, `quantity = 43`, `term_duration = "P1Y"`, `billing_cycle = "monthly"`, `on_existing = "adopt"`),
			"", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			w := acctest.NewWorkspace(t, emu, configured("require_price_limit = true", fmt.Sprint("quote_prices = ", test.quotes))+test.config)
			out, code := w.Run("plan", "-input=false")
			if refused := test.want != ""; refused != (code != 0) || refused && !words(test.want).MatchString(out) {
				t.Errorf("plan ended with %d, want %q:\n%s", code, test.want, out)
			}
			if out, code := w.Apply(); (code == 0) != (test.want == "") {
				t.Errorf("apply ended with %d:\n%s", code, out)
			}
			expectPurchases(t, emu, test.bought)
		})
	}
}

// A cart that has expired has no price: what it bought before may still be there, and what is bought otherwise needs a limit.
func TestSubscription_requiredLimitOfExpiredCart(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t)
	p := speak(t, emu).require()
	kind := p.resourceType()
	config := p.wanted()
	config["cart_id"], config["cart_line_item"] = textValue("0d95b7c2-e34f-4816-a7b0-c92e6d1f58a3"), tftypes.NewValue(tftypes.Number, 0)
	proposed := (&managedOne{t: t, emu: emu}).proposed(p, p.value(kind, config))
	said := p.saysOf(subscriptionType, &tfprotov6.PlanResourceChangeRequest{ProposedNewState: p.value(kind, proposed), Config: p.value(kind, config)})
	if !strings.Contains(said, "its cart has expired") || !strings.Contains(said, "Price limit missing") {
		t.Errorf("it says: %s", said)
	}
}

// What was planned by a job that requires no limit is not bought by one that does.
func TestSubscription_requiredLimitAtApply(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t)
	p := speak(t, emu)
	kind := p.resourceType()
	none, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, nil))
	if err != nil {
		t.Fatal(err)
	}
	configured := p.value(kind, p.wanted())
	plan, err := p.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: subscriptionType, PriorState: &none, ProposedNewState: p.value(kind, (&managedOne{t: t, emu: emu}).proposed(p, configured)), Config: configured,
	})
	p.must(err, plan.Diagnostics)
	emu.ForgetRequests()
	applied, err := speak(t, emu).require().ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: subscriptionType, PriorState: &none, PlannedState: plan.PlannedState, Config: configured, PlannedPrivate: plan.PlannedPrivate, PlannedIdentity: plan.PlannedIdentity,
	})
	if err != nil {
		t.Fatal(err)
	}
	if said := saidBy(applied.Diagnostics); !strings.Contains(said, `price_limit = { total = "702.00", currency = "EUR" }`) {
		t.Errorf("it says: %s", said)
	}
	if n := emu.Count(http.MethodPost, "*"); n > 0 || len(emu.Purchases()) > 0 {
		t.Errorf("%d requests, %d purchases", n, len(emu.Purchases()))
	}
}

// require configures the provider anew, to require price limits.
func (p *protocol) require() *protocol {
	p.t.Helper()
	configured, err := p.ConfigureProvider(p.t.Context(), &tfprotov6.ConfigureProviderRequest{
		TerraformVersion: "1.14.0", Config: p.value(p.schemas.Provider.ValueType(), map[string]tftypes.Value{"require_price_limit": tftypes.NewValue(tftypes.Bool, true)}),
	})
	p.must(err, configured.Diagnostics)
	return p
}

// wanted is a subscription to buy.
func (p *protocol) wanted() map[string]tftypes.Value {
	return map[string]tftypes.Value{
		"customer_id": textValue(emulator.CustomerKaffeehaus), "product_id": textValue(emulator.ProductOffice), "sku_id": textValue("0001"), "quantity": tftypes.NewValue(tftypes.Number, 5),
		"term_duration": textValue("P1Y"), "billing_cycle": textValue("monthly"), "friendly_name": textValue("one"),
	}
}

// What a transition is configured with may be known at apply only, and the job that planned may have required no limit.
func TestActionTransition_requiredLimit(t *testing.T) {
	t.Parallel()
	require := settings{"require_price_limit": true}
	emu := acctest.New(t)
	newActing(t, emu, require).run(transition, plus(settings{"quantity": tftypes.UnknownValue})).refused(t, "Price limit missing")
	newActing(t, emu, require).run(transition, plus(settings{"subscription_id": tftypes.UnknownValue})).refused(t, "Price limit missing")
	emu.ForgetRequests()
	newActing(t, emu, settings{"require_price_limit": true, "quote_prices": false}).run(transition, plus(settings{"quantity": 13})).refused(t, `price_limit = { total = "AMOUNT", currency = "CURRENCY" }`)
	if n := emu.Count(http.MethodPost, "carts"); n > 0 {
		t.Errorf("%d carts were made against quote_prices = false", n)
	}
	a := newActing(t, emu, require)
	stream, err := a.server.InvokeAction(t.Context(), &tfprotov6.InvokeActionRequest{ActionType: transition, Config: a.config(a.schemas.ActionSchemas[transition].Schema, plus(settings{"quantity": 13}))})
	if err != nil {
		t.Fatal(err)
	}
	var got outcome
	for event := range stream.Events {
		if event, ok := event.Type.(tfprotov6.CompletedInvokeActionEventType); ok {
			got.completed = event.Diagnostics
		}
	}
	got.refused(t, `price_limit = { total = "3213.60", currency = "EUR" }`)
	expectChanges(t, emu, 0)
}
