// SPDX-License-Identifier: MPL-2.0

// Package escape is the one door for text that others wrote: names, reasons and errors that come from Partner Center, from signing in, from
// a state or from a plan. Whoever may rename a subscription or publish a product must not be able to write into a terminal, a pull request,
// a spreadsheet, a configuration or the log of a pipeline. There is one function for each target; all of them
//
//   - make visible what cannot be seen: control and direction characters, letters that show nothing, bytes that are no text,
//   - keep a text from beginning a line of its own,
//   - bound its length, and
//   - break what the runner of a pipeline would obey: ##vso[ and ##[ anywhere, :: at the beginning of a line or after a blank, where a line
//     may be wrapped.
package escape

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	longestCell    = 80      // characters of a cell of a Markdown table
	longestLine    = 300     // characters of a name or reason within a sentence, and of a cell of CSV
	longestValue   = 8192    // characters of a value that a state or an output holds
	longestMessage = 1 << 14 // characters of a whole message
	keptFromTail   = 50      // of a cell that is cut: the end of an address tells it from others
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
	shown := Terminal(text)
	if startsFormula(shown) {
		return "'" + shown
	}
	return shown
}

// Terminal is text for a line on a terminal or in the log of a pipeline.
func Terminal(text string) string { return bounded(visible(text, ""), longestLine) }

// Quoted is text within a sentence, between quotation marks.
func Quoted(text string) string {
	return `"` + strings.ReplaceAll(Terminal(text), `"`, `\"`) + `"`
}

// ID is what something is known by, as it is, or the statement that it is no ID: words that stand in place of one would be read as ours.
func ID(id string) string {
	if !isID.MatchString(id) {
		return "(not an ID)"
	}
	return id
}

// isID knows every form of the service's IDs: GUIDs, short ones, those of the catalog with colons, addresses of people.
var isID = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._:~@+=,-]{0,255}$`)

// Value is text as a value that a state and outputs hold, and that plans print: on one line, because a runner also obeys lines that are
// indented. What is harmless stays as it is.
func Value(text string) string { return valueUpTo(text, longestValue) }

// Address is a value that is of no use when its middle is missing.
func Address(text string) string { return valueUpTo(text, len(text)*longestEscape) }

func valueUpTo(text string, longest int) string {
	if isPlain(text) && len(text) <= longest {
		return text
	}
	return bounded(visible(onOneLine(text), ""), longest)
}

// Message is a whole message of several lines, each value of which has gone through a function of its own. It is the last look: nothing
// that could not be seen, or that a runner would obey, is left in it.
func Message(text string) string {
	if isPlain(text) && len(text) <= longestMessage {
		return text
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = visible(line, "")
	}
	return bounded(strings.Join(lines, "\n"), longestMessage)
}

// HCL is text as a string of a configuration, with its quotation marks: nothing in it is interpolated, and it evaluates to the same text.
func HCL(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for i, r := range text {
		rest := text[i:]
		switch {
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case r == '\n':
			b.WriteString(`\n`)
		case strings.HasPrefix(rest, "${") || strings.HasPrefix(rest, "%{"):
			b.WriteString(string(r) + string(r))
		case !isVisible(r) || isCommand(text, i):
			writeUnit(&b, r, 'u', 4)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// writeUnit writes an escape of HCL: \uNNNN, or \UNNNNNNNN where four digits do not do.
func writeUnit(b *strings.Builder, r rune, letter byte, width int) {
	if r > 0xffff {
		letter, width = 'U', 8
	}
	digits := strconv.FormatInt(int64(r), 16)
	b.WriteString(`\` + string(letter) + strings.Repeat("0", width-len(digits)) + digits)
}

// JSON makes the output of encoding/json safe to look at: characters that cannot be seen, and what a runner would obey, become escapes,
// and the values stay the same.
func JSON(encoded []byte) []byte {
	text := string(encoded)
	out := make([]byte, 0, len(encoded))
	for i, r := range text {
		switch {
		case r == '\n' || isVisible(r) && !isCommand(text, i):
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

// longestEscape is the length of \u{10ffff}.
const longestEscape = 10

// visible replaces every character that cannot be seen, or that the target or a runner gives a meaning, by its number, as in \u{202e}.
func visible(text, special string) string {
	var b strings.Builder
	for i, r := range text {
		if r == utf8.RuneError && !strings.HasPrefix(text[i:], string(utf8.RuneError)) {
			b.WriteString(`\x` + strconv.FormatUint(uint64(text[i]), 16)) // a byte that is not UTF-8
			continue
		}
		if isVisible(r) && !strings.ContainsRune(special, r) && !isCommand(text, i) {
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

// isPlain holds for printable ASCII in which nothing can be a command; most text is.
func isPlain(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' || text[i] == '[' || text[i] == ':' {
			return false
		}
	}
	return true
}

// onOneLine makes the usual space of every other one, line ends included.
func onOneLine(text string) string {
	var b strings.Builder
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		if strings.HasPrefix(text, "\r\n") {
			size = len("\r\n")
		}
		if isBlank(r) {
			b.WriteByte(' ')
		} else {
			b.WriteString(text[:size])
		}
		text = text[size:]
	}
	return b.String()
}

func isBlank(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Z, r) }

// isCommand holds for the character without which a runner does not see its command: the bracket of ##vso[, ##[ and their like, and the
// first colon of :: where a line may begin.
func isCommand(text string, at int) bool {
	switch text[at] {
	case '[':
		before := strings.TrimRight(text[max(0, at-longestCommand):at], "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_.")
		return strings.HasSuffix(before, "##")
	case ':':
		if !strings.HasPrefix(text[at:], "::") {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		return at == 0 || isBlank(before) || !isVisible(before)
	}
	return false
}

// longestCommand is more than the name of a command between ## and [ has.
const longestCommand = 64

// bounded cuts the middle out of a text that is too long.
func bounded(text string, longest int) string {
	if len(text) <= longest {
		return text
	}
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
