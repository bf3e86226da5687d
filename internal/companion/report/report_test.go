// SPDX-License-Identifier: MPL-2.0

package report

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

var update = flag.Bool("update", false, "write the golden files again")

// TestGolden reads a plan of each CLI, as TestAccReportPlans makes them, and one written by hand that has every kind of change, and compares every format.
func TestGolden(t *testing.T) {
	for _, plan := range []string{"cases", "terraform", "opentofu"} {
		r := read(t, plan+".json")
		for extension, write := range map[string]func(*bytes.Buffer) error{
			"md":          func(b *bytes.Buffer) error { return r.Markdown(b, 60_000) },
			"report.json": func(b *bytes.Buffer) error { return r.JSON(b) },
			"csv":         func(b *bytes.Buffer) error { return r.CSV(b) },
		} {
			t.Run(plan+"."+extension, func(t *testing.T) {
				var got bytes.Buffer
				if err := write(&got); err != nil {
					t.Fatal(err)
				}
				golden := filepath.Join("testdata", plan+"."+extension)
				if *update {
					if err := os.WriteFile(golden, got.Bytes(), 0o600); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(golden)
				if err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(bytes.ReplaceAll(want, []byte("\r\n"), []byte("\n")), got.Bytes()) {
					t.Errorf("%s is not what is written; if that is meant: go test ./internal/companion/report -update\n%s", golden, got.Bytes())
				}
			})
		}
	}
}

// TestGolden_oneConfiguration: both CLIs planned the same configuration, and a reviewer reads the same.
func TestGolden_oneConfiguration(t *testing.T) {
	t.Parallel()
	var first, second bytes.Buffer
	if err := errors.Join(read(t, "terraform.json").Markdown(&first, 60_000), read(t, "opentofu.json").Markdown(&second, 60_000)); err != nil {
		t.Fatal(err)
	}
	if first.String() != second.String() {
		t.Errorf("of Terraform:\n%s\nof OpenTofu:\n%s", &first, &second)
	}
}

func read(t *testing.T, name string) *Report {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return readText(t, string(text))
}

func readText(t *testing.T, plan string) *Report {
	t.Helper()
	r, err := Read(strings.NewReader(plan))
	if err != nil {
		t.Fatalf("%v in %.500s", err, plan)
	}
	return r
}

// planOf is a plan with some changes of a type, each written as JSON.
func planOf(changes ...map[string]any) string {
	return encode(map[string]any{"format_version": "1.2", "resource_changes": changes})
}

func encode(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return string(text)
}

func changeOf(address string, before, after map[string]any, unknown map[string]any, actions ...string) map[string]any {
	return map[string]any{"address": address, "mode": "managed", "type": subscriptionType, "change": map[string]any{
		"actions": actions, "before": before, "after": after, "after_unknown": unknown,
	}}
}

func attributesOf(quantity int, total string) map[string]any {
	return map[string]any{
		"customer_id": "c", "quantity": quantity, "term_duration": "P1Y", "billing_cycle": "monthly",
		"commitment": map[string]any{"total": total, "currency": "EUR", "unit_price": "1.00", "refund": "none"},
	}
}

// TestRead_oneChange is the table of what a change adds. Whatever may cost more is never taken for free.
func TestRead_oneChange(t *testing.T) {
	t.Parallel()
	with := func(base map[string]any, name string, value any) map[string]any {
		changed := maps.Clone(base)
		changed[name] = value
		return changed
	}
	five, six := attributesOf(5, "60.00"), attributesOf(6, "72.00")
	unknownPrice := map[string]any{"commitment": true}
	for name, test := range map[string]struct {
		before, after, unknown map[string]any
		actions                []string
		kind                   Kind
		want                   string // amount and currency, "unpriced" or ""
	}{
		"purchase":                         {nil, five, nil, []string{"create"}, Bought, "60.00 EUR"},
		"purchase, price unknown":          {nil, with(five, "commitment", nil), unknownPrice, []string{"create"}, Bought, "unpriced"},
		"purchase, price partly unknown":   {nil, five, map[string]any{"commitment": map[string]any{"total": true}}, []string{"create"}, Bought, "unpriced"},
		"purchase, no price":               {nil, with(five, "commitment", nil), nil, []string{"create"}, Bought, "unpriced"},
		"purchase, older provider":         {nil, map[string]any{"quantity": 5}, nil, []string{"create"}, Bought, "unpriced"},
		"purchase, amount is none":         {nil, attributesOf(5, "1e9"), nil, []string{"create"}, Bought, "unpriced"},
		"purchase, free":                   {nil, attributesOf(5, "0.00"), nil, []string{"create"}, Bought, "0.00 EUR"},
		"adoption":                         {nil, with(with(five, "commitment", nil), "id", "s"), nil, []string{"create"}, Adopted, ""},
		"adoption, price unknown":          {nil, with(with(five, "commitment", nil), "id", "s"), unknownPrice, []string{"create"}, Adopted, "unpriced"},
		"replacement":                      {five, six, nil, []string{"delete", "create"}, Replaced, "72.00 EUR"},
		"replacement, forgotten":           {five, six, nil, []string{"create", "forget"}, Replaced, "72.00 EUR"},
		"more":                             {five, six, nil, []string{"update"}, Changed, "12.00 EUR"},
		"more, price unknown":              {five, with(six, "commitment", nil), unknownPrice, []string{"update"}, Changed, "unpriced"},
		"more, no price":                   {five, with(six, "commitment", nil), nil, []string{"update"}, Changed, "unpriced"},
		"more, price as before":            {five, attributesOf(6, "60.00"), nil, []string{"update"}, Changed, "unpriced"},
		"more, of what is free":            {attributesOf(5, "0.00"), attributesOf(6, "0.00"), nil, []string{"update"}, Changed, ""},
		"more, of what had no price":       {with(five, "commitment", nil), six, nil, []string{"update"}, Changed, "72.00 EUR"},
		"more, neither has a price":        {with(five, "commitment", nil), with(six, "commitment", nil), nil, []string{"update"}, Changed, "unpriced"},
		"more, quantity unknown":           {five, with(five, "quantity", nil), map[string]any{"quantity": true}, []string{"update"}, Changed, "unpriced"},
		"more, in another currency":        {with(five, "commitment", map[string]any{"total": "1.00", "currency": "USD"}), six, nil, []string{"update"}, Changed, "72.00 EUR"},
		"fewer":                            {six, five, nil, []string{"update"}, Changed, "-12.00 EUR"},
		"fewer, neither has a price":       {with(six, "commitment", nil), with(five, "commitment", nil), nil, []string{"update"}, Changed, ""},
		"longer term, no price":            {with(five, "commitment", nil), with(with(five, "commitment", nil), "term_duration", "P3Y"), nil, []string{"update"}, Changed, "unpriced"},
		"rename":                           {five, with(five, "friendly_name", "x"), nil, []string{"update"}, Changed, ""},
		"stop":                             {five, nil, nil, []string{"delete"}, Stopped, ""},
		"abandon":                          {with(five, "deletion_policy", "abandon"), nil, nil, []string{"delete"}, Forgotten, ""},
		"forget":                           {five, nil, nil, []string{"forget"}, Forgotten, ""},
		"an action nobody knows, no price": {with(five, "commitment", nil), with(six, "commitment", nil), nil, []string{"future"}, Changed, "unpriced"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := readText(t, planOf(changeOf("a", test.before, test.after, test.unknown, test.actions...)))
			if len(r.Rows) != 1 {
				t.Fatalf("got %d rows", len(r.Rows))
			}
			row := &r.Rows[0]
			got := ""
			switch {
			case row.Unpriced:
				got = "unpriced"
			case row.Amount != nil:
				got = row.Amount.String()
			}
			if got != test.want || row.Kind != test.kind {
				t.Errorf("got %q, %s; want %q, %s", got, row.Kind, test.want, test.kind)
			}
		})
	}
}

