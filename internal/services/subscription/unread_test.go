// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// compareReads reads an object on both servers, which have to say the same; it reports whether the short way was taken, and what was said.
func (two twoServers) compareReads(t *testing.T, one proposal) (settled bool, said []string) {
	t.Helper()
	kind := two.short.resourceType()
	state := two.short.value(kind, one.state)
	req := tfprotov6.ReadResourceRequest{TypeName: subscriptionType, CurrentState: state, Private: one.private, CurrentIdentity: one.identity}
	got, err := two.short.ReadResource(t.Context(), &req)
	if err != nil {
		t.Fatal(err)
	}
	want, err := two.long.ReadResource(t.Context(), &req)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := stateText(t, got.NewState, kind), stateText(t, want.NewState, kind); !reflect.DeepEqual(got, want) {
		t.Errorf("read\n%v\nwant\n%v", got, want)
	}
	if !reflect.DeepEqual(privateText(got.Private), privateText(want.Private)) || requestIDs.ReplaceAllString(texts(got.Diagnostics), "") != requestIDs.ReplaceAllString(texts(want.Diagnostics), "") || got.Deferred != nil || want.Deferred != nil {
		t.Errorf("got\n%s %s\nwant\n%s %s", got.Private, texts(got.Diagnostics), want.Private, texts(want.Diagnostics))
	}
	if !bytes.Equal(got.NewIdentity.IdentityData.MsgPack, want.NewIdentity.IdentityData.MsgPack) {
		t.Errorf("identity %x, want %x", got.NewIdentity.IdentityData.MsgPack, want.NewIdentity.IdentityData.MsgPack)
	}
	for _, d := range want.Diagnostics {
		said = append(said, d.Summary)
	}
	return got.NewState == state, said
}

// requestIDs are other ones for each request.
var requestIDs = regexp.MustCompile(`(request|correlation) ID [0-9a-f-]+`)

func stateText(t *testing.T, state *tfprotov6.DynamicValue, kind tftypes.Type) string {
	t.Helper()
	value, err := state.Unmarshal(kind)
	if err != nil {
		t.Fatal(err)
	}
	return value.String()
}

// privateText has whether there is a token, not which.
func privateText(private []byte) map[string]string {
	var values map[string][]byte
	_ = json.Unmarshal(private, &values) // what is no private state has none
	texts := map[string]string{}
	for key, value := range values {
		texts[key] = string(value)
	}
	if texts["owner"] != "" {
		texts["owner"] = "a token"
	}
	return texts
}

// However a subscription is, and whenever it is read: the shorter way says what the framework's says, and is taken where nothing is new.
func TestUnread_everySubscription(t *testing.T) {
	t.Parallel()
	day := 24 * time.Hour
	two := serveTwice(t)
	taken := 0
	for _, after := range []time.Duration{0, 8 * day, 40 * day, 200 * day, 400 * day} {
		two.emu.Advance(after)
		for customer, ids := range manageable {
			for _, id := range ids {
				one := two.held(customer, id, minimal...) // as it was in the beginning
				settled, said := two.compareReads(t, one)
				if settled {
					taken++
				}
				if settled && len(said) > 0 {
					t.Errorf("%s after %s: nobody hears of %s", id, after, strings.Join(said, ", "))
				}
				if !settled && after == 0 && len(said) == 0 {
					t.Errorf("%s takes the long way", id)
				}
			}
		}
	}
	if taken < 20 {
		t.Errorf("the short way was taken %d times: this test shows little", taken)
	}
}

// Whatever the state has: what the shorter way leaves out, the framework's way would not have said.
func TestUnread_everyAttribute(t *testing.T) {
	t.Parallel()
	two := serveTwice(t)
	for _, id := range []string{emulator.SubscriptionMailGuard, emulator.SubscriptionOffice} {
		whole := two.held(emulator.CustomerNordwind, id, minimal...)
		for _, attribute := range two.short.schemas.ResourceSchemas[subscriptionType].Block.Attributes {
			for _, held := range valuesOf(attribute, whole.state[attribute.Name]) {
				one := whole
				one.state = maps.Clone(whole.state)
				one.state[attribute.Name] = held
				if attribute.Name == "id" {
					one.identity = nil
				}
				if settled, said := two.compareReads(t, one); settled && len(said) > 0 {
					t.Errorf("%s of %s: nobody hears of %s", held, attribute.Name, strings.Join(said, ", "))
				}
			}
		}
	}
}

