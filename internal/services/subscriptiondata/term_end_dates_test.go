// SPDX-License-Identifier: MPL-2.0

package subscriptiondata_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

func TestAccTermEndDates(t *testing.T) {
	emu := acctest.New(t)
	config := fmt.Sprintf("data \"partnercenter_term_end_dates\" \"test\" {\n  customer_id = %q\n  term_duration = \"P1Y\"\n  subscription_id = %q\n}\n",
		emulator.CustomerNordwind, strings.ToUpper(emulator.SubscriptionOffice))
	acctest.Run(t, emu, resource.TestStep{Config: config, ConfigStateChecks: []statecheck.StateCheck{
		statecheck.ExpectKnownValue("data.partnercenter_term_end_dates.test", tfjsonpath.New("term_end_dates"), knownvalue.ListExact([]knownvalue.Check{
			knownvalue.ObjectExact(map[string]knownvalue.Check{
				"custom_term_end_date": knownvalue.NotNull(), "type": knownvalue.StringExact("subscription_aligned"),
				"coterm_subscription_ids": knownvalue.ListExact([]knownvalue.Check{knownvalue.StringExact(emulator.SubscriptionOffice)}),
			}),
		})),
	}})
}

// termEnds are the days of a year's term, and what each aligns with.
func termEnds(t *testing.T, emu *emulator.Server, more map[string]string) (days, kinds []string, said []*tfprotov6.Diagnostic) {
	t.Helper()
	given := map[string]tftypes.Value{
		"customer_id": tftypes.NewValue(tftypes.String, emulator.CustomerNordwind), "term_duration": tftypes.NewValue(tftypes.String, "P1Y"),
	}
	for name, value := range more {
		given[name] = tftypes.NewValue(tftypes.String, value)
	}
	read, said := acctest.ReadDataSources(t, emu).Read("term_end_dates", given)
	var found []tftypes.Value
	if list, ok := read["term_end_dates"]; ok {
		if err := list.As(&found); err != nil {
			t.Fatal(err)
		}
	}
	for _, one := range found {
		var day map[string]tftypes.Value
		var at, kind string
		if err := one.As(&day); err != nil {
			t.Fatal(err)
		}
		if err := day["custom_term_end_date"].As(&at); err != nil {
			t.Fatal(err)
		}
		if err := day["type"].As(&kind); err != nil {
			t.Fatal(err)
		}
		days, kinds = append(days, at), append(kinds, kind)
	}
	return days, kinds, said
}

// All pages are read, in the order of the days, and the first day is one that a purchase takes.
func TestTermEndDates_pages(t *testing.T) {
	t.Parallel()
	whole := acctest.New(t)
	want, kinds, _ := termEnds(t, whole, nil)
	emu := acctest.New(t, emulator.WithBehaviour(func(b *emulator.Behaviour) { b.CustomTermEndsPageSize = 2 }))
	got, _, said := termEnds(t, emu, nil)
	if len(said) > 0 || !slices.Equal(got, want) || !slices.IsSorted(got) || len(got) < 12 {
		t.Errorf("got %v, want %v; said %v", got, want, said)
	}
	if !slices.Contains(kinds, "calendar_month_aligned") || !slices.Contains(kinds, "subscription_aligned") {
		t.Errorf("the days align with %v", kinds)
	}
	if n := emu.Count(http.MethodGet, "customers/*/subscriptions/customTermEndDates"); n != (len(want)+1)/2 {
		t.Errorf("%d requests for pages of two days", n)
	}
}

func TestTermEndDates_start(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t)
	start := emu.Clock().Now().AddDate(0, 6, 0)
	days, _, said := termEnds(t, emu, map[string]string{"term_start_date": start.Format(time.DateOnly)})
	if len(said) > 0 || len(days) == 0 || days[0] < start.Format(time.DateOnly) {
		t.Errorf("got %v after %s; said %v", days, start, said)
	}
}

// Software of other publishers cannot be aligned with.
func TestTermEndDates_none(t *testing.T) {
	t.Parallel()
	if days, _, said := termEnds(t, acctest.New(t), map[string]string{"subscription_id": emulator.SubscriptionMailGuard}); len(days)+len(said) > 0 {
		t.Errorf("got %v; said %v", days, said)
	}
}

func TestTermEndDates_refused(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t)
	for want, change := range map[string]map[string]string{
		"a customer ID is a GUID":                {"customer_id": "nordwind"},
		"term_duration":                          {"term_duration": "1 year"},
		"term_start_date":                        {"term_start_date": "soon"},
		"Cannot list the days a term may end on": {"customer_id": emulator.CustomerUnknown},
	} {
		if _, _, said := termEnds(t, emu, change); !acctest.HasError(said) || !strings.Contains(said[0].Summary+": "+said[0].Detail, want) {
			t.Errorf("said %v, want %q", said, want)
		}
	}
}
