// SPDX-License-Identifier: MPL-2.0

package wire

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"log/slog"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
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
		letters, _ := flat(form)
		for i := 0; i+part <= len(letters); i++ {
			if p := [part]rune(letters[i : i+part]); !isWord(p) {
				known.parts[p] = true
			}
		}
	}
}

// isWord holds for letters that texts have without any secret, as in a secret that somebody made of words.
func isWord(p [part]rune) bool {
	return !slices.ContainsFunc(p[:], func(r rune) bool { return r < 'a' || r > 'z' })
}

// encodings are the forms in which a secret comes back: of addresses and forms, of JSON, of pages, and base64 that begins anywhere.
func encodings(secret string) []string {
	quoted := jsonText(secret)
	forms := []string{secret, quoted, jsonText(quoted), plainJSON.Replace(secret), html.EscapeString(secret)}
	for _, escaped := range []string{url.QueryEscape(secret), url.PathEscape(secret), percented(secret), url.QueryEscape(url.QueryEscape(secret))} {
		forms = append(forms, escaped, hexDigits.ReplaceAllStringFunc(escaped, strings.ToLower))
	}
	for offset := range 3 {
		shifted := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("\x00", offset) + secret))
		for _, form := range []string{shifted, strings.NewReplacer("+", "-", "/", "_").Replace(shifted)} {
			from := (offset*8 + 5) / 6 // the letters before are of what stands before the secret
			forms = append(forms, strings.TrimRight(form[from:], "="))
		}
	}
	return forms
}

var (
	plainJSON = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "/", `\/`) // as encoders write it that are not Go's
	hexDigits = regexp.MustCompile(`%(?:25)*[0-9A-F]{2}`)
)

func jsonText(text string) string {
	quoted, _ := json.Marshal(text) // strings always encode
	return string(quoted[1 : len(quoted)-1])
}

// percented encodes every byte that is not a letter or a digit, as some servers do.
func percented(secret string) string {
	var text strings.Builder
	for _, b := range []byte(secret) {
		if b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' {
			text.WriteByte(b)
			continue
		}
		fmt.Fprintf(&text, "%%%02X", b)
	}
	return text.String()
}

// flat leaves out what wrapping puts in between; at are the places of the letters in the text.
func flat(text string) (letters []rune, at []int) {
	for i, r := range text {
		if unicode.IsSpace(r) || !unicode.IsPrint(r) || r == '│' {
			continue
		}
		letters, at = append(letters, r), append(at, i)
	}
	return letters, at
}

// withoutSecrets hides every part of a known secret.
func withoutSecrets(text string) string {
	known.RLock()
	defer known.RUnlock()
	if len(known.parts) == 0 {
		return text
	}
	letters, at := flat(text)
	at = append(at, len(text))
	var clean strings.Builder
	shown, end := 0, 0 // what of the text is written, and the letter that the present secret ends before
	for i := 0; i+part <= len(letters); i++ {
		if !known.parts[[part]rune(letters[i:i+part])] {
			continue
		}
		if begin := at[i]; i > end || end == 0 {
			clean.WriteString(text[shown:max(begin, shown)] + placeholder)
		}
		end = i + part
		shown = at[end-1] + len(string([]rune(text[at[end-1]:])[:1]))
	}
	clean.WriteString(text[shown:])
	return clean.String()
}
