// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/provider"
)

// Whatever the provider writes: the same process does not show what it has read before, but what one shows that has read nothing.
func TestSubscription_readsAfterWrites(t *testing.T) {
	t.Parallel()
	attribute := func(name string, value tftypes.Value) func(p *protocol, emu *emulator.Server) {
		return func(p *protocol, _ *emulator.Server) { p.change(map[string]tftypes.Value{name: value}) }
	}
	action := func(name string) func(p *protocol, emu *emulator.Server) {
		return func(p *protocol, emu *emulator.Server) { p.act(emu, name) }
	}
	for name, write := range map[string]func(p *protocol, emu *emulator.Server){
		"purchase": func(p *protocol, emu *emulator.Server) {
			p.create(map[string]tftypes.Value{
				"customer_id": textValue(emulator.CustomerNordwind), "product_id": textValue(emulator.ProductMailGuard), "sku_id": textValue("0001"),
				"quantity": tftypes.NewValue(tftypes.Number, 3), "term_duration": textValue("P1Y"), "billing_cycle": textValue("monthly"), "friendly_name": textValue("new"),
				"on_existing": textValue("purchase_another"), "deletion_policy": textValue("abandon"),
			})
			emu.Advance(20 * time.Minute) // lists lag behind purchases
		},
		"more licenses":  attribute("quantity", tftypes.NewValue(tftypes.Number, 77)),
		"another name":   attribute("friendly_name", textValue("renamed")),
		"no renewal":     attribute("auto_renew_enabled", no),
		"suspension":     attribute("suspended", yes),
		"next term":      attribute("scheduled_next_term_instructions", nextTerm(9)),
		"destruction":    func(p *protocol, _ *emulator.Server) { p.destroy() },
		"licenses of it": func(p *protocol, _ *emulator.Server) { p.license(78) },
		"suspend action": action("suspend_subscription"),
		"cancel action":  action("cancel_subscription"),
		"reactivate": func(p *protocol, emu *emulator.Server) {
			p.act(emu, "suspend_subscription")
			p.act(emu, "reactivate_subscription")
		},
		"change and back": func(p *protocol, _ *emulator.Server) {
			p.change(map[string]tftypes.Value{"friendly_name": textValue("a")})
			p.license(79)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			p := speak(t, emu)
			before := p.shown()
			if again := p.shown(); !reflect.DeepEqual(before, again) || emu.Count("GET", "customers/*/subscriptions") != 1 {
				t.Fatal("the list is not shared, so the test shows nothing")
			}
			write(p, emu)
			if len(emu.Writes()) == 0 {
				t.Fatal("nothing was written")
			}
			got, want := p.shown(), speak(t, emu).shown()
			if !reflect.DeepEqual(got, want) {
				t.Errorf("it shows\n%v\nwant\n%v", got, want)
			}
			if reflect.DeepEqual(got, before) {
				t.Error("it shows what it has shown before")
			}
		})
	}
}

// fresh is a subscription that is inside its windows, so that much can be done to it.
const fresh = emulator.SubscriptionFreshOffice

// shown is what the data source says about the customer.
func (p *protocol) shown() string {
	p.t.Helper()
	state, diagnostics := p.readData(provider.TypeName+"_subscriptions", map[string]tftypes.Value{
		"customer_ids": tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, []tftypes.Value{textValue(emulator.CustomerNordwind)}),
	})
	p.must(nil, diagnostics)
	return state["subscriptions"].String()
}

func nextTerm(quantity int) tftypes.Value {
	return tftypes.NewValue(tftypes.Object{AttributeTypes: map[string]tftypes.Type{
		"product_id": tftypes.String, "sku_id": tftypes.String, "term_duration": tftypes.String, "billing_cycle": tftypes.String,
		"quantity": tftypes.Number, "promotion_id": tftypes.String, "custom_term_end_date": tftypes.String,
	}}, map[string]tftypes.Value{
		"product_id": textValue(emulator.ProductOffice), "sku_id": textValue("0001"), "term_duration": textValue("P1Y"), "billing_cycle": textValue("monthly"),
		"quantity": tftypes.NewValue(tftypes.Number, quantity), "promotion_id": tftypes.NewValue(tftypes.String, nil), "custom_term_end_date": tftypes.NewValue(tftypes.String, nil),
	})
}

