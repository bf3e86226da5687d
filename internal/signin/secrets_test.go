// SPDX-License-Identifier: MPL-2.0

package signin

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestCredentials_areNotPrinted prints whatever holds a secret, by itself and as a part of something else.
func TestCredentials_areNotPrinted(t *testing.T) {
	c := Credentials{
		TenantID: "tenant", ClientID: "client", ClientSecret: "hush-1", ClientCertificate: "hush-2", ClientCertificatePassword: "hush-3",
		OIDCToken: "hush-4", OIDCRequestToken: "hush-5", RefreshToken: "hush-6", AccessToken: "hush-7",
	}
	for _, holds := range []any{
		c, &c, []Credentials{c}, Options{Credentials: c}, &Options{Credentials: c}, &signIn{method: bySecret, credentials: c},
		accessToken{value: "hush-8", lifetime: time.Hour}, &accessToken{value: "hush-8"}, []accessToken{{value: "hush-8"}}, &Source{method: bySecret, current: "hush-9"},
	} {
		encoded, err := json.Marshal(printable(holds))
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{string(encoded), fmt.Sprintf("%v", holds), fmt.Sprintf("%+v", holds), fmt.Sprintf("%#v", holds), fmt.Sprintf("%v", struct{ Any any }{holds})} {
			if strings.Contains(text, "hush") || text == "" {
				t.Errorf("%T prints %s", holds, text)
			}
		}
	}
	if got := fmt.Sprintf("%+v", c); strings.Count(got, "(hidden)") != 7 || !strings.Contains(got, "tenant") {
		t.Errorf("it prints %s", got)
	}
}

// printable is what of the options can be encoded: JSON knows no functions.
func printable(holds any) any {
	switch o := holds.(type) {
	case Options:
		return o.Credentials
	case *Options:
		return o.Credentials
	}
	return holds
}
