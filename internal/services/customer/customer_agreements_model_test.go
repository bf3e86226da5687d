// SPDX-License-Identifier: MPL-2.0

package customer

import (
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework/frameworktest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// TestMapping finds attributes that nothing fills.
func TestMapping(t *testing.T) {
	for name, model := range map[string]any{
		"agreement":      agreementFromAPI(frameworktest.Filled[partnercenter.CustomerAgreement]()),
		"subscribed SKU": subscribedSkuFromAPI(frameworktest.Filled[partnercenter.SubscribedSku]()),
	} {
		if got := frameworktest.Missing(model); len(got) > 0 {
			t.Errorf("%s: nothing fills %s", name, got)
		}
	}
}
