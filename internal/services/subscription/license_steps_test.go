// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/provider"
)

const licenseType = provider.TypeName + "_license_quantity"

// licensed is the number of licenses of Nordwind's office subscription as a configuration manages it: each step is a run with a provider of its own.
type licensed struct {
	t      *testing.T
	emu    *emulator.Server
	object object
	said   string // titles and texts of the last step
}

// manageLicenses imports the 43 licenses.
func manageLicenses(t *testing.T) *licensed {
	t.Helper()
	l := &licensed{t: t, emu: acctest.New(t)}
	p := speak(t, l.emu)
	imported, err := p.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: licenseType, ID: emulator.CustomerNordwind + "/" + emulator.SubscriptionOffice})
	p.must(err, imported.Diagnostics)
	l.object = object{state: imported.ImportedResources[0].State, identity: imported.ImportedResources[0].Identity, private: imported.ImportedResources[0].Private}
	l.refresh(p)
	return l
}

func (l *licensed) refresh(p *protocol) {
	l.t.Helper()
	got, err := p.ReadResource(l.t.Context(), &tfprotov6.ReadResourceRequest{TypeName: licenseType, CurrentState: l.object.state, CurrentIdentity: l.object.identity, Private: l.object.private})
	l.said = strings.Join(p.must(err, got.Diagnostics), "\n")
	l.object = object{state: got.NewState, identity: got.NewIdentity, private: got.Private}
}

// plans refreshes and plans with another configuration.
func (l *licensed) plans(config changes) (*protocol, *tfprotov6.PlanResourceChangeResponse, *tfprotov6.DynamicValue, string) {
	l.t.Helper()
	p := speak(l.t, l.emu)
	l.refresh(p)
	kind := p.schemas.ResourceSchemas[licenseType].ValueType()
	proposed := p.attributes(l.object.state, kind)
	for name, value := range config {
		proposed[name] = asValue(value)
	}
	configured := p.value(kind, proposed)
	plan, err := p.PlanResourceChange(l.t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: licenseType, PriorState: l.object.state, ProposedNewState: configured, Config: configured, PriorPrivate: l.object.private, PriorIdentity: l.object.identity,
	})
	if err != nil {
		l.t.Fatal(err)
	}
	said, failed := sayings(plan.Diagnostics)
	l.said += "\n" + said
	return p, plan, configured, failed
}

// apply refreshes, plans and applies.
func (l *licensed) apply(config changes) (failed string) {
	l.t.Helper()
	p, plan, configured, failed := l.plans(config)
	if failed != "" {
		return failed
	}
	applied, err := p.ApplyResourceChange(l.t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: licenseType, PriorState: l.object.state, PlannedState: plan.PlannedState, Config: configured, PlannedPrivate: plan.PlannedPrivate, PlannedIdentity: plan.PlannedIdentity,
	})
	if err != nil {
		l.t.Fatal(err)
	}
	_, failed = sayings(applied.Diagnostics)
	l.object = object{state: applied.NewState, identity: applied.NewIdentity, private: applied.Private}
	return failed
}

func (l *licensed) expect(said bool, texts ...string) {
	l.t.Helper()
	for _, text := range texts {
		if strings.Contains(l.said, text) != said {
			l.t.Errorf("%q is said: %t, want %t: %s", text, !said, said, l.said)
		}
	}
}

// upgrade moves licenses to another subscription, as people do in Partner Center.
func (l *licensed) upgrade(of settings) outcome {
	l.t.Helper()
	l.emu.ForgetRequests()
	got := newActing(l.t, l.emu, nil).run(transition, plus(of))
	if hasErrors(got.completed) || !got.invoked {
		l.t.Fatal(got)
	}
	l.emu.ForgetRequests()
	return got
}

// Licenses that upgrades took are bought again only by a plan that says so, also when the state was refreshed before.
func TestLicenseQuantity_movedAway(t *testing.T) {
	t.Parallel()
	l := manageLicenses(t)
	l.upgrade(settings{"quantity": 10})
	l.upgrade(settings{"quantity": 5})
	for _, refreshed := range []bool{false, true} {
		if _, _, _, failed := l.plans(changes{"quantity": 43}); failed != "" {
			t.Fatal(failed)
		}
		l.expect(true, "More licenses will be bought", buysAgain+": 15 more", "10 licenses went to subscription", "5 licenses went to subscription", "write quantity = 28")
		l.expect(!refreshed, "Changed outside of this configuration", "quantity 43 -> 28", "To manage them there, import")
	}
	if failed := l.apply(changes{"quantity": 43}); failed != "" {
		t.Fatal(failed)
	}
	l.plans(changes{"quantity": 44})
	l.expect(false, buysAgain, wentAway)
}

