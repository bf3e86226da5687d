// SPDX-License-Identifier: MPL-2.0

package settings

import (
	"fmt"
	"strconv"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
)

// reader takes each setting from the block, else from the environment, else from its default, and collects what is wrong.
type reader struct{ problems *[]Problem }

func (r reader) problem(attribute, title, detail string) { r.nested(attribute, "", title, detail) }

func (r reader) nested(attribute, below, title, detail string) {
	*r.problems = append(*r.problems, Problem{attribute, below, title, detail})
}

func (r reader) wrong(name, variable, text, allowed string) {
	r.problem(name, "Invalid environment variable", fmt.Sprintf("%s is %q; it has to be %s.", variable, text, allowed))
}

func (r reader) text(_ string, v *string, names []string) string {
	if v != nil {
		return *v
	}
	text, _ := first(names)
	return text
}

func (r reader) secret(name string, v *string, names []string) wire.Secret {
	return wire.Secret(r.text(name, v, names))
}

func (r reader) flag(name string, v *bool, names []string, otherwise bool) bool {
	if v != nil {
		return *v
	}
	text, variable := first(names)
	if text == "" {
		return otherwise
	}
	set, err := strconv.ParseBool(text)
	if err != nil {
		r.wrong(name, variable, text, "true or false")
	}
	return set
}

func (r reader) number(name string, v *int64, names []string, otherwise int) int {
	if v != nil {
		return int(*v)
	}
	text, variable := first(names)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || name == "requests_per_minute" && n == 0 {
		r.wrong(name, variable, text, "a whole number such as "+strconv.Itoa(otherwise))
	}
	return n
}

func (r reader) duration(name string, v *string, otherwise time.Duration) time.Duration {
	text := r.text(name, v, variables[name])
	if text == "" {
		return otherwise
	}
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 {
		_, variable := FromEnvironment(name)
		r.wrong(name, variable, text, `a duration with its unit, such as "3m"`)
	}
	return d
}

// value is what a block says, or the zero value.
func value[T any](v *T) (said T) {
	if v != nil {
		said = *v
	}
	return said
}
