// SPDX-License-Identifier: MPL-2.0

// Package shape judges answers: what stands where in a document, and what form it has. Each shape says what is wrong with a value, in words.
package shape

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
)

// Itself is the path of a document Itself.
const Itself = "."

// At is a member of a document, by names with dots between them and in any case; nil where there is none.
func At(doc any, path string) any {
	if path == Itself {
		return doc
	}
	for name := range strings.SplitSeq(path, ".") {
		object, ok := doc.(map[string]any)
		if !ok {
			return nil
		}
		doc = memberOf(object, name)
	}
	return doc
}

func memberOf(object map[string]any, name string) any {
	if value, ok := object[name]; ok {
		return value
	}
	for other, value := range object {
		if strings.EqualFold(other, name) {
			return value
		}
	}
	return nil
}

// Text is a member as text: "" for one that is none.
func Text(doc any, path string) string {
	value, _ := At(doc, path).(string)
	return value
}

// List is a member as a list, or the document Itself where no path is given.
func List(doc any, path string) []any {
	if path != "" {
		doc = At(doc, path)
	}
	values, _ := doc.([]any)
	return values
}

// Number is a member as a number, also where it stands as a text.
func Number(doc any, path string) (float64, bool) {
	switch value := At(doc, path).(type) {
	case float64:
		return value, true
	case string:
		n, err := strconv.ParseFloat(value, 64)
		return n, err == nil
	}
	return 0, false
}

// Date is a member as a moment, in each of the forms of reference/commerce.md#json-conventions.
func Date(doc any, path string) (time.Time, bool) { return ParseDate(Text(doc, path)) }

// ParseDate reads each of the documented forms.
func ParseDate(value string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999", time.DateOnly} {
		if moment, err := time.Parse(layout, value); err == nil {
			return moment.UTC(), true
		}
	}
	return time.Time{}, false
}

// Check says what is wrong with a value; "" is nothing.
type Check func(value any) string

// Show is a value in a sentence.
func Show(value any) string {
	shown := fmt.Sprint(value)
	if len(shown) > 80 {
		shown = shown[:77] + "..."
	}
	return escape.Quoted(shown)
}

// WrongUnless says what a value is, unless it is right.
func WrongUnless(ok bool, value any) string {
	if ok {
		return ""
	}
	if value == nil {
		return "it is missing"
	}
	return "it is " + Show(value)
}

// IsText holds for a text that is not empty.
func IsText(value any) string {
	s, ok := value.(string)
	return WrongUnless(ok && s != "", value)
}

// IsBool holds for true and false.
func IsBool(value any) string {
	_, ok := value.(bool)
	return WrongUnless(ok, value)
}

// IsNumber holds for a number, and not for a text that reads as one.
func IsNumber(value any) string {
	_, ok := value.(float64)
	return WrongUnless(ok, value)
}

// IsWhole holds for a whole number.
func IsWhole(value any) string {
	n, ok := value.(float64)
	return WrongUnless(ok && n == float64(int64(n)), value)
}

// IsAmount takes numbers and texts, as newer answers have them.
func IsAmount(value any) string {
	_, ok := Number(map[string]any{"v": value}, "v")
	return WrongUnless(ok, value)
}

// IsList holds for a list.
func IsList(value any) string {
	_, ok := value.([]any)
	return WrongUnless(ok, value)
}

// IsObject holds for an object.
func IsObject(value any) string {
	_, ok := value.(map[string]any)
	return WrongUnless(ok, value)
}

// IsMoment holds for a date or a moment in one of the documented forms.
func IsMoment(value any) string {
	s, _ := value.(string)
	_, ok := ParseDate(s)
	return WrongUnless(ok, value)
}

// IsMissing holds for what is not there, or null.
func IsMissing(value any) string { return WrongUnless(value == nil, value) }

// IsEmpty holds for what is absent, null or an empty text.
func IsEmpty(value any) string { return WrongUnless(value == nil || value == "", value) }

// OneOf holds for one of several words, in any case.
func OneOf(values ...string) Check {
	return func(value any) string {
		s, ok := value.(string)
		return WrongUnless(ok && slices.ContainsFunc(values, func(v string) bool { return strings.EqualFold(v, s) }), value)
	}
}

// Matches holds for a text of a form.
func Matches(pattern string) Check {
	form := regexp.MustCompile(pattern)
	return func(value any) string {
		s, ok := value.(string)
		return WrongUnless(ok && form.MatchString(s), value)
	}
}

// GUID is the form of one.
const GUID = `(?i)^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`

// ListOf holds for a list whose items all have a shape.
func ListOf(item Check) Check {
	return func(value any) string {
		values, ok := value.([]any)
		if !ok {
			return WrongUnless(false, value)
		}
		for _, v := range values {
			if wrong := item(v); wrong != "" {
				return wrong
			}
		}
		return ""
	}
}

// Having holds for an object that has members of a shape; none of them may be missing.
func Having(members map[string]Check) Check {
	return func(value any) string {
		for name, holds := range members {
			if wrong := holds(At(value, name)); wrong != "" {
				return "in " + name + " " + wrong
			}
		}
		return ""
	}
}
