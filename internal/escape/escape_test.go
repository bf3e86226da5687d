// SPDX-License-Identifier: MPL-2.0

package escape

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestMarkdownCell(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ text, want string }{
		"plain":             {"Workplace 365", "`Workplace 365`"},
		"umlaut":            {"Büro №7 日本", "`Büro №7 日本`"},
		"empty":             {"", "-"},
		"spaces":            {"   ", "-"},
		"pipe":              {"a|b", "`a\\u{7c}b`"},
		"escaped pipe":      {`a\|b`, "`a\\\\u{7c}b`"},
		"backtick":          {"a`b", "`a\\u{60}b`"},
		"mention":           {"@octocat", "`@octocat`"},
		"link":              {"[x](https://e.example)", "`[x](https://e.example)`"},
		"HTML":              {"<img src=x>", "`<img src=x>`"},
		"new line":          {"a\n# b", "`a\\u{a}# b`"},
		"carriage return":   {"a\rb", "`a\\u{d}b`"},
		"direction":         {"a\u202eb", "`a\\u{202e}b`"},
		"isolate":           {"a\u2066b", "`a\\u{2066}b`"},
		"zero width":        {"a\u200bb", "`a\\u{200b}b`"},
		"no-break space":    {"a\u00a0b", "`a\\u{a0}b`"},
		"filler":            {"a\u3164b", "`a\\u{3164}b`"},
		"variation":         {"a\ufe0fb", "`a\\u{fe0f}b`"},
		"tag":               {"a\U000e0041b", "`a\\u{e0041}b`"},
		"terminal control":  {"a\x1b[31mb", "`a\\u{1b}[31mb`"},
		"not UTF-8":         {"a\xffb", "`a\\xffb`"},
		"replacement":       {"a\ufffdb", "`a\ufffdb`"},
		"only a hidden one": {"\u200b", "`\\u{200b}`"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := MarkdownCell(test.text); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestMarkdownCell_isShort(t *testing.T) {
	t.Parallel()
	for _, text := range []string{strings.Repeat("x", 5000) + ".tail", strings.Repeat("|", 5000) + ".tail", strings.Repeat("\u202e", 5000) + ".tail"} {
		got := MarkdownCell(text)
		if n := utf8.RuneCountInString(got); n > longestCell+2 || !strings.HasSuffix(got, ".tail`") || !strings.Contains(got, "…") {
			t.Errorf("%d characters: %s", n, got)
		}
	}
}

func TestCSVCell(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"plain":              "plain",
		"=HYPERLINK(1)":      "'=HYPERLINK(1)",
		"+1":                 "'+1",
		"-1":                 "'-1",
		"@SUM(A1)":           "'@SUM(A1)",
		"  =1":               "'  =1",
		"＝1":                 "'＝1",
		"\t=1":               `\u{9}=1`,
		"\r=1":               `\u{d}=1`,
		"a=1":                "a=1",
		"a|b":                "a|b",
		"a\u202eb":           `a\u{202e}b`,
		"a,\"b\"":            "a,\"b\"",
		"":                   "",
		"a\nb":               `a\u{a}b`,
		"\u200b=cmd|'/c'!A1": `\u{200b}=cmd|'/c'!A1`,
	} {
		if got := CSVCell(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestTerminal(t *testing.T) {
	t.Parallel()
	if got, want := Terminal("a\x1b]0;x\x07\u009b31m\u202e|`b"), `a\u{1b}]0;x\u{7}\u{9b}31m\u{202e}|`+"`b"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestHCL(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"plain": `"plain"`, `a"b\c`: `"a\"b\\c"`, "a\nb": `"a\nb"`, "${a} %{b} $ %": `"$${a} %%{b} $ %"`, "\u202e\x1b": `"\u202e\u001b"`,
		"\U000e0041": `"\U000e0041"`, "##vso[a]": `"##vso\u005ba]"`, "::a": `"\u003a:a"`,
	} {
		if got := HCL(text); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

func TestJSON_keepsValues(t *testing.T) {
	t.Parallel()
	want := map[string]string{"a\u202e": "\u009b\u200b\U000e0041 ü \x7f"}
	encoded, err := json.MarshalIndent(want, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	shown := JSON(encoded)
	for _, r := range string(shown) {
		if r != '\n' && !isVisible(r) {
			t.Errorf("%U is in %s", r, shown)
		}
	}
	var got map[string]string
	if err := json.Unmarshal(shown, &got); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, %v", got, err)
	}
}

func FuzzMarkdownCell(f *testing.F) {
	f.Add("a|b`\\")
	f.Add("\xff\u202e")
	f.Fuzz(func(t *testing.T, text string) {
		got := MarkdownCell(text)
		if inner := strings.TrimSuffix(strings.TrimPrefix(got, "`"), "`"); got != "-" && strings.ContainsAny(inner, "`|\r\n\t") {
			t.Errorf("%q became %q", text, got)
		}
		if utf8.RuneCountInString(got) > longestCell+2 {
			t.Errorf("%q became %q", text, got)
		}
	})
}
