// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/signin"
)

// market is an emulated Partner Center. The client waits on its clock, so no wait takes real time.
type market struct {
	*emulator.Server

	t      *testing.T
	before func(w http.ResponseWriter, r *http.Request) // called before each request is passed on; nil for nothing
}

// openMarket closes with the test, and reports what breaks the rules of the protocol.
func openMarket(t *testing.T, behave ...func(*emulator.Behaviour)) *market {
	t.Helper()
	options := []emulator.Option{emulator.SampleTenant()}
	for _, change := range behave {
		options = append(options, emulator.WithBehaviour(change))
	}
	m := &market{Server: emulator.New(options...), t: t}
	t.Cleanup(m.Close)
	t.Cleanup(func() {
		for _, v := range m.Violations() {
			t.Errorf("breach of the protocol: %v", v)
		}
	})
	return m
}

// run is a buyer of a run of its own, which knows nothing of other runs.
func (m *market) run() Buyer { return m.runAt(m.URL) }

// intercepted is a run whose requests pass m.before.
func (m *market) intercepted() Buyer { return m.runAt(m.proxy().URL) }

// proxy calls m.before for each request and passes it on.
func (m *market) proxy() *httptest.Server {
	m.t.Helper()
	target, err := url.Parse(m.URL)
	if err != nil {
		m.t.Fatal(err)
	}
	forward := &httputil.ReverseProxy{
		Rewrite:      func(r *httputil.ProxyRequest) { r.SetURL(target) },
		ErrorHandler: func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) }, // cut on one side is cut on the other
	}
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if m.before != nil {
			m.before(w, r)
		}
		forward.ServeHTTP(w, r)
	}))
	m.t.Cleanup(proxy.Close)
	return proxy
}

func (m *market) runAt(endpoint string, change ...func(*partnercenter.Options)) Buyer {
	m.t.Helper()
	tokens, err := signin.New(signin.Options{
		AuthorityHost: m.URL, Now: m.Clock().Now, Credentials: signin.Credentials{TenantID: m.TenantID(), ClientID: emulator.ClientID, ClientSecret: emulator.ClientSecret},
	})
	if err != nil {
		m.t.Fatal(err)
	}
	options := partnercenter.Options{Endpoint: endpoint, Clock: m.Clock(), RequestsPerMinute: 1e6, MaxRetries: 2, Tokens: tokens}
	for _, set := range change {
		set(&options)
	}
	client, err := partnercenter.New(options)
	if err != nil {
		m.t.Fatal(err)
	}
	return Buyer{Client: client, Ledger: &spending.Ledger{}, Claims: &spending.Claims{}, Quotes: &Quotes{}}
}

// limited is the buyer with a spending limit.
func limited(b Buyer, euros string) Buyer {
	b.Ledger = &spending.Ledger{Limit: &spending.Amount{Value: decimal.RequireFromString(euros), Currency: "EUR"}}
	return b
}

// isSpent fails unless exactly so much counts against the limit.
func isSpent(t *testing.T, b Buyer, euros string) {
	t.Helper()
	left := b.Ledger.Limit.Value.Sub(decimal.RequireFromString(euros))
	if _, err := b.Ledger.Reserve(&spending.Amount{Value: left.Add(decimal.New(1, -2)), Currency: "EUR"}); err == nil {
		t.Errorf("less than %s is spent", euros)
	}
	rest, err := b.Ledger.Reserve(&spending.Amount{Value: left, Currency: "EUR"})
	if err != nil {
		t.Errorf("more than %s is spent: %v", euros, err)
		return
	}
	rest.GiveBack(nil)
}

// archive orders five licenses that cost 168 EUR for their year, of a customer who has nothing yet.
func archive(name string) Order {
	return Order{
		CustomerID: emulator.CustomerKaffeehaus, ProductID: emulator.ProductArchive, SkuID: "0001",
		Line:       partnercenter.CartLine{Quantity: 5, FriendlyName: name},
		OnExisting: Refuse, Timeout: 30 * time.Minute,
	}
}

// buy buys within the time of the order, on Partner Center's clock: what waits for ever fails.
func buy(t *testing.T, b Buyer, order Order) (*Receipt, error) {
	t.Helper()
	ctx, cancel := b.Client.WithTimeout(t.Context(), order.Timeout)
	defer cancel()
	return b.Buy(ctx, order)
}