// TestRead_randomPlans compares the totals of random plans with sums that are kept in cents while the plan is made.
func TestRead_randomPlans(t *testing.T) {
	t.Parallel()
	for seed := range uint64(200) {
		random := rand.New(rand.NewPCG(seed, 1))
		var committed, givenBack int64
		unpriced := 0
		var changes []map[string]any
		for i := range 1 + random.IntN(30) {
			before, after := 1+random.Int64N(1e9), 1+random.Int64N(1e9)
			first, second := attributesOf(5, cents(before)), attributesOf(5, cents(after))
			address := fmt.Sprintf("partnercenter_subscription.this[%d]", i)
			switch random.IntN(4) {
			case 0:
				changes = append(changes, changeOf(address, nil, second, nil, "create"))
				committed += after
			case 1:
				changes = append(changes, changeOf(address, first, second, nil, "delete", "create"))
				committed += after
			case 2:
				changes = append(changes, changeOf(address, first, second, nil, "update"))
				committed, givenBack = committed+max(0, after-before), givenBack+max(0, before-after)
			default:
				changes = append(changes, changeOf(address, nil, first, map[string]any{"commitment": true}, "create"))
				unpriced++
			}
		}
		sum := SumOf(readText(t, planOf(changes...)).Rows)
		got := Total{}
		if len(sum.Totals) > 0 {
			got = sum.Totals[0]
		}
		if exact(got.Committed) != cents(committed) || exact(got.GivenBack) != cents(givenBack) || sum.Unpriced != unpriced {
			t.Errorf("seed %d: got %+v, want %s, %s and %d without a price", seed, sum, cents(committed), cents(givenBack), unpriced)
		}
	}
}

