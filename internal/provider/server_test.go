// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"reflect"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Whatever the framework can serve, list resources, actions and what later versions add, the wrapped server serves too: terraform-plugin-go
// asks for it by interface, and takes a missing method for a missing feature.
func TestNewServer_passesEveryMethodOn(t *testing.T) {
	t.Parallel()
	whole, wrapped := providerserver.NewProtocol6(New("test", "")())(), NewServer("test", "")()
	outer, protocol := reflect.TypeOf(wrapped), reflect.TypeFor[tfprotov6.Diagnostic]().PkgPath()
	called := 0
	for method := range reflect.TypeOf(whole).Methods() {
		takesRequest := method.Type.NumIn() == 3 && method.Type.In(2).Kind() == reflect.Pointer && method.Type.In(2).Elem().PkgPath() == protocol
		if !takesRequest {
			continue // what the framework has for itself
		}
		called++
		if _, has := outer.MethodByName(method.Name); !has {
			t.Errorf("the server does not pass on %s", method.Name)
		}
	}
	if called < 20 {
		t.Errorf("only %d methods were found: this test shows nothing", called)
	}
}
