// SPDX-License-Identifier: MPL-2.0

package framework_test

import (
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
)

// Whoever interrupts a plan that waits for a price reads that nothing was bought; other plans say nothing of it.
func TestWarnOfSlowQuote(t *testing.T) {
	t.Parallel()
	var diags diag.Diagnostics
	framework.WarnOfSlowQuote(&diags, 4*time.Second, "")
	if len(diags) > 0 {
		t.Errorf("it warns: %v", diags)
	}
	framework.WarnOfSlowQuote(&diags, 6*time.Second, ` ("Mail")`)
	if len(diags) != 1 || diags.HasError() || !strings.Contains(diags[0].Summary(), "Mail") || !strings.Contains(diags[0].Detail(), "after 6s") || !strings.Contains(diags[0].Detail(), "nothing was bought") {
		t.Errorf("it says %v", diags)
	}
}
