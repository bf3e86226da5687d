// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

var (
	yes, no = tftypes.NewValue(tftypes.Bool, true), tftypes.NewValue(tftypes.Bool, false)
	minimal = []string{"customer_id", "product_id", "sku_id", "quantity"}
)

func textValue(text string) tftypes.Value { return tftypes.NewValue(tftypes.String, text) }

// proposal is an object that Terraform proposes to leave as it is.
type proposal struct {
	state, config map[string]tftypes.Value
	private       []byte
	identity      *tfprotov6.ResourceIdentityData
}

// twoServers plan everything twice: as the provider is served, and as the framework plans by itself.
type twoServers struct {
	emu         *emulator.Server
	importing   *protocol // what it imports, neither of the two has seen
	short, long *protocol
	imported    map[string]object // one import for each: a second one would be another object of the state
}

func serveTwice(t *testing.T) twoServers {
	t.Helper()
	emu := acctest.New(t)
	return twoServers{emu, speak(t, emu), speak(t, emu), speakTo(t, acctest.Unshortened(emu)), map[string]object{}}
}

// held is a subscription as it is in the state after an import, configured with the given attributes.
func (two twoServers) held(customer, id string, configured ...string) proposal {
	o, known := two.imported[id]
	if !known {
		o = two.importing.read(two.importing.adopted(customer, id))
		two.imported[id] = o
	}
	one := proposal{two.short.attributes(o.state, two.short.resourceType()), map[string]tftypes.Value{}, o.private, o.identity}
	for _, name := range configured {
		one.config[name] = one.state[name]
	}
	return one
}

// compare plans an object on both servers, which have to say the same; it reports whether the short way was taken, and what was said.
func (two twoServers) compare(t *testing.T, one proposal) (settled bool, said []string) {
	t.Helper()
	kind := two.short.resourceType()
	state := two.short.value(kind, one.state)
	req := tfprotov6.PlanResourceChangeRequest{
		TypeName: subscriptionType, PriorState: state, ProposedNewState: state, Config: two.short.value(kind, one.config),
		PriorPrivate: one.private, PriorIdentity: one.identity,
	}
	got, err := two.short.PlanResourceChange(t.Context(), &req)
	if err != nil {
		t.Fatal(err)
	}
	want, err := two.long.PlanResourceChange(t.Context(), &req)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := texted(two.short.attributes(got.PlannedState, kind)), texted(two.short.attributes(want.PlannedState, kind)); !reflect.DeepEqual(got, want) {
		t.Errorf("planned\n%v\nwant\n%v", got, want)
	}
	if !reflect.DeepEqual(withoutToken(t, got.PlannedPrivate), withoutToken(t, want.PlannedPrivate)) || len(got.RequiresReplace) != len(want.RequiresReplace) || !reflect.DeepEqual(got.Diagnostics, want.Diagnostics) ||
		one.identity != nil && !reflect.DeepEqual(got.PlannedIdentity, want.PlannedIdentity) || got.Deferred != nil || want.Deferred != nil {
		t.Errorf("got\n%+v %s\nwant\n%+v %s", got, texts(got.Diagnostics), want, texts(want.Diagnostics))
	}
	for _, d := range want.Diagnostics {
		said = append(said, d.Summary)
	}
	return got.PlannedState == state, said
}

// withoutToken is private state without the random token in it.
func withoutToken(t *testing.T, private []byte) map[string][]byte {
	t.Helper()
	values := map[string][]byte{}
	if err := json.Unmarshal(private, &values); err != nil {
		t.Fatal(err)
	}
	if len(values["owner"]) == 0 {
		t.Errorf("there is no owner in %s", private)
	}
	values["owner"] = nil
	return values
}

func texted(attributes map[string]tftypes.Value) map[string]string {
	texts := map[string]string{}
	for name, value := range attributes {
		texts[name] = value.String()
	}
	return texts
}

