// SPDX-License-Identifier: MPL-2.0

package change

import (
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

func TestPartsOf(t *testing.T) {
	t.Parallel()
	event := func(name, status string, errors ...partnercenter.TransitionError) partnercenter.TransitionEvent {
		return partnercenter.TransitionEvent{Name: name, Status: status, Errors: errors}
	}
	tests := map[string]struct {
		events  []partnercenter.TransitionEvent
		running bool
		text    string
		failure string
	}{
		"nothing yet": {nil, true, "not in the history yet", ""},
		"started":     {[]partnercenter.TransitionEvent{event("Conversion", "Started")}, true, "Conversion started", ""},
		"done":        {[]partnercenter.TransitionEvent{event("Conversion", "Started"), event("Conversion", "Completed")}, false, "Conversion completed", ""},
		"licenses are still being reassigned": {
			[]partnercenter.TransitionEvent{event("Conversion", "Started"), event("Conversion", "Completed"), event("LicenseReassignment", "InProgress")},
			true, "Conversion completed, LicenseReassignment inprogress", "",
		},
		"licenses could not be reassigned": {
			[]partnercenter.TransitionEvent{event("Conversion", "Completed"), event("LicenseReassignment", "Failed", partnercenter.TransitionError{Code: "12", Description: "No users."})},
			false, "Conversion completed, LicenseReassignment failed", "LicenseReassignment failed: No users.",
		},
		"failed without a reason": {[]partnercenter.TransitionEvent{event("Conversion", "Failed")}, false, "Conversion failed", "does not say why"},
		"failed with a number":    {[]partnercenter.TransitionEvent{event("Conversion", "failed", partnercenter.TransitionError{Code: "7"})}, false, "Conversion failed", "Code 7. Nothing can be moved to"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			all := partsOf(&partnercenter.Transition{Events: test.events})
			if all.running() != test.running || all.String() != test.text {
				t.Errorf("running = %t, %q; want %t, %q", all.running(), all, test.running, test.text)
			}
			err := all.failure()
			if test.failure == "" && err != nil || test.failure != "" && (err == nil || !strings.Contains(err.Error(), test.failure)) {
				t.Errorf("failure = %v, want %q", err, test.failure)
			}
		})
	}
}

// The published answer to the start of a transition names no operation; then the new one in the history that moves as many licenses is meant.
func TestProgress_find(t *testing.T) {
	t.Parallel()
	const target = "CFQ7TTC0AAAA:0001:CFQ7TTC0BBBB"
	of := &Transition{Quantity: 3, from: nce(nil), target: partnercenter.TransitionEligibility{CatalogItemID: target}}
	history := []partnercenter.Transition{
		{OperationID: "old", Quantity: 3, ToCatalogItemID: target},
		{OperationID: "other", Quantity: 4, ToCatalogItemID: target},
		{OperationID: "new", Quantity: 3, ToCatalogItemID: strings.ToLower(target)},
	}
	tests := map[string]struct {
		known *partnercenter.Transition
		want  string
	}{
		"by its operation":                {&partnercenter.Transition{OperationID: "OTHER"}, "other"},
		"by what it moves":                {&partnercenter.Transition{}, "new"},
		"after an answer that was lost":   {nil, "new"},
		"an operation that is not listed": {&partnercenter.Transition{OperationID: "later"}, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := &Progress{of: of, old: []string{"old"}, known: test.known}
			found := ""
			if t := p.find(history); t != nil {
				found = t.OperationID
			}
			if found != test.want {
				t.Errorf("found %q, want %q", found, test.want)
			}
		})
	}
}

func TestDifferences(t *testing.T) {
	t.Parallel()
	before := nce(func(s *partnercenter.Subscription) {
		s.ScheduledNextTermInstructions = &partnercenter.NextTermInstructions{Quantity: 5, Product: partnercenter.NextTermProduct{ProductID: "CFQ7TTC0AAAA", SkuID: "0001"}}
	})
	after := nce(func(s *partnercenter.Subscription) {
		s.OfferID, s.TermDuration, s.BillingCycle = "CFQ7TTC0CCCC:0002:CFQ7TTC0DDDD", "P3Y", "Annual"
	})
	want := `  product_id = "CFQ7TTC0CCCC"
  sku_id = "0002"
  term_duration = "P3Y"
  billing_cycle = "annual"
  no scheduled_next_term_instructions: Partner Center dropped what was scheduled`
	if got := Differences(before, after); got != want {
		t.Errorf("differences =\n%s\nwant\n%s", got, want)
	}
	if got := Differences(before, before); got != "" {
		t.Errorf("nothing differs, but it says\n%s", got)
	}
	if got := Differences(after, before); !strings.Contains(got, "scheduled_next_term_instructions = {") {
		t.Errorf("the instructions are missing in\n%s", got)
	}
}
