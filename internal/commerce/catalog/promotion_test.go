// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// An answer about another promotion is no answer about this one.
func TestOf(t *testing.T) {
	answers := []partnercenter.PromotionEligibility{{PromotionID: "A:B:C", IsEligible: true}, {PromotionID: "D:E:F"}}
	for promotion, want := range map[string]*partnercenter.PromotionEligibility{"a:b:c": &answers[0], "D:E:F": &answers[1], "G:H:I": nil} {
		if got := of(promotion, answers); got != want {
			t.Errorf("%s: got %v, want %v", promotion, got, want)
		}
	}
}
