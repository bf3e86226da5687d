// SPDX-License-Identifier: MPL-2.0

package words_test

import (
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
)

func TestImportBlock(t *testing.T) {
	t.Parallel()
	const customer, subscription = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10", "a05d3f91-7b68-4e2c-9c47-e13f80b6d5a2"
	if got, want := words.ImportBlock(customer, subscription), "import {\n  to = partnercenter_subscription.NAME\n  id = \""+customer+"/"+subscription+"\"\n}"; got != want {
		t.Errorf("got %s", got)
	}
	for _, id := range []string{"", "x", subscription + "/..", subscription + "\u202e", "x\"\n}\n\ndata \"external\" \"x\" {", "${file(\"a\")}", subscription + "\n"} {
		for _, got := range []string{words.ImportBlock(customer, id), words.ImportBlock(id, subscription)} {
			if strings.Contains(got, "import {") || strings.ContainsAny(got, "\n\"$\u202e") {
				t.Errorf("%q: got %s", id, got)
			}
		}
	}
}

func TestWaysToKeep(t *testing.T) {
	t.Parallel()
	got := words.WaysToKeep("5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10", "a05d3f91-7b68-4e2c-9c47-e13f80b6d5a2")
	for _, want := range []string{"terraform untaint", words.MovedBlock, "import {\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("it does not say %q: %s", want, got)
		}
	}
}
