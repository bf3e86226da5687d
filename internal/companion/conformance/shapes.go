// SPDX-License-Identifier: MPL-2.0

package conformance

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
)

// itself is the path of a document itself.
const itself = "."

// at is a member of a document, by names with dots between them and in any case; nil where there is none.
func at(doc any, path string) any {
	if path == itself {
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

// text is a member as text: "" for one that is none.
func text(doc any, path string) string {
	value, _ := at(doc, path).(string)
	return value
}

// list is a member as a list, or the document itself where no path is given.
func list(doc any, path string) []any {
	if path != "" {
		doc = at(doc, path)
	}
	values, _ := doc.([]any)
	return values
}

func number(doc any, path string) (float64, bool) {
	switch value := at(doc, path).(type) {
	case float64:
		return value, true
	case string:
		n, err := strconv.ParseFloat(value, 64)
		return n, err == nil
	}
	return 0, false
}

// date is a member as a moment, in each of the forms of reference/commerce.md#json-conventions.
func date(doc any, path string) (time.Time, bool) { return parseDate(text(doc, path)) }

func parseDate(value string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999", time.DateOnly} {
		if moment, err := time.Parse(layout, value); err == nil {
			return moment.UTC(), true
		}
	}
	return time.Time{}, false
}

// shape says what is wrong with a value; "" is nothing.
type shape func(value any) string

func show(value any) string {
	shown := fmt.Sprint(value)
	if len(shown) > 80 {
		shown = shown[:77] + "..."
	}
	return escape.Quoted(shown)
}

func wrongUnless(ok bool, value any) string {
	if ok {
		return ""
	}
	if value == nil {
		return "it is missing"
	}
	return "it is " + show(value)
}

func isText(value any) string {
	s, ok := value.(string)
	return wrongUnless(ok && s != "", value)
}

func isBool(value any) string {
	_, ok := value.(bool)
	return wrongUnless(ok, value)
}

func isNumber(value any) string {
	_, ok := value.(float64)
	return wrongUnless(ok, value)
}

func isWhole(value any) string {
	n, ok := value.(float64)
	return wrongUnless(ok && n == float64(int64(n)), value)
}

// isAmount takes numbers and texts, as newer answers have them.
func isAmount(value any) string {
	_, ok := number(map[string]any{"v": value}, "v")
	return wrongUnless(ok, value)
}

func isList(value any) string {
	_, ok := value.([]any)
	return wrongUnless(ok, value)
}

func isObject(value any) string {
	_, ok := value.(map[string]any)
	return wrongUnless(ok, value)
}

func isMoment(value any) string {
	s, _ := value.(string)
	_, ok := parseDate(s)
	return wrongUnless(ok, value)
}

func isMissing(value any) string { return wrongUnless(value == nil, value) }

// isEmpty holds for what is absent, null or an empty text.
func isEmpty(value any) string { return wrongUnless(value == nil || value == "", value) }

func oneOf(values ...string) shape {
	return func(value any) string {
		s, ok := value.(string)
		return wrongUnless(ok && slices.ContainsFunc(values, func(v string) bool { return strings.EqualFold(v, s) }), value)
	}
}

func matches(pattern string) shape {
	form := regexp.MustCompile(pattern)
	return func(value any) string {
		s, ok := value.(string)
		return wrongUnless(ok && form.MatchString(s), value)
	}
}

const guid = `(?i)^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`

// listOf holds for a list whose items all have a shape.
func listOf(item shape) shape {
	return func(value any) string {
		values, ok := value.([]any)
		if !ok {
			return wrongUnless(false, value)
		}
		for _, v := range values {
			if wrong := item(v); wrong != "" {
				return wrong
			}
		}
		return ""
	}
}

// having holds for an object that has members of a shape; none of them may be missing.
func having(members map[string]shape) shape {
	return func(value any) string {
		for name, holds := range members {
			if wrong := holds(at(value, name)); wrong != "" {
				return "in " + name + " " + wrong
			}
		}
		return ""
	}
}

// every asks a member of each object. Where there is no object, nothing is answered.
func every(objects []any, path string, holds shape) answer {
	for _, object := range objects {
		if wrong := holds(at(object, path)); wrong != "" {
			return no("%s: %s", path, wrong)
		}
	}
	if len(objects) == 0 {
		return open("there was nothing of the kind to look at")
	}
	return yes(fmt.Sprintf("%d looked at", len(objects)))
}

// present asks a member of those objects that have it.
func present(objects []any, path string, holds shape) answer {
	return every(slices.DeleteFunc(slices.Clone(objects), func(object any) bool { return at(object, path) == nil }), path, holds)
}

// among asks whether some object has a member of a shape; where none has, nothing is answered.
func among(objects []any, path string, holds shape) answer {
	for _, object := range objects {
		if holds(at(object, path)) == "" {
			return yes("seen")
		}
	}
	return open("none of the " + strconv.Itoa(len(objects)) + " that were looked at shows it")
}

// where are the objects that a condition holds for.
func where(objects []any, holds func(any) bool) []any {
	var found []any
	for _, object := range objects {
		if holds(object) {
			found = append(found, object)
		}
	}
	return found
}

// answered asks an exchange for its status and a member of its answer.
func answered(x *exchange, path string, holds shape) answer {
	switch {
	case x == nil:
		return open("there was nothing to ask about")
	case x.err != nil:
		return open(escape.Terminal(x.err.Error()))
	case !x.ok():
		return unexpected(x)
	case path == "":
		return yes(fmt.Sprintf("HTTP %d", x.status))
	}
	return every([]any{x.doc()}, path, holds)
}

// refused asks whether a call was refused with one of the pairs of status and code, such as "404 20003"; a status alone takes any code.
func refused(x *exchange, pairs ...string) answer {
	switch {
	case x == nil:
		return open("there was nothing to ask about")
	case x.err != nil:
		return open(escape.Terminal(x.err.Error()))
	}
	got := strings.TrimSpace(strconv.Itoa(x.status) + " " + x.code())
	for _, pair := range pairs {
		if got == pair || strconv.Itoa(x.status) == pair {
			return yes("HTTP " + escape.Terminal(got))
		}
	}
	return no("%s", said(x))
}

// rights are codes that say who may ask, and nothing of what was asked (reference/commerce.md#401-and-403-shapes).
var rights = []string{"", "400", "800001", "2032", "20002", "900150", "900308", "900309", "900329", "90000", "900420", "900421"}

// unexpected is an answer of a status that nobody expected. What concerns rights, the rate or the service's own trouble tells nothing about
// the fact.
func unexpected(x *exchange) answer {
	switch {
	case x.status == http.StatusUnauthorized, x.status == http.StatusTooManyRequests, x.status >= http.StatusInternalServerError,
		x.status == http.StatusForbidden && slices.Contains(rights, x.code()):
		return open(said(x))
	}
	return no("%s", said(x))
}

// said is an answer in a few words.
func said(x *exchange) string {
	if x.err != nil {
		return escape.Terminal(x.err.Error())
	}
	words := "HTTP " + strconv.Itoa(x.status)
	if code := x.code(); code != "" && !x.ok() {
		words += ", code " + escape.Terminal(code)
	}
	return words
}