func cents(n int64) string { return fmt.Sprintf("%d.%02d", n/100, n%100) }

// TestMarkdown_hundredPurchases sees that a comment has the total on top and every amount, also where each text is as long and as
// hostile as it can be.
func TestMarkdown_hundredPurchases(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{"usual": "m365-sales", "hostile": strings.Repeat("|`\u202e<b>@x", 100)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var changes []map[string]any
			for i := range 100 {
				after := attributesOf(5, fmt.Sprintf("%d.07", 1000+i))
				for _, attribute := range []string{"friendly_name", "offer_name", "publisher_name"} {
					after[attribute] = text
				}
				after["customer_id"] = fmt.Sprintf("5f0c1b52-7a41-4e0e-9c55-%012d", i)
				changes = append(changes, changeOf(fmt.Sprintf("module.customers[%q].partnercenter_subscription.this[%d]", text, i), nil, after, nil, "create"))
			}
			var b strings.Builder
			if err := readText(t, planOf(changes...)).Markdown(&b, 60_000); err != nil {
				t.Fatal(err)
			}
			got := b.String()
			if n := utf8.RuneCountInString(got); n > 60_000 {
				t.Errorf("%d characters", n)
			}
			if head := got[:200]; !strings.Contains(head, "**104,957.00 EUR**") {
				t.Errorf("the total is not on top: %s", head)
			}
			_, changesOnly, _ := strings.Cut(got, "| Change |")
			for i := range 100 {
				if amount := fmt.Sprintf("| 1,%03d.07 EUR |", i); !strings.Contains(changesOnly, amount) {
					t.Errorf("%s is missing", amount)
				}
			}
		})
	}
}

func TestMarkdown_sumsUpWhatFindsNoRoom(t *testing.T) {
	t.Parallel()
	var changes []map[string]any
	for i := range 1000 {
		after := attributesOf(5, "10.00")
		after["customer_id"] = strconv.Itoa(i)
		if i%10 == 0 {
			after["commitment"] = nil
		}
		changes = append(changes, changeOf(fmt.Sprintf("partnercenter_subscription.this[%d]", i), nil, after, nil, "create"))
	}
	r := readText(t, planOf(changes...))
	var b strings.Builder
	if err := r.Markdown(&b, 20_000); err != nil {
		t.Fatal(err)
	}
	got := b.String()
	if n := utf8.RuneCountInString(got); n > 20_000 || n < 15_000 {
		t.Errorf("%d characters", n)
	}
	for _, want := range []string{"**9,000.00 EUR**", "**Not priced: 100 changes that may cost money.**", " more customers, whose", " of them not priced**. They are in the totals above."} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
}

