// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"encoding/json"
	"os/exec"
	"testing"

	"github.com/hashicorp/go-version"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"
)

// Check skips a test in a Workspace where the CLI is not the right one, as TerraformVersionChecks do for tests in steps.
func Check(t *testing.T, checks ...tfversion.TerraformVersionCheck) {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), CLI(t), "version", "-json").Output() //nolint:gosec // the CLI is chosen by whoever runs the tests
	if err != nil {
		t.Fatal(err)
	}
	var cli struct {
		Version *version.Version `json:"terraform_version"`
	}
	if err := json.Unmarshal(out, &cli); err != nil {
		t.Fatal(err)
	}
	for _, check := range checks {
		var got tfversion.CheckTerraformVersionResponse
		check.CheckTerraformVersion(t.Context(), tfversion.CheckTerraformVersionRequest{TerraformVersion: cli.Version}, &got)
		if got.Error != nil {
			t.Fatal(got.Error)
		}
		if got.Skip != "" {
			t.Skip(got.Skip)
		}
	}
}
