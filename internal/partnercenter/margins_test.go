// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"encoding/json"
	"testing"
	"time"
)

// The samples write results, the page of the reference Results, and the percentage has two names.
func TestMargins(t *testing.T) {
	one := `{"id": "m1", "productId": "DZH318Z0BQ4B", "productTitle": "Guard", "productType": "SaaS", "publisherName": "Contoso", "skuId": "0001", "skuTitle": "Standard",
		"startDate": "2026-01-01T00:00:00Z", "endDate": "2026-12-31T00:00:00Z", "status": "active", "statusDate": "2026-01-01T00:00:00Z", `
	for body, percentage := range map[string]string{
		`{"pageSize": 1, "totalSize": 2, "results": [` + one + `"marginPercentage": 15.5}]}`:                                                                                                 "15.5",
		`{"pageSize": 1, "totalSize": 2, "Results": [` + one + `"percentageMargin": "15.5"}]}`:                                                                                               "15.5",
		`{"pageSize": 1, "totalSize": 2, "results": [` + one + `"priceConfiguration": {"pricingModel": "perUser", "purchase": [{"termDuration": "P1Y", "amount": 1, "currency": "EUR"}]}}]}`: "",
	} {
		got, err := answering(t, 200, body, "GET /v1/margins").Margins(t.Context())
		if err != nil || len(got.Results) != 1 {
			t.Fatalf("got %+v, %v", got, err)
		}
		wantFilled(t, got.Results[0], "MarginPercentage", "PercentageMargin", "PriceConfiguration")
		check(t, "percentage", got.Results[0].Percentage(), percentage)
		check(t, "complete", got.Complete(), false)
	}
}

// A price is found wherever it stands, and what is not understood is kept.
func TestPriceConfiguration(t *testing.T) {
	for body, want := range map[string]PurchasePrice{
		`{"termDuration": "P1Y", "amount": 99.5, "currency": "EUR"}`:                            {"P1Y", "99.5", "EUR"},
		`{"termDuration": "P1Y", "price": {"amount": "99.50", "currency": {"code": "EUR"}}}`:    {"P1Y", "99.50", "EUR"},
		`{"term": "P1M", "price": {"value": 3, "currency": "USD"}}`:                             {"P1M", "3", "USD"},
		`{"term": "P1M", "price": 3, "currency": "USD"}`:                                        {"P1M", "3", "USD"},
		`{"termDuration": "P1Y", "price": ["something else"], "currency": ["nothing of this"]}`: {"P1Y", "", ""},
	} {
		var got PriceConfiguration
		whole := `{"pricingModel": "perUser", "purchase": [` + body + `]}`
		if err := json.Unmarshal([]byte(whole), &got); err != nil || len(got.Purchase) != 1 || got.Purchase[0] != want || got.Whole != whole {
			t.Errorf("%s: got %+v, %v", body, got, err)
		}
	}
}

// A purchase gets the margin that runs, that of the SKU before that of the product.
func TestMargins_for(t *testing.T) {
	at := func(text string) Time {
		parsed, err := ParseTime(text)
		if err != nil {
			t.Fatal(err)
		}
		return parsed
	}
	margin := func(id, sku, start, end string) Margin {
		return Margin{ID: id, ProductID: "DZH318Z0BQ4B", SkuID: sku, StartDate: at(start), EndDate: at(end)}
	}
	all := Margins{Results: []Margin{
		margin("all", "", "2026-02-01T00:00:00Z", "2026-06-01T00:00:00Z"), margin("one", "0001", "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z"),
		margin("other", "0002", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"), {ID: "endless", ProductID: "DZH318Z000000", StartDate: at("2026-01-01T00:00:00Z")},
	}}
	for _, test := range []struct{ product, at, want string }{
		{"DZH318Z0BQ4B", "2026-01-31T23:59:59Z", ""}, {"DZH318Z0BQ4B", "2026-02-01T00:00:00Z", "all"}, {"dzh318z0bq4b", "2026-03-15T00:00:00Z", "one"},
		{"DZH318Z0BQ4B", "2026-04-01T00:00:00Z", "all"}, {"DZH318Z0BQ4B", "2026-06-01T00:00:00Z", ""}, {"DZH318Z000000", "2030-01-01T00:00:00Z", "endless"},
	} {
		got := ""
		if found := all.For(test.product, "0001", at(test.at)); found != nil {
			got = found.ID
		}
		check(t, test.product+" at "+test.at, got, test.want)
	}
}

// A Date that is days off makes no margin run that has ended, or has not begun.
func TestMargins_forBoth(t *testing.T) {
	start := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	all := Margins{Results: []Margin{{ID: "one", ProductID: "DZH318Z0BQ4B", StartDate: Time{start}, EndDate: Time{start.AddDate(0, 1, 0)}}}}
	for name, test := range map[string]struct {
		one, other int // days after its start
		want       bool
	}{
		"both within": {1, 20, true}, "one after its end": {20, 60, false}, "one before its start": {-30, 2, false}, "neither": {-1, 60, false},
	} {
		got := all.ForBoth("DZH318Z0BQ4B", "0001", start.AddDate(0, 0, test.one), start.AddDate(0, 0, test.other))
		if (got != nil) != test.want {
			t.Errorf("%s: got %v", name, got)
		}
	}
}
