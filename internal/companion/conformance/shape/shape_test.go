// SPDX-License-Identifier: MPL-2.0

package shape

import (
	"encoding/json"
	"testing"
)

// Each shape takes what it is for, and says what is wrong with everything else.
func TestChecks(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		check        Check
		right, wrong string // JSON, with blanks between values
	}{
		"text":    {IsText, `["a"]`, `["", 1, null, [], {}]`},
		"bool":    {IsBool, `[true, false]`, `["true", 0, null]`},
		"number":  {IsNumber, `[1, 1.5, 0]`, `["1", null, true]`},
		"whole":   {IsWhole, `[1, 0, -3]`, `[1.5, "1", null]`},
		"amount":  {IsAmount, `[1.5, "1.50", 0]`, `["", "x", null, []]`},
		"list":    {IsList, `[[], [1]]`, `[{}, null, "a"]`},
		"object":  {IsObject, `[{}]`, `[[], null]`},
		"moment":  {IsMoment, `["2026-03-02T08:14:31.7718442Z", "2026-03-02T08:52:10+01:00", "2025-07-31T00:00:00", "2026-03-02"]`, `["", "yesterday", 1, null]`},
		"missing": {IsMissing, `[null]`, `["", 0, false]`},
		"empty":   {IsEmpty, `[null, ""]`, `[0, "a", []]`},
		"one of":  {OneOf("Full", "Partial"), `["full", "Partial"]`, `["Whole", "", null, 1]`},
		"matches": {Matches(GUID), `["5F0C1B52-7a41-4e0e-9c55-2d1f6a3b9e10"]`, `["5f0c1b52", null, 1]`},
		"list of": {ListOf(IsText), `[[], ["a", "b"]]`, `[["a", 1], "a", null]`},
		"having":  {Having(map[string]Check{"a.b": IsText, "c": IsBool}), `[{"a": {"B": "x"}, "C": true}]`, `[{"a": {"b": "x"}}, {"c": true}, null, []]`},
	} {
		var right, wrong []any
		if json.Unmarshal([]byte(test.right), &right) != nil || json.Unmarshal([]byte(test.wrong), &wrong) != nil {
			t.Fatal(name)
		}
		for _, value := range right {
			if said := test.check(value); said != "" {
				t.Errorf("%s: %v is refused: %s", name, value, said)
			}
		}
		for _, value := range wrong {
			if test.check(value) == "" {
				t.Errorf("%s: %v is taken", name, value)
			}
		}
	}
}

// Members are found in any case, and what is not there is nothing.
func TestAt(t *testing.T) {
	t.Parallel()
	var document any
	if err := json.Unmarshal([]byte(`{"Links": {"self": {"uri": "/x"}}, "items": [1, 2], "n": "2.5", "at": "2026-03-02T08:14:31Z"}`), &document); err != nil {
		t.Fatal(err)
	}
	if Text(document, "links.Self.URI") != "/x" || At(document, "links.next.uri") != nil || At(document, "items.first") != nil || At(nil, "a") != nil || Text(document, "items") != "" {
		t.Error("members are not found")
	}
	if len(List(document, "items")) != 2 || List(document, "n") != nil || len(List(At(document, "items"), "")) != 2 {
		t.Error("lists are not found")
	}
	if n, ok := Number(document, "n"); !ok || n != 2.5 {
		t.Errorf("the number is %v", n)
	}
	if d, ok := Date(document, "at"); !ok || d.Year() != 2026 {
		t.Errorf("the date is %v", d)
	}
}
