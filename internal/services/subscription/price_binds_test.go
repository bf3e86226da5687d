// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httputil"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// market is another price of everything: what a cart is answered with differs by it from the emulator's.
type market struct {
	more     float64
	currency string
}

// quote changes the lines of a cart in an answer.
func (m *market) quote(answer *http.Response) error {
	if answer.StatusCode >= http.StatusMultipleChoices || !strings.Contains(answer.Request.URL.Path, "/carts") || strings.HasSuffix(answer.Request.URL.Path, "/checkout") {
		return nil
	}
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	var cart map[string]any
	if err := json.Unmarshal(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")), &cart); err != nil {
		return err
	}
	lines, _ := cart["lineItems"].([]any)
	for _, line := range lines {
		line := line.(map[string]any)
		pricing := line["pricing"].(map[string]any)
		for name, price := range pricing {
			if amount, ok := price.(float64); ok {
				pricing[name] = amount + m.more
			}
		}
		if m.currency != "" {
			line["currencyCode"] = m.currency
		}
	}
	if body, err = json.Marshal(cart); err != nil {
		return err
	}
	answer.Body, answer.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	answer.Header.Del("Content-Length")
	return nil
}

// A price that is another one at apply than in the plan, in either direction or in another currency, buys nothing: neither a first
// purchase, nor more of it, nor a longer term, nor a replacement.
func TestAccSubscription_priceBinds(t *testing.T) {
	t.Parallel()
	for kind, config := range map[string]struct{ before, after string }{
		"purchase":    {"", office("quantity = 5", `friendly_name = "one"`)},
		"increase":    {office("quantity = 5", `friendly_name = "one"`), office("quantity = 8", `friendly_name = "one"`)},
		"longer term": {office("quantity = 5", `friendly_name = "one"`), officeFor("P3Y", "monthly", "quantity = 5", `friendly_name = "one"`)},
		"replacement": {office("quantity = 5", `friendly_name = "one"`), officeFor("P1M", "monthly", "quantity = 5", `friendly_name = "two"`, "allow_replacement = true")},
	} {
		for change, now := range map[string]market{"a cent more": {more: 0.01}, "a cent less": {more: -0.01}, "another currency": {currency: "USD"}} {
			t.Run(kind+", "+change, func(t *testing.T) {
				t.Parallel()
				emu := acctest.New(t)
				var changed atomic.Pointer[market]
				trap := interceptRequests(t, emu)
				pass := trap.forward.Rewrite
				trap.forward.Rewrite = func(r *httputil.ProxyRequest) { pass(r); r.Out.Header.Del("Accept-Encoding") } // the answers are read here
				trap.forward.ModifyResponse = func(answer *http.Response) error {
					if m := changed.Load(); m != nil {
						return m.quote(answer)
					}
					return nil
				}
				w := acctest.NewWorkspace(t, emu, config.before, func(o *partnercenter.Options) { o.Endpoint = trap.URL })
				w.MustApply()
				bought := len(emu.Purchases())
				w.Configure(config.after)
				if out, code := w.Run("plan", "-input=false", "-out=tfplan"); code != 0 {
					t.Fatalf("plan failed:\n%s", out)
				}
				changed.Store(&now)
				emu.ForgetRequests()
				out, code := w.Run("apply", "-input=false", "tfplan")
				if code != 1 || !words("inconsistent final plan").MatchString(out) && !words("the planned price is").MatchString(out) {
					t.Errorf("exit code %d, the price does not stop it:\n%s", code, out)
				}
				expectPurchases(t, emu, bought)
				if made := changesMade(emu); len(made) > 0 {
					t.Errorf("it sent %v", made)
				}
			})
		}
	}
}
