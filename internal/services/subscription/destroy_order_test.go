// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"encoding/base64"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// saysOf is what a plan of a resource says, errors and warnings.
func (p *protocol) saysOf(typeName string, req *tfprotov6.PlanResourceChangeRequest) string {
	p.t.Helper()
	kind := p.schemas.ResourceSchemas[typeName].ValueType()
	none, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, nil))
	if err != nil {
		p.t.Fatal(err)
	}
	req.TypeName = typeName
	for _, value := range []**tfprotov6.DynamicValue{&req.PriorState, &req.ProposedNewState, &req.Config} {
		if *value == nil {
			*value = &none
		}
	}
	plan, err := p.PlanResourceChange(p.t.Context(), req)
	if err != nil {
		p.t.Fatal(err)
	}
	return saidBy(plan.Diagnostics)
}

func saidBy(diagnostics []*tfprotov6.Diagnostic) string {
	var said strings.Builder
	for _, d := range diagnostics {
		fmt.Fprintf(&said, "%s: %s: %s\n", d.Severity, d.Summary, d.Detail)
	}
	return said.String()
}

// A block that is renamed without "moved" is refused in whatever order Terraform plans and reads its two addresses; it may plan to destroy
// the old one before it has read it.
func TestSubscription_renamedInAnyOrder(t *testing.T) {
	t.Parallel()
	const reads, destroys, buys = "read", "destroy", "buy"
	written := []string{"customer_id", "product_id", "sku_id", "quantity", "friendly_name", "term_duration", "billing_cycle"}
	for policy, names := range map[string][]string{
		"fail": written, "adopt": written, "purchase_another": written, "fail without a term": written[:5], "adopt without a term": written[:5],
		"fail replaceable": written, "adopt replaceable": written, "purchase_another replaceable": written, "purchase_another replaceable without a term": written[:5],
	} {
		for _, order := range [][]string{{destroys, buys, reads}, {destroys, reads, buys}, {reads, destroys, buys}, {reads, buys, destroys}, {buys, destroys, reads}, {buys, reads, destroys}} {
			t.Run(policy+" "+strings.Join(order, " "), func(t *testing.T) {
				t.Parallel()
				emu := acctest.New(t)
				old := speak(t, emu)
				managed := old.read(old.adopted(emulator.CustomerNordwind, emulator.SubscriptionOffice))
				p, said := speak(t, emu), ""
				kind := p.resourceType()
				onExisting, how, _ := strings.Cut(policy, " ")
				config := map[string]tftypes.Value{"on_existing": textValue(onExisting)}
				if strings.HasPrefix(how, "replaceable") {
					config["allow_replacement"] = tftypes.NewValue(tftypes.Bool, true)
				}
				for _, name := range names {
					config[name] = p.attributes(managed.state, kind)[name]
				}
				proposed := maps.Clone(config)
				for _, a := range p.schemas.ResourceSchemas[subscriptionType].Block.Attributes {
					if _, given := config[a.Name]; !given && a.Computed {
						proposed[a.Name] = tftypes.NewValue(a.ValueType(), tftypes.UnknownValue)
					}
				}
				for _, step := range order {
					switch step {
					case reads:
						got, err := p.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: subscriptionType, CurrentState: managed.state, CurrentIdentity: managed.identity, Private: managed.private})
						if err != nil {
							t.Fatal(err)
						}
						said += saidBy(got.Diagnostics)
					case destroys:
						said += p.saysOf(subscriptionType, &tfprotov6.PlanResourceChangeRequest{PriorState: managed.state, PriorPrivate: managed.private, PriorIdentity: managed.identity})
					default:
						said += p.saysOf(subscriptionType, &tfprotov6.PlanResourceChangeRequest{ProposedNewState: p.value(kind, proposed), Config: p.value(kind, config)})
					}
				}
				if !strings.Contains(said, "ERROR: ") || !strings.Contains(said, "moved {") {
					t.Errorf("it is not refused:\n%s", said)
				}
			})
		}
	}
}

// Without a nickname in the block nothing but the ID tells that what is taken over at one address is destroyed at another, and without a
// refresh nobody has read it.
func TestSubscription_renamedWithoutNameAndRefresh(t *testing.T) {
	t.Parallel()
	for _, destroysFirst := range []bool{true, false} {
		emu := acctest.New(t, listsAtOnce)
		config := speak(t, emu).wanted()
		managed := speak(t, emu).create(config)
		delete(config, "friendly_name")
		config["on_existing"] = textValue("adopt")
		p := speak(t, emu)
		kind := p.resourceType()
		destroys := &tfprotov6.PlanResourceChangeRequest{PriorState: managed.state, PriorPrivate: managed.private, PriorIdentity: managed.identity}
		adopts := &tfprotov6.PlanResourceChangeRequest{Config: p.value(kind, config)}
		adopts.ProposedNewState = p.value(kind, (&managedOne{t: t, emu: emu}).proposed(p, adopts.Config))
		order := []*tfprotov6.PlanResourceChangeRequest{adopts, destroys}
		if destroysFirst {
			order = []*tfprotov6.PlanResourceChangeRequest{destroys, adopts}
		}
		said := p.saysOf(subscriptionType, order[0]) + p.saysOf(subscriptionType, order[1])
		if !strings.Contains(said, "ERROR: ") || !strings.Contains(said, "moved {") {
			t.Errorf("destroys first: %t; it is not refused:\n%s", destroysFirst, said)
		}
	}
}

