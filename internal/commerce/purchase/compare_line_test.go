// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"strings"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// A line is bought as the cart has it: on what terms differs from what is asked for, the line is not bought; what is not asked for, and
// what the answer does not carry, is no difference.
func TestOrder_compare(t *testing.T) {
	t.Parallel()
	end := func(text string) partnercenter.Time {
		at, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return partnercenter.Time{Time: at}
	}
	type line = partnercenter.CartLine
	for name, test := range map[string]struct {
		asked, got line
		unnamed    bool
		want       string
	}{
		"another promotion":                  {asked: line{PromotionID: "A:B:C"}, got: line{PromotionID: "A:B:D"}, want: `promotion_id is "A:B:C" here and "A:B:D" there`},
		"no promotion":                       {asked: line{PromotionID: "A:B:C"}, want: `promotion_id is "A:B:C" here and none there`},
		"the promotion in another spelling":  {asked: line{PromotionID: "A:B:C"}, got: line{PromotionID: " a:b:c"}},
		"a promotion that nobody asks for":   {got: line{PromotionID: "A:B:C"}},
		"another reseller":                   {asked: line{Participants: Participants("7700123")}, got: line{Participants: Participants("7700124")}, want: `partner_id is "7700123" here and "7700124" there`},
		"no reseller":                        {asked: line{Participants: Participants("7700123")}, want: `partner_id is "7700123" here and none there`},
		"a reseller that nobody asks for":    {got: line{Participants: Participants("7700123")}},
		"another end":                        {asked: line{CustomTermEndDate: end("2027-01-31T00:00:00Z")}, got: line{CustomTermEndDate: end("2027-02-28T00:00:00Z")}, want: `custom_term_end_date is "2027-01-31" here and "2027-02-28" there`},
		"no end":                             {asked: line{CustomTermEndDate: end("2027-01-31T00:00:00Z")}, want: `custom_term_end_date is "2027-01-31" here and none there`},
		"the same end":                       {asked: line{CustomTermEndDate: end("2027-01-31T02:00:00+02:00")}, got: line{CustomTermEndDate: end("2027-01-31T00:00:00Z")}},
		"another renewal":                    {asked: line{RenewsTo: &partnercenter.RenewsTo{TermDuration: "P1Y"}}, got: line{RenewsTo: &partnercenter.RenewsTo{TermDuration: "P3Y"}}, want: `renews_to is "P1Y" here and "P3Y" there`},
		"no renewal":                         {asked: line{RenewsTo: &partnercenter.RenewsTo{TermDuration: "P1Y"}}, want: `renews_to is "P1Y" here and none there`},
		"not attested":                       {asked: line{AttestationAccepted: new(true)}, got: line{AttestationAccepted: new(false)}, want: `attestation_accepted is "true" here and "false" there`},
		"nothing said about the attestation": {asked: line{AttestationAccepted: new(true)}},
		"another context":                    {asked: line{ProvisioningContext: map[string]string{"b": "2", "a": "1"}}, got: line{ProvisioningContext: map[string]string{}}, want: `provisioning_context is "a = 1, b = 2" here and none there`},
		"nothing said about the context":     {asked: line{ProvisioningContext: map[string]string{"a": "1"}}},
		"another nickname":                   {asked: line{FriendlyName: "one"}, got: line{FriendlyName: "two"}, want: `friendly_name is "one" here and "two" there`},
		"a nickname that nobody has said":    {asked: line{FriendlyName: "Post"}, got: line{FriendlyName: "two"}, unnamed: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test.got.CatalogItemID = "P:0001:A"
			err := Order{ProductID: "P", SkuID: "0001", Line: test.asked, Unnamed: test.unnamed}.compare(&partnercenter.Cart{}, test.got)
			if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want+". Write the same in both")) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}
