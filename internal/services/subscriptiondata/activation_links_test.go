// SPDX-License-Identifier: MPL-2.0

package subscriptiondata_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

const links = "data.partnercenter_activation_links.test"

// activationLinks is a data source for the customer, with further lines.
func activationLinks(customer string, lines ...string) string {
	return fmt.Sprintf("data \"partnercenter_activation_links\" \"test\" {\n  customer_id = %q\n  %s\n}\n", customer, strings.Join(lines, "\n  "))
}

func hasLinks(count int) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(links, tfjsonpath.New("activation_links"), knownvalue.ListSizeExact(count))
}

func TestAccActivationLinks_ofASubscription(t *testing.T) {
	emu := acctest.New(t)
	of := func(id string) string { return fmt.Sprintf("subscription_id = %q", id) }
	acctest.Run(t, emu,
		resource.TestStep{
			Config: activationLinks(emulator.CustomerNordwind, of(emulator.SubscriptionUnactivated)),
			ConfigStateChecks: []statecheck.StateCheck{
				hasLinks(1),
				statecheck.ExpectSensitiveValue(links, tfjsonpath.New("activation_links")),
				statecheck.ExpectKnownValue(links, tfjsonpath.New("activation_links").AtSliceIndex(0).AtMapKey("uri"), knownvalue.StringRegexp(regexp.MustCompile(`^https://.+/landing\?token=.+`))),
				statecheck.ExpectKnownValue(links, tfjsonpath.New("activation_links").AtSliceIndex(0).AtMapKey("line_item_number"), knownvalue.Int64Exact(0)),
			},
		},
		resource.TestStep{Config: activationLinks(emulator.CustomerNordwind, of(emulator.SubscriptionOffice)), ConfigStateChecks: []statecheck.StateCheck{hasLinks(0)}},    // nothing to set up
		resource.TestStep{Config: activationLinks(emulator.CustomerAlpenblick, of(emulator.SubscriptionDeleted)), ConfigStateChecks: []statecheck.StateCheck{hasLinks(0)}}, // over
		resource.TestStep{ // the collection is not there yet, the subscription is
			PreConfig: func() {
				emu.Fault(emulator.Fault{Match: emulator.Match{Pattern: "activationlinks"}, Times: 4, Status: http.StatusNotFound, Code: 20003})
			},
			Config: activationLinks(emulator.CustomerNordwind, of(emulator.SubscriptionUnactivated)), ConfigStateChecks: []statecheck.StateCheck{hasLinks(0)}, ExpectNonEmptyPlan: false,
		},
	)
}

// An order has no links while it is pending; later all its lines or one of them are asked for.
func TestAccActivationLinks_ofAnOrder(t *testing.T) {
	emu := acctest.New(t)
	bought := fmt.Sprintf(`
resource "partnercenter_subscription" "test" {
  customer_id     = %q
  product_id      = %q
  sku_id          = "0001"
  quantity        = 5
  term_duration   = "P1Y"
  billing_cycle   = "monthly"
  deletion_policy = "cancel"
}

data "partnercenter_subscription" "test" {
  customer_id = partnercenter_subscription.test.customer_id
  id          = partnercenter_subscription.test.id
}
`, emulator.CustomerKaffeehaus, emulator.ProductMailGuard)
	const order = "order_id = data.partnercenter_subscription.test.order_id"
	acctest.Run(t, emu,
		resource.TestStep{Config: bought + activationLinks(emulator.CustomerKaffeehaus, order), ConfigStateChecks: []statecheck.StateCheck{hasLinks(1)}},
		resource.TestStep{Config: bought + activationLinks(emulator.CustomerKaffeehaus, order, "order_line_item_number = 0"), ConfigStateChecks: []statecheck.StateCheck{hasLinks(1)}},
		resource.TestStep{Config: bought + activationLinks(emulator.CustomerKaffeehaus, order, "order_line_item_number = 7"), ExpectError: acctest.Words(`Line item 7 is out of range`)},
	)
}

