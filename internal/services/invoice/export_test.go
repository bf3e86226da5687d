// SPDX-License-Identifier: MPL-2.0

package invoice_test

import (
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

func given(values map[string]string) map[string]tftypes.Value {
	attributes := map[string]tftypes.Value{}
	for name, value := range values {
		attributes[name] = tftypes.NewValue(tftypes.String, value)
	}
	return attributes
}

func said(found []*tfprotov6.Diagnostic) string {
	var text strings.Builder
	for _, d := range found {
		text.WriteString(d.Summary + ": " + d.Detail + "\n")
	}
	return text.String()
}

// summed reads the totals of the invoice in euro and returns how many lines they are of, and what was said.
func summed(t testing.TB, emu *emulator.Server, settings map[string]tftypes.Value) (lines int64, whole, messages string) {
	t.Helper()
	query := given(map[string]string{"invoice_id": euro})
	query["totals_only"] = tftypes.NewValue(tftypes.Bool, true)
	got, diagnostics := acctest.ReadDataSources(t, emu, settings).Read("invoice_line_items", query)
	messages = said(diagnostics)
	var sums []tftypes.Value
	if got == nil || !got["invoice_line_items"].IsNull() || got["totals"].As(&sums) != nil || len(sums) == 0 {
		return 0, "", messages
	}
	var first map[string]tftypes.Value
	var number = new(tftypesNumber)
	if err := sums[0].As(&first); err != nil {
		t.Fatal(err)
	}
	if err := first["line_items"].As(number); err != nil {
		t.Fatal(err)
	}
	if err := first["total_for_customer"].As(&whole); err != nil {
		t.Fatal(err)
	}
	return number.value, whole, messages
}

type tftypesNumber struct{ value int64 }

// FromTerraform5Value reads a whole number.
func (n *tftypesNumber) FromTerraform5Value(v tftypes.Value) error {
	_, err := fmt.Sscan(v.String()[len("tftypes.Number<\""):], &n.value)
	return err
}

// Every form of the export that the reference knows has the same sums; every other end says what it is.
func TestInvoiceLineItems_export(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		knobs func(*emulator.Behaviour)
		want  string
	}{
		"link":                {func(*emulator.Behaviour) {}, ""},
		"text":                {func(b *emulator.Behaviour) { b.ExportManifest = emulator.ManifestText }, ""},
		"embedded":            {func(b *emulator.Behaviour) { b.ExportManifest, b.ExportCompleted = emulator.ManifestEmbedded, true }, ""},
		"numbers":             {func(b *emulator.Behaviour) { b.InvoiceNumbersAreNumbers = true }, ""},
		"no pauses":           {func(b *emulator.Behaviour) { b.ExportRetryAfter = 0 }, ""},
		"slow":                {func(b *emulator.Behaviour) { b.ExportTakes = 25 * time.Minute }, ""},
		"links that wear out": {func(b *emulator.Behaviour) { b.ExportFileLines, b.ExportLinkReads = 2, 2 }, ""},
		"too slow":            {func(b *emulator.Behaviour) { b.ExportTakes = time.Hour }, "not ready within 30m0s"},
		"failing":             {func(b *emulator.Behaviour) { b.ExportFailure = "6000" }, "code 6000"},
		"no data":             {func(b *emulator.Behaviour) { b.ExportFailure = "5000" }, "The invoice's charges are missing"},
		"expired links":       {func(b *emulator.Behaviour) { b.ExportLinkLifetime = -time.Hour }, "the storage refused the link"},
		"foreign storage":     {func(b *emulator.Behaviour) { b.ExportAtForeignHost = "https://storage.example" }, "not Microsoft's storage"},
		"no permission":       {func(b *emulator.Behaviour) { b.NoBillingPermission = true }, "PartnerBilling.Read.All"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			emu := acctest.New(t, emulator.WithTime(september), emulator.WithBehaviour(tt.knobs))
			lines, whole, messages := summed(t, emu, nil)
			switch {
			case tt.want == "" && (lines < 7 || whole == "" || messages != ""):
				t.Errorf("%d lines, %s: %s", lines, whole, messages)
			case tt.want != "" && (lines > 0 || !strings.Contains(messages, tt.want)):
				t.Errorf("%d lines: %s", lines, messages)
			case strings.Contains(messages, "sig=") || strings.Contains(messages, "sv="):
				t.Errorf("a link is in %s", messages)
			}
			for _, r := range emu.Requests() {
				if strings.HasPrefix(r.Path, "/billing-exports/") && r.Header.Get("Authorization") != "" {
					t.Errorf("the storage got a credential: %v", r.Header)
				}
			}
		})
	}
}

// The sums of every invoice are its total.
func TestInvoiceLineItems_sums(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t, emulator.WithTime(september))
	_, whole, _ := summed(t, emu, nil)
	list, _ := acctest.ReadDataSources(t, emu).Read("invoices", nil)
	if text := list["invoices"].String(); !strings.Contains(text, `"`+whole+`"`) {
		t.Errorf("no invoice charges %s: %s", whole, text)
	}
}

func TestInvoiceLineItems_wantsAnotherSignIn(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t, emulator.WithTime(september))
	token := given(map[string]string{"access_token": emu.IssueToken(emulator.TokenOptions{})})
	if _, _, messages := summed(t, emu, token); !strings.Contains(messages, "access_token is for Partner Center alone") {
		t.Error(messages)
	}
	refresh := given(map[string]string{"refresh_token": emu.IssueRefreshToken(emulator.TokenOptions{}), "client_id": emulator.ClientID,
		"client_secret": emulator.ClientSecret, "tenant_id": emu.TenantID()})
	if lines, _, messages := summed(t, emu, refresh); lines == 0 {
		t.Error(messages)
	}
}

// heapOf reads an invoice of so many lines, and returns the most that was in use above what there was before, in bytes.
func heapOf(t testing.TB, lines int) uint64 {
	t.Helper()
	emu := emulator.New(emulator.SampleTenant(), emulator.WithTime(september), emulator.WithBehaviour(func(b *emulator.Behaviour) { b.ExportLines = lines }))
	defer emu.Close()
	var before, now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var most atomic.Uint64
	done, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		tick := time.NewTicker(50 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				runtime.GC()
				runtime.ReadMemStats(&now)
				most.Store(max(most.Load(), now.HeapAlloc))
			}
		}
	}()
	got, _, messages := summed(t, emu, nil)
	close(done)
	<-stopped
	if got != int64(lines) {
		t.Fatalf("%d lines instead of %d: %s", got, lines, messages)
	}
	return max(most.Load(), before.HeapAlloc) - before.HeapAlloc
}

// Ten times the lines take hardly more memory: not twice as much, where a list would take ten times.
func TestInvoiceLineItems_memory(t *testing.T) {
	few, many := heapOf(t, 300), heapOf(t, 3_000)
	if ratio := float64(many+1<<20) / float64(few+1<<20); ratio > 2 {
		t.Errorf("%d bytes for 300 lines and %d for 3,000: %.1f times", few, many, ratio)
	}
}

func BenchmarkInvoiceLineItems(b *testing.B) {
	for b.Loop() {
		few, many := heapOf(b, 10_000), heapOf(b, 100_000)
		b.ReportMetric(float64(many)/(1<<20), "MB-of-100000")
		b.ReportMetric(float64(many)/float64(few), "times-that-of-10000")
	}
}
