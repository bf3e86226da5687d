// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// What a plan finds, takes over or forgets is said to end only where a cancellation is scheduled for it: no renewal alone leads to a paid
// extension.
func TestSubscription_afterTerm(t *testing.T) {
	t.Parallel()
	const (
		ends     = "It does not renew, and ends on 20"
		possibly = "may go on month by month in a paid extended service term from 20"
		extended = "goes on month by month in a paid extended service term from 20"
	)
	adopt, off := map[string]tftypes.Value{"on_existing": textValue("adopt")}, tftypes.NewValue(tftypes.Bool, false)
	scheduled := func(action string) map[string]any {
		return map[string]any{"scheduledActions": []map[string]any{{"scheduleType": "TermEnd", "actionType": action}}}
	}
	for name, test := range map[string]struct {
		drift  map[string]any
		config map[string]tftypes.Value
		says   string
	}{
		"found":                             {nil, nil, "; it does not renew, and " + possibly},
		"found, to be extended":             {scheduled("RenewToExtendedServiceTerm"), nil, "; it does not renew, and " + extended},
		"found, to end":                     {scheduled("Cancel"), nil, "; it does not renew, and ends on 20"},
		"found, suspended":                  {map[string]any{"status": "suspended"}, nil, "; it does not renew while it is suspended: it ends on 20"},
		"taken over":                        {nil, adopt, "It does not renew, and " + possibly},
		"taken over, to be extended":        {scheduled("RenewToExtendedServiceTerm"), adopt, "It does not renew, and " + extended},
		"taken over, to end":                {scheduled("Cancel"), adopt, ends},
		"taken over, and to end from there": {nil, map[string]tftypes.Value{"on_existing": textValue("adopt"), "auto_renew_enabled": off}, ends},
		"taken over, suspended":             {map[string]any{"status": "suspended"}, adopt, "It does not renew while it is suspended: it ends on 20"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			if test.drift != nil {
				if err := emu.Drift(emulator.CustomerTulpenveld, emulator.SubscriptionLapsing, test.drift); err != nil {
					t.Fatal(err)
				}
			}
			p := speak(t, emu)
			kind := p.resourceType()
			config := map[string]tftypes.Value{
				"customer_id": textValue(emulator.CustomerTulpenveld), "product_id": textValue(emulator.ProductOffice), "sku_id": textValue("0001"), "friendly_name": textValue("Magazijn"),
				"quantity": tftypes.NewValue(tftypes.Number, 10), "term_duration": textValue("P1Y"), "billing_cycle": textValue("monthly"),
			}
			maps.Copy(config, test.config)
			proposed := maps.Clone(config)
			for _, a := range p.schemas.ResourceSchemas[subscriptionType].Block.Attributes {
				if _, given := config[a.Name]; !given && a.Computed {
					proposed[a.Name] = tftypes.NewValue(a.ValueType(), tftypes.UnknownValue)
				}
			}
			said := p.saysOf(subscriptionType, &tfprotov6.PlanResourceChangeRequest{ProposedNewState: p.value(kind, proposed), Config: p.value(kind, config)})
			if !strings.Contains(said, test.says) {
				t.Errorf("it says\n%s\nwant %q", said, test.says)
			}
			if !strings.Contains(test.says, "ends on") && strings.Contains(said, "ends on 20") {
				t.Errorf("it says that it ends:\n%s", said)
			}
			if made := changesMade(emu); len(made) > 0 {
				t.Errorf("the plan sent %v", made)
			}
		})
	}
}
