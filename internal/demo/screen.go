// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"
)

// screen is where the demo talks, with color where there is a terminal that wants it.
type screen struct {
	out    io.Writer
	colour bool
}

// newScreen honors NO_COLOR (https://no-color.org).
func newScreen(out *os.File, getenv func(string) string) *screen {
	info, err := out.Stat()
	terminal := err == nil && info.Mode()&os.ModeCharDevice != 0
	return &screen{out, terminal && getenv("NO_COLOR") == "" && getenv("TERM") != "dumb"}
}

const (
	bold  = "1"
	red   = "31"
	green = "32"
	cyan  = "36"
)

func (s *screen) paint(style, text string) string {
	if !s.colour {
		return text
	}
	return "\x1b[" + style + "m" + text + "\x1b[0m"
}

// headline opens a step, with a line that can be found when scrolling.
func (s *screen) headline(text string) {
	const width = 100
	rest := strings.Repeat("─", max(width-4-utf8.RuneCountInString(text), 2))
	fmt.Fprintf(s.out, "\n\n%s\n", s.paint(bold, "── "+text+" "+rest))
}

// say explains in plain words, a paragraph for each argument.
func (s *screen) say(paragraphs ...string) {
	for _, text := range paragraphs {
		fmt.Fprintf(s.out, "\n%s\n", text)
	}
}

// show is a few lines of a file or an answer, set apart from the text.
func (s *screen) show(text string) {
	fmt.Fprintln(s.out)
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, " \r\n")
		if line != "" {
			line = "  " + line
		}
		fmt.Fprintln(s.out, line)
	}
}

// changed is a line of a file before and after.
func (s *screen) changed(before, after string) {
	fmt.Fprintf(s.out, "  %s\n  %s\n", s.paint(red, "- "+before), s.paint(green, "+ "+after))
}

// command is what is run next, as one would type it.
func (s *screen) command(words ...string) {
	fmt.Fprintf(s.out, "\n  %s\n", s.paint(cyan, "$ "+strings.Join(words, " ")))
}
