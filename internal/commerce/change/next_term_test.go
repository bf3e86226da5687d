// SPDX-License-Identifier: MPL-2.0

package change

import (
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// A renewal does not say how it is to move, so one way is enough, and what is said of a transfer of licenses is no reason.
func TestPossible(t *testing.T) {
	t.Parallel()
	type ways = []partnercenter.TransitionEligibilityDetail
	yes := func(way string) partnercenter.TransitionEligibilityDetail {
		return partnercenter.TransitionEligibilityDetail{TransitionType: way, IsEligible: true}
	}
	no := func(way string, codes ...partnercenter.Text) partnercenter.TransitionEligibilityDetail {
		d := partnercenter.TransitionEligibilityDetail{TransitionType: way}
		for _, code := range codes {
			d.Errors = append(d.Errors, partnercenter.TransitionError{Code: code})
		}
		return d
	}
	tests := map[string]struct {
		listed []ways
		ok     bool
		codes  string
	}{
		"nothing is said":             {[]ways{nil}, true, ""},
		"without a transfer":          {[]ways{{yes(TransitionOnly), no(TransitionWithTransfer, "3")}}, true, ""},
		"with a transfer only":        {[]ways{{no(TransitionOnly, "6"), yes(TransitionWithTransfer)}}, true, ""},
		"in no way":                   {[]ways{{no(TransitionWithTransfer, "2", "3"), no(TransitionOnly, "2")}}, false, "2"},
		"in no way, without a reason": {[]ways{{no(TransitionOnly)}}, false, ""},
		"in a way nobody knows":       {[]ways{{no("other", "9")}}, false, "9"},
		"from another availability":   {[]ways{{no(TransitionOnly, "8")}, {yes(TransitionOnly)}}, true, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var listed []partnercenter.TransitionEligibility
			for _, w := range test.listed {
				listed = append(listed, partnercenter.TransitionEligibility{Eligibilities: w})
			}
			why, ok := possible(listed)
			codes := ""
			for _, e := range why {
				codes += string(e.Code)
			}
			if ok != test.ok || codes != test.codes {
				t.Errorf("possible = %t for %q, want %t for %q", ok, codes, test.ok, test.codes)
			}
		})
	}
}