// change plans and applies a change of the subscription.
func (p *protocol) change(changes map[string]tftypes.Value) {
	p.t.Helper()
	p.must(nil, p.tryChange(changes))
}

func (p *protocol) tryChange(changes map[string]tftypes.Value) []*tfprotov6.Diagnostic {
	p.t.Helper()
	if p.managed == nil { // a second import would be another object of the state
		first := p.read(p.adopted(emulator.CustomerNordwind, fresh))
		p.managed = &first
	}
	o := p.read(*p.managed)
	proposed := p.attributes(o.state, p.resourceType())
	config := map[string]tftypes.Value{}
	for _, name := range minimal {
		config[name] = proposed[name]
	}
	maps.Copy(config, changes)
	maps.Copy(proposed, changes)
	return p.tryApply(subscriptionType, o, proposed, config)
}

func (p *protocol) destroy() {
	p.t.Helper()
	p.apply(subscriptionType, p.read(p.adopted(emulator.CustomerNordwind, fresh)), nil, nil)
}

// license changes the licenses by the resource that manages nothing else.
func (p *protocol) license(quantity int) {
	p.t.Helper()
	name := provider.TypeName + "_license_quantity"
	imported, err := p.ImportResourceState(p.t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: name, ID: emulator.CustomerNordwind + "/" + fresh})
	p.must(err, imported.Diagnostics)
	one := imported.ImportedResources[0]
	got, err := p.ReadResource(p.t.Context(), &tfprotov6.ReadResourceRequest{TypeName: name, CurrentState: one.State, CurrentIdentity: one.Identity, Private: one.Private})
	p.must(err, got.Diagnostics)
	proposed := p.attributes(got.NewState, p.schemas.ResourceSchemas[name].ValueType())
	proposed["quantity"] = tftypes.NewValue(tftypes.Number, quantity)
	p.apply(name, object{got.NewState, got.NewIdentity, got.Private, nil}, proposed, proposed)
}

// apply plans and applies; nothing proposed is a destruction.
func (p *protocol) apply(typeName string, o object, proposed, config map[string]tftypes.Value) {
	p.t.Helper()
	p.must(nil, p.tryApply(typeName, o, proposed, config))
}

// tryApply returns what the apply says; the plan has to go well.
func (p *protocol) tryApply(typeName string, o object, proposed, config map[string]tftypes.Value) []*tfprotov6.Diagnostic {
	p.t.Helper()
	kind := p.schemas.ResourceSchemas[typeName].ValueType()
	to, configured := p.nothing(kind), p.nothing(kind)
	if proposed != nil {
		to, configured = p.value(kind, proposed), p.value(kind, config)
	}
	plan, err := p.PlanResourceChange(p.t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: typeName, PriorState: o.state, ProposedNewState: to, Config: configured, PriorPrivate: o.private, PriorIdentity: o.identity,
	})
	p.must(err, plan.Diagnostics)
	applied, err := p.ApplyResourceChange(p.t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: typeName, PriorState: o.state, PlannedState: plan.PlannedState, Config: configured, PlannedPrivate: plan.PlannedPrivate, PlannedIdentity: plan.PlannedIdentity,
	})
	p.must(err, nil)
	return applied.Diagnostics
}

func (p *protocol) nothing(kind tftypes.Type) *tfprotov6.DynamicValue {
	p.t.Helper()
	nothing, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, nil))
	if err != nil {
		p.t.Fatal(err)
	}
	return &nothing
}

// act runs an action in the same process.
func (p *protocol) act(emu *emulator.Server, name string) {
	p.t.Helper()
	t, ok := p.t.(*testing.T)
	server, serves := p.ProviderServer.(tfprotov6.ActionServer)
	if !ok || !serves {
		p.t.Fatal("the provider serves no actions")
	}
	name = provider.TypeName + "_" + name
	a := &acting{t: t, emu: emu, server: server, schemas: p.schemas}
	config := a.config(p.schemas.ActionSchemas[name].Schema, settings{"customer_id": emulator.CustomerNordwind, "subscription_id": fresh})
	stream, err := server.InvokeAction(t.Context(), &tfprotov6.InvokeActionRequest{ActionType: name, Config: config})
	if err != nil {
		t.Fatal(err)
	}
	for _, event := range slices.Collect(stream.Events) {
		if end, ok := event.Type.(tfprotov6.CompletedInvokeActionEventType); ok {
			p.must(nil, end.Diagnostics)
		}
	}
}