// Objects that a plan does not change are not planned.
func TestUnchanged(t *testing.T) {
	t.Parallel()
	everything := append([]string{"friendly_name", "term_duration", "billing_cycle", "partner_id", "deletion_policy", "on_existing", "allow_replacement", "wait_for_activation"}, minimal...)
	tests := map[string]struct {
		change  func(one *proposal)
		keeps   []string // of the state, as configured
		settled bool
	}{
		"with the least configuration":       {settled: true},
		"with everything configured":         {keeps: everything, settled: true},
		"without an identity, as older CLIs": {change: func(one *proposal) { one.identity = nil }, settled: true},
		"that renews, as configured":         {change: both("auto_renew_enabled", yes), settled: true},
		"that does not renew, as configured": {change: both("auto_renew_enabled", no), settled: true},
		"that may renew":                     {change: configure("auto_renew_enabled", tftypes.NewValue(tftypes.Bool, tftypes.UnknownValue)), settled: true},
		"with a policy, as configured":       {change: both("deletion_policy", textValue("prevent")), settled: true},
		"whose outcome is not known yet":     {change: hold("id", tftypes.NewValue(tftypes.String, nil))},
		"whose private state names another":  {change: hold("id", textValue("4d1f7c02-93ab-4e58-8c6d-2b7e0f91a3d5"))},
		"without private state":              {change: func(one *proposal) { one.private = nil }},
		"whose private state names nothing":  {change: func(one *proposal) { one.private = []byte(`{"replaces":"Im90aGluZyI="}`) }},
	}
	for _, id := range []string{emulator.SubscriptionMailGuard, emulator.SubscriptionOffice} {
		for name, test := range tests {
			t.Run(id[:8]+" "+name, func(t *testing.T) {
				t.Parallel()
				two := serveTwice(t) // what has no private state takes the subscription for itself in its run
				one := two.held(emulator.CustomerNordwind, id, slices.Concat(minimal, test.keeps)...)
				if test.change != nil {
					test.change(&one)
				}
				if settled, _ := two.compare(t, one); settled != test.settled {
					t.Errorf("the short way was taken: %t", settled)
				}
			})
		}
	}
}

// In whatever state a subscription is, whoever configures it as it is hears what planning would say.
func TestUnchanged_everySubscription(t *testing.T) {
	t.Parallel()
	two := serveTwice(t)
	for customer, ids := range manageable {
		for _, id := range ids {
			for _, configured := range [][]string{nil, {"auto_renew_enabled"}, {"auto_renew_enabled", "friendly_name", "deletion_policy"}} {
				one := two.held(customer, id, slices.Concat(minimal, configured)...)
				t.Run(id[:8]+" "+strings.Join(configured, " "), func(t *testing.T) {
					t.Parallel()
					if settled, said := two.compare(t, one); settled && len(said) > 0 {
						t.Errorf("nobody hears of %s", strings.Join(said, ", "))
					}
				})
			}
		}
	}
}

func hold(name string, value tftypes.Value) func(one *proposal) {
	return func(one *proposal) { one.state[name] = value }
}

func configure(name string, value tftypes.Value) func(one *proposal) {
	return func(one *proposal) { one.config[name] = value }
}

func both(name string, value tftypes.Value) func(one *proposal) {
	return func(one *proposal) { one.state[name], one.config[name] = value, value }
}

// Whatever an attribute holds, in the state and in the configuration: the short way never leaves out what planning would have said.
func TestUnchanged_everyAttribute(t *testing.T) {
	t.Parallel()
	two := serveTwice(t)
	for _, id := range []string{emulator.SubscriptionMailGuard, emulator.SubscriptionOffice} {
		whole := two.held(emulator.CustomerNordwind, id, minimal...)
		for _, attribute := range two.short.schemas.ResourceSchemas[subscriptionType].Block.Attributes {
			t.Run(id[:8]+" "+attribute.Name, func(t *testing.T) {
				t.Parallel()
				for _, held := range valuesOf(attribute, whole.state[attribute.Name]) {
					for _, configured := range []tftypes.Value{held, tftypes.NewValue(attribute.ValueType(), nil)} {
						one := whole
						one.state, one.config = maps.Clone(whole.state), maps.Clone(whole.config)
						one.state[attribute.Name], one.config[attribute.Name] = held, configured
						if settled, said := two.compare(t, one); settled && len(said) > 0 {
							t.Errorf("state %s, configuration %s: nobody hears of %s", held, configured, strings.Join(said, ", "))
						}
					}
				}
			})
		}
	}
}

