// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

func boolOf(t *testing.T, v tftypes.Value) (got, known bool) {
	t.Helper()
	if v.IsNull() {
		return false, false
	}
	if err := v.As(&got); err != nil {
		t.Fatal(err)
	}
	return got, true
}

func textOf(t *testing.T, v tftypes.Value) string {
	t.Helper()
	var got string
	if v.IsNull() {
		return ""
	}
	if err := v.As(&got); err != nil {
		t.Fatal(err)
	}
	return got
}

// What counts of a customer's acceptance: since when, by whom, and whether it is too old.
func TestCustomerAgreements_whatCounts(t *testing.T) {
	t.Parallel()
	day := func(year int, month time.Month, day int) time.Time {
		return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	}
	for name, test := range map[string]struct {
		on               time.Time
		accepted, tooOld bool
		day, by          string
	}{
		"directly":    {time.Time{}, true, false, "", ""},
		"just enough": {day(2023, 4, 1), true, false, "2023-04-01T00:00:00Z", "Leni Gruber"},
		"too old":     {day(2023, 3, 31), false, true, "2023-03-31T00:00:00Z", "Leni Gruber"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			if err := emu.Accept(emulator.CustomerKaffeehaus, test.on); err != nil {
				t.Fatal(err)
			}
			as := settings(map[string]string{"access_token": emu.IssueToken(emulator.TokenOptions{})})
			got, said := acctest.ReadDataSources(t, emu, as).Read("customer_agreements", settings(map[string]string{"customer_id": emulator.CustomerKaffeehaus}))
			if len(said) > 0 {
				t.Fatal(detailOf(said))
			}
			accepted, _ := boolOf(t, got["accepted"])
			tooOld, _ := boolOf(t, got["too_old"])
			if on, by := textOf(t, got["accepted_on"]), textOf(t, got["accepted_by"]); accepted != test.accepted || tooOld != test.tooOld || on != test.day || by != test.by {
				t.Errorf("accepted %t, too old %t, on %q by %q; want %+v", accepted, tooOld, on, by, test)
			}
		})
	}
}

// The resellers are validated in one call, and their list is there where Partner Center cannot validate them.
func TestIndirectResellers_validated(t *testing.T) {
	t.Parallel()
	for name, unknown := range map[string]bool{"validated": false, "not offered": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			emu.Behave(func(b *emulator.Behaviour) { b.NoResellerValidation = unknown })
			if err := emu.SuspendReseller(emulator.ResellerLoire, true); err != nil {
				t.Fatal(err)
			}
			as := settings(map[string]string{"access_token": emu.IssueToken(emulator.TokenOptions{})})
			got, said := acctest.ReadDataSources(t, emu, as).Read("indirect_resellers", nil)
			if len(said) > 0 {
				t.Fatal(detailOf(said))
			}
			var all []tftypes.Value
			if err := got["indirect_resellers"].As(&all); err != nil {
				t.Fatal(err)
			}
			want := map[string]struct {
				valid        bool
				code, advice string
			}{
				emulator.ResellerRheinwerk: {true, "", ""},
				emulator.ResellerLoire:     {false, "900400", "Name another in partner_id"},
				emulator.ResellerUnsigned:  {false, "900123", "has not signed"},
			}
			for _, one := range all {
				var reseller map[string]tftypes.Value
				if err := one.As(&reseller); err != nil {
					t.Fatal(err)
				}
				id := textOf(t, reseller["mpn_id"])
				valid, known := boolOf(t, reseller["is_valid"])
				code, advice := textOf(t, reseller["invalid_code"]), textOf(t, reseller["invalid_reason"])
				if known == unknown || !unknown && (valid != want[id].valid || code != want[id].code || !strings.Contains(advice, want[id].advice)) {
					t.Errorf("%s: valid %t (known %t), code %q, %q", id, valid, known, code, advice)
				}
			}
			if n := emu.Count("POST", "validateresellers"); len(all) != 3 || !unknown && n != 1 {
				t.Errorf("%d resellers in %d calls", len(all), n)
			}
		})
	}
}