// An extension is neither a renewal nor an end: whoever approves it reads that it costs more, and when it is taken back.
func TestRead_endOfTerm(t *testing.T) {
	t.Parallel()
	with := func(endOfTerm string, renews any) map[string]any {
		all := attributesOf(5, "600.00")
		all["end_of_term"], all["auto_renew_enabled"] = endOfTerm, renews
		all["current_term"] = map[string]any{"ends": "2027-05-31T23:59:59Z"}
		return all
	}
	const follows, ends = "a paid extended service term follows its term from 2027-05-31", "renewal turned off: it ends with its term on 2027-05-31"
	for name, test := range map[string]struct {
		before, after map[string]any
		says, not     string
	}{
		"wanted":     {with("renew", true), with("extend", nil), follows, ends},
		"not wanted": {with("extend", nil), with("cancel", false), ends, follows},
		"no more":    {with("extend", nil), with("renew", true), "renewal turned on", follows},
		"bought":     {nil, with("extend", nil), "a paid extended service term follows its term, month by month", ends},
		"as before":  {with("extend", nil), with("extend", nil), "", follows},
	} {
		action := "update"
		if test.before == nil {
			action = "create"
		}
		var text bytes.Buffer
		if err := readText(t, planOf(changeOf(name, test.before, test.after, nil, action))).Markdown(&text, 60_000); err != nil {
			t.Fatal(err)
		}
		if got := text.String(); !strings.Contains(got, test.says) || strings.Contains(got, test.not) {
			t.Errorf("%s: it should say %q, and not %q:\n%s", name, test.says, test.not, got)
		}
	}
}

