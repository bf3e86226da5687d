// SPDX-License-Identifier: MPL-2.0

package world

import (
	"strings"
	"time"
)

// Midnight is the begin of the day in UTC.
func Midnight(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }

// cycles is how often a billing cycle fits into a term.
func cycles(duration, cycle string) int {
	months, per := TermMonths(duration), cycleMonths(cycle)
	if months == 0 || per == 0 {
		return 1
	}
	return months / per
}

// TermMonths is how many months a term has, 0 for a duration that does not exist.
func TermMonths(duration string) int {
	switch strings.ToUpper(duration) {
	case "P1M":
		return 1
	case "P1Y":
		return 12
	case "P2Y":
		return 24
	case "P3Y":
		return 36
	}
	return 0
}

func cycleMonths(cycle string) int {
	switch strings.ToLower(cycle) {
	case "monthly":
		return 1
	case "annual":
		return 12
	case "biennial":
		return 24
	case "triennial":
		return 36
	}
	return 0
}

// AddMonths keeps the day of the month where the month has it, and takes the last one otherwise.
func AddMonths(t time.Time, months int) time.Time {
	moved := t.AddDate(0, months, 0)
	if moved.Day() != t.Day() {
		moved = moved.AddDate(0, 0, -moved.Day())
	}
	return moved
}

// LaterOf is the later of two times.
func LaterOf(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
