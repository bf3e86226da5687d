// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"slices"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// What the catalog does not describe is left to the service; what it describes as something else could not be managed.
func TestCheckFamily(t *testing.T) {
	t.Parallel()
	of := func(id, subType string) []partnercenter.Availability {
		return []partnercenter.Availability{{Product: &partnercenter.Product{ProductType: partnercenter.ProductType{ID: id, SubType: partnercenter.ProductSubType{ID: subType}}}}}
	}
	for name, test := range map[string]struct {
		sold    []partnercenter.Availability
		allowed bool
	}{
		"marketplace software": {of("Azure", "SaaS"), true},
		"new commerce":         {of("OnlineServicesNCE", ""), true},
		"an Azure plan":        {of("Azure", "AzurePlan"), false},
		"something else":       {of("Hardware", ""), false},
		"not described":        {[]partnercenter.Availability{{}}, true},
		"without a type":       {of("", ""), true},
	} {
		if err := CheckFamily(&catalog.Offer{ProductID: "P", SkuID: "0001", Availabilities: test.sold}); (err == nil) != test.allowed {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestShorterFirst(t *testing.T) {
	t.Parallel()
	way := func(term, billing string) PricedOption {
		return PricedOption{TermOption: catalog.TermOption{TermDuration: term, BillingCycle: billing}}
	}
	want := []PricedOption{way("P1M", "monthly"), way("P1Y", "monthly"), way("P1Y", "annual"), way("P3Y", "monthly"), way("P3Y", "triennial"), way("", "one_time")}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortStableFunc(got, shorterFirst)
	if !slices.Equal(got, want) {
		t.Errorf("they are ordered %v", got)
	}
}
