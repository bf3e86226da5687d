// SPDX-License-Identifier: MPL-2.0

package change

import (
	"reflect"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Only what has ended well, and took licenses to another subscription, explains that there are fewer.
func TestMoveFrom(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)
	event := func(name, status string, after time.Duration) partnercenter.TransitionEvent {
		return partnercenter.TransitionEvent{Name: name, Status: status, Timestamp: partnercenter.Time{Time: at.Add(after)}}
	}
	started, done := event("Conversion", "Started", 0), event("Conversion", "Completed", time.Hour)
	of := func(from, to string, events ...partnercenter.TransitionEvent) *partnercenter.Transition {
		return &partnercenter.Transition{FromSubscriptionID: from, ToSubscriptionID: to, ToCatalogItemID: "CFQ7TTC0BW2P:0001:X", Quantity: 10, Events: events}
	}
	moved := &Move{Licenses: 10, ToID: "other", ProductID: "CFQ7TTC0BW2P", SkuID: "0001", Ended: at.Add(time.Hour)}
	for name, test := range map[string]struct {
		t    *partnercenter.Transition
		want *Move
	}{
		"ended":                           {of("this", "other", started, done), moved},
		"ended, in other letters":         {of("THIS", "other", started, done), moved},
		"source left out":                 {of("", "other", started, done), moved},
		"goes on":                         {of("this", "other", started), nil},
		"a part of it goes on":            {of("this", "other", started, done, event("License transfer", "InProgress", 2*time.Hour)), nil},
		"failed":                          {of("this", "other", started, event("Conversion", "Failed", time.Hour)), nil},
		"nothing is known of it":          {of("this", "other"), nil},
		"nobody knows where":              {of("this", "", started, done), nil},
		"the whole became another":        {of("this", "This", started, done), nil},
		"from another one into this one":  {of("another", "this", started, done), nil},
		"of another one into another one": {of("another", "other", started, done), nil},
	} {
		if got := moveFrom("this", test.t); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: %+v, want %+v", name, got, test.want)
		}
	}
}
