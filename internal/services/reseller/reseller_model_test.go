// SPDX-License-Identifier: MPL-2.0

package reseller

import (
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework/frameworktest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// TestMapping finds attributes that nothing fills.
func TestMapping(t *testing.T) {
	for name, model := range map[string]any{
		"reseller": validated(resellerFromAPI(frameworktest.Filled[partnercenter.PartnerRelationship]())),
	} {
		if got := frameworktest.Missing(model); len(got) > 0 {
			t.Errorf("%s: nothing fills %s", name, got)
		}
	}
}

// validated adds what another call says of a reseller that is not valid.
func validated(m resellerModel) resellerModel {
	m.validated(partnercenter.ResellerValidation{ErrorCode: "900400", ErrorDescription: "no"})
	return m
}
