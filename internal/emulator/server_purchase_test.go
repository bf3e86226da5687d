// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"fmt"
	"net/http"
	"testing"
)

// buyer is a client of a few lines that repeats a call under the same id until it has a business answer.
type buyer struct {
	server *Server
	token  string
}

func (b buyer) call(t *testing.T, method, path, body string) reply {
	t.Helper()
	id := guid(b.server)
	for range 5 {
		got := send(t, method, b.server.URL+path, body, "Authorization", b.token, "MS-RequestId", id)
		if got.err == nil && isBusiness(got.status) {
			return got
		}
	}
	t.Fatalf("%s %s has no answer", method, path)
	return reply{}
}

// A purchase whose answer is lost, wherever and however, is made once.
func TestLostAnswersOfAPurchase(t *testing.T) {
	checkout := Match{Method: "POST", Pattern: "carts/*/checkout"}
	for name, faults := range map[string][]Fault{
		"nothing lost":                   {},
		"cart and checkout, before":      {{Match: Match{Pattern: "carts"}, Kind: FaultDropBefore}, {Match: checkout, Kind: FaultDropBefore}},
		"cart and checkout, after":       {{Match: Match{Pattern: "carts"}, Kind: FaultDropAfter}, {Match: checkout, Kind: FaultDropAfter}},
		"checkout, three times":          {{Match: checkout, Kind: FaultDropAfter, Times: 3}},
		"checkout cut in the body":       {{Match: checkout, Kind: FaultTruncate}},
		"checkout answered by a gateway": {{Match: checkout, Kind: FaultHTML, Status: 504, After: true}},
		"checkout throttled":             {{Match: checkout, Status: http.StatusTooManyRequests}},
	} {
		t.Run(name, func(t *testing.T) {
			s := New(SampleTenant())
			t.Cleanup(s.Close)
			for _, f := range faults {
				s.Fault(f)
			}
			b := buyer{server: s, token: bearer(s, TokenOptions{AppOnly: true})}
			customer := "/v1/customers/" + CustomerNordwind
			line := fmt.Sprintf(`{"lineItems": [{"id": 0, "catalogItemId": %q, "quantity": 5, "billingCycle": "monthly", "termDuration": "P1M"}]}`,
				s.CatalogItemID(CustomerNordwind, ProductMailGuard, "0001"))
			cart := b.call(t, "POST", customer+"/carts", line)
			wantStatus(t, cart, http.StatusCreated)
			id, _ := cart.object(t)["id"].(string)
			wantStatus(t, b.call(t, "POST", customer+"/carts/"+id+"/checkout", ""), http.StatusCreated)
			if bought := s.Purchases(); len(bought) != 1 || bought[0].Quantity != 5 {
				t.Errorf("bought %s, want one subscription with 5 licenses", asJSON(t, bought))
			}
			if found := s.Violations(); len(found) > 0 {
				t.Errorf("got violations %v", found)
			}
			wantStatus(t, b.call(t, "POST", customer+"/carts/"+id+"/checkout", ""), http.StatusBadRequest) // 800065: ordered already
			if bought := s.Purchases(); len(bought) != 1 {
				t.Errorf("another checkout of the cart bought again: %s", asJSON(t, bought))
			}
		})
	}
}
