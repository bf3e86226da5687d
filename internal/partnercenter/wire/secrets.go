// SPDX-License-Identifier: MPL-2.0

package wire

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"log/slog"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Secret is a text that is sent and never printed: whatever formats, logs or encodes it gets a placeholder. Reveal is the way to the text.
type Secret string

const placeholder = "(hidden)"

// Reveal is the text itself, for what sends it.
func (s Secret) Reveal() string { return string(s) }

// String is the placeholder, like all that follows.
func (s Secret) String() string { return placeholder }

// GoString is for %#v.
func (s Secret) GoString() string { return placeholder }

// Format is for every verb.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(placeholder)) }

// MarshalJSON is for whatever encodes what holds a secret.
func (s Secret) MarshalJSON() ([]byte, error) { return json.Marshal(placeholder) }

// MarshalText is for other encodings.
func (s Secret) MarshalText() ([]byte, error) { return []byte(placeholder), nil }

// LogValue is for log/slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(placeholder) }

// part is how many characters in a row of a secret are hidden wherever they are found: a service may cut off what it repeats.
const part = 8

// known are the parts of all secrets of this process, in every encoding that a text may repeat them in.
var known = struct {
	sync.RWMutex
	secrets map[string]bool
	parts   map[[part]rune]bool
}{secrets: map[string]bool{}, parts: map[[part]rune]bool{}}

// Hide keeps a secret out of every text that WithoutPrivate and OneLine make from now on.
func Hide(secret string) {
	known.RLock()
	seen := known.secrets[secret]
	known.RUnlock()
	if seen || len(secret) < part {
		return
	}
	known.Lock()
	defer known.Unlock()
	known.secrets[secret] = true
	for _, form := range encodings(secret) {
		for _, letters := range readings(form) {
			for i := 0; i+part <= len(letters); i++ {
				if p := partAt(letters, i); !isWord(p) {
					known.parts[p] = true
				}
			}
		}
	}
}

// isWord holds for letters that texts have without any secret, as in a secret that somebody made of words.
func isWord(p [part]rune) bool {
	return !slices.ContainsFunc(p[:], func(r rune) bool { return r < 'a' || r > 'z' })
}

// encodings are the forms in which a secret comes back: of addresses and forms, of JSON, of pages, hexadecimal, and base64 that begins
// anywhere. Forms that encode characters one by one, and mixtures of them, are read by flat.
func encodings(secret string) []string {
	quoted := jsonText(secret)
	digits := hex.EncodeToString([]byte(secret))
	forms := []string{secret, quoted, jsonText(quoted), url.QueryEscape(secret), html.EscapeString(secret), digits, strings.ToUpper(digits)}
	for offset := range 3 {
		shifted := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("\x00", offset) + secret))
		for _, form := range []string{shifted, strings.NewReplacer("+", "-", "/", "_").Replace(shifted)} {
			from := (offset*8 + 5) / 6 // the letters before are of what stands before the secret
			forms = append(forms, strings.TrimRight(form[from:], "="))
		}
	}
	return forms
}

func jsonText(text string) string {
	quoted, _ := json.Marshal(text) // strings always encode
	return string(quoted[1 : len(quoted)-1])
}

// letter is one character of a text as whoever decodes the text would read it, and the place of its encoding there.
type letter struct {
	r        rune
	from, to int
}

// escaped finds the encodings of one character: of addresses (also encoded again, as %256b), of JSON and of pages.
var escaped = regexp.MustCompile(`^(?:%(?:25)*([0-9A-Fa-f]{2})|\\+u(?:00)?\{?([0-9A-Fa-f]{2})\}?|\\+x([0-9A-Fa-f]{2})|&#0*(\d{1,3});|&#[xX]0*([0-9A-Fa-f]{1,2});|\\+(["\\/'&])|&(amp|lt|gt|quot|apos);)`)

var entities = map[string]rune{"amp": '&', "lt": '<', "gt": '>', "quot": '"', "apos": '\''}