func TestAccActivationLinks_refused(t *testing.T) {
	tests := map[string]struct{ config, want string }{
		"neither":              {activationLinks(emulator.CustomerNordwind), `Exactly one of these attributes must be configured`},
		"both":                 {activationLinks(emulator.CustomerNordwind, `order_id = "1"`, fmt.Sprintf("subscription_id = %q", emulator.SubscriptionOffice)), `Exactly one of these attributes must be configured: [subscription_id,order_id]`},
		"a line of no order":   {activationLinks(emulator.CustomerNordwind, fmt.Sprintf("subscription_id = %q", emulator.SubscriptionOffice), `order_line_item_number = 0`), `"order_id" must be specified when "order_line_item_number"`},
		"unknown order":        {activationLinks(emulator.CustomerNordwind, `order_id = "nothing"`), `Cannot read activation links`},
		"unknown subscription": {activationLinks(emulator.CustomerNordwind, fmt.Sprintf("subscription_id = %q", emulator.CustomerUnknown)), `Cannot read activation links`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			acctest.Run(t, acctest.New(t), resource.TestStep{Config: test.config, ExpectError: acctest.Words(test.want)})
		})
	}
}

// token finds what makes an activation link a credential.
var token = regexp.MustCompile(`landing\?token=`)

// The ephemeral resource hands links on and leaves them nowhere: not in state, plan, output or any log.
func TestAccActivationLinks_leaveNoTrace(t *testing.T) {
	acctest.Check(t, tfversion.SkipBelow(tfversion.Version1_11_0)) // from where on Terraform and OpenTofu have ephemeral resources
	emu := acctest.New(t)
	handed := filepath.Join(t.TempDir(), "handed")
	var mu sync.Mutex
	var logged bytes.Buffer
	workspace := acctest.NewWorkspace(t, emu, fmt.Sprintf(`
ephemeral "partnercenter_activation_links" "waiting" {
  customer_id     = %q
  subscription_id = %q
}

resource "terraform_data" "hand_over" {
  provisioner "local-exec" {
    command     = "printf %%s \"$LINK\" >%s"
    environment = { LINK = ephemeral.partnercenter_activation_links.waiting.activation_links[0].uri }
  }
}
`, emulator.CustomerNordwind, emulator.SubscriptionUnactivated, handed), func(o *partnercenter.Options) {
		o.Log = func(_ context.Context, message string, fields map[string]any) {
			mu.Lock()
			defer mu.Unlock()
			fmt.Fprintln(&logged, message, fields)
		}
	})
	traced := func(args ...string) string {
		command, out := workspace.Command(args...)
		command.Env = append(command.Env, "TF_LOG=TRACE", "TF_LOG_PATH="+filepath.Join(workspace.Dir, "trace.log"))
		if err := command.Run(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
		return out.String()
	}
	planned := traced("plan", "-input=false", "-out=plan.bin")
	applied := traced("apply", "-input=false", "plan.bin")
	shown := traced("show", "-json", "plan.bin")

	if got, err := os.ReadFile(handed); err != nil || !token.Match(got) {
		t.Fatalf("the link was not handed over: %q, %v", got, err)
	}
	for what, text := range map[string]string{"plan": planned, "apply": applied, "the plan as JSON": shown, "the client's log": logged.String()} {
		if token.MatchString(text) {
			t.Errorf("%s shows the link", what)
		}
	}
	err := filepath.WalkDir(workspace.Dir, func(name string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(name)
		if err == nil && token.Match(unzipped(t, content)) {
			t.Errorf("%s contains the link", entry.Name())
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// unzipped is the content of a plan file, which is an archive; others come back as they are.
func unzipped(t *testing.T, content []byte) []byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return content
	}
	var all []byte
	for _, file := range archive.File {
		one, err := fs.ReadFile(archive, file.Name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, one...)
	}
	return all
}

func TestAccActivationLinks_ephemeralEmpty(t *testing.T) {
	emu := acctest.New(t)
	acctest.RunCase(t, emu, resource.TestCase{
		TerraformVersionChecks: []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_11_0)},
		Steps: []resource.TestStep{{
			Config: fmt.Sprintf(`
ephemeral "partnercenter_activation_links" "none" {
  customer_id     = %q
  subscription_id = %q
}

resource "terraform_data" "count" {
  provisioner "local-exec" {
    command     = "test $COUNT = 0"
    environment = { COUNT = length(ephemeral.partnercenter_activation_links.none.activation_links) }
  }
}
`, emulator.CustomerNordwind, emulator.SubscriptionOffice),
			Check: func(*terraform.State) error {
				if emu.Count(http.MethodGet, "activationlinks") == 0 {
					return errors.New("the links were never read")
				}
				return nil
			},
		}},
	})
}
