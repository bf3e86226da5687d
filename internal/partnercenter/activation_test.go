// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"fmt"
	"strings"
	"testing"
)

const activationLinksBody = `{
	"totalCount": 1,
	"items": [ { "lineItemNumber": 2, "link": { "uri": "https://publisher.example/landing?token=abc", "method": "GET", "headers": [] } } ],
	"links": { "self": { "uri": "/customers/c/orders/o/lineitems/2/activationlinks", "method": "GET", "headers": [] } },
	"attributes": { "objectType": "Collection" }
}`

func TestActivationLinks(t *testing.T) {
	for want, ask := range map[string]func(*Client) ([]ActivationLink, error){
		"GET /v1/customers/c/subscriptions/s/activationlinks":      func(c *Client) ([]ActivationLink, error) { return c.ActivationLinks(t.Context(), "c", "s") },
		"GET /v1/customers/c/orders/o/activationlinks":             func(c *Client) ([]ActivationLink, error) { return c.OrderActivationLinks(t.Context(), "c", "o") },
		"GET /v1/customers/c/orders/o/lineitems/2/activationlinks": func(c *Client) ([]ActivationLink, error) { return c.OrderLineActivationLinks(t.Context(), "c", "o", 2) },
	} {
		t.Run(want, func(t *testing.T) {
			got, err := ask(answering(t, 200, activationLinksBody, want))
			if err != nil || len(got) != 1 {
				t.Fatalf("got %v, %v", got, err)
			}
			check(t, "line", got[0].LineItemNumber, 2)
			check(t, "URI", got[0].URI, "https://publisher.example/landing?token=abc")
			if text := fmt.Sprintf("%v %+v %#v", got, got[0], got[0]); strings.Contains(text, "token") {
				t.Errorf("the link is printed: %s", text)
			}
		})
	}
}

func TestActivateSubscription(t *testing.T) {
	want := "POST /v1/customers/c/subscriptions/s/activate"
	if err := answering(t, 200, `{"subscriptionId": "s", "status": "Success"}`, want).ActivateSubscription(t.Context(), "c", "s"); err != nil {
		t.Error(err)
	}
	if err := answering(t, 200, `{"subscriptionId": "s", "status": "Failed"}`, want).ActivateSubscription(t.Context(), "c", "s"); err == nil {
		t.Error("a failure is no success")
	}
	err := answering(t, 400, `{"code": 800041, "description": "done"}`, want).ActivateSubscription(t.Context(), "c", "s")
	check(t, "code", Code(err), "800041")
}
