// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

// name is a word of the provider's or of Entra's in the text of a remedy.
var name = regexp.MustCompile(`\b[a-z]+(?:_[a-z]+)+\b`)

// TestRemedies_namesExist finds advice about an attribute or type that the provider does not have: it is the client that gives the advice,
// and the client knows no schema.
func TestRemedies_namesExist(t *testing.T) {
	service := regexp.MustCompile(`\((?:line of a cart|transition|target of a transition): ` + "`[a-z_]+`") // names of the service's own enums
	existing := []string{"user_impersonation", "page_title", "depends_on", "invalid_token"}                 // a permission in Entra, the page's own, Terraform's, and OAuth's
	for _, o := range everything(t) {
		existing = append(existing, o.name)
		for _, a := range attributes(o.schema.Block.Attributes, o.name) {
			existing = append(existing, a.Name)
		}
	}
	// The page has the remedies of all codes, the files those of what has none.
	for _, file := range []string{"templates/guides/error-codes.md", "internal/partnercenter/remedies.go", "internal/partnercenter/mfa.go", "internal/signin/remedies.go"} {
		text, err := os.ReadFile(filepath.Join(root, file))
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range name.FindAllString(service.ReplaceAllString(string(text), ""), -1) {
			if !slices.Contains(existing, word) {
				t.Errorf("%s speaks of %s, which the provider does not have", file, word)
			}
		}
	}
}
