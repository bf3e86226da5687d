// SPDX-License-Identifier: MPL-2.0

package subscriptiondata_test

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

// run is one run of the CLI that reads data sources.
type run struct {
	*acctest.DataSources

	t testing.TB
}

func begin(t testing.TB, emu *emulator.Server) run {
	t.Helper()
	return run{acctest.ReadDataSources(t, emu), t}
}

// found lists the given attribute of everything that a filter finds.
func (r run) found(attribute string, config map[string]tftypes.Value) []string {
	r.t.Helper()
	state, diagnostics := r.Read("subscriptions", config)
	if len(diagnostics) > 0 {
		r.t.Fatalf("%s: %s", diagnostics[0].Summary, diagnostics[0].Detail)
	}
	return each(r.t, state["subscriptions"], attribute)
}

// each is the given attribute of all objects of a list.
func each(t testing.TB, list tftypes.Value, attribute string) []string {
	t.Helper()
	var items []tftypes.Value
	if err := list.As(&items); err != nil {
		t.Fatal(err)
	}
	values := make([]string, len(items))
	for i, item := range items {
		members := map[string]tftypes.Value{}
		if err := item.As(&members); err != nil {
			t.Fatal(err)
		}
		var text *string
		if err := members[attribute].As(&text); err != nil {
			t.Fatal(err)
		}
		if text != nil {
			values[i] = *text
		}
	}
	return values
}

func customers(ids ...string) tftypes.Value {
	var values []tftypes.Value
	for _, id := range ids {
		values = append(values, tftypes.NewValue(tftypes.String, id))
	}
	return tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, values)
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
			if got := begin(t, acctest.New(t)).found("friendly_name", test.config); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// Windows close by the service's clock.
func TestSubscriptions_cancellableByTheServicesClock(t *testing.T) {
	emu := acctest.New(t)
	p := begin(t, emu)
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
	p := begin(t, emu)
	names := p.found("company_name", nil)
	if !slices.IsSorted(names) || len(names) < 20 || names[0] == "" {
		t.Errorf("the companies are %q", names)
	}
	if again := p.found("id", nil); !slices.Equal(again, begin(t, emu).found("id", nil)) {
		t.Error("another run has another order")
	}
	for _, r := range emu.Matching(http.MethodGet, "subscriptions") {
		if n := emu.Count(http.MethodGet, r.Path); n != 2 {
			t.Errorf("%s was asked %d times by two runs with three reads", r.Path, n)
		}
	}
}

// One customer that cannot be read is left out of a list of all of them, which says so; whoever is asked for by ID has to be readable.
func TestSubscriptions_oneCustomerFails(t *testing.T) {
	const left = "Harbour & Finch Ltd (" + emulator.CustomerHarbour + ")"
	named := map[string]tftypes.Value{"customer_ids": customers(emulator.CustomerNordwind, emulator.CustomerHarbour)}
	for _, status := range []int{http.StatusBadRequest, http.StatusForbidden, http.StatusNotFound, http.StatusInternalServerError, http.StatusServiceUnavailable} {
		t.Run(http.StatusText(status), func(t *testing.T) {
			emu := acctest.New(t)
			whole := begin(t, emu).found("id", nil)
			emu.Fault(emulator.Fault{Match: emulator.Match{Pattern: fmt.Sprintf("/v1/customers/%s/subscriptions", emulator.CustomerHarbour)}, Status: status, Code: 20002, Times: -1})

			state, got := begin(t, emu).Read("subscriptions", nil)
			if len(got) != 1 || got[0].Severity != tfprotov6.DiagnosticSeverityWarning || !strings.HasPrefix(got[0].Summary, "Incomplete list: 1 of ") ||
				!strings.Contains(got[0].Detail, left) || !strings.Contains(got[0].Detail, fmt.Sprintf("HTTP %d", status)) {
				t.Fatalf("got %+v", got)
			}
			if ids := each(t, state["customers_left_out"], "customer_id"); !slices.Equal(ids, []string{emulator.CustomerHarbour}) {
				t.Errorf("left out are %q", ids)
			}
			if n := len(each(t, state["subscriptions"], "id")); n != len(whole)-3 {
				t.Errorf("%d of %d subscriptions are listed, and the customer has 3", n, len(whole))
			}

			_, got = begin(t, emu).Read("subscriptions", named)
			if len(got) != 1 || got[0].Severity != tfprotov6.DiagnosticSeverityError || !strings.Contains(got[0].Detail, emulator.CustomerHarbour) {
				t.Errorf("named by its ID: got %+v", got)
			}
		})
	}
}

