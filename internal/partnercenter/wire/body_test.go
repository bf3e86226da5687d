// SPDX-License-Identifier: MPL-2.0

package wire

import (
	"errors"
	"testing"
)

func TestOnce(t *testing.T) {
	for given, want := range map[string]string{
		"": "", "a": "a", "a,a": "a", "a, A": "a", " a ,a,a": "a", "a,b": "a,b", "en-US,en-US": "en-US",
	} {
		if got := Once(given); got != want {
			t.Errorf("Once(%q) = %q, want %q", given, got, want)
		}
	}
}

func TestReadBody(t *testing.T) {
	if _, err := ReadBody(endless{}); !errors.Is(err, ErrTooLarge) {
		t.Errorf("an endless answer: %v", err)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }
