// SPDX-License-Identifier: MPL-2.0

package change

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/purchase"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/signin"
)

// partner is an emulated Partner Center and a run against it, which waits on its clock: no wait takes real time.
type partner struct {
	*emulator.Server

	t       *testing.T
	buyer   purchase.Buyer
	planned *spending.Amount // what a plan says that a change buys
}

// openPartner closes with the test, and reports what breaks the rules of the protocol.
func openPartner(t *testing.T, behave ...func(*emulator.Behaviour)) *partner {
	t.Helper()
	return openPartnerThrough(t, nil, behave...)
}

// openPartnerThrough is openPartner with something in the client's way to it.
func openPartnerThrough(t *testing.T, through func(*partner) http.RoundTripper, behave ...func(*emulator.Behaviour)) *partner {
	t.Helper()
	options := []emulator.Option{emulator.SampleTenant(), emulator.WithBehaviour(func(b *emulator.Behaviour) { b.UpdateLimit = 20 })} // what changes to and fro for ever is refused
	for _, change := range behave {
		options = append(options, emulator.WithBehaviour(change))
	}
	p := &partner{Server: emulator.New(options...), t: t}
	var way http.RoundTripper
	if through != nil {
		way = through(p)
	}
	t.Cleanup(p.Close)
	t.Cleanup(func() {
		for _, v := range p.Violations() {
			t.Errorf("breach of the protocol: %v", v)
		}
	})
	tokens, err := signin.New(signin.Options{
		AuthorityHost: p.URL, Now: p.Clock().Now, Credentials: signin.Credentials{TenantID: p.TenantID(), ClientID: emulator.ClientID, ClientSecret: emulator.ClientSecret},
	})
	if err != nil {
		t.Fatal(err)
	}
	client, err := partnercenter.New(partnercenter.Options{
		Endpoint: p.URL, Clock: p.Clock(), RequestsPerMinute: 1e6, Tokens: tokens, Transport: way,
	})
	if err != nil {
		t.Fatal(err)
	}
	p.buyer = purchase.Buyer{Client: client, Ledger: &spending.Ledger{}, Claims: &spending.Claims{}}
	return p
}

// limit sets a spending limit, and the price of whatever is bought; both are in euros.
func (p *partner) limit(limit, price int64) {
	p.buyer.Ledger = &spending.Ledger{Limit: &spending.Amount{Value: decimal.NewFromInt(limit), Currency: "EUR"}}
	p.planned = &spending.Amount{Value: decimal.NewFromInt(price), Currency: "EUR"}
}

// left fails the test unless so many euros of the limit are left.
func (p *partner) left(euros int64) {
	p.t.Helper()
	if _, err := p.buyer.Ledger.Reserve(&spending.Amount{Value: decimal.NewFromInt(euros), Currency: "EUR"}); err != nil {
		p.t.Errorf("%d are not left: %v", euros, err)
	}
	if _, err := p.buyer.Ledger.Reserve(&spending.Amount{Value: decimal.NewFromInt(1), Currency: "EUR"}); err == nil {
		p.t.Errorf("more than %d are left", euros)
	}
}

// read is a subscription as it is; what was asked until now is forgotten.
func (p *partner) read(customerID, id string) *partnercenter.Subscription {
	p.t.Helper()
	s, err := p.buyer.Client.Subscription(p.t.Context(), customerID, id)
	if err != nil {
		p.t.Fatal(err)
	}
	p.ForgetRequests()
	return s
}

// apply brings a subscription to what is wanted, which must be possible, and expects so many changes to be sent. Nothing may be missing
// afterwards, and nothing may be sent for it again.
func (p *partner) apply(customerID, id string, want Desired, changes int) *partnercenter.Subscription {
	p.t.Helper()
	before := p.read(customerID, id)
	if err := want.FindAvailability(p.t.Context(), p.buyer.Client, customerID); err != nil {
		p.t.Fatal(err)
	}
	_, warnings, err := Apply(p.t.Context(), p.buyer, customerID, before, want, p.planned)
	if err != nil || len(warnings) > 0 {
		p.t.Fatalf("apply: %v %v", err, warnings)
	}
	p.sent(changes)
	after := p.read(customerID, id)
	if missing := want.next(after); missing != nil {
		p.t.Errorf("%s is missing afterwards", missing.what)
	}
	if _, _, err := Apply(p.t.Context(), p.buyer, customerID, after, want, p.planned); err != nil {
		p.t.Errorf("apply again: %v", err)
	}
	p.sent(0)
	return after
}

// sent expects so many changes of subscriptions among the requests, and no other write.
func (p *partner) sent(changes int) {
	p.t.Helper()
	writes := p.Writes()
	if p.Count(http.MethodPatch, "subscriptions/*") != changes || len(writes) != changes {
		p.t.Errorf("%d writes were sent, want %d changes: %s", len(writes), changes, fmt.Sprint(writes))
	}
}
