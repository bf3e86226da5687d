// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// mayBeUnknown are the only attributes that the plan of a purchase may leave open.
var mayBeUnknown = []string{"id", "status", "current_term", "waiting_for_activation"}

// A reviewer reads the whole plan of a purchase: it fits on a screen, and leaves open only what nobody can know before.
func TestPlanShape_purchase(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		product, term, billing string
		quantity               int
		more                   map[string]tftypes.Value
		lines, unknown         int
	}{
		"licenses":            {emulator.ProductOffice, "P1Y", "monthly", 5, nil, 22, 3},
		"licenses, 3 years":   {emulator.ProductOffice, "P3Y", "monthly", 5, nil, 22, 3},
		"other licenses":      {emulator.ProductDiagram, "P1Y", "annual", 5, nil, 22, 3},
		"sold in one way":     {emulator.ProductArchive, "", "", 5, nil, 24, 4},
		"software":            {emulator.ProductMailGuard, "P1Y", "annual", 5, nil, 24, 4},
		"a flat plan":         {emulator.ProductTimesheet, "P1M", "", 1, nil, 24, 4},
		"a least quantity":    {emulator.ProductPayroll, "P1M", "", 5, nil, 24, 4},
		"with an attestation": {emulator.ProductMedical, "P1M", "", 1, map[string]tftypes.Value{"attestation_accepted": yes}, 24, 4},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := speak(t, acctest.New(t))
			config := map[string]tftypes.Value{
				"customer_id": textValue(emulator.CustomerKaffeehaus), "product_id": textValue(test.product), "sku_id": textValue("0001"),
				"quantity": tftypes.NewValue(tftypes.Number, test.quantity), "friendly_name": textValue("one"),
			}
			for attribute, text := range map[string]string{"term_duration": test.term, "billing_cycle": test.billing} {
				if text != "" {
					config[attribute] = textValue(text)
				}
			}
			maps.Copy(config, test.more)
			lines, unknown := 2, 0 // the braces
			for attribute, value := range p.planned(config) {
				if !value.IsKnown() {
					unknown++
					if !slices.Contains(mayBeUnknown, attribute) {
						t.Errorf("%s is not known in the plan", attribute)
					}
				}
				lines += linesOf(t, value)
			}
			if lines > test.lines || unknown > test.unknown {
				t.Errorf("the plan has %d lines and leaves %d open, want at most %d and %d", lines, unknown, test.lines, test.unknown)
			}
		})
	}
}

// planned is what a purchase plans.
func (p *protocol) planned(config map[string]tftypes.Value) map[string]tftypes.Value {
	p.t.Helper()
	kind := p.resourceType()
	proposed := maps.Clone(config)
	for _, a := range p.schemas.ResourceSchemas[subscriptionType].Block.Attributes {
		if _, given := config[a.Name]; !given && a.Computed {
			proposed[a.Name] = tftypes.NewValue(a.ValueType(), tftypes.UnknownValue)
		}
	}
	plan, err := p.PlanResourceChange(p.t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: subscriptionType, PriorState: p.nothing(kind), ProposedNewState: p.value(kind, proposed), Config: p.value(kind, config),
	})
	p.must(err, plan.Diagnostics)
	return p.attributes(plan.PlannedState, kind)
}

// linesOf counts the lines that a CLI prints of an attribute of a new object.
func linesOf(t *testing.T, value tftypes.Value) int {
	t.Helper()
	switch {
	case value.IsNull():
		return 0
	case !value.IsKnown() || !value.Type().Is(tftypes.Object{}):
		return 1
	}
	members, lines := map[string]tftypes.Value{}, 2
	if err := value.As(&members); err != nil {
		t.Fatal(err)
	}
	for _, member := range members {
		lines += linesOf(t, member)
	}
	return lines
}
