// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"encoding/json"
	"testing"
	"time"
)

func TestTime(t *testing.T) {
	tests := map[string]struct{ in, want string }{
		"seven digits":            {`"2024-03-09T16:57:15.0966728Z"`, `"2024-03-09T16:57:15.0966728Z"`},
		"no fraction":             {`"2016-12-12T08:00:00Z"`, `"2016-12-12T08:00:00Z"`},
		"offset zero":             {`"2019-01-09T00:21:45.9263727+00:00"`, `"2019-01-09T00:21:45.9263727Z"`},
		"other offset":            {`"2015-11-24T08:00:00-08:00"`, `"2015-11-24T16:00:00Z"`},
		"no zone":                 {`"2025-07-31T00:00:00"`, `"2025-07-31T00:00:00Z"`},
		"no zone with fraction":   {`"2019-01-09T00:21:45.9263727"`, `"2019-01-09T00:21:45.9263727Z"`},
		"date only":               {`"2026-03-01"`, `"2026-03-01T00:00:00Z"`},
		"American":                {`"6/1/2017 12:00:00 AM"`, `"2017-06-01T00:00:00Z"`},
		"zero":                    {`"0001-01-01T00:00:00"`, `null`},
		"zero with zone":          {`"0001-01-01T00:00:00Z"`, `null`},
		"zero moved by an offset": {`"0001-01-01T00:00:00-08:00"`, `null`},
		"for ever":                {`"9999-12-31T23:59:59-08:00"`, `"9999-12-31T23:59:59.999999999Z"`},
		"empty":                   {`""`, `null`},
		"null":                    {`null`, `null`},
		"blanks":                  {`" 2026-03-01T00:00:00Z "`, `"2026-03-01T00:00:00Z"`},
		"unreadable":              {`"soon"`, `null`},
		"a number":                {`17`, `null`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var got Time
			if err := json.Unmarshal([]byte(test.in), &got); err != nil {
				t.Fatal(err)
			}
			out, err := json.Marshal(got)
			if err != nil {
				t.Fatal(err)
			}
			check(t, test.in, string(out), test.want)
		})
	}
}

func TestTimeIsLeftOut(t *testing.T) {
	out, err := json.Marshal(struct {
		At Time `json:"at,omitzero"`
	}{})
	if err != nil {
		t.Fatal(err)
	}
	check(t, "zero time", string(out), "{}")
}

func TestParseTime(t *testing.T) {
	if _, err := ParseTime("soon"); err == nil {
		t.Error("a word is no date")
	}
	got, err := ParseTime("")
	if err != nil || !got.IsZero() {
		t.Errorf("empty: got %v, %v", got, err)
	}
}

func TestInt(t *testing.T) {
	for in, want := range map[string]Int{`7`: 7, `"7"`: 7, `null`: 0, `""`: 0, `"25.00"`: 25, `25.0`: 25, `-1`: -1, `9007199254740993`: 9007199254740993} {
		var got Int
		if err := json.Unmarshal([]byte(in), &got); err != nil {
			t.Errorf("%s: %v", in, err)
		}
		check(t, in, got, want)
	}
	for _, in := range []string{`1.5`, `"many"`, `true`, `{}`, `[]`, `1.`, `"1."`, `1e3`} {
		var got Int
		if err := json.Unmarshal([]byte(in), &got); err == nil {
			t.Errorf("%s was read as %d", in, got)
		}
	}
}

func TestText(t *testing.T) {
	for in, want := range map[string]Text{`"800088"`: "800088", `800088`: "800088", `null`: "", `" a "`: "a", `true`: "true"} {
		var got Text
		if err := json.Unmarshal([]byte(in), &got); err != nil {
			t.Errorf("%s: %v", in, err)
		}
		check(t, in, got, want)
	}
}

func TestOneOrMany(t *testing.T) {
	for in, want := range map[string]int{`[{"key":"a"},{"key":"b"}]`: 2, `{"key":"a"}`: 1, `null`: 0, `[]`: 0} {
		var got OneOrMany[KeyValue]
		if err := json.Unmarshal([]byte(in), &got); err != nil {
			t.Errorf("%s: %v", in, err)
		}
		check(t, in, len(got), want)
	}
}

func TestSameEnum(t *testing.T) {
	for _, pair := range [][2]string{{"OneTime", "one_time"}, {"Monthly", "monthly"}, {"Not Ready", "NotReady"}, {"", ""}} {
		if !sameEnum(pair[0], pair[1]) {
			t.Errorf("%q and %q are the same", pair[0], pair[1])
		}
	}
	if sameEnum("monthly", "annual") {
		t.Error("monthly is not annual")
	}
}

func TestPricing(t *testing.T) {
	var got Pricing
	if err := json.Unmarshal([]byte(`{"listPrice": 36.48, "price": "0.10", "extendedPrice": "", "proratedPrice": null, "discountedPrice": 100000000000000000.01}`), &got); err != nil {
		t.Fatal(err)
	}
	check(t, "list price", got.ListPrice.String(), "36.48")
	check(t, "price", got.Price.String(), "0.1")
	check(t, "exact", got.DiscountedPrice.String(), "100000000000000000.01")
	if got.ExtendedPrice != nil || got.ProratedPrice != nil {
		t.Errorf("not said: got %v and %v", got.ExtendedPrice, got.ProratedPrice)
	}
}

func FuzzTime(f *testing.F) {
	for _, seed := range []string{"2024-03-09T16:57:15.0966728Z", "2025-07-31T00:00:00", "0001-01-01T00:00:00", "9999-12-31T23:59:59-08:00", "", "6/1/2017 12:00:00 AM"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		first, err := ParseTime(text)
		if err != nil {
			return
		}
		out, err := json.Marshal(first)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		var second Time
		if err := json.Unmarshal(out, &second); err != nil || !first.Equal(second.Time) {
			t.Errorf("%q: %v became %v (%v)", text, first, second, err)
		}
		if !first.IsZero() && first.Location() != time.UTC {
			t.Errorf("%q is not in UTC", text)
		}
	})
}
