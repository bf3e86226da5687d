// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// reportConfigs are a configuration and what becomes of it: one change of most kinds that the report of partnercenter tells apart.
func reportConfigs() (before, after string) {
	five, eight := lines{"quantity": "5"}, lines{"quantity": "8"}
	unchanged := purchase("unchanged", five)
	before = unchanged + purchase("more", five) + purchase("fewer", eight) + purchase("renewal_off", five) + purchase("stopped", five) + purchase("replaced", five) +
		purchase("abandoned", lines{"quantity": "5", "deletion_policy": `"abandon"`}) + purchase("forgotten", five)
	after = unchanged + m365(nil) + purchase("more", eight) + purchase("fewer", five) + purchase("adopted", existingOffice) +
		purchase("renewal_off", lines{"quantity": "5", "auto_renew_enabled": "false", "friendly_name": `"| <b>renamed</b> ]("`}) +
		purchase("replaced", lines{"quantity": "5", "product_id": `"` + emulator.ProductOfficePlus + `"`, "allow_replacement": "true"}) +
		purchase("dollar", lines{"customer_id": `"` + emulator.CustomerPrairie + `"`, "quantity": "3", "price_limit": ""}) +
		"removed {\n  from = partnercenter_subscription.forgotten\n\n  lifecycle {\n    destroy = false\n  }\n}\n"
	return before, after
}

// TestAccReportPlans makes the plan of the golden files of the report, with the CLI of this run. With -update-plans it writes it.
func TestAccReportPlans(t *testing.T) {
	t.Parallel()
	acctest.SkipOpenTofuBelow(t, tfversion.Version1_10_0)
	emu := acctest.New(t, emulator.WithTime(policiesStart))
	before, after := reportConfigs()
	w := acctest.NewWorkspace(t, emu, before)
	w.MustApply()
	w.Configure(after)
	if out, code := w.Run("plan", "-input=false", "-out=report.tfplan"); code != 0 {
		t.Fatalf("plan failed:\n%s", out)
	}
	shown, code := w.Run("show", "-json", "report.tfplan")
	if code != 0 {
		t.Fatalf("show failed:\n%s", shown)
	}
	cli := "terraform"
	if version, _ := w.Run("version"); strings.HasPrefix(version, "OpenTofu") {
		cli = "opentofu"
	}
	file := filepath.Join("..", "companion", "report", "testdata", cli+".json")
	if *updatePlans {
		var text bytes.Buffer
		if err := json.Indent(&text, alike([]byte(shown)), "", " "); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, text.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, want := parsePlan(t, []byte(shown)), readPlan(t, file)
	got.FormatVersion, got.Timestamp = want.FormatVersion, want.Timestamp
	if !bytes.Equal(got.json(t), want.json(t)) {
		t.Errorf("%s is not what is planned: run this test with -update-plans, and then those of the report with -update\n%s", file, got.json(t))
	}
}
