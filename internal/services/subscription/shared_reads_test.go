// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// adopted imports a subscription.
func (p *protocol) adopted(customer, id string) object {
	p.t.Helper()
	imported, err := p.ImportResourceState(p.t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: subscriptionType, ID: customer + "/" + id})
	p.must(err, imported.Diagnostics)
	one := imported.ImportedResources[0]
	return object{one.State, one.Identity, one.Private, nil}
}

// expectReads counts lists of subscriptions, and reads of single ones, since the last time.
func expectReads(t *testing.T, emu *emulator.Server, lists, singles int) {
	t.Helper()
	if got := emu.Count(http.MethodGet, "customers/*/subscriptions"); got != lists {
		t.Errorf("%d lists, want %d", got, lists)
	}
	if got := emu.Count(http.MethodGet, "subscriptions/*"); got != singles {
		t.Errorf("%d single reads, want %d", got, singles)
	}
	emu.ForgetRequests()
}

func TestSubscription_oneListForAll(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t)
	p := speak(t, emu)
	for customer, ids := range manageable {
		for _, id := range ids {
			p.read(p.adopted(customer, id))
		}
		expectReads(t, emu, 1, 0)
	}
}

// What a list leaves out is read one by one, where the state has it, and stays in the state.
func TestSubscription_listsThatLeaveThingsOut(t *testing.T) {
	t.Parallel()
	for members, singles := range map[string]int{
		"scheduledNextTermInstructions,scheduledActions": 1,
		"refundableQuantity":                             0, // neither of them has any
		"offerId":                                        2, // without it nothing is known
		"cancellationAllowedUntilDate":                   0, // nothing is planned by it
	} {
		t.Run(members, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			whole := speak(t, emu)
			with := whole.read(whole.adopted(emulator.CustomerAtelier, emulator.SubscriptionScheduled))
			without := whole.read(whole.adopted(emulator.CustomerAtelier, emulator.SubscriptionReseller))
			emu.ForgetRequests()

			emu.Behave(func(b *emulator.Behaviour) { b.ListsOmit = members })
			next := speak(t, emu)
			again := next.read(with)
			next.read(without)
			expectReads(t, emu, 1, singles)
			if singles > 0 && !bytes.Equal(again.state.MsgPack, with.state.MsgPack) {
				t.Errorf("the state was\n%v\nand is\n%v", whole.attributes(with.state, whole.resourceType()), next.attributes(again.state, next.resourceType()))
			}
		})
	}
}

// How many licenses can be given back decides about a decrease, so a list that leaves it out is not enough where there was some.
func TestSubscription_listWithoutRefundable(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t)
	whole := speak(t, emu)
	with := whole.read(whole.adopted(emulator.CustomerNordwind, emulator.SubscriptionOffice))
	emu.ForgetRequests()
	emu.Behave(func(b *emulator.Behaviour) { b.ListsOmit = "refundableQuantity" })
	speak(t, emu).read(with)
	expectReads(t, emu, 1, 1)
}

// A subscription is gone when neither the list nor a read of its own knows it. What is bought instead replaces nothing.
func TestSubscription_goneFromTheList(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t)
	before := speak(t, emu)
	gone := before.read(before.adopted(emulator.CustomerNordwind, emulator.SubscriptionBackup))
	if replaced(t, gone.private) != emulator.SubscriptionBackup {
		t.Errorf("a purchase would replace %q", replaced(t, gone.private))
	}
	if err := emu.Drift(emulator.CustomerNordwind, emulator.SubscriptionBackup, map[string]any{"purged": true}); err != nil {
		t.Fatal(err)
	}
	emu.ForgetRequests()
	p := speak(t, emu)
	p.read(p.read(p.adopted(emulator.CustomerNordwind, emulator.SubscriptionMailGuard)))
	expectReads(t, emu, 1, 0)
	got, err := p.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: subscriptionType, CurrentState: gone.state, CurrentIdentity: gone.identity, Private: gone.private})
	p.must(err, got.Diagnostics)
	if value, err := got.NewState.Unmarshal(p.resourceType()); err != nil || !value.IsNull() {
		t.Errorf("the state still has it: %v (%v)", value, err)
	}
	if replaced(t, got.Private) != "" {
		t.Errorf("a purchase would replace %q", replaced(t, got.Private))
	}
	expectReads(t, emu, 0, 1)
}

// replaced is the subscription that a purchase with this private state would replace.
func replaced(t *testing.T, private []byte) string {
	t.Helper()
	var (
		values map[string][]byte
		id     string
	)
	if err := json.Unmarshal(private, &values); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(values["replaces"], &id); err != nil {
		t.Fatal(err)
	}
	return id
}