// Without what is kept beside the state, or with something of another, there is no shorter way.
func TestUnread_privateState(t *testing.T) {
	t.Parallel()
	var kept map[string][]byte
	two := serveTwice(t)
	one := two.held(emulator.CustomerNordwind, emulator.SubscriptionOffice, minimal...)
	if err := json.Unmarshal(one.private, &kept); err != nil {
		t.Fatal(err)
	}
	if settled, _ := two.compareReads(t, one); !settled {
		t.Error("the object as it is takes the long way")
	}
	changes := map[string]func(map[string][]byte){
		"no owner":                  func(p map[string][]byte) { delete(p, "owner") },
		"no facts":                  func(p map[string][]byte) { delete(p, "facts") },
		"other facts":               func(p map[string][]byte) { p["facts"] = []byte(`{"quantity":1}`) },
		"facts that are none":       func(p map[string][]byte) { p["facts"] = []byte(`[]`) },
		"nothing that it replaces":  func(p map[string][]byte) { delete(p, "replaces") },
		"something of the library":  func(p map[string][]byte) { p[".import_before_read"] = []byte(`true`) },
		"another that it replaces":  func(p map[string][]byte) { p["replaces"] = []byte(`"` + emulator.SubscriptionMailGuard + `"`) },
		"no private state whatever": nil,
	}
	for _, name := range slices.Sorted(maps.Keys(changes)) {
		two := serveTwice(t) // what has no private state takes the subscription for itself in its run
		other := two.held(emulator.CustomerNordwind, emulator.SubscriptionOffice, minimal...)
		private := maps.Clone(kept)
		if change := changes[name]; change == nil {
			other.private = nil
		} else {
			change(private)
			encoded, err := json.Marshal(private)
			if err != nil {
				t.Fatal(err)
			}
			other.private = encoded
		}
		if settled, _ := two.compareReads(t, other); settled {
			t.Errorf("%s: the short way was taken", name)
		}
	}
}

// A customer that cannot be read is asked no oftener than the framework's way asks.
func TestUnread_failure(t *testing.T) {
	t.Parallel()
	two := serveTwice(t)
	one := two.held(emulator.CustomerNordwind, emulator.SubscriptionOffice, minimal...)
	asked := func(p *protocol) int {
		two.emu.Fault(emulator.Fault{Match: emulator.Match{Method: http.MethodGet, Pattern: "subscriptions"}, Status: http.StatusForbidden, Code: 800043, Times: -1})
		defer two.emu.ClearFaults()
		before := len(two.emu.Requests())
		_, err := p.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{
			TypeName: subscriptionType, CurrentState: p.value(p.resourceType(), one.state), Private: one.private, CurrentIdentity: one.identity,
		})
		if err != nil {
			t.Fatal(err)
		}
		return len(two.emu.Requests()) - before
	}
	short, long := asked(two.short), asked(two.long)
	if short != long {
		t.Errorf("%d requests, the framework's way sends %d", short, long)
	}
}

// A state of the present schema is handed back as it was written; any other goes through the framework, and comes out the same.
func TestUpgrade(t *testing.T) {
	t.Parallel()
	two := serveTwice(t)
	kind := two.short.resourceType()
	whole := map[string]any{}
	for name := range kind.(tftypes.Object).AttributeTypes {
		whole[name] = nil
	}
	whole["id"], whole["quantity"], whole["suspended"], whole["price_limit"] = emulator.SubscriptionOffice, 12, true, map[string]any{"currency": "EUR", "total": "7020.00", "unit_price": nil}
	tests := map[string]struct {
		change func(map[string]any)
		short  bool
	}{
		"as it is":              {func(map[string]any) {}, true},
		"an attribute too many": {func(s map[string]any) { s["colour"] = "green" }, false},
		"an attribute too few":  {func(s map[string]any) { delete(s, "quantity") }, false},
		"another in its place":  {func(s map[string]any) { delete(s, "quantity"); s["colour"] = 7 }, false},
	}
	for name, test := range tests {
		state := maps.Clone(whole)
		test.change(state)
		raw, err := json.Marshal(state)
		if err != nil {
			t.Fatal(err)
		}
		req := tfprotov6.UpgradeResourceStateRequest{TypeName: subscriptionType, RawState: &tfprotov6.RawState{JSON: raw}}
		got, err := two.short.UpgradeResourceState(t.Context(), &req)
		if err != nil {
			t.Fatal(err)
		}
		want, err := two.long.UpgradeResourceState(t.Context(), &req)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := stateText(t, got.UpgradedState, kind), stateText(t, want.UpgradedState, kind); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
		}
		if short := len(got.UpgradedState.JSON) > 0; short != test.short {
			t.Errorf("%s: handed back as it was written: %t", name, short)
		}
	}
}
