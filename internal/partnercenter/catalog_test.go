// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"fmt"
	"testing"
)

func TestAvailability(t *testing.T) {
	body := `{"totalCount": 1, "items": [` + fixture(t, "availability.json") + `]}`
	all, err := answering(t, 200, body, "GET /v1/products/DZH318ZEXPPP/skus/0003/availabilities?country=DE&targetSegment=commercial").
		Availabilities(t.Context(), CatalogScope{Country: "DE", TargetSegment: "commercial"}, "DZH318ZEXPPP", "0003")
	if err != nil || len(all) != 1 {
		t.Fatalf("got %d, %v", len(all), err)
	}
	got := &all[0]
	wantFilled(t, got,
		"RenewalInstructions.RenewalOptions.TermDuration", "RenewalInstructions.RenewalOptions.Description", // those of a term
		"Terms.RenewalOptions.RenewToID", "Terms.RenewalOptions.IsAutoRenewable") // those of an instruction
	check(t, "terms", len(got.Terms), 2)
	check(t, "refund", got.Terms[0].CancellationPolicies[0].RefundOptions[0].ExpiresAfter, "P3D")
	check(t, "family", got.Product.Family(), FamilyMarketplaceSaaS)
	check(t, "most", got.Sku.MaximumQuantity, 500)
}

func TestCatalog_paths(t *testing.T) {
	country := CatalogScope{Country: "DE", TargetSegment: "nonprofit"}
	customer := CatalogScope{CustomerID: "c", Country: "DE", TargetSegment: "nonprofit"}
	tests := map[string]func(*Client) (int, error){
		"GET /v1/products?country=DE&targetSegment=nonprofit&targetView=MarketplaceSaaS": func(c *Client) (int, error) {
			got, err := c.Products(t.Context(), country, "MarketplaceSaaS")
			return len(got), err
		},
		"GET /v1/customers/c/products?targetSegment=nonprofit&targetView=OnlineServices": func(c *Client) (int, error) {
			got, err := c.Products(t.Context(), customer, "OnlineServices")
			return len(got), err
		},
		"GET /v1/products/P/skus?country=DE&targetSegment=nonprofit": func(c *Client) (int, error) {
			got, err := c.Skus(t.Context(), country, "P")
			return len(got), err
		},
		"GET /v1/customers/c/products/P/skus?targetSegment=nonprofit": func(c *Client) (int, error) {
			got, err := c.Skus(t.Context(), customer, "P")
			return len(got), err
		},
		"GET /v1/customers/c/products/P/skus/0001/availabilities?targetSegment=nonprofit": func(c *Client) (int, error) {
			got, err := c.Availabilities(t.Context(), customer, "P", "0001")
			return len(got), err
		},
	}
	for want, ask := range tests {
		t.Run(want, func(t *testing.T) {
			got, err := ask(answering(t, 200, `{"totalCount": 1, "items": [{"id": "X"}]}`, want))
			if err != nil || got != 1 {
				t.Errorf("got %d, %v", got, err)
			}
		})
	}
	for want, ask := range map[string]func(*Client) (string, error){
		"GET /v1/products/P?country=DE":         func(c *Client) (string, error) { return idOf(c.Product(t.Context(), country, "P")) },
		"GET /v1/customers/c/products/P":        func(c *Client) (string, error) { return idOf(c.Product(t.Context(), customer, "P")) },
		"GET /v1/customers/c/products/P/skus/K": func(c *Client) (string, error) { return idOf(c.Sku(t.Context(), customer, "P", "K")) },
	} {
		t.Run(want, func(t *testing.T) {
			got, err := ask(answering(t, 200, `{"id": "X"}`, want))
			if err != nil || got != "X" {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}

func idOf(value any, err error) (string, error) {
	if err != nil {
		return "", err
	}
	switch found := value.(type) {
	case *Product:
		return found.ID, err
	case *Sku:
		return found.ID, err
	}
	return "", fmt.Errorf("%T has no ID", value)
}

func TestCatalog_scope(t *testing.T) {
	c, s, _ := against(t, func(received) reply { return reply{status: 200, body: `{"items": []}`} })
	if _, err := c.Products(t.Context(), CatalogScope{}, "MarketplaceSaaS"); err == nil {
		t.Error("neither customer nor country")
	}
	if _, err := c.Products(t.Context(), CatalogScope{Country: "DE"}, ""); err == nil {
		t.Error("no view")
	}
	check(t, "requests", len(s.requests), 0)
}
