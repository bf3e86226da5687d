// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// What a service repeats of the token would stand in states, outputs and plans, which more people read than logs.
func TestValuesDoNotRepeatTheToken(t *testing.T) {
	const token, part = "Opaque+T0ken.of/somebody~7Kq2Zr9Lx4Wv=", "7Kq2Zr9Lx4"
	const customer, id = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10", "a05d3f91-7b68-4e2c-9c47-e13f80b6d5a2"
	for name, text := range map[string]string{
		"as it is": token, "in an address": url.QueryEscape(token), "base64": base64.StdEncoding.EncodeToString([]byte(token)), "wrapped": token[:20] + "\n" + token[20:],
	} {
		t.Run(name, func(t *testing.T) {
			encoded, err := json.Marshal(map[string]any{"id": id, "offerName": "Denied: " + text + " (Workplace 365)", "friendlyName": text, "quantity": 5, "orderId": text})
			if err != nil {
				t.Fatal(err)
			}
			c, _ := clientOf(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(encoded) }, func(o *Options) { o.Tokens = &issued{fixed: token} })
			got, err := c.Subscription(t.Context(), customer, id)
			if err != nil {
				t.Fatal(err)
			}
			for _, value := range []string{got.OfferName, got.FriendlyName, got.OrderID} {
				if shown, _ := url.QueryUnescape(value); strings.Contains(shown, part) || strings.Contains(value, base64.StdEncoding.EncodeToString([]byte(part))[4:]) || !strings.Contains(value, "(hidden)") {
					t.Errorf("it shows %q", value)
				}
			}
			if got.ID != id || got.Quantity != 5 || !strings.HasPrefix(got.OfferName, "Denied: (hidden)") || !strings.HasSuffix(got.OfferName, "(Workplace 365)") {
				t.Errorf("got %+v", got)
			}
		})
	}
}
