// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"encoding/json"
	"os/exec"
	"strings"
	"testing"

	"github.com/hashicorp/go-version"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"
)

// Check skips a test in a Workspace where the CLI is not the right one, as TerraformVersionChecks do for tests in steps.
func Check(t *testing.T, checks ...tfversion.TerraformVersionCheck) {
	t.Helper()
	of := versionOf(t)
	for _, check := range checks {
		var got tfversion.CheckTerraformVersionResponse
		check.CheckTerraformVersion(t.Context(), tfversion.CheckTerraformVersionRequest{TerraformVersion: of}, &got)
		if got.Error != nil {
			t.Fatal(got.Error)
		}
		if got.Skip != "" {
			t.Skip(got.Skip)
		}
	}
}

// IsOpenTofu reports whether the CLI is OpenTofu.
func IsOpenTofu(t *testing.T) bool {
	t.Helper()
	return strings.HasPrefix(string(askVersion(t)), "OpenTofu")
}

// IsTerraformSince reports whether the CLI is Terraform of this version, such as "1.16.0-rc1", or newer.
func IsTerraformSince(t *testing.T, first string) bool {
	t.Helper()
	return !IsOpenTofu(t) && versionOf(t).GreaterThanOrEqual(version.Must(version.NewVersion(first)))
}

// SkipOpenTofuBelow is Check for what Terraform of the same version can do, and OpenTofu not yet.
func SkipOpenTofuBelow(t *testing.T, minimum *version.Version) {
	t.Helper()
	if IsOpenTofu(t) {
		Check(t, tfversion.SkipBelow(minimum))
	}
}

func versionOf(t *testing.T) *version.Version {
	t.Helper()
	var cli struct {
		Version *version.Version `json:"terraform_version"`
	}
	if err := json.Unmarshal(askVersion(t, "-json"), &cli); err != nil {
		t.Fatal(err)
	}
	return cli.Version
}

func askVersion(t *testing.T, options ...string) []byte {
	t.Helper()
	command := exec.CommandContext(t.Context(), CLI(t), append([]string{"version"}, options...)...) //nolint:gosec // the CLI is chosen by whoever runs the tests
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	return out
}
