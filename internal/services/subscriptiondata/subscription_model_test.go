// SPDX-License-Identifier: MPL-2.0

package subscriptiondata

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework/frameworktest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// TestMapping finds attributes that nothing fills.
func TestMapping(t *testing.T) {
	filled := frameworktest.Filled[partnercenter.Subscription]()
	filled.OfferID = "DZH318Z0BQ4B:0001:DZH318Z0BQ4C"
	got := subscriptionModel{CustomerID: types.StringValue("1")}
	got.fromAPI(filled)
	if missing := frameworktest.Missing(got); len(missing) > 0 {
		t.Errorf("nothing fills %q", missing)
	}
}
