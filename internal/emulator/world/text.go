// SPDX-License-Identifier: MPL-2.0

package world

import "strings"

// OneOf reports whether value is one of the choices, in any case.
func OneOf(value string, choices ...string) bool { return Canonical(value, choices...) != "" }

// Canonical is the choice that value is in any case, "" for none.
func Canonical(value string, choices ...string) string {
	for _, choice := range choices {
		if strings.EqualFold(value, choice) {
			return choice
		}
	}
	return ""
}
