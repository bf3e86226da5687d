// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"cmp"
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Explanation is what to do about one meaning of a code.
type Explanation struct {
	Code   string
	Name   string // of the service's own enum, where the code is one of an enum
	Status int    // HTTP status that the meaning is for; 0 is every other
	Where  string // what has the code
	Remedy string
}

// What has a code.
const (
	WhereCall       = "answer of Partner Center to a call"
	WhereOperation  = "answer of Partner Center to one call: " // and the call
	WhereCartLine   = "line of a cart"
	WhereTransition = "transition of a subscription"
	WhereTarget     = "subscription that a transition moves licenses into"
	WhereStatus     = "HTTP status without a known code"
)

// Explanations are all remedies that the client knows by code: what it says below an error.
func Explanations() []Explanation {
	var all []Explanation
	for key, remedy := range remedies {
		all = append(all, Explanation{Code: key.code, Status: key.status, Where: WhereCall, Remedy: remedy})
	}
	for key, remedy := range callRemedies {
		all = append(all, Explanation{Code: key.code, Where: WhereOperation + key.operation, Remedy: remedy})
	}
	for where, known := range map[string]map[string]namedRemedy{WhereCartLine: cartErrors, WhereTransition: transitionErrors, WhereTarget: targetErrors} {
		for code, found := range known {
			all = append(all, Explanation{Code: code, Name: found.name, Where: where, Remedy: found.remedy})
		}
	}
	for status := http.StatusBadRequest; status < 600; status++ {
		if advice := (&Error{StatusCode: status}).statusAdvice(); advice != "" {
			all = append(all, Explanation{Code: strconv.Itoa(status), Name: http.StatusText(status), Status: status, Where: WhereStatus, Remedy: advice})
		}
	}
	slices.SortFunc(all, func(a, b Explanation) int {
		return cmp.Or(strings.Compare(a.Where, b.Where), cmp.Compare(len(a.Code), len(b.Code)), strings.Compare(a.Code, b.Code), cmp.Compare(a.Status, b.Status))
	})
	return all
}

// codeForm is what LookupCode hands on, because it is read in a shell.
var codeForm = regexp.MustCompile(`^[0-9A-Za-z_]{1,64}$`)

// LookupCode is the code of an error to look up: of a line of a cart, of signing in, or of an answer; "" where there is none.
func LookupCode(err error) string {
	code := Code(err)
	if knows, ok := errors.AsType[interface {
		error
		LookupCode() string
	}](err); ok { // a CartLineError, or one of a TokenSource
		code = knows.LookupCode()
	}
	if !codeForm.MatchString(code) {
		return ""
	}
	return code
}
