// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Whatever answers with messages about the world is shown by a method of its own: one that is only passed on would let foreign text through.
// Schemas, the end of the program and state stores, which this provider has none of, say nothing of what others wrote.
func TestWithShowableMessages_everyMethod(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("showing.go")
	if err != nil {
		t.Fatal(err)
	}
	var shown []string
	for _, found := range regexp.MustCompile(`(?m)^func \(s showingServer\) (\w+)\(`).FindAllSubmatch(source, -1) {
		shown = append(shown, string(found[1]))
	}
	stores, answers := reflect.TypeFor[tfprotov6.StateStoreServer](), 0
	for method := range reflect.TypeFor[allServers]().Methods() {
		if _, store := stores.MethodByName(method.Name); store || strings.HasPrefix(method.Name, "Get") || method.Name == "StopProvider" {
			continue
		}
		if method.Type.NumOut() != 2 || method.Type.Out(0).Kind() != reflect.Pointer {
			continue
		}
		of := method.Type.Out(0).Elem()
		_, has := of.FieldByName("Diagnostics")
		if _, one := of.FieldByName("Error"); !has && !one {
			continue
		}
		answers++
		if !slices.Contains(shown, method.Name) {
			t.Errorf("the messages of %s are not made showable", method.Name)
		}
	}
	if answers < 15 {
		t.Errorf("only %d methods were found: this test shows nothing", answers)
	}
}
