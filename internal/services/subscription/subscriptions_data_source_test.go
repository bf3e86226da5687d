// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

const subscriptionsType = subscriptionType + "s"

// found lists the given attribute of everything that a filter finds.
func (p *protocol) found(attribute string, config map[string]tftypes.Value) []string {
	p.t.Helper()
	state, diagnostics := p.readData(subscriptionsType, config)
	p.must(nil, diagnostics)
	var items []tftypes.Value
	if err := state["subscriptions"].As(&items); err != nil {
		p.t.Fatal(err)
	}
	values := make([]string, len(items))
	for i, item := range items {
		members := map[string]tftypes.Value{}
		if err := item.As(&members); err != nil {
			p.t.Fatal(err)
		}
		var text *string
		if err := members[attribute].As(&text); err != nil {
			p.t.Fatal(err)
		}
		if text != nil {
			values[i] = *text
		}
	}
	return values
}

func TestSubscriptions_filters(t *testing.T) {
	text := func(s string) tftypes.Value { return tftypes.NewValue(tftypes.String, s) }
	is := func(b bool) tftypes.Value { return tftypes.NewValue(tftypes.Bool, b) }
	in := func(d time.Duration) tftypes.Value { return text(time.Now().Add(d).UTC().Format(time.RFC3339)) }
	const day = 24 * time.Hour
	nordwind, atelier, harbour, prairie, tulpenveld := customers(emulator.CustomerNordwind), customers(emulator.CustomerAtelier),
		customers(emulator.CustomerHarbour), customers(emulator.CustomerPrairie), customers(emulator.CustomerTulpenveld)
	tests := map[string]struct {
		config map[string]tftypes.Value
		want   []string // nicknames
	}{
		"one customer, oldest first": {map[string]tftypes.Value{"customer_ids": nordwind},
			[]string{"Konstruktion", "mail-guard-prod", "Verwaltung", "Zeiterfassung", "Paraphe Einkauf", "Werk 2", "Backup Filialen"}},
		"customers as they are named": {map[string]tftypes.Value{"customer_ids": customers(emulator.CustomerHilfswerk, emulator.CustomerHarbour, strings.ToUpper(emulator.CustomerHilfswerk))},
			[]string{"Verein", "Old archive", "Drawing office", "Seasonal crew"}},
		"no customers":             {map[string]tftypes.Value{"customer_ids": customers()}, nil},
		"a customer with nothing":  {map[string]tftypes.Value{"customer_ids": customers(emulator.CustomerKaffeehaus)}, nil},
		"status":                   {map[string]tftypes.Value{"customer_ids": harbour, "status": text("Suspended")}, []string{"Seasonal crew"}},
		"partner":                  {map[string]tftypes.Value{"partner_id": text(emulator.ResellerLoire)}, []string{"Bureau Lyon", "Protection courrier"}},
		"every product":            {map[string]tftypes.Value{"customer_ids": prairie, "product_type": text("all")}, []string{"Mailboxes", "Azure plan", "Warehouse database", "Telemetry"}},
		"marketplace":              {map[string]tftypes.Value{"customer_ids": prairie, "product_type": text("marketplace_saas")}, []string{"Telemetry"}},
		"new commerce":             {map[string]tftypes.Value{"customer_ids": atelier, "product_type": text("new_commerce")}, []string{"Bureau Lyon"}},
		"publisher":                {map[string]tftypes.Value{"publisher_name": text("KESTREL works ltd")}, []string{"Zeiterfassung"}},
		"renews soon":              {map[string]tftypes.Value{"customer_ids": nordwind, "renews_before": in(30 * day)}, []string{"Zeiterfassung", "Werk 2"}},
		"renews: not what lapses":  {map[string]tftypes.Value{"customer_ids": tulpenveld, "renews_before": in(400 * day)}, []string{"Proef kantoor"}},
		"renews: not what ends":    {map[string]tftypes.Value{"customer_ids": harbour, "renews_before": in(400 * day)}, nil},
		"cancellable":              {map[string]tftypes.Value{"customer_ids": nordwind, "product_type": text("new_commerce"), "cancellable": is(true)}, []string{"Werk 2"}},
		"not cancellable":          {map[string]tftypes.Value{"customer_ids": nordwind, "product_type": text("new_commerce"), "cancellable": is(false)}, []string{"Konstruktion", "Verwaltung"}},
		"waits for the publisher":  {map[string]tftypes.Value{"attention_needed": is(true)}, []string{"Paraphe Einkauf"}},
		"two filters at one time":  {map[string]tftypes.Value{"product_type": text("marketplace_saas"), "status": text("deleted")}, []string{"Mailschutz Test"}},
		"nothing that is like it":  {map[string]tftypes.Value{"customer_ids": nordwind, "publisher_name": text("Kestrel")}, nil},
		"an order of one customer": {map[string]tftypes.Value{"customer_ids": nordwind, "order_id": text("there-is-none")}, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := speak(t, acctest.New(t)).found("friendly_name", test.config); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// Windows close by the service's clock.
func TestSubscriptions_cancellableByTheServicesClock(t *testing.T) {
	emu := acctest.New(t)
	p := speak(t, emu)
	config := map[string]tftypes.Value{
		"customer_ids": customers(emulator.CustomerNordwind), "cancellable": tftypes.NewValue(tftypes.Bool, true), "publisher_name": tftypes.NewValue(tftypes.String, "Tresor Data AG"),
	}
	if got := p.found("friendly_name", config); len(got) != 1 {
		t.Errorf("got %q, want the one bought yesterday", got)
	}
	emu.Advance(72 * time.Hour)
	if got := p.found("friendly_name", config); len(got) != 0 {
		t.Errorf("got %q after its window, want none", got)
	}
}

func TestSubscriptions_allCustomers(t *testing.T) {
	emu := acctest.New(t)
	p := speak(t, emu)
	names := p.found("company_name", nil)
	if !slices.IsSorted(names) || len(names) < 20 || names[0] == "" {
		t.Errorf("the companies are %q", names)
	}
	if again := p.found("id", nil); !slices.Equal(again, speak(t, emu).found("id", nil)) {
		t.Error("another run has another order")
	}
	for _, r := range emu.Matching(http.MethodGet, "subscriptions") {
		if n := emu.Count(http.MethodGet, r.Path); n != 2 {
			t.Errorf("%s was asked %d times by two runs with three reads", r.Path, n)
		}
	}
}

func TestSubscriptions_refusedAndUnavailable(t *testing.T) {
	harbour := "Harbour & Finch Ltd (" + emulator.CustomerHarbour + ")"
	tests := map[string]struct {
		status   int
		config   map[string]tftypes.Value
		customer string // path of those the fault is for
		severity tfprotov6.DiagnosticSeverity
		want     string
	}{
		"refused among all":     {http.StatusForbidden, nil, emulator.CustomerHarbour, tfprotov6.DiagnosticSeverityWarning, harbour},
		"missing among all":     {http.StatusNotFound, nil, emulator.CustomerHarbour, tfprotov6.DiagnosticSeverityWarning, harbour},
		"refused for all":       {http.StatusForbidden, nil, "*", tfprotov6.DiagnosticSeverityError, "20002"},
		"unavailable":           {http.StatusServiceUnavailable, nil, emulator.CustomerHarbour, tfprotov6.DiagnosticSeverityError, harbour},
		"refused by its id":     {http.StatusForbidden, map[string]tftypes.Value{"customer_ids": customers(emulator.CustomerNordwind, emulator.CustomerHarbour)}, emulator.CustomerHarbour, tfprotov6.DiagnosticSeverityError, emulator.CustomerHarbour},
		"unavailable by its id": {http.StatusServiceUnavailable, map[string]tftypes.Value{"customer_ids": customers(emulator.CustomerHarbour)}, emulator.CustomerHarbour, tfprotov6.DiagnosticSeverityError, emulator.CustomerHarbour},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			emu := acctest.New(t)
			emu.Fault(emulator.Fault{Match: emulator.Match{Pattern: fmt.Sprintf("/v1/customers/%s/subscriptions", test.customer)}, Status: test.status, Code: 20002, Times: -1})
			_, got := speak(t, emu).readData(subscriptionsType, test.config)
			if len(got) != 1 || got[0].Severity != test.severity || !strings.Contains(got[0].Detail, test.want) {
				t.Errorf("got %+v", got)
			}
		})
	}
}

// A throttled customer costs a wait, not the others.
func TestAccSubscriptions_throttled(t *testing.T) {
	emu := acctest.New(t)
	emu.Fault(emulator.Fault{Match: emulator.Match{Pattern: "subscriptions"}, Skip: 2, Times: 3, Status: http.StatusTooManyRequests, RetryAfter: 7})
	acctest.Run(t, emu, resource.TestStep{
		Config: `data "partnercenter_subscriptions" "all" {}`,
		Check:  resource.TestCheckResourceAttr("data.partnercenter_subscriptions.all", "subscriptions.#", "24"),
	})
}

const estateCustomers, estateSubscriptions = 300, 10

// The whole estate costs the pages of the customer list and one request per customer, and stays within the service's limit.
func TestSubscriptions_requestsOfAnEstate(t *testing.T) {
	emu := acctest.New(t, emulator.LargeTenant(estateCustomers, estateSubscriptions))
	if got := len(speak(t, emu).found("id", nil)); got < estateCustomers*estateSubscriptions {
		t.Errorf("%d subscriptions were found", got)
	}
	ofCustomers, pages := map[string]int{}, emu.Count(http.MethodGet, "/v1/customers")
	for _, r := range emu.Matching(http.MethodGet, "/v1/customers/*/subscriptions") {
		ofCustomers[r.Path]++
	}
	for path, n := range ofCustomers {
		if n != 1 {
			t.Errorf("%s was asked %d times", path, n)
		}
	}
	if total := emu.Count("", "/v1/customers") + emu.Count("", "/v1/customers/*/subscriptions"); total != pages+len(ofCustomers) || len(ofCustomers) > estateCustomers+11 {
		t.Errorf("%d requests for %d customers on %d pages", total, len(ofCustomers), pages)
	}
	if throttled := emu.ThrottleReport().Answered; throttled != 0 {
		t.Errorf("%d requests were throttled", throttled)
	}
}

// BenchmarkSubscriptions reads 300 customers with 3,000 subscriptions. The memory is that of the provider and the emulator together.
func BenchmarkSubscriptions(b *testing.B) {
	emu := emulator.New(emulator.LargeTenant(estateCustomers, estateSubscriptions))
	b.Cleanup(emu.Close)
	p := speak(b, emu)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var subscriptions int
	for b.Loop() {
		emu.ForgetRequests()
		subscriptions = len(p.found("id", nil))
	}
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(subscriptions), "subscriptions")
	b.ReportMetric(float64(emu.Count(http.MethodGet, "/v1/customers")+emu.Count(http.MethodGet, "/v1/customers/*/subscriptions")), "requests/op")
	b.ReportMetric(float64(after.Sys)/(1<<20), "peak-MiB")
	b.ReportMetric(float64(after.Sys-before.Sys)/(1<<20), "grown-MiB")
}