// A tainted object that on_existing = "adopt" takes over again goes on: without a refresh nothing tells at plan that it is the same one.
// Terraform destroys before it creates, or the other way round with create_before_destroy.
func TestSubscription_taintedAndAdopted(t *testing.T) {
	t.Parallel()
	for _, createsFirst := range []bool{false, true} {
		emu := acctest.New(t)
		p := speak(t, emu)
		managed := p.read(p.adopted(emulator.CustomerNordwind, emulator.SubscriptionOffice))
		p = speak(t, emu) // that of the apply
		kind := p.resourceType()
		none, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, nil))
		if err != nil {
			t.Fatal(err)
		}
		create := func() {
			config := map[string]tftypes.Value{"on_existing": textValue("adopt")}
			for _, name := range []string{"customer_id", "product_id", "sku_id", "quantity", "term_duration", "billing_cycle", "friendly_name"} {
				config[name] = p.attributes(managed.state, kind)[name]
			}
			if got := p.id(p.create(config)); got != emulator.SubscriptionOffice {
				t.Errorf("%s was taken over", got)
			}
		}
		destroy := func() {
			private := managed.private
			if !createsFirst { // both halves of a replacement have what was planned for the new object
				private = []byte(`{"planned":"` + base64.StdEncoding.EncodeToString([]byte(`{"adopts":"`+emulator.SubscriptionOffice+`","purchase":{"customer_id":"`+emulator.CustomerNordwind+`","product_id":"`+emulator.ProductOffice+`","sku_id":"0001","friendly_name":"Verwaltung"}}`)) + `"}`)
			}
			got, err := p.ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{TypeName: subscriptionType, PriorState: managed.state, PlannedState: &none, Config: &none, PlannedPrivate: private, PlannedIdentity: managed.identity})
			p.must(err, got.Diagnostics)
		}
		if createsFirst {
			create()
			destroy()
		} else {
			destroy()
			create()
		}
		expectNoWrites(t, emu)
	}
}

// Forgetting the number of licenses says what goes on, and nothing of what is gone or over.
func TestLicenseQuantity_forgotten(t *testing.T) {
	t.Parallel()
	const typeName = "partnercenter_license_quantity"
	for name, c := range map[string]struct {
		customer, id string
		changes      map[string]any
		says         string
	}{
		"renews":         {emulator.CustomerNordwind, emulator.SubscriptionMailGuard, nil, "keeps its 12 licenses. It goes on being billed, and renews on 20"},
		"another number": {emulator.CustomerNordwind, emulator.SubscriptionMailGuard, map[string]any{"quantity": 15}, "keeps its 15 licenses. "},
		"does not renew": {emulator.CustomerTulpenveld, emulator.SubscriptionLapsing, nil, "It goes on being billed, and may go on month by month in a paid extended service term from 20"},
		"free":           {emulator.CustomerTulpenveld, emulator.SubscriptionNCETrial, nil, "keeps its 25 licenses. It goes on as a free trial, and becomes a paid subscription on 20"},
		"ended":          {emulator.CustomerNordwind, emulator.SubscriptionMailGuard, map[string]any{"status": "deleted"}, ""},
		"gone":           {emulator.CustomerNordwind, emulator.SubscriptionMailGuard, map[string]any{"purged": true}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			p := speak(t, emu)
			imported, err := p.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: typeName, ID: c.customer + "/" + c.id})
			p.must(err, imported.Diagnostics)
			one := imported.ImportedResources[0]
			read, err := p.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: typeName, CurrentState: one.State, CurrentIdentity: one.Identity, Private: one.Private})
			p.must(err, read.Diagnostics)
			if err := emu.Drift(c.customer, c.id, c.changes); c.changes != nil && err != nil {
				t.Fatal(err)
			}
			said := speak(t, emu).saysOf(typeName, &tfprotov6.PlanResourceChangeRequest{PriorState: read.NewState, PriorPrivate: read.Private, PriorIdentity: read.NewIdentity})
			if c.says == "" && said != "" || !strings.Contains(said, c.says) {
				t.Errorf("it says %q, want %q", said, c.says)
			}
		})
	}
}
