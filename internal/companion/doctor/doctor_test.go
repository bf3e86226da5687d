// SPDX-License-Identifier: MPL-2.0

package doctor_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/doctor"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// setUp is an environment in which everything is right, against an emulator of its own.
type setUp struct {
	t    *testing.T
	emu  *emulator.Server
	with map[string]string
}

func (s *setUp) set(name, value string) { s.with[name] = value }

// byUser signs in as a user instead of the application.
func (s *setUp) byUser(o emulator.TokenOptions) {
	s.set("PARTNERCENTER_REFRESH_TOKEN", s.emu.IssueRefreshToken(o))
}

// entra lets every sign-in fail as Entra says it.
func (s *setUp) entra(description string) {
	s.emu.Fault(emulator.Fault{Match: emulator.Match{SignIn: true}, Times: -1, Status: http.StatusUnauthorized, Code: 1, Description: description})
}

func examine(t *testing.T, change func(*setUp)) (doctor.Report, *emulator.Server) {
	t.Helper()
	emu := emulator.New(emulator.SampleTenant())
	t.Cleanup(emu.Close)
	s := &setUp{t, emu, map[string]string{
		"PARTNERCENTER_ENDPOINT": emu.URL, "PARTNERCENTER_AUTHORITY_HOST": emu.URL, "PARTNERCENTER_TENANT_ID": emu.TenantID(),
		"PARTNERCENTER_CLIENT_ID": emulator.ClientID, "PARTNERCENTER_CLIENT_SECRET": emulator.ClientSecret,
	}}
	change(s)
	for _, variable := range os.Environ() {
		if name, _, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "PARTNERCENTER_") || strings.HasPrefix(name, "ARM_") {
			t.Setenv(name, "")
		}
	}
	for name, value := range s.with {
		t.Setenv(name, value)
	}
	report := doctor.Examine(t.Context(), doctor.Options{})
	if writes := emu.Writes(); len(writes) > 0 {
		t.Errorf("it wrote: %+v", writes)
	}
	return report, emu
}

// otherService answers everything with a page, as a proxy or another program does.
func otherService(t *testing.T, status int) string {
	t.Helper()
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = w.Write([]byte("<html><title>Welcome \x1b[31mhere</title></html>"))
	}))
	t.Cleanup(other.Close)
	return other.URL
}