// Where all licenses went by an upgrade, the subscription has ended with none, and stops nothing.
func TestLicenseQuantity_allMovedAway(t *testing.T) {
	t.Parallel()
	l := manageLicenses(t)
	into := newSubscription(t, l.upgrade(settings{"quantity": 1}))
	l.upgrade(settings{"to_subscription_id": into})
	_, plan, _, failed := l.plans(changes{"quantity": 43})
	l.expect(true, "Subscription has ended", "42 licenses went to subscription "+into)
	kind := speak(t, l.emu).schemas.ResourceSchemas[licenseType].ValueType()
	if failed != "" || stateText(t, plan.PlannedState, kind) != stateText(t, l.object.state, kind) || len(plan.RequiresReplace) > 0 {
		t.Errorf("the plan is not empty: %s", failed)
	}
}

// What is not known yet is said; it replaces nothing, and an apply that finds another subscription changes neither.
func TestLicenseQuantity_unknown(t *testing.T) {
	t.Parallel()
	unknown := func(kind tftypes.Type) tftypes.Value { return tftypes.NewValue(kind, tftypes.UnknownValue) }
	for name, config := range map[string]changes{
		"subscription": {"subscription_id": unknown(tftypes.String), "quantity": 50},
		"customer":     {"customer_id": unknown(tftypes.String), "quantity": 50},
		"quantity":     {"quantity": unknown(tftypes.Number)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := manageLicenses(t)
			_, plan, _, failed := l.plans(config)
			l.expect(true, "Price unknown: purchase of more licenses", "known only during apply")
			if failed != "" || len(plan.RequiresReplace) > 0 {
				t.Errorf("%s; it replaces for %v", failed, plan.RequiresReplace)
			}
		})
	}
	l := manageLicenses(t)
	if _, _, _, failed := l.plans(changes{"subscription_id": unknown(tftypes.String)}); failed != "" || strings.Contains(l.said, "Price unknown") {
		t.Errorf("as many licenses are not bought: %s%s", failed, l.said)
	}
	ended := manageLicenses(t)
	if err := ended.emu.Drift(emulator.CustomerNordwind, emulator.SubscriptionOffice, map[string]any{"status": "expired"}); err != nil {
		t.Fatal(err)
	}
	if _, _, _, failed := ended.plans(changes{"quantity": unknown(tftypes.Number)}); failed != "" || strings.Contains(ended.said, "Price unknown") {
		t.Errorf("of what has ended nothing is bought: %s%s", failed, ended.said)
	}
	p, plan, _, _ := l.plans(changes{"quantity": 50})
	kind := p.schemas.ResourceSchemas[licenseType].ValueType()
	other := p.attributes(plan.PlannedState, kind)
	other["subscription_id"] = textValue(emulator.SubscriptionFreshOffice)
	applied, err := p.ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: licenseType, PriorState: l.object.state, PlannedState: p.value(kind, other), Config: p.value(kind, other), PlannedPrivate: plan.PlannedPrivate, PlannedIdentity: plan.PlannedIdentity,
	})
	if err != nil || !strings.Contains(texts(applied.Diagnostics), "Another subscription") || len(changesMade(l.emu)) > 0 {
		t.Errorf("%v %s, sent %v", err, texts(applied.Diagnostics), changesMade(l.emu))
	}
}

// A refusal to take licenses back names no attribute that this resource lacks.
func TestLicenseQuantity_refusedDecrease(t *testing.T) {
	t.Parallel()
	for _, code := range []int{800090, 900257, 900117} {
		l := manageLicenses(t)
		l.emu.Fault(emulator.Fault{Match: emulator.Match{Method: "PATCH", Pattern: "subscriptions/*"}, Status: 400, Code: code, Times: -1})
		failed := l.apply(changes{"quantity": 41})
		if !strings.Contains(failed, "Set quantity = 43, which it has, and schedule fewer for the renewal: in the partnercenter_subscription that manages this subscription") || strings.Contains(failed, "auto_renew_enabled") {
			t.Errorf("%d: %s", code, failed)
		}
	}
}

// An object of the state that comes once more leads to what keeps it: it may be tainted, or its block renamed.
func TestLicenseQuantity_managedTwice(t *testing.T) {
	t.Parallel()
	l := manageLicenses(t)
	p := speak(t, l.emu)
	l.refresh(p)
	imported, err := p.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: licenseType, ID: emulator.CustomerNordwind + "/" + emulator.SubscriptionOffice})
	p.must(err, imported.Diagnostics)
	got, err := p.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: licenseType, CurrentState: imported.ImportedResources[0].State, CurrentIdentity: imported.ImportedResources[0].Identity})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Licenses managed twice", "run terraform untaint with its address", "moved {\n  from = partnercenter_license_quantity.OLD_NAME\n  to   = partnercenter_license_quantity.NEW_NAME\n}", "remove one of them"} {
		if said := texts(got.Diagnostics); !strings.Contains(said, want) {
			t.Errorf("it does not say %q: %s", want, said)
		}
	}
}
