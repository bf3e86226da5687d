// SPDX-License-Identifier: MPL-2.0

// Package verdict is what comes of asking whether facts are so, and how it is written down.
package verdict

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
)

// Level is what a question needs.
type Level int

// The levels. Each includes those before it.
const (
	// Read writes nothing.
	Read Level = iota
	// Cart makes carts, which cost nothing and expire.
	Cart
	// Sandbox buys, changes and cancels in an integration sandbox.
	Sandbox
)

var levelNames = []string{"read", "cart", "sandbox"}

func (l Level) String() string { return levelNames[l] }

// MarshalText is for JSON.
func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// ParseLevel reads the name of a level.
func ParseLevel(name string) (Level, error) {
	if at := slices.Index(levelNames, name); at >= 0 {
		return Level(at), nil
	}
	return 0, fmt.Errorf("there is no level %q: read, cart or sandbox", name)
}

// Verdict is what came of a question.
type Verdict string

// The verdicts.
const (
	Confirmed    Verdict = "confirmed"
	Contradicted Verdict = "contradicted"
	NotAnswered  Verdict = "not answered"
)

// Result is what came of a question.
type Result struct {
	ID         string  `json:"id"`
	Level      Level   `json:"level"`
	Verdict    Verdict `json:"verdict"`
	Fact       string  `json:"fact"`
	Cites      string  `json:"reference"`
	Confidence string  `json:"confidence"`
	Money      bool    `json:"money"`
	// Seen is what was seen, or why nothing was.
	Seen string `json:"seen"`
	// Code and Emulator are what rests on the fact.
	Code     string `json:"code"`
	Emulator string `json:"emulator"`
}

// Report is what came of all questions of a run.
type Report struct {
	Endpoint string   `json:"endpoint"`
	Level    Level    `json:"level"`
	Results  []Result `json:"results"`
	// Left are paths of what was bought and could not be canceled.
	Left []string `json:"left,omitempty"`
}

// Count is how many results have a verdict.
func (r *Report) Count(v Verdict) int {
	n := 0
	for _, result := range r.Results {
		if result.Verdict == v {
			n++
		}
	}
	return n
}

// JSON writes the report for programs.
func (r *Report) JSON(w io.Writer) error {
	encoded, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	_, err = w.Write(append(escape.JSON(encoded), '\n'))
	return err
}

// Text writes what is contradicted first, then what was not answered, then what was confirmed.
func (r *Report) Text(w io.Writer) error {
	p := printer{w: w}
	p.line("%s, level %s: %d facts confirmed, %d contradicted, %d not answered.", escape.Terminal(r.Endpoint), r.Level, r.Count(Confirmed), r.Count(Contradicted), r.Count(NotAnswered))
	for _, path := range r.Left {
		p.line("Still there, because it could not be canceled: %s", escape.Terminal(path))
	}
	for _, verdict := range []Verdict{Contradicted, NotAnswered, Confirmed} {
		if r.Count(verdict) == 0 {
			continue
		}
		p.line("\n%s", verdict)
		for _, result := range r.Results {
			if result.Verdict == verdict {
				p.result(result)
			}
		}
	}
	return p.err
}

// printer keeps the first error of several writes.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}

func (p *printer) result(r Result) {
	money := ""
	if r.Money {
		money = ", money"
	}
	p.line("  %-37s %s", r.ID, escape.Message(r.Fact))
	switch r.Verdict {
	case Confirmed:
		return
	case NotAnswered:
		p.line("  %-37s Why: %s.", "", escape.Message(r.Seen))
		return
	case Contradicted:
	}
	p.line("  %-37s Seen: %s", "", escape.Message(r.Seen))
	p.line("  %-37s Stands in %s (%s%s); on it rest %s and %s.", "", r.Cites, r.Confidence, money, r.Code, r.Emulator)
}
