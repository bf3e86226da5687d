// SPDX-License-Identifier: MPL-2.0

package conformance

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/conformance/verdict"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/settings"
)

// asked runs the questions against an emulator, as its application or, with a refresh token, as a user.
func asked(t *testing.T, emu *emulator.Server, level verdict.Level, refresh string, change func(*Options)) (*verdict.Report, error) {
	t.Helper()
	address, tenant, client, secret := emu.URL, emu.TenantID(), emulator.ClientID, emulator.ClientSecret
	block := settings.Block{Endpoint: &address, AuthorityHost: &address, TenantID: &tenant, ClientID: &client, ClientSecret: &secret}
	if refresh != "" {
		block.RefreshToken = &refresh
	}
	read, problems := settings.Read(block)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	o := Options{Level: level, Settings: read, Clock: emu.Clock(), Customer: emulator.CustomerNordwind}
	if level > verdict.Read {
		o.Customer = emulator.CustomerKaffeehaus
		o.Settings.Client.AllowedCustomerIDs = []string{o.Customer}
		o.SandboxTenant, o.Buys = tenant, true
	}
	if change != nil {
		change(&o)
	}
	return Ask(t.Context(), o)
}

func server(t *testing.T, change func(*emulator.Behaviour)) *emulator.Server {
	t.Helper()
	emu := emulator.New(emulator.SampleTenant(), emulator.WithBehaviour(func(b *emulator.Behaviour) {
		b.Sandbox = true
		if change != nil {
			change(b)
		}
	}))
	t.Cleanup(emu.Close)
	return emu
}

// ids are the questions with a verdict.
func ids(r *verdict.Report, v verdict.Verdict) []string {
	var found []string
	for _, result := range r.Results {
		if result.Verdict == v {
			found = append(found, result.ID)
		}
	}
	return found
}

// polite is the friendlier reading of what the reference leaves open.
func polite(b *emulator.Behaviour) {
	b.Strict = false
	b.RepeatedCheckout = "replays"
	b.OrderOutcome, b.SubscriptionIDAfterReads, b.NewSubscriptionMissingReads, b.ListLag = "completed", 0, 0, 0
	b.SaaSDecrease, b.PatchMode, b.PatchAfterReads = "allowed", "accepted", 2
	b.CartPutStatus, b.NumericCodes, b.DoubledHeaders, b.EmptyUnauthorized = 200, true, true, true
	b.AgreementCheck, b.UnknownTargetViewIsBadRequest, b.NoRelationshipCode = "cart", true, 2032
}

// The emulator is as the reference says, under the harsher and a politer reading; in one thing it is stricter on purpose.
func TestAsk_emulator(t *testing.T) {
	t.Parallel()
	// Nothing of the kind is in the emulator, or nothing that the sign-in may ask.
	const nowhere = "throttling.shape catalog.pages partner.mfa-reports partner.margins account.legal account.events account.registration account.estimates account.countries account.address " +
		"window.saas-renewal lines.ended lines.members lines.amounts lines.charge-type money.marketplace "
	for name, test := range map[string]struct {
		behave             func(*emulator.Behaviour)
		user               bool
		contradicted, open string
	}{
		"harsh, a user":  {nil, true, "cart.unknown-member", nowhere + "access.user-only access.app-only detail.domains detail.organization"},
		"polite, a user": {polite, true, "", nowhere + "access.user-only access.app-only detail.domains detail.organization"},
		"harsh, an application": {nil, false, "cart.unknown-member", nowhere + "access.mfa-report token.mfa customer.validation customer.agreements customer.direct-signed customer.seats " +
			"detail.company detail.domains detail.organization detail.resellers partner.relationships partner.relationship-type partner.mpn partner.mpn-unknown partner.agreement-missing " +
			"partner.organization partner.currency partner.invitation account.templates"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emu := server(t, test.behave)
			refresh := ""
			if test.user {
				refresh = emu.IssueRefreshToken(emulator.TokenOptions{})
			}
			report, err := asked(t, emu, verdict.Sandbox, refresh, nil)
			if err != nil {
				t.Fatal(err)
			}
			if got := ids(report, verdict.Contradicted); strings.Join(got, " ") != test.contradicted {
				var text bytes.Buffer
				_ = report.Text(&text)
				t.Errorf("contradicted: %s, want %s\n%s", got, test.contradicted, text.String())
			}
			for _, id := range ids(report, verdict.NotAnswered) {
				if !slices.Contains(strings.Fields(test.open), id) {
					t.Errorf("%s is not answered", id)
				}
			}
			if len(report.Results) != len(Questions()) || len(report.Left) > 0 {
				t.Errorf("%d results for %d questions; left: %v", len(report.Results), len(Questions()), report.Left)
			}
			for _, bought := range emu.Purchases() {
				if s, _ := emu.Subscription(bought.CustomerID, bought.SubscriptionID); s["status"] != "deleted" {
					t.Errorf("%s was bought and is still %v", bought.SubscriptionID, s["status"])
				}
			}
			if n := len(emu.Purchases()); n != 3 {
				t.Errorf("%d purchases, want licenses, software and a trial", n)
			}
		})
	}
}

