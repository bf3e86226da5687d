// SPDX-License-Identifier: MPL-2.0

package simulation

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
	"net/http"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation/terraform"
)

// market is what carts cost: the emulator's prices and, while prices have risen, a part of them more. A cart keeps the price that it was made at.
type market struct {
	more   float64
	madeAt map[string]float64 // more of each cart
	totals map[string]float64 // of each cart, with it

	ordered map[string]bool // carts that an answer showed as ordered
}

func newMarket() *market {
	return &market{madeAt: map[string]float64{}, totals: map[string]float64{}, ordered: map[string]bool{}}
}

// quote puts the price of the market into an answer about a cart.
func (m *market) quote(path string, answer *http.Response) {
	if answer.StatusCode >= http.StatusMultipleChoices || !strings.Contains(path, "/carts") || strings.HasSuffix(path, "/checkout") {
		return
	}
	body, err := io.ReadAll(answer.Body)
	var cart map[string]any
	if err == nil && json.Unmarshal(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")), &cart) == nil {
		id, _ := cart["id"].(string)
		status, _ := cart["status"].(string)
		m.ordered[id] = m.ordered[id] || strings.EqualFold(status, "ordered")
		body = m.price(cart, body)
	}
	rest := []io.Reader{bytes.NewReader(body)}
	if err != nil {
		rest = append(rest, terraform.BrokenReader{})
	}
	answer.Body, answer.ContentLength = io.NopCloser(io.MultiReader(rest...)), -1
	answer.Header.Del("Content-Length")
}

func (m *market) price(cart map[string]any, body []byte) []byte {
	id, _ := cart["id"].(string)
	if _, made := m.madeAt[id]; !made {
		m.madeAt[id] = m.more
	}
	total, more := 0.0, m.madeAt[id]
	lines, _ := cart["lineItems"].([]any)
	for _, one := range lines {
		line, _ := one.(map[string]any)
		pricing, _ := line["pricing"].(map[string]any)
		for name, price := range pricing {
			if cents, ok := price.(float64); ok {
				pricing[name] = math.Round(cents*(1+more)*1e4) / 1e4
			}
		}
		extended, _ := pricing["extendedPrice"].(float64)
		total += extended
	}
	m.totals[id] = total
	if priced, err := json.Marshal(cart); more != 0 && err == nil {
		return priced
	}
	return body
}