// TestHostileText writes what may break out into every text of a plan, and looks for it in every format.
func TestHostileText(t *testing.T) {
	t.Parallel()
	const hostile = "=cmd|'/c'!A1`|<img src=x>\r\n| @everyone [x](https://e.example) \x1b[31m\u202e\u2066\u200b\u0007"
	after := map[string]any{"quantity": 5, "auto_renew_enabled": true, "commitment": map[string]any{"total": "1.00", "currency": "EUR", "unit_price": hostile, "refund": hostile}}
	for _, name := range []string{"customer_id", "friendly_name", "offer_name", "publisher_name", "term_duration", "billing_cycle", "product_id", "sku_id", "status", "deletion_policy"} {
		after[name] = hostile
	}
	after["current_term"] = map[string]any{"ends": hostile, "cancellable_until": hostile}
	broken := map[string]any{"commitment": map[string]any{"total": hostile, "currency": hostile}, "friendly_name": hostile}
	plan := map[string]any{"format_version": "1.2", "timestamp": hostile, "resource_changes": []map[string]any{
		changeOf(hostile, nil, after, nil, "create"), changeOf(hostile, after, nil, nil, "delete"), changeOf(hostile, nil, broken, nil, "create"),
		{"address": hostile, "type": licenseQuantityType, "deposed": hostile, "change": map[string]any{"actions": []string{"update"}, "after": map[string]any{"quantity": 4, "subscription_id": hostile, "customer_id": hostile}}},
	}, "action_invocations": []map[string]any{{
		"address": hostile, "type": "partnercenter_transition_subscription",
		"config_values": map[string]any{"subscription_id": hostile, "customer_id": hostile, "to_product_id": hostile, "to_sku_id": hostile, "term_duration": hostile},
	}}}
	r := readText(t, encode(plan))
	if len(r.Rows) != 5 {
		t.Fatalf("got %d rows", len(r.Rows))
	}
	var markdown, table, data bytes.Buffer
	for _, err := range []error{r.Markdown(&markdown, 60_000), r.CSV(&table), r.JSON(&data)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for line := range strings.Lines(markdown.String()) {
		outside := strings.Split(line, "`")
		if len(outside)%2 == 0 || strings.HasPrefix(line, "|") && strings.Count(line, "|") != 8 && strings.Count(line, "|") != 6 && strings.Count(line, "|") != 5 {
			t.Errorf("the line breaks out of its cells: %s", line)
		}
		for i := 0; i < len(outside); i += 2 {
			if strings.ContainsAny(outside[i], "<>@[]!=") {
				t.Errorf("%q stands outside of a code span", outside[i])
			}
		}
	}
	for name, text := range map[string]string{"Markdown": markdown.String(), "CSV": table.String(), "JSON": data.String()} {
		if i := strings.IndexAny(text, "\r\x1b\u202e\u2066\u200b\u0007"); i >= 0 {
			t.Errorf("%s has %q", name, text[i:i+20])
		}
	}
	records, err := csv.NewReader(&table).ReadAll()
	if err != nil || len(records) != 6 {
		t.Fatalf("got %d records, %v", len(records), err)
	}
	for _, record := range records {
		for _, cell := range record {
			if strings.IndexAny(cell, "=+-@") == 0 {
				t.Errorf("a spreadsheet takes %q for a formula", cell)
			}
		}
	}
}

func TestRead_keepsSecrets(t *testing.T) {
	t.Parallel()
	change := changeOf("a", nil, map[string]any{"friendly_name": "hush", "customer_id": "hush", "quantity": 1}, nil, "create")
	change["change"].(map[string]any)["after_sensitive"] = map[string]any{"friendly_name": true, "customer_id": true}
	var b bytes.Buffer
	if err := readText(t, planOf(change)).JSON(&b); err != nil {
		t.Fatal(err)
	}
	if got := b.String(); strings.Contains(got, "hush") || strings.Count(got, "(sensitive)") != 3 {
		t.Errorf("got %s", got)
	}
}

func TestRead_incompletePlans(t *testing.T) {
	t.Parallel()
	deferred := changeOf("a", nil, attributesOf(5, "60.00"), nil, "create")
	r := readText(t, encode(map[string]any{
		"format_version": "1.2", "errored": true, "complete": false, "deferred_changes": []any{map[string]any{"reason": "provider_config_unknown", "resource_change": deferred}},
		"deferred_action_invocations": []any{map[string]any{"action_invocation": map[string]any{"address": "b", "type": "partnercenter_cancel_subscription"}}},
	}))
	if sum := SumOf(r.Rows); !r.Errors || !r.Partly || sum.Unpriced != 2 || len(sum.Totals) != 0 {
		t.Errorf("got %+v, %+v", r, sum)
	}
	var b strings.Builder
	if err := r.Markdown(&b, 60_000); err != nil {
		t.Fatal(err)
	}
	if got := b.String(); !strings.Contains(got, "**The plan broke off") || !strings.Contains(got, "**The plan is not complete") {
		t.Errorf("got %s", got)
	}
	if got := (Limits{NotUnpriced: true}).Exceeded(r); len(got) != 2 {
		t.Errorf("got %q", got)
	}
}

func TestRead_nothing(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	if err := readText(t, `{"format_version":"1.2"}`).Markdown(&b, 60_000); err != nil {
		t.Fatal(err)
	}
	if want := "## Partner Center\n\nThis plan commits to nothing at Partner Center.\n"; b.String() != want {
		t.Errorf("got %q", b.String())
	}
}

func TestRead_encodings(t *testing.T) {
	t.Parallel()
	plan := planOf(changeOf("a", nil, attributesOf(5, "60.00"), nil, "create"))
	little := []byte{0xff, 0xfe}
	for _, unit := range utf16.Encode([]rune(plan)) {
		little = append(little, byte(unit), byte(unit>>8))
	}
	for name, text := range map[string]string{"UTF-8": plan, "with a byte-order mark": "\ufeff" + plan, "UTF-16": string(little)} {
		if got := SumOf(readText(t, text).Rows).Totals; len(got) != 1 || exact(got[0].Committed) != "60.00" {
			t.Errorf("%s: got %+v", name, got)
		}
	}
}

func TestRead_refuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                     "not the output",
		"PK\x03\x04":                           "the plan file itself",
		"{}":                                   "no format_version",
		"[1]":                                  "not the output",
		`{"format_version":"2.0"}`:             "newer than this program",
		`{"format_version":"1.0","values":{}}`: "a state, not a plan",
		`{"@level":"info"}` + "\n{}":           "not the output",
		planOf(changeOf("the.address", nil, map[string]any{"quantity": "many"}, nil, "create")): `"the.address"`,
	} {
		if _, err := Read(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60s: got %v, want %q in it", text, err, want)
		}
	}
}
