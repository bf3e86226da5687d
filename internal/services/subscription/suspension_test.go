// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
)

// Suspending by attribute says what it costs, like the action does; reactivating and everything else has nothing to warn of.
func TestAccSubscription_warnsOfSuspension(t *testing.T) {
	t.Parallel()
	const warning = `Subscription will be suspended ("one", customer 0d95b7c2...)`
	w := acctest.NewWorkspace(t, acctest.New(t), office(`quantity = 5`, `friendly_name = "one"`))
	w.MustApply()
	w.Configure(office(`quantity = 5`, `friendly_name = "one"`, `suspended = true`))
	out := w.MustApply()
	for _, want := range []string{warning, `Access is blocked, and it goes on being billed until`} {
		if !words(want).MatchString(out) {
			t.Errorf("the plan does not say %q:\n%s", want, out)
		}
	}
	w.MustPlanClean()
	w.Configure(office(`quantity = 5`, `friendly_name = "one"`, `suspended = false`))
	if out := w.MustApply(); words(warning).MatchString(out) {
		t.Errorf("reactivating warns of suspending:\n%s", out)
	}
}
