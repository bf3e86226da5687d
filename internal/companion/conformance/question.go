// SPDX-License-Identifier: MPL-2.0

package conformance

import (
	"context"
	"fmt"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/conformance/verdict"
)

// Question asks for one fact.
type Question struct {
	// ID names the question.
	ID string
	// Level is what it needs.
	Level verdict.Level
	// Fact is what the reference says, in a sentence, or how the project decided what it leaves open.
	Fact string
	// Cites is where, Confidence how well it is known (reference/commerce.md#confidence-tags).
	Cites, Confidence string
	// Money says that a purchase, a price or a date to cancel rests on it.
	Money bool
	// Code and Emulator are what rests on it: files, and knobs of the emulator in parentheses.
	Code, Emulator string

	ask func(context.Context, *run) answer
}

// answer is a verdict, and what was seen or why nothing was.
type answer struct {
	verdict verdict.Verdict
	seen    string
}

func yes(seen string) answer { return answer{verdict.Confirmed, seen} }

func no(format string, args ...any) answer {
	return answer{verdict.Contradicted, fmt.Sprintf(format, args...)}
}

func open(why string) answer { return answer{verdict.NotAnswered, why} }

// subject is a table of questions that rest on the same code.
type subject struct {
	level          verdict.Level
	cites          string // of those that name no heading of their own
	code, emulator string
	questions      []Question
}

// IDs of nothing.
const (
	nobody         = "00000000-1111-4222-8333-444455556667"
	unknownPartner = "99999999"
	noProduct      = "ZZZZZZZZZZZZ"
)
