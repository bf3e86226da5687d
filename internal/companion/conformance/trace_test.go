// SPDX-License-Identifier: MPL-2.0

package conformance

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/conformance/verdict"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/trace"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// traced runs the questions and keeps what was asked.
func traced(t *testing.T, emu *emulator.Server, level verdict.Level, refresh string) (*verdict.Report, trace.Trace) {
	t.Helper()
	recorder, err := trace.NewRecorder("test", Words()...)
	if err != nil {
		t.Fatal(err)
	}
	report, err := asked(t, emu, level, refresh, func(o *Options) { o.Heard = recorder.Add })
	if err != nil {
		t.Fatal(err)
	}
	return report, recorder.Trace()
}

var (
	vocabulary = regexp.MustCompile(`^(?:[a-z_]+|P\d+[DMY]|[A-Z]{2,3}|\d{4}-\d\d-\d\dT.*|[0-9.]{1,4}|[a-z]{2}-[A-Z]{2})$`)
	// apiWords are words of the API in the emulator's tenant, which are nobody's.
	apiWords = []string{"TermEnd", "Cancel", "RenewToNewTerm", "RenewToExtendedServiceTerm", "UserPurchase", "SystemPurchase", "SystemBilling", "addQuantity", "Allowed", "UnderReview",
		"Monthly", "Annual", "Triennial", "Biennial", "Nonprofit", "Education", "Ordered", "Active", "MicrosoftCustomerAgreement", "MicrosoftCloudAgreement", "PartnerRequest", "cycleCharge", "removeQuantity", "Company", "OrderId", "AlternateId", "BillingCycle", "None"}
)

// texts are all values of a document that are texts.
func texts(document any, into map[string]bool) {
	switch v := document.(type) {
	case map[string]any:
		for _, inner := range v {
			texts(inner, into)
		}
	case []any:
		for _, inner := range v {
			texts(inner, into)
		}
	case string:
		into[v] = true
	}
}

// stands reports whether a value is in a trace. Few digits may be part of any longer number, so they have to stand by themselves.
func stands(whole, value string) bool {
	if len(value) < 8 && strings.Trim(value, "0123456789") == "" {
		return regexp.MustCompile(`\b` + value + `\b`).MatchString(whole)
	}
	return strings.Contains(whole, strings.ToLower(value))
}

// Nothing of a tenant is left in the trace of a whole run: no name, ID, address, domain, token or secret.
func TestTrace_holdsNothingOfTheTenant(t *testing.T) {
	t.Parallel()
	emu := server(t, nil)
	refresh := emu.IssueRefreshToken(emulator.TokenOptions{})
	var heard []trace.Exchange
	if _, err := asked(t, emu, verdict.Sandbox, refresh, func(o *Options) { o.Heard = func(x trace.Exchange) { heard = append(heard, x) } }); err != nil {
		t.Fatal(err)
	}
	saved, err := emu.Snapshot() // with what was bought
	if err != nil {
		t.Fatal(err)
	}
	var snapshot struct{ Tenant any }
	if err := json.Unmarshal(saved, &snapshot); err != nil {
		t.Fatal(err)
	}
	tenant := map[string]bool{emulator.ClientID: true, emulator.ClientSecret: true, refresh: true, emulator.AdminUser: true, emu.TenantID(): true}
	texts(snapshot.Tenant, tenant)
	whole, looked := written(t, heard), 0
	var left []string
	for value := range tenant {
		ours := strings.HasPrefix(value, "conformance")
		if len(value) < 4 || vocabulary.MatchString(value) || slices.Contains(apiWords, value) || ours {
			continue
		}
		looked++
		if stands(whole, value) {
			left = append(left, value)
		}
	}
	for range 3 { // what replaces a short number may happen to be another one of the tenant, but not every time
		if len(left) == 0 {
			break
		}
		whole = written(t, heard)
		left = slices.DeleteFunc(left, func(value string) bool { return !stands(whole, value) })
	}
	for _, value := range left {
		at := strings.Index(whole, strings.ToLower(value))
		t.Errorf("%q is left: ...%s...", value, whole[max(0, at-200):min(len(whole), at+100)])
	}
	if looked < 200 || len(heard) < 200 {
		t.Errorf("only %d values were looked for in %d exchanges", looked, len(heard))
	}
}

// written is the trace of what was heard, in lower case, with replacements of its own.
func written(t *testing.T, heard []trace.Exchange) string {
	t.Helper()
	recorder, err := trace.NewRecorder("test", Words()...)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range heard {
		recorder.Add(x)
	}
	var b bytes.Buffer
	if err := recorder.Trace().Write(&b); err != nil {
		t.Fatal(err)
	}
	return strings.ToLower(b.String())
}

// What a run recorded is played by an emulator with nothing of its own, and the same run over it comes to the same verdicts.
func TestTrace_isPlayed(t *testing.T) {
	t.Parallel()
	original := server(t, nil)
	first, recorded := traced(t, original, verdict.Read, "")
	var b bytes.Buffer
	if err := recorded.Fixture().Write(&b); err != nil {
		t.Fatal(err)
	}
	fixture, err := emulator.ReadFixture(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	player := emulator.New(emulator.EmptyTenant())
	t.Cleanup(player.Close)
	player.Play(fixture)
	customer := ""
	for _, x := range recorded.Exchanges {
		if rest, ok := strings.CutPrefix(x.Path, "/v1/customers/"); ok && strings.HasSuffix(rest, "/subscriptions") && rest != "" {
			customer = strings.TrimSuffix(rest, "/subscriptions")
			break
		}
	}
	second, err := asked(t, player, verdict.Read, "", func(o *Options) { o.Customer = customer })
	if err != nil {
		t.Fatal(err)
	}
	played := 0
	for _, r := range player.Requests() {
		if r.Recorded {
			played++
		}
	}
	if played < 80 {
		t.Errorf("only %d answers were played", played)
	}
	// A filter holds the beginning of a name, which is replaced otherwise than the name.
	differing := []string{"filter.name", "filter.case", "filter.domain", "customer.domain-free"}
	for i, result := range second.Results {
		if before := first.Results[i]; before.Verdict != result.Verdict && !slices.Contains(differing, result.ID) {
			t.Errorf("%s was %s, and is %s: %s", result.ID, before.Verdict, result.Verdict, result.Seen)
		}
	}
}
