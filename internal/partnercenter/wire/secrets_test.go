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
	"strings"
	"testing"
)

const aSecret = `q~8Zk/+="Tz\R9&w1vXpLm4YcB7sD2`

func TestSecret_isNotPrinted(t *testing.T) {
	encoded, err := json.Marshal([]Secret{aSecret})
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "s", Secret(aSecret))
	s := struct{ S Secret }{aSecret}
	for _, text := range []string{string(encoded), log.String(), fmt.Sprint(s), fmt.Sprintf("%s %q %v %+v %#v %x %d", s.S, s.S, s.S, s, s, s.S, s.S)} {
		if strings.Contains(text, "8Zk") || strings.Contains(text, "385a6b") || !strings.Contains(text, "(hidden)") {
			t.Errorf("it prints %s", text)
		}
	}
	if Secret(aSecret).Reveal() != aSecret {
		t.Error("it cannot be sent")
	}
}

// eachAs is the secret with each of its bytes in that form.
func eachAs(form string) string {
	var text strings.Builder
	for _, b := range []byte(aSecret) {
		fmt.Fprintf(&text, form, b)
	}
	return text.String()
}

// shows finds eight characters in a row of the secret, in any of the encodings.
func shows(text, secret string) bool {
	joined := strings.Join(strings.Fields(text), "")
	decoded, _ := url.QueryUnescape(joined)
	for _, look := range []string{joined, decoded, html.UnescapeString(joined), strings.ReplaceAll(strings.ReplaceAll(joined, `\"`, `"`), `\\`, `\`)} {
		for i := 0; i+part <= len(secret); i++ {
			if strings.Contains(look, secret[i:i+part]) {
				return true
			}
		}
	}
	for offset := range 3 {
		if at := base64.StdEncoding.EncodeToString([]byte(secret[offset:])); strings.Contains(joined, at[4:16]) {
			return true
		}
	}
	return false
}

func TestOneLine_hidesSecretsInEveryEncoding(t *testing.T) {
	Hide(aSecret)
	quoted, err := json.Marshal(aSecret)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"plain":      aSecret,
		"query":      url.QueryEscape(aSecret),
		"lower hex":  strings.ToLower(url.QueryEscape("/+=")) + strings.ReplaceAll(url.QueryEscape(aSecret), "%2B", "%2b"),
		"path":       url.PathEscape(aSecret),
		"JSON":       string(quoted),
		"other JSON": strings.NewReplacer(`\`, `\\`, `"`, `\"`, "/", `\/`).Replace(aSecret),
		"escapes":    eachAs(`\u%04x`),
		"bytes":      eachAs(`\x%02X`),
		"all of it":  eachAs("%%%02x"),
		"twice":      eachAs("%%25%02x"),
		"decimal":    eachAs("&#%d;"),
		"entities":   eachAs("&#x%x;"),
		"a mixture":  aSecret[:4] + eachAs("%%%02x")[12:30] + aSecret[10:],
		"digits":     hex.EncodeToString([]byte(aSecret)),
		"page":       html.EscapeString(aSecret),
		"base64":     base64.StdEncoding.EncodeToString([]byte(aSecret)),
		"basic":      base64.StdEncoding.EncodeToString([]byte("an-application:" + aSecret)),
		"URL base64": base64.RawURLEncoding.EncodeToString([]byte("ab" + aSecret)),
		"wrapped":    aSecret[:9] + "\n  │ " + aSecret[9:20] + "\n" + aSecret[20:],
		"cut off":    aSecret[5:15],
		"at the end": strings.Repeat("x ", 500) + "y" + aSecret,
	} {
		if got := OneLine("Invalid: " + text); shows(got, aSecret) || !strings.Contains(got, "Invalid: ") {
			t.Errorf("%s: %q", name, got)
		}
	}
	if got := OneLine("Invalid client secret provided."); got != "Invalid client secret provided." {
		t.Errorf("got %q", got)
	}
}

func FuzzWithoutPrivate(f *testing.F) {
	for _, seed := range []string{"x", aSecret, "q~8Z%6b", "jane@contoso.com", "a\xffb", "│\n"} {
		f.Add(seed, seed, uint8(len(seed)))
	}
	Hide(aSecret)
	f.Fuzz(func(t *testing.T, before, after string, cut uint8) {
		for _, form := range encodings(aSecret) {
			got := OneLine(before + form[:min(int(cut), len(form))] + after + aSecret)
			if shows(got, aSecret) {
				t.Errorf("%q shows %q", form, got)
			}
		}
	})
}

// A value is one of many: what is like a few letters of a secret by chance stays as it is, and what a value repeats of one is found.
func TestValueWithoutSecrets(t *testing.T) {
	const secret = "Xk4/mQ9+Lw2zPb7R=vNc5JtY8"
	Hide(secret)
	for text, want := range map[string]string{
		"":                                       "",
		"a05d3f91-7b68-4e2c-9c47-e13f80b6d5a2":   "a05d3f91-7b68-4e2c-9c47-e13f80b6d5a2",
		"a name with " + secret[3:18] + " only":  "a name with " + secret[3:18] + " only",
		"a name with " + secret[3:19] + " in it": "a name with (hidden) in it",
		secret + "/" + secret:                    "(hidden)/(hidden)",
		"Büro " + secret + " №7":                 "Büro (hidden) №7",
		url.QueryEscape(secret):                  "(hidden)",
		"100 % of " + secret:                     "100 % of (hidden)",
		secret[:9] + " " + secret[9:]:            "(hidden)",
	} {
		if got := ValueWithoutSecrets(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}
