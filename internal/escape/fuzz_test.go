// SPDX-License-Identifier: MPL-2.0

package escape

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

var obeyed = regexp.MustCompile(`##[A-Za-z]*\[|(?m:^\s*::)|\s::`)

// Whatever the text is, no function lets through what acts, and each keeps to its length.
func FuzzEscape(f *testing.F) {
	for _, seed := range []string{
		"plain", "a|b`\\", "\xff\u202e", "##vso[task.setvariable variable=a]b", "##[group]a", "::error::a", "a ::error::b", "\u200b::a", "a\r\n::b\n##VSO[x]",
		"\"\n}\n${file(\"a\")} %{if true}$${", "\x1b]0;a\x07\u009b", "\U000e0041\u2028", strings.Repeat("\u202e", 3000), "$\u0000{", ":::", "#####[", "##\u202e[", "##a\xff[",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for name, show := range map[string]struct {
			of      func(string) string
			longest int
		}{
			"Terminal": {Terminal, longestLine}, "Value": {Value, longestValue}, "CSVCell": {CSVCell, longestLine + 1}, "MarkdownCell": {MarkdownCell, longestCell + 2},
			"Quoted": {Quoted, 2*longestLine + 2}, "ID": {ID, 256}, "Address": {Address, longestEscape * (len(text) + 1)}, "HCL": {HCL, longestEscape*len(text) + 2},
		} {
			got := show.of(text)
			if strings.ContainsFunc(got, func(r rune) bool { return !isVisible(r) }) || obeyed.MatchString(got) || utf8.RuneCountInString(got) > show.longest {
				t.Errorf("%s: %q became %q", name, text, got)
			}
		}
		got := Message(text)
		if strings.ContainsFunc(got, func(r rune) bool { return r != '\n' && !isVisible(r) }) || obeyed.MatchString(got) || utf8.RuneCountInString(got) > longestMessage {
			t.Errorf("Message: %q became %q", text, got)
		}
		if len(text) < 1000 { // reading configuration takes long
			isItself(t, text)
		}
	})
}