func mustBuy(t *testing.T, b Buyer, order Order) *Receipt {
	t.Helper()
	got, err := buy(t, b, order)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// bought fails unless so many subscriptions were ever bought.
func (m *market) bought(want int) {
	m.t.Helper()
	if got := len(m.Purchases()); got != want {
		m.t.Errorf("%d subscriptions were bought, want %d", got, want)
	}
}

// sent fails unless so many carts were made and checkouts sent. A checkout that is repeated under its request ID counts once.
func (m *market) sent(carts, checkouts int) {
	m.t.Helper()
	ids := map[string]bool{}
	for _, r := range m.Matching(http.MethodPost, "carts/*/checkout") {
		ids[r.RequestID()] = true
	}
	if gotCarts := m.Count(http.MethodPost, "carts"); gotCarts != carts || len(ids) != checkouts {
		m.t.Errorf("%d carts were made and %d checkouts sent, want %d and %d", gotCarts, len(ids), carts, checkouts)
	}
}

// refused fails unless the error says that nothing was bought, and why.
func refused(t *testing.T, got *Receipt, err error, why string) {
	t.Helper()
	_, certain := errors.AsType[*NotBoughtError](err)
	if got != nil || !certain || !strings.HasPrefix(err.Error(), "nothing was bought: ") || !strings.Contains(err.Error(), why) {
		t.Errorf("got %+v and the error %v, want a certain refusal with %q", got, err, why)
	}
}

// isThe fails unless the receipt is complete and of the only purchase there was.
func (m *market) isThe(got *Receipt) {
	m.t.Helper()
	m.bought(1)
	p := m.Purchases()[0]
	if got.Unknown != "" || got.Subscription == nil || got.Subscription.ID != p.SubscriptionID || got.OrderID != p.OrderID || got.CartID != p.CartID || got.Adopted {
		m.t.Errorf("the receipt is %+v of subscription %+v, bought was %+v", got, got.Subscription, p)
	}
}

// isUnknown fails unless the receipt says why the subscription is not known.
func isUnknown(t *testing.T, got *Receipt, why string) {
	t.Helper()
	if got.Subscription != nil || !strings.Contains(got.Unknown, why) {
		t.Fatalf("the receipt is %+v, want one that is not known because of %q", got, why)
	}
}

// unfinished is what a later run knows of an incomplete receipt.
func unfinished(order Order, got *Receipt) Unfinished {
	return Unfinished{CustomerID: order.CustomerID, OrderID: got.OrderID, OrderLine: got.OrderLine, Intent: got.Intent}
}

func mustRecover(t *testing.T, b Buyer, p Unfinished, want State) Outcome {
	t.Helper()
	got, err := b.Recover(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	if got.State != want || (got.Reason == "") != (want == Bought) || (got.SubscriptionID != "") != (want == Bought) {
		t.Errorf("recovered %+v, want it %q", got, want)
	}
	return got
}

var theCheckout = emulator.Match{Method: http.MethodPost, Pattern: "carts/*/checkout"}

func hideLists(b *emulator.Behaviour)  { b.ListLagReads = 0 }
func showAtOnce(b *emulator.Behaviour) { b.ListLag = 0 }

// changeCart replaces the lines of a cart as someone else would.
func (m *market) changeCart(customerID string, cart *partnercenter.Cart) {
	m.t.Helper()
	body, err := json.Marshal(map[string]any{"id": cart.ID, "lineItems": cart.LineItems})
	if err != nil {
		m.t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(m.t.Context(), http.MethodPut, m.URL+"/v1/customers/"+customerID+"/carts/"+cart.ID, bytes.NewReader(body))
	if err != nil {
		m.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+m.IssueToken(emulator.TokenOptions{}))
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("MS-RequestId", "5d0c1b52-7a41-4e0e-9c55-2d1f6a3b9e77")
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		m.t.Fatal(err)
	}
	if err := answer.Body.Close(); err != nil {
		m.t.Error(err)
	}
	if answer.StatusCode/100 != 2 {
		m.t.Fatalf("changing the cart: %s", answer.Status)
	}
}
