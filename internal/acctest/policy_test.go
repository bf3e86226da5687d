// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
)

// TestAccPolicy sees that the rules of examples/policy find what breaks them, and nothing once it is allowed.
func TestAccPolicy(t *testing.T) {
	example, err := os.ReadFile(filepath.Join("..", "..", "examples", "policy", "main.tf"))
	if err != nil {
		t.Fatal(err)
	}
	broken := func(renewals, licenses, nicknames int64) []statecheck.StateCheck {
		return []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("broken", knownvalue.ObjectExact(map[string]knownvalue.Check{
			"renewals": knownvalue.Int64Exact(renewals), "licenses": knownvalue.Int64Exact(licenses), "nicknames": knownvalue.Int64Exact(nicknames),
		}))}
	}
	text := config.StringVariable
	acctest.Run(t, acctest.New(t),
		resource.TestStep{
			Config: string(example),
			ConfigVariables: config.Variables{
				"renewing":      config.ListVariable(text("Verwaltung")),
				"most_licenses": config.MapVariable(map[string]config.Variable{"Microsoft Corporation": config.IntegerVariable(40)}),
				"nickname":      text("^[a-z-]+$"),
			},
			ConfigStateChecks: broken(6, 2, 19),
		},
		resource.TestStep{
			Config: string(example),
			ConfigVariables: config.Variables{
				"renewing":      config.ListVariable(text("Werk 2"), text("Zeiterfassung"), text("Protection courrier"), text("Essai signature"), text("Proef kantoor"), text("Telemetry")),
				"most_licenses": config.MapVariable(map[string]config.Variable{"Microsoft Corporation": config.IntegerVariable(1000)}),
				"nickname":      text("."),
			},
			ConfigStateChecks: broken(0, 0, 0),
		},
	)
}
