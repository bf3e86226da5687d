// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

// Margin is what a publisher grants this partner through a private offer: a percentage of the price, or a price in place of it. It is for
// purchases between its dates. See reference/commerce.md#margins-of-private-offers.
type Margin struct {
	ID                 string              `json:"id"`
	ProductID          string              `json:"productId"`
	ProductTitle       string              `json:"productTitle"`
	ProductType        string              `json:"productType"`
	PublisherName      string              `json:"publisherName"`
	SkuID              string              `json:"skuId"` // "" for all SKUs of the product
	SkuTitle           string              `json:"skuTitle"`
	StartDate          Time                `json:"startDate"`
	EndDate            Time                `json:"endDate"`
	Status             string              `json:"status"`
	StatusDate         Time                `json:"statusDate"`
	MarginPercentage   Text                `json:"marginPercentage"`
	PercentageMargin   Text                `json:"percentageMargin"`
	PriceConfiguration *PriceConfiguration `json:"priceConfiguration"`
}

// Percentage is the margin in per cent, "" for one that is a price. The page of the operation has two names for it.
func (m *Margin) Percentage() string {
	return cmp.Or(string(m.MarginPercentage), string(m.PercentageMargin))
}

// PriceConfiguration is a price in place of the offer's own. Its inner members are documented in part only.
type PriceConfiguration struct {
	PricingModel string          `json:"pricingModel"`
	Purchase     []PurchasePrice `json:"purchase"`
	Whole        string          `json:"-"` // as Partner Center wrote it, JSON
}

// UnmarshalJSON keeps the whole.
func (p *PriceConfiguration) UnmarshalJSON(data []byte) error {
	type known PriceConfiguration
	if err := json.Unmarshal(data, (*known)(p)); err != nil {
		return err
	}
	p.Whole = string(data)
	return nil
}

// PurchasePrice is the price of a term, as far as its members are known.
type PurchasePrice struct {
	TermDuration string
	Amount       Text
	Currency     string
}

// UnmarshalJSON finds amount and currency beside the term or below price: no page shows which it is.
func (p *PurchasePrice) UnmarshalJSON(data []byte) error {
	type amount struct {
		Amount   Text
		Value    Text
		Currency json.RawMessage
	}
	var found struct {
		TermDuration, Term string
		Price              json.RawMessage
		amount
	}
	if err := json.Unmarshal(data, &found); err != nil {
		return err
	}
	p.TermDuration = cmp.Or(found.TermDuration, found.Term)
	inner := found.amount
	if len(found.Price) > 0 && json.Unmarshal(found.Price, &inner) != nil {
		var alone json.Number
		_ = json.Unmarshal(found.Price, &alone) // a price that is an amount alone; another form is left out
		inner.Amount = Text(alone)
	}
	p.Amount = cmp.Or(inner.Amount, inner.Value)
	var code struct{ Code string }
	if json.Unmarshal(inner.Currency, &p.Currency) != nil && json.Unmarshal(inner.Currency, &code) == nil {
		p.Currency = code.Code
	}
	return nil
}

// Margins is the list of margins. No paging is documented for it, and it may yet say that there are more than it has.
type Margins struct {
	TotalSize Int      `json:"totalSize"`
	Results   []Margin `json:"results"`
}

// Complete reports whether the list has all that it says there are.
func (m *Margins) Complete() bool { return int(m.TotalSize) <= len(m.Results) }

// For finds the margin that a purchase of a SKU at a time of the service gets: one for the SKU before one for the whole product. It is nil for none.
func (m *Margins) For(productID, skuID string, at Time) *Margin {
	var found *Margin
	for i := range m.Results {
		margin := &m.Results[i]
		runs := !at.Before(margin.StartDate.Time) && (margin.EndDate.IsZero() || at.Before(margin.EndDate.Time))
		if !runs || !strings.EqualFold(margin.ProductID, productID) || margin.SkuID != "" && !strings.EqualFold(margin.SkuID, skuID) {
			continue
		}
		if found == nil || found.SkuID == "" && margin.SkuID != "" {
			found = margin
		}
	}
	return found
}

// ForBoth is For by two clocks: a margin that runs by one of them only, because of one wrong Date, is none.
func (m *Margins) ForBoth(productID, skuID string, ours, theirs time.Time) *Margin {
	found := m.For(productID, skuID, Time{ours})
	if also := m.For(productID, skuID, Time{theirs}); found != also {
		return nil
	}
	return found
}

const operationListMargins = "list margins"

// Margins lists the margins that publishers grant this partner.
// See https://learn.microsoft.com/partner-center/developer/get-margins.
func (c *Client) Margins(ctx context.Context) (*Margins, error) {
	return one[Margins](ctx, c, call{operation: operationListMargins, method: http.MethodGet, path: route("margins")})
}

// SharedMargins is Margins for those who only look: one request for a run.
func (c *Client) SharedMargins(ctx context.Context) (*Margins, error) {
	return share(ctx, c.shared, "", question{operation: operationListMargins}, c.Margins)
}