// decoded is the character that an encoding at the beginning of a text stands for, and how long the encoding is.
func decoded(text string) (rune, int) {
	var found []string
	if strings.IndexByte(`%\&`, text[0]) >= 0 {
		found = escaped.FindStringSubmatch(text)
	}
	if found == nil {
		r, size := utf8.DecodeRuneInString(text)
		return r, size
	}
	for _, form := range []struct {
		digits string
		base   int
	}{{found[1], 16}, {found[2], 16}, {found[3], 16}, {found[4], 10}, {found[5], 16}} {
		if code, err := strconv.ParseUint(form.digits, form.base, 16); err == nil {
			return rune(code), len(found[0])
		}
	}
	if found[6] != "" {
		return rune(found[6][0]), len(found[0])
	}
	return entities[found[7]], len(found[0])
}

// readings are a text letter by letter, as it stands there and decoded: a backslash may be one, or begin an encoding.
func readings(text string) [2][]letter {
	return [2][]letter{flat(text, utf8.DecodeRuneInString), flat(text, decoded)}
}

// flat reads a text and leaves out what wrapping puts in between.
func flat(text string, next func(string) (rune, int)) []letter {
	var letters []letter
	for at := 0; at < len(text); {
		r, size := next(text[at:])
		if !unicode.IsSpace(r) && unicode.IsPrint(r) && r != '│' {
			letters = append(letters, letter{r, at, at + size})
		}
		at += size
	}
	return letters
}

// partAt is the part of a secret that begins there, if one does.
func partAt(letters []letter, at int) (p [part]rune) {
	for i := range p {
		p[i] = letters[at+i].r
	}
	return p
}

// withoutSecrets hides every part of a known secret.
func withoutSecrets(text string) string { return withoutParts(text, 1) }

// inValue is how many characters in a row of a secret are hidden in a value that is kept: fewer are found by chance in one of many IDs.
const inValue = 16

// ValueWithoutSecrets hides what a value of an answer repeats of a known secret. Values are many, so those that cannot hold any are told first.
func ValueWithoutSecrets(text string) string {
	if len(text) < inValue || !mayRepeat(text) {
		return text
	}
	return withoutParts(text, inValue-part+1)
}

// mayRepeat looks at as few places as find a secret's characters in a row. Texts that encode letters are not read here.
func mayRepeat(text string) bool {
	known.RLock()
	defer known.RUnlock()
	if len(known.parts) == 0 {
		return false
	}
	letters := make([]byte, 0, 256)
	for _, c := range []byte(text) {
		switch {
		case c > '~', c == '%', c == '\\', c == '&':
			return true
		case c > ' ':
			letters = append(letters, c)
		}
	}
	var p [part]rune
	for at := 0; at+part <= len(letters); at += inValue - part + 1 {
		for i := range p {
			p[i] = rune(letters[at+i])
		}
		if known.parts[p] {
			return true
		}
	}
	return false
}

// withoutParts hides parts of known secrets where so many of them begin one after the other.
func withoutParts(text string, inRow int) string {
	known.RLock()
	defer known.RUnlock()
	if len(known.parts) == 0 {
		return text
	}
	concealed := make([]bool, len(text))
	for _, letters := range readings(text) {
		found := 0
		for i := 0; i+part <= len(letters); i++ {
			if !known.parts[partAt(letters, i)] {
				found = 0
				continue
			}
			if found++; found < inRow {
				continue
			}
			for at := letters[i-inRow+1].from; at < letters[i+part-1].to; at++ {
				concealed[at] = true
			}
		}
	}
	return withPlaceholders(text, concealed)
}

// withPlaceholders replaces each run of bytes that are to be hidden.
func withPlaceholders(text string, concealed []bool) string {
	var clean strings.Builder
	for at := 0; at < len(text); {
		end := at
		for end < len(text) && concealed[end] == concealed[at] {
			end++
		}
		if concealed[at] {
			clean.WriteString(placeholder)
		} else {
			clean.WriteString(text[at:end])
		}
		at = end
	}
	return clean.String()
}
