// SPDX-License-Identifier: MPL-2.0

package companion

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// run runs one command line.
func run(t *testing.T, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	p := Program{Version: "1.2.3", Commit: "abc1234", Stdin: strings.NewReader(stdin), Stdout: &out, Stderr: &errs}
	return p.Run(t.Context(), args), out.String(), errs.String()
}

const purchase = `{"format_version":"1.2","resource_changes":[{"address":"partnercenter_subscription.a","type":"partnercenter_subscription",
	"change":{"actions":["create"],"after":{"quantity":5,"commitment":{"total":"7020.00","currency":"EUR"}}}}]}`

const unpriced = `{"format_version":"1.2","resource_changes":[{"address":"partnercenter_subscription.a","type":"partnercenter_subscription",
	"change":{"actions":["create"],"after":{"quantity":5},"after_unknown":{"commitment":true}}}]}`

func TestRun(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "plan.json")
	if err := os.WriteFile(file, []byte(purchase), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		stdin          string
		args           []string
		code           int
		stdout, stderr string // what is in them; "" is nothing at all
	}{
		"no verb":                     {"", nil, 0, "report", ""},
		"help":                        {"", []string{"-help"}, 0, "explain", ""},
		"version":                     {"", []string{"-version"}, 0, "1.2.3 abc1234", ""},
		"unknown verb":                {"", []string{"b\u202ey"}, 1, "", `partnercenter: there is no verb "b\u202ey"`},
		"unknown flag":                {"", []string{"-nothing"}, 1, "", "nothing"},
		"report of standard input":    {purchase, []string{"report"}, 0, "**7,020.00 EUR**", ""},
		"report of -":                 {purchase, []string{"report", "-"}, 0, "**7,020.00 EUR**", ""},
		"report of a file":            {"", []string{"report", file}, 0, "**7,020.00 EUR**", ""},
		"report as JSON":              {purchase, []string{"report", "-format", "json"}, 0, `"committed": "7020.00"`, ""},
		"report as CSV":               {purchase, []string{"report", "--format=csv"}, 0, "7020.00,EUR", ""},
		"report in no format":         {purchase, []string{"report", "-format", "xml"}, 1, "", `no format "xml"`},
		"report of no file":           {"", []string{"report", file + ".none"}, 1, "", "plan.json.none"},
		"report of two files":         {"", []string{"report", file, "other"}, 1, "", `unexpected argument "other"`},
		"report of nothing":           {"", []string{"report"}, 1, "", "terraform show -json"},
		"report in few characters":    {purchase, []string{"report", "-max-characters", "500"}, 0, "And 1 more change, together 7,020.00 EUR", ""},
		"below the limit":             {purchase, []string{"report", "-fail-above", "7020", "EUR"}, 0, "7,020.00", ""},
		"above the limit":             {purchase, []string{"report", "-fail-above", "7,019.99", "EUR", "-"}, 2, "7,020.00", "above the limit of 7,019.99 EUR."},
		"above, in one argument":      {purchase, []string{"report", "-fail-above", "7000 EUR"}, 2, "7,020.00", "above the limit"},
		"above, with =":               {purchase, []string{"report", "--fail-above=7000", "EUR"}, 2, "7,020.00", "above the limit"},
		"above, of a file":            {"", []string{"report", file, "-fail-above", "7000", "EUR"}, 2, "7,020.00", "above the limit"},
		"a limit for each currency":   {purchase, []string{"report", "-fail-above", "9000", "EUR", "-fail-above", "1", "USD"}, 0, "7,020.00", ""},
		"no limit in the currency":    {purchase, []string{"report", "-fail-above", "9000", "USD"}, 2, "7,020.00", "no limit in EUR"},
		"two limits in a currency":    {purchase, []string{"report", "-fail-above", "1", "EUR", "-fail-above", "2", "EUR"}, 1, "", "two limits in EUR"},
		"a limit without a currency":  {purchase, []string{"report", "-fail-above", "1"}, 1, "", "an amount and a currency"},
		"a limit without anything":    {purchase, []string{"report", "-fail-above"}, 1, "", "fail-above"},
		"not priced, and allowed":     {unpriced, []string{"report", "-fail-above", "1", "EUR"}, 0, "**not priced**", ""},
		"not priced":                  {unpriced, []string{"report", "-fail-unpriced"}, 2, "**not priced**", "Not priced: 1 change"},
		"explain":                     {"", []string{"explain", "900213"}, 0, "The cancellation window is over (3 days for marketplace software)", ""},
		"explain two meanings":        {"", []string{"explain", "2006"}, 0, "(HTTP 403)", ""},
		"explain a line of a cart":    {"", []string{"explain", "BillingPlanNotSupported"}, 0, "10013 billing_plan_not_supported", ""},
		"explain a sign-in":           {"", []string{"explain", "aadsts7000215"}, 0, "client_secret", ""},
		"explain an HTTP status":      {"", []string{"explain", "429"}, 0, "requests_per_minute", ""},
		"explain by status":           {"", []string{"explain", "400"}, 0, "app management", ""},
		"explain a rare code":         {"", []string{"explain", "800038"}, 0, "nothing to be done", ""},
		"explain what is not known":   {"", []string{"explain", "4711\x1b[31m"}, 1, "", `the code "4711\x1b[31m" is not known`},
		"explain nothing":             {"", []string{"explain"}, 1, "", "one code"},
		"explain two":                 {"", []string{"explain", "1", "2"}, 1, "", "one code"},
		"doctor without settings":     {"", []string{"doctor"}, 1, "No way to sign in is configured", ""},
		"doctor, as JSON":             {"", []string{"doctor", "-json"}, 1, `"id": "settings"`, ""},
		"doctor of something":         {"", []string{"doctor", "x"}, 1, "", "doctor takes no arguments"},
		"conformance lists":           {"", []string{"conformance", "-list"}, 0, "checkout.once", ""},
		"conformance at no level":     {"", []string{"conformance", "-level", "all"}, 1, "", `no level "all"`},
		"conformance of something":    {"", []string{"conformance", "x"}, 1, "", "x"},
		"conformance, no settings":    {"", []string{"conformance"}, 1, "", "No way to sign in"},
		"fixture of a trace":          {`{"note":"n","exchanges":[]}`, []string{"conformance", "fixture"}, 0, `"exchanges"`, ""},
		"fixture of nothing":          {"", []string{"conformance", "fixture"}, 1, "", "reading the trace"},
		"emulator without a fixture":  {"", []string{"emulator", "-address", "127.0.0.1:0", "-fixture", file + ".none"}, 1, "", "reading the fixture"},
		"emulator's version":          {"", []string{"emulator", "-version"}, 0, "partnercenter emulator 1.2.3 abc1234", ""},
		"emulator's help":             {"", []string{"emulator", "-help"}, 0, "", "-ready-file"},
		"emulator without a snapshot": {"", []string{"emulator", "-address", "127.0.0.1:0", "-snapshot", file + ".none"}, 1, "", "snapshot"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code, stdout, stderr := run(t, test.stdin, test.args...)
			if code != test.code {
				t.Errorf("exit code %d, want %d", code, test.code)
			}
			for want, got := range map[string]string{test.stdout: stdout, test.stderr: stderr} {
				if !strings.Contains(got, want) || want == "" && (test.stdout == "" && stdout != "" || test.stderr == "" && stderr != "") {
					t.Errorf("standard output %q, error %q; want %q and %q", stdout, stderr, test.stdout, test.stderr)
				}
			}
		})
	}
}

