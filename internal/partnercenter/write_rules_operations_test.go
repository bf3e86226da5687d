// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"errors"
	"io"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// effect is what an operation does at Partner Center.
type effect int

const (
	reads  effect = iota
	asks          // posts a question, which changes nothing
	writes        // may change something, and is refused by read_only
	quotes        // writes what read_only lets through where quotes are allowed
	founds        // makes a customer, and so belongs to none
)

// effects of the operations that send more than GET. One that is missing here fails the test below: say what it does, so that it is seen
// to be refused.
var effects = map[string]effect{
	"ActivateSubscription": writes, "CheckoutCart": writes, "CreateTransition": writes, "UpdateSubscription": writes,
	"RequestCustomerAgreement": writes,
	"UpdateBillingProfile":     writes,
	"CreateCustomer":           founds,
	"CreateCart":               quotes,
	"Exchange":                 quotes, // as it is called here
	"PromotionEligibilities":   asks, "ValidateResellers": asks, "EachInvoiceLineItem": asks, "ValidateAddress": asks, "SharedResellerValidation": asks,
}

// notOperations are the methods that send nothing by themselves.
var notOperations = []string{"EarliestTime", "LatestTime", "MaySpeakForUser", "SpeaksForUser", "Poll", "ServiceTime", "Sleep", "WithTimeout"}

// argument is a value for a parameter of an operation. A string is an ID, and the first of an operation about a customer is the customer's.
func argument(of reflect.Type) reflect.Value {
	quantity := int64(8) // not what the subscription has: a change that changes nothing sends nothing
	switch of {
	case reflect.TypeFor[string]():
		return reflect.ValueOf("c-1")
	case reflect.TypeFor[CatalogScope]():
		return reflect.ValueOf(CatalogScope{Country: "DE"})
	case reflect.TypeFor[Request]():
		return reflect.ValueOf(Request{Operation: "create cart", Method: http.MethodPost, Path: "/v1/customers/c-1/carts"})
	case reflect.TypeFor[SubscriptionChange]():
		return reflect.ValueOf(SubscriptionChange{Quantity: &quantity})
	}
	return reflect.Zero(of)
}

// called calls an operation by its name and returns its error.
func called(t *testing.T, c *Client, name string) error {
	t.Helper()
	method := reflect.ValueOf(c).MethodByName(name)
	in := []reflect.Value{reflect.ValueOf(t.Context())}
	for i := 1; i < method.Type().NumIn(); i++ {
		in = append(in, argument(method.Type().In(i)))
	}
	out := method.Call(in)
	err, _ := reflect.TypeAssert[error](out[len(out)-1])
	return err
}

// partner answers everything with something plausible and keeps what may change anything.
type partner struct{ changes, questions []string }

func (p *partner) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet {
		if asking := strings.HasSuffix(r.URL.Path, "/promotionEligibilities") || strings.HasSuffix(r.URL.Path, "/validateresellers") || strings.HasSuffix(r.URL.Path, "/export") || strings.HasSuffix(r.URL.Path, "/validations/address") || r.Method == http.MethodHead; asking {
			p.questions = append(p.questions, r.URL.Path)
		} else {
			p.changes = append(p.changes, r.Method+" "+r.URL.Path)
		}
	} else {
		p.questions = append(p.questions, r.URL.Path)
	}
	_, _ = io.WriteString(w, `{"id":"c-1","quantity":7,"status":"active","items":[{"id":"c-1"}]}`)
}

// Whatever the client can do, read_only and allowed_customer_ids refuse it where it changes something, and nothing leaves.
func TestWriteRules_everyOperation(t *testing.T) {
	of := reflect.TypeFor[*Client]()
	for name := range effects {
		if _, ok := of.MethodByName(name); !ok {
			t.Errorf("there is no operation %s any more", name)
		}
	}
	for method := range of.Methods() {
		name := method.Name
		if slices.Contains(notOperations, name) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			for _, rail := range []struct {
				name   string
				set    func(*Options)
				option string
				lets   bool
			}{
				{"none", func(*Options) {}, "", true},
				{"read only", func(o *Options) { o.ReadOnly = true }, "read_only", effects[name] < writes},
				{"read only, with quotes", func(o *Options) { o.ReadOnly, o.AllowQuotes = true, true }, "read_only", effects[name] != writes && effects[name] != founds},
				{"another customer", func(o *Options) { o.AllowedCustomerIDs = []string{"c-2"} }, "allowed_customer_ids", effects[name] < writes},
				{"no customer", func(o *Options) { o.AllowedCustomerIDs = []string{} }, "allowed_customer_ids", effects[name] < writes},
				{"this customer", func(o *Options) { o.AllowedCustomerIDs = []string{"c-1"} }, "allowed_customer_ids", effects[name] != founds},
			} {
				p := &partner{}
				c, _ := clientOf(t, p.ServeHTTP, rail.set)
				err := called(t, c, name)
				var refused *RefusedError
				switch isRefused := errors.As(err, &refused); {
				case isRefused == rail.lets, isRefused && refused.Option != rail.option:
					t.Errorf("%s: got %v", rail.name, err)
				case isRefused && len(p.changes) > 0:
					t.Errorf("%s: refused, but %q left", rail.name, p.changes)
				case rail.lets && effects[name] >= writes && len(p.changes) == 0:
					t.Errorf("%s: nothing was changed, so nothing is proved: %v", rail.name, err)
				case effects[name] < writes && (len(p.changes) > 0 || len(p.questions) == 0):
					t.Errorf("%s: it is said to change nothing, and sent %q and %q: %v", rail.name, p.questions, p.changes, err)
				}
			}
		})
	}
}

// What is asked in the service's own words is judged by method and path, not by what the caller says of it.
func TestExchange_isJudgedByItsPath(t *testing.T) {
	for request, want := range map[string]effect{
		"GET /v1/customers/c-1/carts/x":                    reads,
		"HEAD /v1/domains/x":                               reads,
		"POST /v1/customers/c-1/promotionEligibilities":    asks,
		"POST /v1/partners/validateResellers":              asks,
		"POST /v1/customers/c-1/carts":                     quotes,
		"PUT /v1/customers/c-1/carts/x":                    quotes,
		"POST /v1/customers/c-1/carts/x/checkout":          writes,
		"POST /v1/customers/c-1/orders":                    writes,
		"PATCH /v1/customers/c-1/subscriptions/carts":      writes,
		"POST /v1/customers/c-1/orders/carts":              writes,
		"DELETE /v1/customers/c-1/carts/x":                 writes,
		"DELETE /v1/customers/c-1":                         writes,
		"PUT /v1/customers/c-1/carts/x/validateresellers":  writes,
		"POST /v1/customers/c-1/carts/x/validateresellers": writes,
	} {
		method, path, _ := strings.Cut(request, " ")
		p := &partner{}
		c, _ := clientOf(t, p.ServeHTTP, func(o *Options) { o.ReadOnly, o.AllowQuotes = true, true })
		_, err := c.Exchange(t.Context(), Request{Operation: "ask", Method: method, Path: path})
		var refused *RefusedError
		if errors.As(err, &refused) != (want == writes) {
			t.Errorf("%s: %v", request, err)
		}
	}
}
