// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

func settings(values map[string]string) map[string]tftypes.Value {
	given := map[string]tftypes.Value{}
	for name, value := range values {
		given[name] = tftypes.NewValue(tftypes.String, value)
	}
	return given
}

// asRefreshToken is the sign-in of a partner user together with the application.
func asRefreshToken(emu *emulator.Server, token string) map[string]tftypes.Value {
	return settings(map[string]string{
		"tenant_id": emu.TenantID(), "client_id": emulator.ClientID, "client_secret": emulator.ClientSecret, "refresh_token": token,
	})
}

func detailOf(found []*tfprotov6.Diagnostic) string {
	var text strings.Builder
	for _, d := range found {
		text.WriteString(d.Summary + ": " + d.Detail + "\n")
	}
	return text.String()
}

// A user without multifactor authentication is refused in either form, once and with what helps; an application is not.
func TestMFA_refused(t *testing.T) {
	t.Parallel()
	without := emulator.TokenOptions{NoMFA: true}
	nordwind := settings(map[string]string{"customer_id": emulator.CustomerNordwind})
	for name, test := range map[string]struct {
		empty bool
		as    func(emu *emulator.Server) map[string]tftypes.Value
		says  string
	}{
		"refresh token, empty": {true, func(emu *emulator.Server) map[string]tftypes.Value {
			return asRefreshToken(emu, emu.IssueRefreshToken(without))
		}, "refresh_token of that sign-in"},
		"refresh token": {false, func(emu *emulator.Server) map[string]tftypes.Value {
			return asRefreshToken(emu, emu.IssueRefreshToken(without))
		}, "refresh_token of that sign-in"},
		"access token, empty": {true, func(emu *emulator.Server) map[string]tftypes.Value {
			return settings(map[string]string{"access_token": emu.IssueToken(without)})
		}, "Sign in again with it"},
		"access token": {false, func(emu *emulator.Server) map[string]tftypes.Value {
			return settings(map[string]string{"access_token": emu.IssueToken(without)})
		}, "Sign in again with it"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t)
			emu.Behave(func(b *emulator.Behaviour) { b.EmptyMFARefusal = test.empty })
			run := acctest.ReadDataSources(t, emu, test.as(emu))
			_, said := run.Read("orders", nordwind)
			if !strings.Contains(detailOf(said), test.says) {
				t.Errorf("it says %s", detailOf(said))
			}
			var calls, tokens int
			for _, r := range emu.Requests() {
				if r.SignIn {
					tokens++
				} else {
					calls++
				}
			}
			if calls != 1 || tokens > 1 {
				t.Errorf("%d calls were made with %d tokens, want one of each at most", calls, tokens)
			}
		})
	}
	emu := acctest.New(t)
	if _, said := acctest.ReadDataSources(t, emu).Read("orders", nordwind); len(said) > 0 {
		t.Errorf("an application is told %s", detailOf(said))
	}
}

// While the service refuses a share of the calls only, those that pass count, and the refused one says that others may pass.
func TestMFA_staged(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t)
	emu.Behave(func(b *emulator.Behaviour) { b.MFAEnforcement = 50 })
	run := acctest.ReadDataSources(t, emu, asRefreshToken(emu, emu.IssueRefreshToken(emulator.TokenOptions{NoMFA: true})))
	for i, customer := range []string{emulator.CustomerNordwind, emulator.CustomerHarbour, emulator.CustomerKaffeehaus, emulator.CustomerSonnenhof} {
		_, said := run.Read("orders", settings(map[string]string{"customer_id": customer}))
		if refused := i%2 == 1; acctest.HasError(said) != refused || refused && !strings.Contains(detailOf(said), "even where Partner Center still accepts some") {
			t.Errorf("call %d: %s", i, detailOf(said))
		}
	}
}
