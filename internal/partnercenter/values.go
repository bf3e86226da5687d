// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Time is an instant in UTC; its zero value stands for "not set", which the service writes as null, an empty string or year 1.
// See reference/commerce.md#json-conventions.
type Time struct{ time.Time }

// The service mixes offsets, missing zones (UTC then) and bare dates; Go accepts any number of fraction digits after the seconds.
var timeLayouts = []string{
	time.RFC3339,
	"2006-01-02T15:04:05",
	"2006-01-02T15:04:05Z0700",
	"2006-01-02",
	"2006-01-02 15:04:05Z07:00",
	"2006-01-02 15:04:05",
	"2006-01-02T15:04Z07:00",
	"2006-01-02T15:04",
	"1/2/2006 3:04:05 PM",
	"1/2/2006 15:04:05",
	"1/2/2006",
}

var endOfTime = time.Date(9999, time.December, 31, 23, 59, 59, 999999999, time.UTC)

// ParseTime reads a date in any form the service is known to use; a date without a zone is UTC, and year 1 is the zero Time.
func ParseTime(text string) (Time, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return Time{}, nil
	}
	for _, layout := range timeLayouts {
		if parsed, err := time.Parse(layout, text); err == nil {
			return normalTime(parsed), nil
		}
	}
	return Time{}, fmt.Errorf("%q is not a date in a known form", text)
}

// normalTime keeps what RFC 3339 can print: an offset can push "never" out of year 1 and "for ever" out of year 9999.
func normalTime(parsed time.Time) Time {
	parsed = parsed.UTC()
	switch {
	case parsed.Year() <= 1:
		return Time{}
	case parsed.After(endOfTime):
		return Time{endOfTime}
	}
	return Time{parsed}
}

// UnmarshalJSON never fails: a date nobody can read must not cost the rest of an answer, least of all one about a purchase.
func (t *Time) UnmarshalJSON(data []byte) error {
	*t = Time{}
	var text string
	if json.Unmarshal(data, &text) == nil {
		if parsed, err := ParseTime(text); err == nil {
			*t = parsed
		}
	}
	return nil
}

// MarshalJSON prints RFC 3339 in UTC, and null for the zero Time.
func (t Time) MarshalJSON() ([]byte, error) {
	if t.IsZero() {
		return []byte("null"), nil
	}
	return strconv.AppendQuote(nil, normalTime(t.Time).Format(time.RFC3339Nano)), nil
}

// Int is a whole number that the service writes as a JSON number or as a numeric string.
type Int int64

// UnmarshalJSON takes null and the empty string for zero and refuses fractions: a quantity is never rounded silently.
func (i *Int) UnmarshalJSON(data []byte) error {
	text := string(scalar(data))
	if text == "" {
		*i = 0
		return nil
	}
	if integer, fraction, found := strings.Cut(text, "."); found && fraction != "" && strings.Trim(fraction, "0") == "" {
		text = integer
	}
	whole, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return fmt.Errorf("%s is not a whole number", bytes.TrimSpace(data))
	}
	*i = Int(whole)
	return nil
}

// Text is a string that the service sometimes writes as a number, such as an error code or a partner ID.
type Text string

// UnmarshalJSON takes strings, numbers and booleans as they are written, and null for the empty string.
func (t *Text) UnmarshalJSON(data []byte) error {
	*t = Text(scalar(data))
	return nil
}

// scalar is the text of a JSON string, number or boolean; null is empty.
func scalar(data []byte) []byte {
	data = bytes.TrimSpace(data)
	if bytes.Equal(data, []byte("null")) {
		return nil
	}
	var text string
	if json.Unmarshal(data, &text) == nil {
		return []byte(strings.TrimSpace(text))
	}
	return data
}

// OneOrMany is a list that the service sometimes writes as a single object.
type OneOrMany[T any] []T

// UnmarshalJSON accepts an array, a single value and null.
func (l *OneOrMany[T]) UnmarshalJSON(data []byte) error {
	data = bytes.TrimSpace(data)
	*l = nil
	if len(data) == 0 || bytes.Equal(data, []byte("null")) {
		return nil
	}
	if data[0] == '[' {
		return json.Unmarshal(data, (*[]T)(l))
	}
	var single T
	if err := json.Unmarshal(data, &single); err != nil {
		return err
	}
	*l = []T{single}
	return nil
}

// KeyValue is a pair as participants and audit details carry it.
type KeyValue struct {
	Key   string `json:"key"`
	Value Text   `json:"value"`
}

// withoutEmpty drops members that are null or an empty string: absent, null and "" mean the same, but a decimal cannot be read from "".
func withoutEmpty(data []byte) ([]byte, error) {
	var object map[string]json.RawMessage
	if err := json.Unmarshal(data, &object); err != nil {
		return nil, err
	}
	for name, value := range object {
		if len(scalar(value)) == 0 {
			delete(object, name)
		}
	}
	return json.Marshal(object)
}

// enumKey makes two spellings of an enum value comparable: "OneTime", "one_time" and "one time" are the same value.
func enumKey(value string) string {
	return strings.Map(func(r rune) rune {
		if r == '_' || r == ' ' || r == '-' {
			return -1
		}
		return r
	}, strings.ToLower(strings.TrimSpace(value)))
}

func sameEnum(a, b string) bool { return enumKey(a) == enumKey(b) }

// document is a JSON object of the service, kept whole so that what this client does not know survives an update.
type document map[string]json.RawMessage

// set replaces a member under whatever casing the document spells its name; the documented spelling is used for a new one.
func (d document) set(name string, value any) error {
	encoded, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("encoding %s: %w", name, err)
	}
	found := false
	for key := range d {
		if strings.EqualFold(key, name) {
			d[key] = encoded
			found = true
		}
	}
	if !found {
		d[name] = encoded
	}
	return nil
}

// remove takes a member out under whatever casing the document spells its name.
func (d document) remove(name string) {
	for key := range d {
		if strings.EqualFold(key, name) {
			delete(d, key)
		}
	}
}
