// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

func sampleOffer() *Offer {
	return &Offer{ProductID: "DZH318ZTEST1", SkuID: "0001", Availabilities: []partnercenter.Availability{
		{
			ID: "AVAILABLE001", IsPurchasable: true,
			Product: &partnercenter.Product{Title: "Mail Guard"}, Sku: &partnercenter.Sku{Title: "Team", MinimumQuantity: 5, MaximumQuantity: 300},
			Terms: []partnercenter.Term{{Duration: "P1M", BillingCycle: "Monthly"}, {Duration: "P1Y", BillingCycle: "Monthly"}, {Duration: "P1Y", BillingCycle: "Annual"}},
		},
		{ID: "AVAILABLE002", Terms: []partnercenter.Term{{Duration: "P3Y", BillingCycle: "Triennial"}}}, // not purchasable
	}}
}

func TestChoose(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		term, billing string
		want          string // term/billing, or part of the error
	}{
		"both given":                       {"P1Y", "annual", "P1Y/annual"},
		"term alone is enough":             {"P1M", "", "P1M/monthly"},
		"billing alone is enough":          {"", "annual", "P1Y/annual"},
		"term alone is not enough":         {"P1Y", "", "several ways"},
		"nothing given":                    {"", "", "several ways"},
		"a pair that is not sold":          {"P1M", "annual", `not sold with term_duration = "P1M" and billing_cycle = "annual"`},
		"only on an availability not sold": {"P3Y", "triennial", "not sold with"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := sampleOffer().Choose(test.term, test.billing)
			found := got.TermDuration + "/" + got.BillingCycle
			if err != nil {
				found = err.Error()
			}
			if !strings.Contains(found, test.want) {
				t.Errorf("choose(%q, %q) = %s, want %s", test.term, test.billing, found, test.want)
			}
		})
	}
}

func TestChooseNamesWhatIsSold(t *testing.T) {
	t.Parallel()
	_, err := sampleOffer().Choose("P2Y", "")
	for _, pair := range []string{`term_duration = "P1M", billing_cycle = "monthly"`, `term_duration = "P1Y", billing_cycle = "annual"`} {
		if err == nil || !strings.Contains(err.Error(), pair) {
			t.Errorf("the error %q does not offer %s", err, pair)
		}
	}
}

func TestSoldBy(t *testing.T) {
	t.Parallel()
	o := sampleOffer()
	education := o.Availabilities[0]
	education.ID, education.Segment = "AVAILABLE003", "education"
	o.Availabilities = append(o.Availabilities, education)
	for id, sold := range map[string]bool{"AVAILABLE001": true, "available003": true, "AVAILABLE002": false, "AVAILABLE000": false, "": false} {
		if got := o.SoldBy(id, "P1Y", "annual"); got != sold {
			t.Errorf("%q sells a year: %t", id, got)
		}
	}
	if o.SoldBy("AVAILABLE003", "P3Y", "triennial") || o.SoldBy("AVAILABLE002", "P3Y", "triennial") {
		t.Error("what has no such term, or cannot be bought, sells it")
	}
}

func TestCheckQuantity(t *testing.T) {
	t.Parallel()
	flat := &Offer{ProductID: "DZH318ZFLAT1", SkuID: "0001", Availabilities: []partnercenter.Availability{{Sku: &partnercenter.Sku{MinimumQuantity: 1, MaximumQuantity: 1}}}}
	tests := map[string]struct {
		offer    *Offer
		quantity int64
		want     string // "" for allowed
	}{
		"smallest":            {sampleOffer(), 5, ""},
		"largest":             {sampleOffer(), 300, ""},
		"too few":             {sampleOffer(), 4, "at least 5"},
		"too many":            {sampleOffer(), 301, "at most 300"},
		"flat plan":           {flat, 1, ""},
		"flat plan, two":      {flat, 2, "exactly 1"},
		"limits are not said": {&Offer{}, 7, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := test.offer.CheckQuantity(test.quantity)
			if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
				t.Errorf("checkQuantity(%d) = %v, want %q", test.quantity, err, test.want)
			}
		})
	}
}
