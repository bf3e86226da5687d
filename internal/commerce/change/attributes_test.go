// SPDX-License-Identifier: MPL-2.0

package change

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// wishes are another value of each attribute than nce has.
var wishes = map[string]Desired{
	Suspended:    {Suspended: new(true)},
	FriendlyName: {FriendlyName: new("post")},
	PartnerID:    {PartnerID: new("7700123")},
	TermDuration: {TermDuration: new("P3Y")},
	BillingCycle: {BillingCycle: new("annual")},
	Quantity:     {Quantity: new(int64(11))},
	AutoRenew:    {AtTermEnd: TermEndCancel},
	EndOfTerm:    {AtTermEnd: TermEndExtend},
	NextTerm: {ManageNext: true, NextTerm: &partnercenter.NextTermInstructions{
		Quantity: 5, Product: partnercenter.NextTermProduct{ProductID: "CFQ7TTC0AAAA", SkuID: "0001", TermDuration: "P1Y", BillingCycle: "monthly"},
	}},
}

// Each row asks for its own change, and for no other; what is wanted at all has a row.
func TestAttributes(t *testing.T) {
	t.Parallel()
	var wanted Desired
	whole := reflect.ValueOf(&wanted).Elem()
	for _, a := range Attributes {
		want, known := wishes[a.Name]
		next := want.next(nce(nil))
		if !known || next == nil || next.what != a.Name {
			t.Errorf("%s: the next change is %+v", a.Name, next)
			continue
		}
		for i, fields := 0, reflect.ValueOf(want); i < fields.NumField(); i++ {
			if !fields.Field(i).IsZero() {
				whole.Field(i).Set(fields.Field(i))
			}
		}
		if a.WhileSuspended != Allowed && a.WhileSuspended != Refused && a.WhileSuspended != Waits {
			t.Errorf("%s does not say what becomes of it while suspended", a.Name)
		}
	}
	for i := range whole.NumField() {
		if name := whole.Type().Field(i).Name; whole.Field(i).IsZero() && !slices.Contains([]string{"PurchaseLine", "PriceLimit", "Committed", "kept"}, name) { // these are about the price, and about what is there already
			t.Errorf("no row asks for %s", name)
		}
	}
	if len(wishes) != len(Attributes) {
		t.Errorf("there are %d wishes for %d attributes", len(wishes), len(Attributes))
	}
}

// Values compare what people decide, and print as they are configured.
func TestAttributes_values(t *testing.T) {
	t.Parallel()
	s := nce(func(s *partnercenter.Subscription) {
		s.Status, s.BillingCycle, s.PartnerID = "Active", "Monthly", "7700123"
		s.ScheduledNextTermInstructions = wishes[NextTerm].NextTerm
	})
	printed := map[string]string{
		"product_id": `"CFQ7TTC0AAAA"`, "sku_id": `"0001"`, Suspended: "false", FriendlyName: `"mail"`, PartnerID: `"7700123"`, TermDuration: `"P1Y"`,
		BillingCycle: `"monthly"`, Quantity: "10", AutoRenew: "true", EndOfTerm: `"renew"`,
		NextTerm: "{\n    product_id    = \"CFQ7TTC0AAAA\"\n    sku_id        = \"0001\"\n    term_duration = \"P1Y\"\n    billing_cycle = \"monthly\"\n    quantity      = 5\n  }",
	}
	for _, a := range All() {
		if got := a.Of(s).String(); got != printed[a.Name] {
			t.Errorf("%s = %s, want %s", a.Name, got, printed[a.Name])
		}
	}
}

func TestFixed(t *testing.T) {
	t.Parallel()
	paid, trial := Facts{Family: partnercenter.FamilyNewCommerce}, Facts{Family: partnercenter.FamilyNewCommerce, Trial: true}
	tests := map[string]struct {
		facts Facts
		was   Term
		will  Term
		fixed bool
	}{
		"longer":                      {paid, Term{"P1Y", "monthly"}, Term{"P3Y", "triennial"}, false},
		"longer, billed unfittingly":  {paid, Term{"P1M", "monthly"}, Term{"P1Y", "triennial"}, true},
		"shorter":                     {paid, Term{"P1Y", "monthly"}, Term{"P1M", "monthly"}, true},
		"three years, other billing":  {paid, Term{"P3Y", "monthly"}, Term{"P3Y", "annual"}, false},
		"three years, upfront before": {paid, Term{"P3Y", "triennial"}, Term{"P3Y", "annual"}, true},
		"one year, other billing":     {paid, Term{"P1Y", "monthly"}, Term{"P1Y", "annual"}, true},
		"a trial":                     {trial, Term{"P1M", "none"}, Term{"P1Y", "monthly"}, true},
		"marketplace":                 {Facts{Family: partnercenter.FamilyMarketplaceSaaS}, Term{"P1Y", "monthly"}, Term{"P3Y", "monthly"}, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test.facts.TermDuration, test.facts.BillingCycle = test.was.Duration, test.was.BillingCycle
			for _, a := range All() {
				want := test.fixed
				switch a.Name {
				case TermDuration:
				case BillingCycle:
					want = want && (test.facts.Family != partnercenter.FamilyMarketplaceSaaS || test.facts.Trial) // there only the service knows
				case "customer_id", "product_id", "sku_id":
					want = true
				default:
					want = false
				}
				if got := a.Fixed(test.facts, test.will); got != want {
					t.Errorf("%s is fixed: %t, want %t", a.Name, got, want)
				}
			}
		})
	}
}

// Facts survive being kept as JSON.
func TestFacts_json(t *testing.T) {
	t.Parallel()
	s := saas(func(s *partnercenter.Subscription) {
		s.AttentionNeeded, s.ScheduledActions, s.RefundableQuantity = new(true), cancelAtEnd, &partnercenter.RefundableQuantity{TotalQuantity: 3}
		s.RefundOptions = []partnercenter.RefundOption{{Type: "Full"}}
	})
	before := FactsOf(s)
	if !before.Waiting || before.Refundable != 3 || !before.EndsWithTerm() || len(before.Refunds) != 1 {
		t.Fatalf("the facts are %+v", before)
	}
	encoded, err := json.Marshal(before)
	var after Facts
	if err != nil || json.Unmarshal(encoded, &after) != nil || !reflect.DeepEqual(before, after) {
		t.Errorf("%s is %+v, want %+v (%v)", encoded, after, before, err)
	}
}