// valuesOf are what an attribute can hold: what it holds, nothing, and something else.
func valuesOf(attribute *tfprotov6.SchemaAttribute, now tftypes.Value) []tftypes.Value {
	kind := attribute.ValueType()
	values := []tftypes.Value{now, tftypes.NewValue(kind, nil)}
	switch {
	case attribute.Name == "id": // anything but an ID is refused before it is read or planned
		return append(values, textValue(emulator.SubscriptionLegacy))
	case attribute.Name == "customer_id":
		return append(values, textValue(emulator.CustomerKaffeehaus))
	case strings.HasSuffix(attribute.Name, "_date"):
		return append(values, textValue("2027-01-31T00:00:00Z"))
	case attribute.Name == "status":
		return append(values, textValue("pending"), textValue("suspended"), textValue("expired"), textValue("disabled"), textValue("deleted"))
	case kind.Is(tftypes.String):
		return append(values, textValue("another"))
	case kind.Is(tftypes.Bool):
		return append(values, yes, no)
	case kind.Is(tftypes.Number):
		return append(values, tftypes.NewValue(kind, 7))
	case kind.Is(tftypes.List{}):
		return append(values, tftypes.NewValue(kind, []tftypes.Value{}))
	}
	return values
}

// Without a refresh only the plan of what stays as it is tells that it has an owner: nothing else takes it over, or buys it a second time,
// whichever is planned first.
func TestUnchanged_owns(t *testing.T) {
	t.Parallel()
	for _, ownerFirst := range []bool{true, false} {
		for onExisting, says := range map[string]string{"adopt": "under two addresses|managed by another address of this state", "purchase_another": "This state manages subscription"} {
			if onExisting == "purchase_another" && !ownerFirst {
				continue // the purchase is of its own: nobody can tell yet that its like is managed
			}
			t.Run(fmt.Sprintf("%s, owner first: %t", onExisting, ownerFirst), func(t *testing.T) {
				t.Parallel()
				two := serveTwice(t)
				held := two.held(emulator.CustomerNordwind, emulator.SubscriptionOffice, minimal...)
				p := speak(t, two.emu)
				kind := p.resourceType()
				state := p.value(kind, held.state)
				config := map[string]tftypes.Value{"on_existing": textValue(onExisting)}
				for _, name := range append([]string{"friendly_name", "term_duration", "billing_cycle"}, minimal...) {
					config[name] = held.state[name]
				}
				another := &tfprotov6.PlanResourceChangeRequest{Config: p.value(kind, config)}
				another.ProposedNewState = p.value(kind, (&managedOne{t: t, emu: two.emu}).proposed(p, another.Config))
				requests := []*tfprotov6.PlanResourceChangeRequest{{PriorState: state, ProposedNewState: state, Config: p.value(kind, held.config), PriorPrivate: held.private, PriorIdentity: held.identity}, another}
				if !ownerFirst {
					slices.Reverse(requests)
				}
				if said := p.saysOf(subscriptionType, requests[0]); strings.Contains(said, "ERROR") {
					t.Errorf("the first is refused: %s", said)
				}
				if said := p.saysOf(subscriptionType, requests[1]); !regexp.MustCompile("ERROR.*(" + says + ")").MatchString(said) {
					t.Errorf("the second says %q", said)
				}
			})
		}
	}
}

// What stays as it is and came from a cart keeps its line, without a refresh, too.
func TestUnchanged_ownsItsLine(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t)
	config := speak(t, emu).wanted()
	first := speak(t, emu)
	bought := first.create(config)
	p := speak(t, emu)
	kind := p.resourceType()
	var kept map[string][]byte
	if err := json.Unmarshal(bought.private, &kept); err != nil {
		t.Fatal(err)
	}
	var facts struct {
		CartID string `json:"cart_id"`
	}
	if err := json.Unmarshal(kept["facts"], &facts); err != nil || facts.CartID == "" {
		t.Fatalf("there is no cart in %s: %v", kept["facts"], err)
	}
	read := first.read(bought)
	if said := p.saysOf(subscriptionType, &tfprotov6.PlanResourceChangeRequest{PriorState: read.state, ProposedNewState: read.state, Config: p.value(kind, config), PriorPrivate: read.private, PriorIdentity: read.identity}); said != "" {
		t.Errorf("it does not stay as it is: %s", said)
	}
	config["cart_id"], config["friendly_name"] = textValue(facts.CartID), textValue("another")
	again := &tfprotov6.PlanResourceChangeRequest{Config: p.value(kind, config)}
	again.ProposedNewState = p.value(kind, (&managedOne{t: t, emu: emu}).proposed(p, again.Config))
	if said := p.saysOf(subscriptionType, again); !strings.Contains(said, "ERROR") || !strings.Contains(said, "This line of the cart has bought subscription") {
		t.Errorf("it says %q", said)
	}
}
