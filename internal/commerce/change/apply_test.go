// SPDX-License-Identifier: MPL-2.0

package change

import (
	"errors"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// nextOffice is a renewal of the office product.
func nextOffice(term, billing string, quantity partnercenter.Int) *partnercenter.NextTermInstructions {
	return &partnercenter.NextTermInstructions{Quantity: quantity, Product: partnercenter.NextTermProduct{
		ProductID: emulator.ProductOffice, SkuID: "0001", TermDuration: term, BillingCycle: billing,
	}}
}

// possible changes of the sample's subscriptions of the office product, by the attribute.
func officeChanges() map[string]Desired {
	return map[string]Desired{
		Suspended:    {Suspended: new(true)},
		FriendlyName: {FriendlyName: new("another name")},
		PartnerID:    {PartnerID: new(emulator.ResellerRheinwerk)},
		TermDuration: {TermDuration: new("P3Y"), BillingCycle: new("monthly")},
		BillingCycle: {BillingCycle: new("annual")},
		Quantity:     {Quantity: new(int64(99))},
		AutoRenew:    {AtTermEnd: TermEndCancel},
		EndOfTerm:    {AtTermEnd: TermEndExtend},
		NextTerm:     {ManageNext: true, NextTerm: nextOffice("P1Y", "annual", 98)},
	}
}

// both is what either asks for; the second counts where both do.
func both(one, other Desired) Desired {
	into, from := reflect.ValueOf(&one).Elem(), reflect.ValueOf(other)
	for i := range from.NumField() {
		if !from.Field(i).IsZero() {
			into.Field(i).Set(from.Field(i))
		}
	}
	return one
}

// Each attribute takes one request, alone and beside each other one, in an order that loses nothing.
func TestApply(t *testing.T) {
	t.Parallel()
	for i, a := range Attributes {
		for _, b := range Attributes[i:] {
			first, second := officeChanges()[a.Name], officeChanges()[b.Name]
			want, changes := both(first, second), 2
			switch pair := a.Name + " " + b.Name; {
			case pair == TermDuration+" "+BillingCycle, a.Name == b.Name: // one request
				changes = 1
			case pair == AutoRenew+" "+NextTerm, pair == EndOfTerm+" "+NextTerm: // what does not renew has no next term
				changes = 1
			case pair == AutoRenew+" "+EndOfTerm: // the second counts
				changes = 1
			}
			id := emulator.SubscriptionThreeYears // its billing cycle can change alone
			if a.Name == TermDuration || b.Name == TermDuration {
				id = emulator.SubscriptionFreshOffice
			}
			t.Run(a.Name+" "+b.Name, func(t *testing.T) {
				t.Parallel()
				openPartner(t).apply(emulator.CustomerNordwind, id, want, changes)
			})
		}
	}
}

// What an immediate change drops is put back: what is configured, and a cancellation that nobody wants taken back.
func TestApply_dropped(t *testing.T) {
	t.Parallel()
	t.Run("instructions", func(t *testing.T) {
		t.Parallel()
		p := openPartner(t)
		scheduled := p.read(emulator.CustomerAtelier, emulator.SubscriptionScheduled)
		want := Desired{Quantity: new(int64(scheduled.Quantity) + 1), ManageNext: true, NextTerm: scheduled.ScheduledNextTermInstructions}
		after := p.apply(emulator.CustomerAtelier, emulator.SubscriptionScheduled, want, 2)
		if nextTermValue(after.ScheduledNextTermInstructions) != nextTermValue(scheduled.ScheduledNextTermInstructions) {
			t.Errorf("the next term is %+v", after.ScheduledNextTermInstructions)
		}
	})
	t.Run("cancellation", func(t *testing.T) {
		t.Parallel()
		p := openPartner(t)
		after := p.apply(emulator.CustomerHarbour, emulator.SubscriptionCancelling, Desired{Quantity: new(int64(99))}, 2)
		if !FactsOf(after).EndsWithTerm() || after.AutoRenewEnabled {
			t.Errorf("it does not end with its term: %+v", after)
		}
	})
	t.Run("extension", func(t *testing.T) {
		t.Parallel()
		p := openPartner(t)
		after := p.apply(emulator.CustomerNordwind, emulator.SubscriptionOffice, Desired{AtTermEnd: TermEndExtend}, 1)
		after, err := SetQuantity(t.Context(), p.buyer, emulator.CustomerNordwind, after, 99, nil)
		if err != nil || FactsOf(after).AtTermEnd() != TermEndExtend {
			t.Errorf("it does not go on in an extended service term: %+v, %v", after, err)
		}
	})
	t.Run("licenses alone", func(t *testing.T) {
		t.Parallel()
		p := openPartner(t)
		scheduled := p.read(emulator.CustomerAtelier, emulator.SubscriptionScheduled)
		before := nextTermValue(scheduled.ScheduledNextTermInstructions)
		after, err := SetQuantity(t.Context(), p.buyer, emulator.CustomerAtelier, scheduled, 99, nil)
		if err != nil || after.Quantity != 99 || nextTermValue(after.ScheduledNextTermInstructions) != before {
			t.Errorf("it is %+v: %v", after, err)
		}
		p.sent(2)
	})
}

// undoing takes back what was changed before, with each change.
type undoing struct {
	*partner
	before map[string]any
}

func (u undoing) RoundTrip(req *http.Request) (*http.Response, error) {
	was, _ := u.Subscription(emulator.CustomerNordwind, emulator.SubscriptionFreshOffice)
	answer, err := http.DefaultTransport.RoundTrip(req)
	is, _ := u.Subscription(emulator.CustomerNordwind, emulator.SubscriptionFreshOffice)
	for name, value := range u.before {
		if req.Method == http.MethodPatch && was[name] == is[name] {
			err = errors.Join(err, u.Drift(emulator.CustomerNordwind, emulator.SubscriptionFreshOffice, map[string]any{name: value}))
		}
	}
	return answer, err
}

// Two changes that undo each other are made once each.
func TestApply_undone(t *testing.T) {
	t.Parallel()
	var before map[string]any
	p := openPartnerThrough(t, func(p *partner) http.RoundTripper {
		is, _ := p.Subscription(emulator.CustomerNordwind, emulator.SubscriptionFreshOffice)
		before = map[string]any{"friendlyName": is["friendlyName"], "quantity": is["quantity"]}
		return undoing{p, before}
	})
	got := p.read(emulator.CustomerNordwind, emulator.SubscriptionFreshOffice)
	_, _, err := Apply(t.Context(), p.buyer, emulator.CustomerNordwind, got, Desired{FriendlyName: new("another name"), Quantity: new(int64(99))}, nil)
	if err == nil || !strings.Contains(err.Error(), "the change of friendly_name was taken back by Partner Center") {
		t.Errorf("got %v", err)
	}
	p.sent(2)
}

func TestApply_suspended(t *testing.T) {
	t.Parallel()
	p := openPartner(t)
	const customer, id = emulator.CustomerHarbour, emulator.SubscriptionSuspended
	p.apply(customer, id, Desired{AtTermEnd: TermEndRenew}, 0) // waits
	after := p.apply(customer, id, Desired{Suspended: new(false), Quantity: new(int64(99)), AtTermEnd: TermEndRenew}, 3)
	if !IsActive(after) || !after.AutoRenewEnabled {
		t.Errorf("it is %+v", after)
	}
	p.apply(emulator.CustomerHarbour, emulator.SubscriptionExpired, Desired{AtTermEnd: TermEndCancel}, 0)
}

// What was made before a refusal stays, and comes back with the error.
func TestApply_refused(t *testing.T) {
	t.Parallel()
	p := openPartner(t, func(b *emulator.Behaviour) { b.PublisherRefusesChanges = true })
	p.limit(100, 10)
	before := p.read(emulator.CustomerNordwind, emulator.SubscriptionMailGuard)
	want := Desired{FriendlyName: new("another name"), Quantity: new(int64(before.Quantity) + 1)}
	after, _, err := Apply(t.Context(), p.buyer, emulator.CustomerNordwind, before, want, p.planned)
	if _, refused := errors.AsType[*partnercenter.NotAppliedError](err); !refused || !strings.Contains(err.Error(), "changing quantity: ") {
		t.Errorf("the error is %v", err)
	}
	if after.FriendlyName != "another name" || after.Quantity != before.Quantity {
		t.Errorf("it is %+v", after)
	}
	p.sent(2)
	p.left(90) // what was accepted may still show
}

func TestApply_spendingLimit(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		want    Desired
		limit   int64
		changes int
		left    int64
	}{
		"within the limit":     {Desired{Quantity: new(int64(99))}, 50, 1, 0},
		"above the limit":      {Desired{Quantity: new(int64(99)), FriendlyName: new("another name")}, 49, 0, 49},
		"a longer term":        {Desired{TermDuration: new("P3Y"), BillingCycle: new("monthly")}, 49, 0, 49},
		"nothing is bought":    {Desired{FriendlyName: new("another name")}, 0, 1, 0},
		"nothing is different": {Desired{Suspended: new(false)}, 0, 0, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := openPartner(t)
			p.limit(test.limit, 50)
			before := p.read(emulator.CustomerNordwind, emulator.SubscriptionFreshOffice)
			_, _, err := Apply(t.Context(), p.buyer, emulator.CustomerNordwind, before, test.want, p.planned)
			if (err != nil) != (test.limit == 49) {
				t.Errorf("the error is %v", err)
			}
			p.sent(test.changes)
			p.left(test.left)
		})
	}
}
