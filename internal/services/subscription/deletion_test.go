// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// situations are subscriptions of the sample tenant in every situation that a destroy can meet.
var situations = []struct{ name, customer, id string }{
	{"saas_inside", emulator.CustomerNordwind, emulator.SubscriptionBackup},
	{"saas_after", emulator.CustomerNordwind, emulator.SubscriptionMailGuard},
	{"saas_unactivated", emulator.CustomerNordwind, emulator.SubscriptionUnactivated},
	{"saas_trial", emulator.CustomerAtelier, emulator.SubscriptionTrial},
	{"saas_deleted", emulator.CustomerAlpenblick, emulator.SubscriptionDeleted},
	{"nce_inside", emulator.CustomerNordwind, emulator.SubscriptionFreshOffice},
	{"nce_after", emulator.CustomerNordwind, emulator.SubscriptionThreeYears},
	{"nce_suspended", emulator.CustomerHarbour, emulator.SubscriptionSuspended},
	{"nce_expired", emulator.CustomerHarbour, emulator.SubscriptionExpired},
	{"nce_disabled", emulator.CustomerAlpenblick, emulator.SubscriptionDisabled},
	{"nce_trial", emulator.CustomerTulpenveld, emulator.SubscriptionNCETrial},
}

// What each policy makes of each situation: a status and whether it renews, "cancel" where the cancellation at term end is scheduled with
// it, "kept" where nothing changes, and "refused" where nothing changes and the destroy says why.
var destroyed = map[string]map[string]string{
	"turn_off_auto_renew": {
		"saas_inside": "active ends", "saas_after": "active ends", "saas_unactivated": "refused", "saas_trial": "active ends", "saas_deleted": "kept",
		"nce_inside": "active ends cancel", "nce_after": "active ends cancel", "nce_suspended": "kept", "nce_expired": "kept", "nce_disabled": "kept", "nce_trial": "active ends",
	},
	"cancel": {
		"saas_inside": "deleted ends", "saas_after": "refused", "saas_unactivated": "deleted ends", "saas_trial": "deleted ends", "saas_deleted": "kept",
		"nce_inside": "deleted ends", "nce_after": "refused", "nce_suspended": "refused", "nce_expired": "kept", "nce_disabled": "kept", "nce_trial": "refused",
	},
	"cancel_or_turn_off_auto_renew": {
		"saas_inside": "deleted ends", "saas_after": "active ends", "saas_unactivated": "deleted ends", "saas_trial": "deleted ends", "saas_deleted": "kept",
		"nce_inside": "deleted ends", "nce_after": "active ends cancel", "nce_suspended": "kept", "nce_expired": "kept", "nce_disabled": "kept", "nce_trial": "active ends",
	},
	"abandon": {}, // everything is kept
	"prevent": {}, // nothing is even planned
}

func TestAccSubscription_deletionPolicies(t *testing.T) {
	t.Parallel()
	acctest.CLI(t)
	for policy, outcomes := range destroyed {
		t.Run(policy, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			w := acctest.NewWorkspace(t, emu, imported(t, emu, policy))
			w.MustApply()
			before := map[string]string{}
			for _, s := range situations {
				before[s.name] = inService(t, emu, s.customer, s.id)
			}
			emu.ForgetRequests()
			out, code := w.Run("destroy", "-auto-approve", "-input=false")

			refused := policy == "prevent"
			for _, s := range situations {
				want, got := outcomes[s.name], inService(t, emu, s.customer, s.id)
				if want == "refused" {
					refused = true
				}
				if want == "" || want == "kept" || want == "refused" {
					want = before[s.name]
				}
				if got != want {
					t.Errorf("%s is %q afterwards, want %q (before: %q)", s.name, got, want, before[s.name])
				}
				if _, still := w.State()["partnercenter_subscription."+s.name]; still != (policy == "prevent" || outcomes[s.name] == "refused") {
					t.Errorf("%s is in the state: %t", s.name, still)
				}
			}
			if (code != 0) != refused {
				t.Errorf("destroy ended with %d:\n%s", code, out)
			}
			if strings.HasPrefix(policy, "a") || policy == "prevent" {
				if writes := emu.Writes(); len(writes) > 0 {
					t.Errorf("%s sent %d writes", policy, len(writes))
				}
			}
			says := map[string]string{
				"turn_off_auto_renew": `goes on being billed until`, "cancel": `will be canceled at once; this cannot be undone`,
				"cancel_or_turn_off_auto_renew": `will be canceled at once; this cannot be undone`, "abandon": `stays as it is at Partner Center`, "prevent": `Destroy refused`,
			}
			if !words(says[policy]).MatchString(out) {
				t.Errorf("the destroy does not say %q:\n%s", says[policy], out)
			}
		})
	}
}

// inService is what Partner Center has: the status, whether it renews, and whether its cancellation is scheduled.
func inService(t *testing.T, emu *emulator.Server, customer, id string) string {
	t.Helper()
	s, ok := emu.Subscription(customer, id)
	if !ok {
		t.Fatalf("there is no subscription %s", id)
	}
	text := fmt.Sprintf("%v renews", s["status"])
	if s["autoRenewEnabled"] != true {
		text = fmt.Sprintf("%v ends", s["status"])
	}
	if strings.Contains(fmt.Sprint(s["scheduledActions"]), "Cancel") {
		text += " cancel"
	}
	return text
}

var offerID = regexp.MustCompile(`^([^:]+):([^:]+):`)

// imported is configuration that takes the situations over as they are.
func imported(t *testing.T, emu *emulator.Server, policy string) string {
	t.Helper()
	var config strings.Builder
	for _, s := range situations {
		found, _ := emu.Subscription(s.customer, s.id)
		offer := offerID.FindStringSubmatch(fmt.Sprint(found["offerId"]))
		if offer == nil {
			t.Fatalf("%s has offer %v", s.name, found["offerId"])
		}
		fmt.Fprintf(&config, "import {\n  to = partnercenter_subscription.%[1]s\n  id = \"%[2]s/%[3]s\"\n}\n\nresource \"partnercenter_subscription\" %[1]q {\n"+
			"  customer_id = %[2]q\n  product_id = %[4]q\n  sku_id = %[5]q\n  quantity = %[6]v\n  deletion_policy = %[7]q\n", s.name, s.customer, s.id, offer[1], offer[2], found["quantity"], policy)
		if reseller, _ := found["partnerId"].(string); reseller != "" {
			fmt.Fprintf(&config, "  partner_id = %q\n", reseller)
		}
		config.WriteString("}\n\n")
	}
	return config.String()
}
