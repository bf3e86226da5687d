// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// secret finds what may stand nowhere but in sensitive values: tokens of each kind, credentials, activation links and addresses of people.
var secret = regexp.MustCompile(strings.Join([]string{
	`eyJ[\w-]{8,}\.[\w-]{8,}`, // access tokens, assertions and federated tokens
	`0\.A[A-Z2-7]{20,}`,       // refresh tokens
	regexp.QuoteMeta(emulator.ClientSecret), regexp.QuoteMeta(emulator.WorkloadSecret), "open~sesame",
	`landing\?token=`, `BEGIN PRIVATE KEY`,
	`[\w.+-]+(@|%40)[\w.-]+\.example`,
}, "|"))

// everything reads all that the provider can read about a customer, with the activation link of what was bought as a value.
func everything() string {
	return fmt.Sprintf(`
data "partnercenter_customers" "all" {}
data "partnercenter_customer" "nordwind" {
  id = %[1]q
}
data "partnercenter_customer_agreements" "nordwind" {
  customer_id = %[1]q
}
data "partnercenter_subscriptions" "nordwind" {
  customer_ids = [%[1]q]
}
data "partnercenter_orders" "nordwind" {
  customer_id = %[1]q
}
data "partnercenter_indirect_resellers" "all" {}
data "partnercenter_activation_links" "guard" {
  customer_id     = partnercenter_subscription.guard.customer_id
  subscription_id = partnercenter_subscription.guard.id
}
output "link" {
  value     = one(data.partnercenter_activation_links.guard.activation_links).uri
  sensitive = true
}
`, emulator.CustomerNordwind)
}

func guard(quantity int) string {
	return fmt.Sprintf("resource \"partnercenter_subscription\" \"guard\" {\n  friendly_name = \"guarded\"\n  customer_id = %q\n  product_id = %q\n  sku_id = \"0001\"\n  quantity = %d\n  term_duration = \"P1Y\"\n  billing_cycle = \"monthly\"\n}\n",
		emulator.CustomerNordwind, emulator.ProductBackup, quantity)
}