// The level read writes nothing, and the level cart nothing but carts.
func TestAsk_writesNoMoreThanItsLevel(t *testing.T) {
	t.Parallel()
	for level, most := range map[verdict.Level]bool{verdict.Read: false, verdict.Cart: true} {
		emu := server(t, nil)
		report, err := asked(t, emu, level, emu.IssueRefreshToken(emulator.TokenOptions{}), nil)
		if err != nil {
			t.Fatal(err)
		}
		writes := emu.Writes()
		for _, w := range writes {
			if !most || !w.Is("POST", "carts") && !w.Is("PUT", "carts/*") {
				t.Errorf("%s writes %s %s", level, w.Method, w.Path)
			}
		}
		if len(writes) > 0 != most || len(emu.Purchases()) > 0 {
			t.Errorf("%s: %d writes, %d purchases", level, len(writes), len(emu.Purchases()))
		}
		if n := report.Count(verdict.Confirmed); n < 120 {
			t.Errorf("%s: only %d facts confirmed", level, n)
		}
	}
}

// An emulator that behaves otherwise is contradicted, and the report names what rests on it.
func TestAsk_contradictions(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		behave       func(*emulator.Behaviour)
		contradicted string
	}{
		"as no page says": {func(b *emulator.Behaviour) {
			b.RequireContractVersion, b.ETags, b.ListsOmit, b.SaaSCancellationDate, b.CartPricingHidden = true, "real", "orderId,termDuration", true, true
			b.SaaSWindow, b.NCEWindow, b.CartLifetime = 24*time.Hour, 14*24*time.Hour, 15*time.Minute
			b.RepeatedRequests, b.KeepOmitted, b.ScheduleFate = emulator.RepeatedConflict, true, "keeps_cancel"
			b.SaaSDecrease, b.SaaSSuspend, b.UpdateBeforeActivation, b.SaaSSchedules = "refused", "allowed", "allowed", "allowed"
		}, "transport.contract-version subscription.no-etag subscription.whole-list window.saas-date price.there window.saas-72-hours bought.window cart.expires " +
			"cart.repeated change.little-body change.drops-cancel software.fewer software.suspend software.early-nickname software.schedule"},
		"changes that never happen": {func(b *emulator.Behaviour) { b.PatchMode = "dropped" }, "change.nickname change.more end.cancel software.cancel"},
		"no marketplace":            {func(b *emulator.Behaviour) { b.NoMarketplaceView = true }, "catalog.marketplace"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			report, err := asked(t, server(t, test.behave), verdict.Sandbox, "", nil)
			if err != nil {
				t.Fatal(err)
			}
			got := ids(report, verdict.Contradicted)
			for id := range strings.FieldsSeq(test.contradicted) {
				if !slices.Contains(got, id) {
					t.Errorf("%s is not contradicted, but %s", id, got)
				}
			}
			var text bytes.Buffer
			if err := report.Text(&text); err != nil || strings.Count(text.String(), "on it rest internal/") != len(got) {
				t.Errorf("%v\n%s", err, text.String())
			}
		})
	}
}

// An error that is not the documented one is contradicted, one that tells nothing of the fact is not.
func TestAsk_wrongAnswers(t *testing.T) {
	t.Parallel()
	emu := server(t, nil)
	emu.Fault(emulator.Fault{Match: emulator.Match{Pattern: "carts/*"}, Times: -1, Status: http.StatusGone, Code: 4711, Description: "Gone."})
	emu.Fault(emulator.Fault{Match: emulator.Match{Pattern: "invoices/summary"}, Times: -1, Status: http.StatusForbidden, Code: 900150, Description: "No."})
	report, err := asked(t, emu, verdict.Read, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(ids(report, verdict.Contradicted), "errors.cart") || !slices.Contains(ids(report, verdict.NotAnswered), "invoices.summary") {
		t.Errorf("contradicted %s\nnot answered %s", ids(report, verdict.Contradicted), ids(report, verdict.NotAnswered))
	}
}

// Purchases are refused anywhere but in a sandbox that the environment names, and nothing is bought or put into a cart.
func TestAsk_refusesToBuy(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		behave func(*emulator.Behaviour)
		user   bool
		change func(*Options)
		says   string
	}{
		"without the flag":           {nil, false, func(o *Options) { o.Buys = false }, "-buy-in-sandbox"},
		"without a tenant":           {nil, false, func(o *Options) { o.SandboxTenant = "" }, VariableTenant},
		"another tenant":             {nil, false, func(o *Options) { o.SandboxTenant = nobody }, "nothing is bought there"},
		"without a customer":         {nil, false, func(o *Options) { o.Settings.Client.AllowedCustomerIDs = nil }, VariableCustomer},
		"two customers":              {nil, false, func(o *Options) { o.Settings.Client.AllowedCustomerIDs = []string{nobody, emulator.CustomerNordwind} }, VariableCustomer},
		"another customer":           {nil, false, func(o *Options) { o.Customer = emulator.CustomerNordwind }, "-customer"},
		"read-only":                  {nil, false, func(o *Options) { o.Settings.Client.ReadOnly = true }, "PARTNERCENTER_READ_ONLY"},
		"production, by its link":    {func(b *emulator.Behaviour) { b.Sandbox = false }, true, nil, "link that invites customers"},
		"production, by its refusal": {func(b *emulator.Behaviour) { b.Sandbox = false }, false, nil, "900127"},
		"more than a sandbox can have": {nil, false, func(o *Options) {
			o.Customer, o.Settings.Client.AllowedCustomerIDs = emulator.CustomerNordwind, []string{emulator.CustomerNordwind}
		}, "more than the 5 subscriptions or 25 licenses"},
		"a customer of somebody else": {nil, false, func(o *Options) {
			o.Customer, o.Settings.Client.AllowedCustomerIDs = emulator.CustomerAltstadt, []string{emulator.CustomerAltstadt}
		}, "cannot be read"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emu := server(t, test.behave)
			refresh := ""
			if test.user {
				refresh = emu.IssueRefreshToken(emulator.TokenOptions{})
			}
			_, err := asked(t, emu, verdict.Sandbox, refresh, test.change)
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("got %v, want %q", err, test.says)
			}
			if len(emu.Purchases()) > 0 || emu.Count("POST", "carts") > 0 || emu.Count("POST", "checkout") > 0 {
				t.Error("something was bought, or put into a cart")
			}
		})
	}
}

// Carts are made where the environment lets them be made, and for whom.
func TestAsk_cartsKeepTheRails(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(*Options)
		says   string
	}{
		"read-only": {func(o *Options) { o.Settings.Client.ReadOnly = true }, "PARTNERCENTER_QUOTE_PRICES"},
		"another customer": {func(o *Options) {
			o.Settings.Client.AllowedCustomerIDs, o.Customer = []string{emulator.CustomerAtelier}, emulator.CustomerNordwind
		}, VariableCustomer},
		"read-only with quotes, for the allowed customer": {func(o *Options) {
			o.Settings.Client.ReadOnly, o.Settings.Client.AllowQuotes, o.Customer = true, true, ""
		}, ""},
	} {
		emu := server(t, nil)
		report, err := asked(t, emu, verdict.Cart, "", test.change)
		switch {
		case test.says == "" && (err != nil || report.Count(verdict.Confirmed) < 200):
			t.Errorf("%s: %v", name, err)
		case test.says != "" && (err == nil || !strings.Contains(err.Error(), test.says) || emu.Count("POST", "carts") > 0):
			t.Errorf("%s: got %v, want %q", name, err, test.says)
		}
		for _, cart := range emu.Matching("POST", "carts") {
			if !strings.Contains(cart.Path, emulator.CustomerKaffeehaus) {
				t.Errorf("%s: %s", name, cart.Path)
			}
		}
	}
}
