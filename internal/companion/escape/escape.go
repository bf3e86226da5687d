// SPDX-License-Identifier: MPL-2.0

// Package escape makes text that others wrote safe to print: nicknames, offers and addresses come out of a plan, and whoever may rename a
// subscription must not be able to write into a pull request, a spreadsheet or a terminal. There is one function for each target.
package escape

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	longestCell  = 80  // characters of a cell of a Markdown table
	longestLine  = 300 // characters of a terminal's line or a cell of CSV
	keptFromTail = 50  // of a cell that is cut: the end of an address tells it from others
)

// MarkdownCell is text as a code span in the cell of a table. Inside a code span there are no links, mentions, issue numbers, emoji or
// HTML; a backtick would end the span and a pipe the cell, so both become visible escapes.
func MarkdownCell(text string) string {
	shown := bounded(visible(text, "`|"), longestCell)
	if strings.TrimSpace(shown) == "" {
		return "-"
	}
	return "`" + shown + "`"
}

// CSVCell is text as the value of a cell; quoting is left to the writer. A leading apostrophe keeps a spreadsheet from reading a formula.
func CSVCell(text string) string {
	shown := bounded(visible(text, ""), longestLine)
	if startsFormula(shown) {
		return "'" + shown
	}
	return shown
}

// Terminal is text for a line on a terminal or in the log of a pipeline.
func Terminal(text string) string { return bounded(visible(text, ""), longestLine) }

// JSON makes the output of encoding/json safe to look at: characters that cannot be seen become escapes, and the values stay the same.
func JSON(encoded []byte) []byte {
	out := make([]byte, 0, len(encoded))
	for _, r := range string(encoded) {
		switch {
		case r == '\n' || isVisible(r):
			out = utf8.AppendRune(out, r)
		case r > 0xffff:
			r -= 0x10000
			out = append(out, jsonEscape(0xd800+r>>10)...)
			out = append(out, jsonEscape(0xdc00+r&0x3ff)...)
		default:
			out = append(out, jsonEscape(r)...)
		}
	}
	return out
}

func jsonEscape(unit rune) string {
	digits := strconv.FormatInt(int64(unit), 16)
	return `\u` + strings.Repeat("0", 4-len(digits)) + digits
}

// visible replaces every character that cannot be seen, or that the target gives a meaning, by its number, as in \u{202e}.
func visible(text, special string) string {
	var b strings.Builder
	for i, r := range text {
		if r == utf8.RuneError && !strings.HasPrefix(text[i:], string(utf8.RuneError)) {
			b.WriteString(`\x` + strconv.FormatUint(uint64(text[i]), 16)) // a byte that is not UTF-8
			continue
		}
		if isVisible(r) && !strings.ContainsRune(special, r) {
			b.WriteRune(r)
			continue
		}
		b.WriteString(`\u{` + strconv.FormatInt(int64(r), 16) + "}")
	}
	return b.String()
}

// isVisible is false for control and direction characters, for spaces other than the usual one, and for letters that show nothing.
func isVisible(r rune) bool {
	switch r {
	case '\u115f', '\u1160', '\u3164', '\uffa0', '\u2800', '\u034f', '\ufffc':
		return false
	}
	return unicode.IsPrint(r) && !unicode.Is(unicode.Variation_Selector, r)
}

// bounded cuts the middle out of a text that is too long.
func bounded(text string, longest int) string {
	runes := []rune(text)
	if len(runes) <= longest {
		return text
	}
	tail := min(keptFromTail, longest/2)
	return string(runes[:longest-tail-1]) + "…" + string(runes[len(runes)-tail:])
}

// startsFormula also knows the wide forms, which some spreadsheets take for the narrow ones.
func startsFormula(text string) bool {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, " "))
	return strings.ContainsRune("=+-@＝＋－＠", first)
}
