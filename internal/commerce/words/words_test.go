// SPDX-License-Identifier: MPL-2.0

package words

import "testing"

func TestSubject(t *testing.T) {
	t.Parallel()
	const customer = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"
	for want, of := range map[string][2]string{
		` ("mail-guard-sales", customer 5f0c1b52...)`: {"mail-guard-sales", customer},
		` (customer 5f0c1b52...)`:                     {"", customer},
		` ("mail-guard-sales")`:                       {"mail-guard-sales", ""},
		``:                                            {"", ""},
	} {
		if got := Subject(of[0], of[1]); got != want {
			t.Errorf("Subject(%q, %q) = %q, want %q", of[0], of[1], got, want)
		}
	}
}

func TestSentence(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                            "",
		"it is gone":                  "It is gone.",
		"österreich AG (1): refused!": "Österreich AG (1): refused!",
		"订阅 is gone":                  "订阅 is gone.",
		"auto_renew_enabled is set":   "auto_renew_enabled is set.",
	} {
		if got := Sentence(text); got != want {
			t.Errorf("Sentence(%q) = %q, want %q", text, got, want)
		}
	}
}
