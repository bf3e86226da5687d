// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// departs lets Partner Center answer as it does about a tenant that is gone.
func departs(emu *emulator.Server, code int) {
	emu.Fault(emulator.Fault{Match: emulator.Match{Method: http.MethodGet, Pattern: "customers/*/subscriptions"}, Status: http.StatusNotFound, Code: code, Times: -1})
}

// A customer whose tenant is gone stops no plan: the state keeps what was known, and it is said how that is forgotten.
func TestSubscription_customerDeparted(t *testing.T) {
	t.Parallel()
	const way = "forget it: a removed block with lifecycle { destroy = false }, or terraform state rm"
	for _, code := range []int{60003, 1000} {
		m := manage(t, emulator.CustomerNordwind).imports(emulator.SubscriptionOffice)
		m.must(changes{"quantity": 43})
		departs(m.emu, code)
		m.plans(changes{"quantity": 43}, false)
		m.says("Subscription cannot be read", way)

		l := manageLicenses(t)
		departs(l.emu, code)
		if _, _, _, failed := l.plans(changes{"quantity": 43}); failed != "" {
			t.Error(failed)
		}
		l.expect(true, "Subscription cannot be read", way)
	}
}

// What a customer had whose tenant is gone is forgotten where nothing else was to be done with it; else it is said how.
func TestSubscription_destroyOfDeparted(t *testing.T) {
	t.Parallel()
	for policy, want := range map[string]string{"abandon": "", "turn_off_auto_renew": "terraform state rm"} {
		m := manage(t, emulator.CustomerNordwind).imports(emulator.SubscriptionOffice)
		if _, _, failed := m.step(changes{"deletion_policy": policy}, true); failed != "" {
			t.Fatal(failed)
		}
		departs(m.emu, 60003)
		p := speak(t, m.emu)
		kind := p.resourceType()
		got, err := p.ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{
			TypeName: subscriptionType, PriorState: m.object.state, PlannedState: p.nothing(kind), Config: p.nothing(kind), PlannedPrivate: m.object.private,
		})
		if err != nil {
			t.Fatal(err)
		}
		if hasErrors(got.Diagnostics) != (want != "") || !strings.Contains(texts(got.Diagnostics), want) {
			t.Errorf("%s: %s", policy, texts(got.Diagnostics))
		}
	}
}

// Where nothing is known yet, there is nothing to keep: the import of what cannot be read fails.
func TestSubscription_importOfDeparted(t *testing.T) {
	t.Parallel()
	for _, typeName := range []string{subscriptionType, licenseType} {
		m := manage(t, emulator.CustomerNordwind)
		p := speak(t, m.emu)
		departs(m.emu, 60003)
		imported, err := p.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: typeName, ID: emulator.CustomerNordwind + "/" + emulator.SubscriptionOffice})
		p.must(err, imported.Diagnostics)
		one := imported.ImportedResources[0]
		got, err := p.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: typeName, CurrentState: one.State, CurrentIdentity: one.Identity, Private: one.Private})
		if err != nil || !hasErrors(got.Diagnostics) || !strings.Contains(texts(got.Diagnostics), "Cannot read subscription") {
			t.Errorf("%s: %v %s", typeName, err, texts(got.Diagnostics))
		}
	}
}
