// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

func archive() map[string]tftypes.Value {
	return map[string]tftypes.Value{
		"customer_id": tftypes.NewValue(tftypes.String, emulator.CustomerKaffeehaus),
		"product_id":  tftypes.NewValue(tftypes.String, emulator.ProductArchive),
		"sku_id":      tftypes.NewValue(tftypes.String, "0001"),
		"quantity":    tftypes.NewValue(tftypes.Number, 3),
	}
}

func TestIdentity_create(t *testing.T) {
	p := speak(t, acctest.New(t))
	bought := p.create(archive())
	if p.id(bought) == "" {
		t.Fatal("the subscription has no id")
	}
	p.expectIdentity(bought, emulator.CustomerKaffeehaus, p.id(bought))
	p.expectIdentity(p.read(bought), emulator.CustomerKaffeehaus, p.id(bought))
}

// A state that an older CLI wrote has no identity; reading gives it one.
func TestIdentity_stateOfOlderCLI(t *testing.T) {
	p := speak(t, acctest.New(t))
	bought := p.create(archive())
	bought.identity = nil
	p.expectIdentity(p.read(bought), emulator.CustomerKaffeehaus, p.id(bought))
}

// Such a state of a subscription that is gone is no error either.
func TestIdentity_goneWithoutIdentity(t *testing.T) {
	emu := acctest.New(t)
	p := speak(t, emu)
	bought := p.create(archive())
	bought.identity = nil
	if err := emu.Drift(emulator.CustomerKaffeehaus, p.id(bought), map[string]any{"purged": true}); err != nil {
		t.Fatal(err)
	}
	emu.Advance(48 * time.Hour)
	gone := p.read(bought)
	if value, err := gone.state.Unmarshal(p.resourceType()); err != nil || !value.IsNull() {
		t.Errorf("the state is %v (%v), want none", value, err)
	}
}

// A purchase whose outcome is not known has half an identity, which the read that finds it completes.
func TestIdentity_purchaseOfUnknownOutcome(t *testing.T) {
	emu := acctest.New(t)
	p := speak(t, emu)
	emu.Fault(emulator.Fault{Match: emulator.Match{Method: http.MethodGet, Pattern: "orders"}, Skip: 2, Status: http.StatusServiceUnavailable, Times: -1}) // after the plan, and the look right before the purchase
	emu.Fault(emulator.Fault{Match: emulator.Match{Method: http.MethodGet, Pattern: "carts/*"}, Status: http.StatusServiceUnavailable, Times: -1})
	emu.Fault(emulator.Fault{Match: emulator.Match{Method: http.MethodPost, Pattern: "carts/*/checkout"}, Kind: emulator.FaultDropAfter, Times: -1})
	half := p.create(archive())
	if got := p.id(half); got != "" {
		t.Fatalf("the id is %s already: this test shows nothing", got)
	}
	p.expectIdentity(half, emulator.CustomerKaffeehaus, "")
	p.expectIdentity(p.read(half), emulator.CustomerKaffeehaus, "")

	emu.ClearFaults()
	ordered := p.read(half) // the order is listed, and has no subscription yet
	p.expectIdentity(ordered, emulator.CustomerKaffeehaus, "")
	whole := p.read(ordered)
	if p.id(whole) == "" {
		t.Fatalf("the purchase was not found: %s", whole.warnings)
	}
	p.expectIdentity(whole, emulator.CustomerKaffeehaus, p.id(whole))
	expectPurchases(t, emu, 1)
}

func TestIdentity_import(t *testing.T) {
	emu := acctest.New(t)
	p := speak(t, emu)
	byID := &tfprotov6.ImportResourceStateRequest{TypeName: subscriptionType, ID: emulator.CustomerNordwind + "/" + emulator.SubscriptionMailGuard}
	byIdentity := &tfprotov6.ImportResourceStateRequest{TypeName: subscriptionType, Identity: &tfprotov6.ResourceIdentityData{
		IdentityData: p.value(identityType, map[string]tftypes.Value{
			"customer_id": tftypes.NewValue(tftypes.String, emulator.CustomerNordwind), "id": tftypes.NewValue(tftypes.String, emulator.SubscriptionMailGuard),
		}),
	}}
	for name, request := range map[string]*tfprotov6.ImportResourceStateRequest{"by id": byID, "by identity": byIdentity} {
		t.Run(name, func(t *testing.T) {
			p := speak(t, emu) // one process takes a subscription under control once
			got, err := p.ImportResourceState(t.Context(), request)
			p.must(err, got.Diagnostics)
			imported := got.ImportedResources[0]
			read := p.read(object{imported.State, imported.Identity, imported.Private, nil})
			p.expectIdentity(read, emulator.CustomerNordwind, emulator.SubscriptionMailGuard)
			if id := p.id(read); id != emulator.SubscriptionMailGuard {
				t.Errorf("the id is %q", id)
			}
		})
	}
}

func TestAccSubscription_identity(t *testing.T) {
	emu := acctest.New(t)
	config := acctest.RequiredProviders + office(`quantity = 5`, `friendly_name = "one"`)
	acctest.RunCase(t, emu, resource.TestCase{
		TerraformVersionChecks: []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_12_0)},
		Steps: []resource.TestStep{
			{Config: config, ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectIdentity(address, map[string]knownvalue.Check{
					"customer_id": knownvalue.StringExact(emulator.CustomerKaffeehaus), "id": knownvalue.NotNull(),
				}),
			}},
			{Config: config, ResourceName: address, ImportState: true, ImportStateKind: resource.ImportBlockWithResourceIdentity},
			{Config: office(`quantity = 7`, `friendly_name = "one"`), ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectIdentityValueMatchesState(address, tfjsonpath.New("id"))}},
		},
	})
	expectPurchases(t, emu, 1)
}
