// SPDX-License-Identifier: MPL-2.0

package escape

import (
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"golang.org/x/text/unicode/norm"
)

// isItself fails unless the string of a configuration evaluates to the text, as far as a configuration can hold it: its letters are
// normalized, and what is not UTF-8 is replaced.
func isItself(t *testing.T, text string) {
	t.Helper()
	quoted := HCL(text)
	expression, diags := hclsyntax.ParseExpression([]byte(quoted), "", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatalf("%q became %s: %v", text, quoted, diags)
	}
	if variables := expression.Variables(); len(variables) > 0 {
		t.Fatalf("%q became %s, which asks for %v", text, quoted, variables)
	}
	got, diags := expression.Value(nil)
	if want := norm.NFC.String(string([]rune(text))); diags.HasErrors() || got.Type() != cty.String || got.AsString() != want {
		t.Errorf("%q became %s, which is %#v, %v", text, quoted, got, diags)
	}
}

// Texts of few characters, all of them: what quotes, doubles and begins a template, in every order.
func TestHCL_evaluatesToTheText(t *testing.T) {
	t.Parallel()
	letters, texts := []string{"$", "%", "{", "}", `"`, `\`, "\n", "a", "~", "\u202e"}, []string{""}
	for range 4 {
		var longer []string
		for _, text := range texts {
			for _, letter := range letters {
				longer = append(longer, text+letter)
			}
		}
		for _, text := range longer {
			isItself(t, text)
		}
		texts = longer
	}
	for _, text := range []string{"$$$${", "%%%%{a}", "$%{$${", "\\${", "\"${a}\"", "##vso[a]$${x}", "::$${", "\r\n\t\x00", "\u00e9", "$\u0301{"} {
		isItself(t, text)
	}
}