// Each set-up has one fault. What is wrong comes first, at its cause, with what to do; nothing else fails.
func TestExamine_brokenSetUps(t *testing.T) {
	for name, test := range map[string]struct {
		breaks         func(*setUp)
		id, says, does string
		state          doctor.State
	}{
		"no way to sign in": {
			func(s *setUp) { s.set("PARTNERCENTER_CLIENT_SECRET", "") },
			"settings", "No way to sign in is configured", "PARTNERCENTER_CLIENT_SECRET", doctor.Failed,
		},
		"two ways to sign in": {
			func(s *setUp) { s.set("PARTNERCENTER_USE_CLI", "true") },
			"settings", "both set", "PARTNERCENTER_CLIENT_SECRET", doctor.Failed,
		},
		"a variable that cannot be read": {
			func(s *setUp) { s.set("PARTNERCENTER_READ_ONLY", "perhaps") },
			"settings", `PARTNERCENTER_READ_ONLY is "perhaps"`, "read_only", doctor.Failed,
		},
		"an unknown cloud": {
			func(s *setUp) { s.set("PARTNERCENTER_ENVIRONMENT", "mars") },
			"settings", "mars", "PARTNERCENTER_ENVIRONMENT", doctor.Failed,
		},
		"an unreachable host": {
			func(s *setUp) { s.set("PARTNERCENTER_ENDPOINT", "http://127.0.0.1:1") },
			"reach", "Nothing answers at http://127.0.0.1:1", "PARTNERCENTER_ENDPOINT", doctor.Failed,
		},
		"an unreachable sign-in service": {
			func(s *setUp) { s.set("PARTNERCENTER_AUTHORITY_HOST", "http://127.0.0.1:1") },
			"sign-in", "cannot be reached", "authority_host", doctor.Failed,
		},
		"something else answers": {
			func(s *setUp) { s.set("PARTNERCENTER_ENDPOINT", otherService(s.t, http.StatusOK)) },
			"reach", `Welcome \u{1b}[31mhere`, "proxy", doctor.Failed,
		},
		"the service is down": {
			func(s *setUp) {
				s.set("PARTNERCENTER_ENDPOINT", otherService(s.t, http.StatusServiceUnavailable))
			},
			"reach", "HTTP 503", "Try again later", doctor.Failed,
		},
		"the clock is three hours behind": {
			func(s *setUp) { s.emu.Advance(3 * time.Hour) },
			"clock", "behind Partner Center's", "time server", doctor.Failed,
		},
		"the clock is two minutes ahead": {
			func(s *setUp) { s.emu.SetTime(s.emu.Clock().Now().Add(-2 * time.Minute)) },
			"clock", "ahead of Partner Center's", "time server", doctor.Warning,
		},
		"a wrong secret": {
			func(s *setUp) { s.set("PARTNERCENTER_CLIENT_SECRET", "not~the~secret") },
			"sign-in", "AADSTS7000215", "client_secret holds the secret's value", doctor.Failed,
		},
		"an expired secret": {
			func(s *setUp) {
				s.entra("AADSTS7000222: The provided client secret keys are expired.")
			},
			"sign-in", "AADSTS7000222", "Create a new one", doctor.Failed,
		},
		"no consent": {
			func(s *setUp) {
				s.entra("AADSTS65001: The user or administrator has not consented to use the application.")
			},
			"sign-in", "AADSTS65001", "administrator consent", doctor.Failed,
		},
		"an application of another tenant": {
			func(s *setUp) {
				s.set("PARTNERCENTER_CLIENT_ID", "0f6e2b84-93c7-4d15-8a2e-61b7c04d9e22")
			},
			"sign-in", "AADSTS700016", "client_id", doctor.Failed,
		},
		"another tenant": {
			func(s *setUp) {
				s.set("PARTNERCENTER_TENANT_ID", "0f6e2b84-93c7-4d15-8a2e-61b7c04d9e22")
			},
			"sign-in", "AADSTS90002", "tenant_id", doctor.Failed,
		},
		"the wrong cloud": {
			func(s *setUp) {
				s.set("PARTNERCENTER_CLIENT_SECRET", "")
				s.set("PARTNERCENTER_ACCESS_TOKEN", s.emu.IssueToken(emulator.TokenOptions{}))
				s.set("PARTNERCENTER_ENVIRONMENT", "china")
			},
			"token", "https://partner.partnercenterapi.microsoftonline.cn was to be asked", "environment", doctor.Failed,
		},
		"a token for the retired Graph": {
			func(s *setUp) {
				s.set("PARTNERCENTER_CLIENT_SECRET", "")
				s.set("PARTNERCENTER_ACCESS_TOKEN", s.emu.IssueToken(emulator.TokenOptions{Audience: "https://graph.windows.net"}))
			},
			"token", "graph.windows.net", "access_token", doctor.Failed,
		},
		"a token of another tenant": {
			func(s *setUp) {
				s.set("PARTNERCENTER_CLIENT_SECRET", "")
				s.set("PARTNERCENTER_ACCESS_TOKEN", s.emu.IssueToken(emulator.TokenOptions{}))
				s.set("PARTNERCENTER_TENANT_ID", "0f6e2b84-93c7-4d15-8a2e-61b7c04d9e22")
			},
			"token", "tenant_id 0f6e2b84", "PARTNERCENTER_TENANT_ID", doctor.Failed,
		},
		"an expired token": {
			func(s *setUp) {
				s.set("PARTNERCENTER_CLIENT_SECRET", "")
				s.set("PARTNERCENTER_ACCESS_TOKEN", s.emu.IssueToken(emulator.TokenOptions{Expired: true}))
			},
			"account", "HTTP 401", "access_token", doctor.Failed,
		},
		"a revoked refresh token": {
			func(s *setUp) { s.byUser(emulator.TokenOptions{}); s.emu.RevokeRefreshTokens() },
			"sign-in", "AADSTS50173", "signing in interactively", doctor.Failed,
		},
		"no multifactor authentication": {
			func(s *setUp) { s.byUser(emulator.TokenOptions{NoMFA: true}) },
			"mfa", "900421", "sign in interactively", doctor.Failed,
		},
		"no multifactor authentication, in the older form": {
			func(s *setUp) {
				s.emu.Behave(func(b *emulator.Behaviour) { b.EmptyMFARefusal = true })
				s.byUser(emulator.TokenOptions{NoMFA: true})
			},
			"mfa", "HTTP 401", "sign in interactively", doctor.Failed,
		},
		"no multifactor authentication, not refused yet": {
			func(s *setUp) {
				s.emu.Behave(func(b *emulator.Behaviour) { b.MFAEnforcement = 0 })
				s.byUser(emulator.TokenOptions{NoMFA: true})
			},
			"mfa", "may refuse the next", "multifactor", doctor.Warning,
		},
		"throttled": {
			func(s *setUp) {
				s.emu.Fault(emulator.Fault{Match: emulator.Match{Pattern: "customers"}, Skip: 1, Times: -1, Status: http.StatusTooManyRequests, RetryAfter: 41})
			},
			"limits", "HTTP 429", "requests_per_minute", doctor.Failed,
		},
		"more requests than a tenant has": {
			func(s *setUp) { s.set("PARTNERCENTER_REQUESTS_PER_MINUTE", "900") },
			"limits", "up to 900", "PARTNERCENTER_REQUESTS_PER_MINUTE", doctor.Warning,
		},
		"an application that Partner Center does not know": {
			func(s *setUp) {
				s.emu.Fault(emulator.Fault{Match: emulator.Match{Pattern: "customers"}, Skip: 1, Times: -1, Status: http.StatusForbidden, Code: 2032, Description: "Access denied."})
			},
			"account", "2032", "reseller relationship", doctor.Failed,
		},
		"a partner without customers": {
			func(s *setUp) {
				none := emulator.New(emulator.EmptyTenant())
				s.t.Cleanup(none.Close)
				s.set("PARTNERCENTER_ENDPOINT", none.URL)
				s.set("PARTNERCENTER_AUTHORITY_HOST", none.URL)
			},
			"account", "no customers", "tenant", doctor.Warning,
		},
		"a Sales agent": {
			func(s *setUp) { s.byUser(emulator.TokenOptions{User: emulator.SalesUser}) },
			"role", "900150", "Admin agent", doctor.Warning,
		},
		"the sandbox instead of production": {
			func(s *setUp) {
				s.emu.Behave(func(b *emulator.Behaviour) { b.Sandbox = true })
				s.byUser(emulator.TokenOptions{})
			},
			"sandbox", "integration sandbox", "production has another tenant", doctor.Warning,
		},
		"read-only": {
			func(s *setUp) { s.set("PARTNERCENTER_READ_ONLY", "true") },
			"read_only", "PARTNERCENTER_READ_ONLY", "unset PARTNERCENTER_READ_ONLY", doctor.Warning,
		},
		"a pinned endpoint": {
			func(*setUp) {}, // which the emulator's is
			"address", "PARTNERCENTER_ENDPOINT replaces Microsoft's address", "unset PARTNERCENTER_ENDPOINT", doctor.Warning,
		},
	} {
		t.Run(name, func(t *testing.T) {
			report, _ := examine(t, test.breaks)
			first := report.Findings[0]
			if test.id != "address" && first.ID == "address" { // every set-up here has pinned addresses
				first = report.Findings[1]
			}
			if first.ID != test.id || first.State != test.state || !strings.Contains(first.Says, test.says) || !strings.Contains(first.Remedy, test.does) {
				t.Errorf("got %s %s: %s\n%s\nwant %s %s: ...%s...%s", first.State, first.ID, first.Says, first.Remedy, test.state, test.id, test.says, test.does)
			}
			for _, other := range report.Findings {
				if other.State == doctor.Failed && other.ID != test.id {
					t.Errorf("%s fails as well: %s", other.ID, other.Says)
				}
			}
			if len(report.Findings) < 20 {
				t.Errorf("only %d findings", len(report.Findings))
			}
		})
	}
}

// A set-up in which all is right has nothing but lines that say so, and those that an application cannot be asked.
func TestExamine_right(t *testing.T) {
	for name, test := range map[string]struct {
		change   func(*setUp)
		notAsked string
	}{
		"an application": {func(*setUp) {}, "sandbox region agreements seats resellers graph-billing"},
		"a user":         {func(s *setUp) { s.byUser(emulator.TokenOptions{}) }, "graph-billing"},
	} {
		t.Run(name, func(t *testing.T) {
			report, _ := examine(t, test.change)
			var asked []string
			for _, f := range report.Findings {
				switch {
				case f.State == doctor.NotAsked:
					asked = append(asked, f.ID)
				case f.State != doctor.OK && f.ID != "address":
					t.Errorf("%s %s: %s", f.State, f.ID, f.Says)
				}
				if f.Question == "" || f.Asked == "" || f.Says == "" || f.State != doctor.OK && f.Remedy == "" {
					t.Errorf("%+v lacks something", f)
				}
			}
			if got := strings.Join(asked, " "); got != test.notAsked {
				t.Errorf("not asked: %s, want %s", got, test.notAsked)
			}
		})
	}
}

// Rails name the variable that they come from.
func TestExamine_railsNameTheirSource(t *testing.T) {
	report, _ := examine(t, func(s *setUp) {
		s.set("PARTNERCENTER_PIN_ALLOWED_CUSTOMER_IDS", emulator.CustomerNordwind)
		s.set("PARTNERCENTER_PIN_SPENDING_LIMIT", "500.00 EUR")
		s.set("PARTNERCENTER_REQUIRE_PRICE_LIMIT", "true")
		s.set("PARTNERCENTER_QUOTE_PRICES", "false")
	})
	var text bytes.Buffer
	if err := report.Text(&text); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		emulator.CustomerNordwind + " (PARTNERCENTER_PIN_ALLOWED_CUSTOMER_IDS).", "500.00 EUR (PARTNERCENTER_PIN_SPENDING_LIMIT).",
		"Yes (PARTNERCENTER_REQUIRE_PRICE_LIMIT).", "No (PARTNERCENTER_QUOTE_PRICES).", "Yes (default).",
	} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("%q is missing in\n%s", want, text.String())
		}
	}
}

// No form of the report holds a secret or a token.
func TestReport_holdsNoSecrets(t *testing.T) {
	report, emu := examine(t, func(s *setUp) { s.byUser(emulator.TokenOptions{}) })
	var text, encoded bytes.Buffer
	if report.Text(&text) != nil || report.JSON(&encoded) != nil {
		t.Fatal("it cannot be written")
	}
	for _, secret := range []string{emulator.ClientSecret, "eyJ", "0.A"} {
		if strings.Contains(text.String()+encoded.String(), secret) {
			t.Errorf("it has %q:\n%s", secret, text.String())
		}
	}
	var back doctor.Report
	if err := json.Unmarshal(encoded.Bytes(), &back); err != nil || len(back.Findings) != len(report.Findings) || back.Worst() != report.Worst() {
		t.Errorf("the JSON says something else: %v", err)
	}
	if emu.Count("GET", "customers") < 2 {
		t.Error("nothing was asked")
	}
}