// So is one whose answer does not come, breaks off, is empty or incomplete. All of them at once are an outage.
func TestSubscriptions_oneAnswerFails(t *testing.T) {
	const path = "/v1/customers/" + emulator.CustomerHarbour + "/subscriptions"
	incomplete, err := emulator.ReadFixture([]byte(`{"exchanges":[{"method":"GET","path":"` + path + `","status":200,"body":{"totalCount":3,"items":[]}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	for name, kind := range map[string]emulator.FaultKind{"no answer": emulator.FaultDropBefore, "broken off": emulator.FaultTruncate, "empty": emulator.FaultEmptyBody, "incomplete": ""} {
		t.Run(name, func(t *testing.T) {
			emu := acctest.New(t)
			if kind == "" {
				emu.Play(incomplete)
			} else {
				emu.Fault(emulator.Fault{Match: emulator.Match{Pattern: path}, Kind: kind, Times: -1})
			}
			state, got := begin(t, emu).Read("subscriptions", nil)
			if len(got) != 1 || got[0].Severity != tfprotov6.DiagnosticSeverityWarning || !strings.HasPrefix(got[0].Summary, "Incomplete list: 1 of ") {
				t.Fatalf("got %+v", got)
			}
			if ids := each(t, state["customers_left_out"], "customer_id"); !slices.Equal(ids, []string{emulator.CustomerHarbour}) {
				t.Errorf("left out are %q", ids)
			}
			if kind == "" {
				return
			}
			emu = acctest.New(t, emulator.LargeTenant(estateCustomers, 1))
			emu.Fault(emulator.Fault{Match: emulator.Match{Pattern: "/v1/customers/*/subscriptions"}, Kind: kind, Times: -1})
			if _, got := begin(t, emu).Read("subscriptions", nil); len(got) != 1 || got[0].Severity != tfprotov6.DiagnosticSeverityError || got[0].Summary != "Cannot list subscriptions" {
				t.Errorf("got %+v", got)
			}
			emu = acctest.New(t, emulator.LargeTenant(estateCustomers, 1)) // an outage after some have answered
			emu.Fault(emulator.Fault{Match: emulator.Match{Pattern: "/v1/customers/*/subscriptions"}, Kind: kind, Skip: 20, Times: -1})
			if _, got := begin(t, emu).Read("subscriptions", nil); len(got) != 1 || got[0].Severity != tfprotov6.DiagnosticSeverityError || got[0].Summary != "Cannot list subscriptions" {
				t.Errorf("after some answers: %+v", got)
			}
		})
	}
}

func TestSubscriptions_wholeListLeavesNobodyOut(t *testing.T) {
	state, got := begin(t, acctest.New(t)).Read("subscriptions", nil)
	if len(got) > 0 || len(each(t, state["customers_left_out"], "customer_id")) > 0 {
		t.Errorf("got %+v, left out %v", got, state["customers_left_out"])
	}
}

// What every customer fails with is a matter of rights, of the limit or of the service, and no list.
func TestSubscriptions_allCustomersFail(t *testing.T) {
	for _, status := range []int{http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests, http.StatusServiceUnavailable} {
		t.Run(http.StatusText(status), func(t *testing.T) {
			emu := acctest.New(t)
			emu.Fault(emulator.Fault{Match: emulator.Match{Pattern: "/v1/customers/*/subscriptions"}, Status: status, Code: 20002, Times: -1})
			_, got := begin(t, emu).Read("subscriptions", nil)
			if len(got) != 1 || got[0].Severity != tfprotov6.DiagnosticSeverityError || !strings.Contains(got[0].Detail, fmt.Sprintf("HTTP %d", status)) {
				t.Errorf("got %+v", got)
			}
		})
	}
}

// A sign-in that is refused, or a limit that is reached, for one customer would be so for the others.
func TestSubscriptions_applicationFails(t *testing.T) {
	for _, status := range []int{http.StatusUnauthorized, http.StatusTooManyRequests} {
		t.Run(http.StatusText(status), func(t *testing.T) {
			emu := acctest.New(t)
			emu.Fault(emulator.Fault{Match: emulator.Match{Pattern: fmt.Sprintf("/v1/customers/%s/subscriptions", emulator.CustomerHarbour)}, Status: status, Times: -1})
			if _, got := begin(t, emu).Read("subscriptions", nil); !acctest.HasError(got) {
				t.Errorf("got %+v", got)
			}
		})
	}
}

// An outage is not asked about once per customer of a large estate.
func TestSubscriptions_outageEndsEarly(t *testing.T) {
	emu := acctest.New(t, emulator.LargeTenant(estateCustomers, 1))
	emu.Fault(emulator.Fault{Match: emulator.Match{Pattern: "/v1/customers/*/subscriptions"}, Status: http.StatusServiceUnavailable, Times: -1})
	if _, got := begin(t, emu).Read("subscriptions", nil); !acctest.HasError(got) {
		t.Errorf("got %+v", got)
	}
	asked := map[string]bool{}
	for _, r := range emu.Matching(http.MethodGet, "/v1/customers/*/subscriptions") {
		asked[r.Path] = true
	}
	if len(asked) > 30 {
		t.Errorf("%d customers were asked for", len(asked))
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
	if got := len(begin(t, emu).found("id", nil)); got < estateCustomers*estateSubscriptions {
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
	p := begin(b, emu)
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
