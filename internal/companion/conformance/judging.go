// SPDX-License-Identifier: MPL-2.0

package conformance

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/conformance/shape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
)

// every asks a member of each object. Where there is no object, nothing is answered.
func every(objects []any, path string, holds shape.Check) answer {
	for _, object := range objects {
		if wrong := holds(shape.At(object, path)); wrong != "" {
			return no("%s: %s", path, wrong)
		}
	}
	if len(objects) == 0 {
		return open("there was nothing of the kind to look at")
	}
	return yes(fmt.Sprintf("%d looked at", len(objects)))
}

// present asks a member of those objects that have it.
func present(objects []any, path string, holds shape.Check) answer {
	return every(where(objects, func(object any) bool { return shape.At(object, path) != nil }), path, holds)
}

// among asks whether some object has a member of a shape; where none has, nothing is answered.
func among(objects []any, path string, holds shape.Check) answer {
	for _, object := range objects {
		if holds(shape.At(object, path)) == "" {
			return yes("seen")
		}
	}
	return open("none of the " + strconv.Itoa(len(objects)) + " that were looked at shows it")
}

// where are the objects that a condition holds for.
func where(objects []any, holds func(any) bool) []any {
	return slices.DeleteFunc(slices.Clone(objects), func(object any) bool { return !holds(object) })
}

// answered asks an exchange for its status and a member of its answer.
func answered(x *exchange, path string, holds shape.Check) answer {
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