// keepsSecrets greps all that whole runs print at the most talkative level, and all that they store, for what must not be there.
func keepsSecrets(t *testing.T, directory string) {
	t.Helper()
	emu := acctest.New(t)
	emu.TrustWorkload(emulator.ClientID)
	key, certificate := keyPair(t, emu)
	trace := []string{
		"TF_LOG=TRACE", "AZURE_SDK_GO_LOGGING=all", "SSL_CERT_FILE=" + writeFile(t, "authority.pem", emu.CertPEM()),
		"PARTNERCENTER_ENDPOINT=" + emu.TLSURL, "PARTNERCENTER_AUTHORITY_HOST=" + emu.TLSURL,
		"PARTNERCENTER_TENANT_ID=" + emu.TenantID(), "PARTNERCENTER_CLIENT_ID=" + emulator.ClientID,
	}

	t.Run("user", func(t *testing.T) {
		i := install(t, directory, append(slices.Clip(trace), "PARTNERCENTER_REFRESH_TOKEN="+emu.IssueRefreshToken(emulator.TokenOptions{}), "PARTNERCENTER_CLIENT_SECRET="+emulator.ClientSecret)...)
		i.configure(guard(5) + everything())
		i.must("plan", "-input=false", "-out=tfplan")
		i.must("apply", "-input=false", "tfplan")
		i.must("show")
		emu.FailNext(429, 503)
		i.configure(guard(9) + everything())
		if out, code := i.run("apply", "-auto-approve", "-input=false"); code == 0 {
			t.Errorf("what waits for the publisher was changed:\n%s", tail(out))
		}
		purchases := emu.Purchases()
		if err := emu.Activate(emulator.CustomerNordwind, purchases[len(purchases)-1].SubscriptionID); err != nil {
			t.Fatal(err)
		}
		i.must("apply", "-auto-approve", "-input=false")
		if state := string(i.stored()); !strings.Contains(state, "landing?token=") || !strings.Contains(state, "einkauf@nordwind.example") {
			t.Error("the state does not hold what is looked for, so nothing is proved")
		}
		i.expectNoSecrets()
		i.must("destroy", "-auto-approve", "-input=false")
		i.expectNoSecrets()
	})
	for name, settings := range map[string][]string{
		"secret":            {"PARTNERCENTER_CLIENT_SECRET=" + emulator.ClientSecret},
		"wrong secret":      {"PARTNERCENTER_CLIENT_SECRET=" + emulator.ClientSecret + "!"},
		"certificate":       {"PARTNERCENTER_CLIENT_CERTIFICATE_PATH=" + writeFile(t, "app.pem", pemOf(t, key, certificate))},
		"PFX certificate":   {"PARTNERCENTER_CLIENT_CERTIFICATE_PATH=" + writeFile(t, "app.pfx", pfxOf(t, key, certificate)), "PARTNERCENTER_CLIENT_CERTIFICATE_PASSWORD=open~sesame"},
		"wrong password":    {"PARTNERCENTER_CLIENT_CERTIFICATE_PATH=" + writeFile(t, "app.pfx", pfxOf(t, key, certificate)), "PARTNERCENTER_CLIENT_CERTIFICATE_PASSWORD=open~sesame!"},
		"federated":         {"PARTNERCENTER_USE_OIDC=true", "PARTNERCENTER_OIDC_TOKEN=" + emu.WorkloadToken("", "")},
		"wrongly federated": {"PARTNERCENTER_USE_OIDC=true", "PARTNERCENTER_OIDC_TOKEN=" + emu.WorkloadToken("another", "")},
		"requested":         {"PARTNERCENTER_USE_OIDC=true", "ACTIONS_ID_TOKEN_REQUEST_URL=" + emu.WorkloadURL(), "ACTIONS_ID_TOKEN_REQUEST_TOKEN=" + emulator.WorkloadSecret},
		"access token":      {"PARTNERCENTER_ACCESS_TOKEN=" + emu.IssueToken(emulator.TokenOptions{})},
		"ended token":       {"PARTNERCENTER_ACCESS_TOKEN=" + emu.IssueToken(emulator.TokenOptions{Expired: true})},
		"wrong refresh":     {"PARTNERCENTER_CLIENT_SECRET=" + emulator.ClientSecret, "PARTNERCENTER_REFRESH_TOKEN=0.A" + strings.Repeat("Z", 40)},
	} {
		t.Run(name, func(t *testing.T) {
			i := install(t, directory, append(slices.Clip(trace), settings...)...)
			i.configure(fmt.Sprintf("data \"partnercenter_customer\" \"nordwind\" {\n  id = %q\n}\n", emulator.CustomerNordwind))
			out, code := i.run("plan", "-input=false")
			if fails := strings.HasPrefix(name, "wrong") || strings.HasPrefix(name, "ended"); fails != (code != 0) {
				t.Errorf("the plan ends with %d:\n%s", code, tail(out))
			}
			i.expectNoSecrets()
		})
	}
}

// expectNoSecrets looks at what was printed since the last time, and at the values of the state that are not sensitive.
func (i *installed) expectNoSecrets() {
	i.t.Helper()
	i.find("printed", i.printed.String())
	i.printed.Reset()
	if _, err := os.Stat(filepath.Join(i.dir, "terraform.tfstate")); err != nil {
		return // nothing was stored
	}
	var state struct {
		Values struct {
			Outputs map[string]struct {
				Sensitive bool
				Value     any
			}
			RootModule struct {
				Resources []struct {
					Address         string
					Values          any
					SensitiveValues any `json:"sensitive_values"`
				}
			} `json:"root_module"`
		}
	}
	if err := json.Unmarshal(i.stored(), &state); err != nil {
		i.t.Fatal(err)
	}
	for _, r := range state.Values.RootModule.Resources {
		i.find(r.Address, fmt.Sprint(open(r.Values, r.SensitiveValues)))
	}
	for name, output := range state.Values.Outputs {
		i.find(name, fmt.Sprint(open(output.Value, output.Sensitive)))
	}
}

// open is a value without what is sensitive in it.
func open(value, sensitive any) any {
	switch sensitive := sensitive.(type) {
	case bool:
		if sensitive {
			return nil
		}
	case map[string]any:
		kept := map[string]any{}
		members, _ := value.(map[string]any)
		for name, member := range members {
			kept[name] = open(member, sensitive[name])
		}
		return kept
	case []any:
		var kept []any
		elements, _ := value.([]any)
		for n, element := range elements {
			kept = append(kept, open(element, sensitive[n]))
		}
		return kept
	}
	return value
}

func (i *installed) find(where, text string) {
	i.t.Helper()
	found := map[string]bool{}
	for _, at := range secret.FindAllStringIndex(text, -1) {
		if value := text[at[0]:at[1]]; !found[value] {
			found[value] = true
			i.t.Errorf("%s: %q in ...%s...", where, value, text[max(0, at[0]-200):min(len(text), at[1]+80)])
		}
	}
}