// TestExplain_knowsEveryCode walks both lists: what the reference says about a code, and what the client knows to do.
func TestExplain_knowsEveryCode(t *testing.T) {
	t.Parallel()
	var codes []string
	for _, m := range meanings {
		codes = append(codes, m.code)
		if m.status < 200 || strings.HasSuffix(m.text, ".") || m.text == "" {
			t.Errorf("code %s: HTTP %d, %q", m.code, m.status, m.text)
		}
	}
	for _, m := range furtherMeanings {
		codes = append(codes, m.code)
	}
	for _, e := range explanations() {
		codes = append(codes, e.Code)
		if e.Name != "" && e.Where != partnercenter.WhereStatus {
			codes = append(codes, e.Name)
		}
		if e.Where == partnercenter.WhereCall && !slices.ContainsFunc(meanings, func(m meaning) bool { return m.code == e.Code }) {
			t.Errorf("code %s has a remedy, and no meaning", e.Code)
		}
	}
	for _, code := range codes {
		var b strings.Builder
		if err := explain(&b, code); err != nil || strings.Count(b.String(), "  Do:      ") != strings.Count(b.String(), "  From:    ") || strings.Contains(b.String(), "Do:      \n") {
			t.Errorf("%s: %v, %s", code, err, b.String())
		}
	}
}
