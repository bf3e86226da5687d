// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/provider"
)

// readings is every data source, asked for something that the sample tenant has.
func readings() map[string]string {
	nordwind := fmt.Sprintf("customer_id = %q", emulator.CustomerNordwind)
	lines := func(lines ...string) string { return strings.Join(lines, "\n  ") }
	subscription := fmt.Sprintf("subscription_id = %q", emulator.SubscriptionUnactivated)
	product := fmt.Sprintf("product_id = %q", emulator.ProductMailGuard)
	return map[string]string{
		"activation_links":         lines(nordwind, subscription),
		"assigned_seats":           nordwind,
		"audit_records":            nordwind,
		"availabilities":           lines(nordwind, product, `sku_id = "0001"`),
		"customer":                 fmt.Sprintf("id = %q", emulator.CustomerNordwind),
		"customer_agreements":      nordwind,
		"customers":                "",
		"indirect_resellers":       "",
		"invoice":                  `id = tolist(data.partnercenter_invoices.test.invoices)[0].id`,
		"invoice_line_items":       lines(`period = "current"`, `currency_code = "EUR"`),
		"invoices":                 "",
		"margins":                  product,
		"mpn_profile":              fmt.Sprintf("mpn_id = %q", emulator.ResellerRheinwerk),
		"order":                    lines(nordwind, "id = data.partnercenter_orders.test.orders[0].id"),
		"orders":                   nordwind,
		"product":                  lines(nordwind, fmt.Sprintf("id = %q", emulator.ProductMailGuard)),
		"products":                 lines(nordwind, `title = "guard"`),
		"promotions":               nordwind,
		"quote":                    lines(nordwind, product, `sku_id = "0001"`, "quantity = 5"),
		"relationship_request":     "",
		"sku":                      lines(nordwind, product, `id = "0001"`),
		"skus":                     lines(nordwind, product),
		"subscription":             lines(nordwind, fmt.Sprintf("id = %q", emulator.SubscriptionOffice)),
		"subscriptions":            fmt.Sprintf("customer_ids = [%q]", emulator.CustomerNordwind),
		"term_end_dates":           lines(nordwind, `term_duration = "P1Y"`),
		"transition_eligibilities": lines(nordwind, fmt.Sprintf("subscription_id = %q", emulator.SubscriptionOffice)),
	}
}

// readingAll is one configuration of the readings, after what the provider is told.
func readingAll(t *testing.T, config string, readings map[string]string) string {
	t.Helper()
	_, schemas := serving(t, acctest.New(t), nil)
	for name := range schemas.DataSourceSchemas {
		if _, ok := readings[strings.TrimPrefix(name, provider.TypeName+"_")]; !ok {
			t.Errorf("%s is not read", name)
		}
	}
	for kind, lines := range readings {
		config += fmt.Sprintf("data \"%s_%s\" \"test\" {\n  %s\n}\n", provider.TypeName, kind, lines)
	}
	return config
}

// diagnosed is what a plan says, by data source: errors for a severity of "error".
func diagnosed(t *testing.T, w *acctest.Workspace, severity string) map[string]string {
	t.Helper()
	out, _ := w.Run("plan", "-input=false", "-json")
	found := map[string]string{}
	for line := range strings.Lines(out) {
		var message struct {
			Diagnostic struct{ Severity, Summary, Detail, Address string }
		}
		if err := json.Unmarshal([]byte(line), &message); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		if d := message.Diagnostic; d.Severity == severity {
			kind := strings.TrimSuffix(strings.TrimPrefix(d.Address, "data."+provider.TypeName+"_"), ".test")
			found[kind] = d.Summary + ": " + d.Detail
		}
	}
	return found
}

// TestAccDataSources_read reads everything once, as somebody who may.
func TestAccDataSources_read(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t)
	w := acctest.NewWorkspace(t, emu, readingAll(t, acctest.AsRefreshingUser(emu), readings()))
	w.MustApply()
	if got := diagnosed(t, w, "warning"); len(got) > 0 {
		t.Errorf("somebody who may read everything is warned: %v", got)
	}
	asking := emu.Count(http.MethodPost, "customers/*/subscriptions/*/activationlinks") + emu.Count(http.MethodPost, "customers/*/carts")
	if writes := emu.Writes(); len(writes) != asking {
		t.Errorf("%s %s was sent", writes[0].Method, writes[0].Path)
	}
}

// TestAccDataSources_forbidden lets the service refuse everything: each data source says so by its own name, and what to do.
func TestAccDataSources_forbidden(t *testing.T) {
	t.Parallel()
	asked := readings()
	asked["invoice"] = `id = "G000012320"` // nothing below waits for another that fails
	asked["order"] = fmt.Sprintf("customer_id = %q\n  id = \"3F9C21AB07DE\"", emulator.CustomerNordwind)
	emu := acctest.New(t)
	emu.Fault(emulator.Fault{Status: http.StatusForbidden, Code: 900150, Description: "No.", Times: -1})
	got := diagnosed(t, acctest.NewWorkspace(t, emu, readingAll(t, acctest.AsRefreshingUser(emu), asked)), "error")
	for kind := range asked {
		for _, want := range []string{"Cannot ", "HTTP 403 Forbidden, code 900150", "Admin agent role", "orrelation ID"} {
			if !strings.Contains(got[kind], want) {
				t.Errorf("%s does not say %q:\n%s", kind, want, got[kind])
			}
		}
	}
}

// TestAccDataSources_appOnly signs in without a user: what needs one says so before anything is asked of the service, the rest is read.
func TestAccDataSources_appOnly(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t)
	got := diagnosed(t, acctest.NewWorkspace(t, emu, readingAll(t, "", readings())), "error")
	wantUser := []string{"assigned_seats", "customer_agreements", "indirect_resellers", "invoice", "mpn_profile", "relationship_request"}
	if kinds := slices.Sorted(maps.Keys(got)); !slices.Equal(kinds, wantUser) {
		t.Errorf("%q fail without a user, want %q", kinds, wantUser)
	}
	for kind, said := range got {
		if !strings.Contains(said, "signed-in user") || !strings.Contains(said, "refresh_token") {
			t.Errorf("%s: %s", kind, said)
		}
	}
}
