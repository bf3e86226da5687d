// SPDX-License-Identifier: MPL-2.0

// Package acctest runs acceptance tests: the real Terraform CLI, the provider in this process, and an emulator of its own for each
// test. The provider waits on the emulator's clock, so no test ever sleeps.
package acctest

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/provider"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/signin"
)

// New starts an emulator with the sample tenant, which stops with the test. Whatever the test does, the provider must keep the rules
// of the protocol: the emulator reports each breach.
func New(t *testing.T, options ...emulator.Option) *emulator.Server {
	t.Helper()
	emu := emulator.New(append([]emulator.Option{emulator.SampleTenant()}, options...)...)
	t.Cleanup(emu.Close)
	t.Cleanup(func() {
		for _, violation := range emu.Violations() {
			t.Errorf("breach of the protocol: %+v", violation)
		}
	})
	return emu
}

// Run runs the steps in parallel with other tests, against emu. The provider needs no configuration for it.
func Run(t *testing.T, emu *emulator.Server, steps ...resource.TestStep) {
	t.Helper()
	RunCase(t, emu, resource.TestCase{Steps: steps})
}

// AsUser is the provider's configuration for a signed-in Admin agent, whom some of Partner Center's operations ask for.
func AsUser(emu *emulator.Server) string {
	return fmt.Sprintf("provider %q {\n  access_token = %q\n}\n", provider.TypeName, emu.IssueToken(emulator.TokenOptions{}))
}

// AsRefreshingUser is AsUser for operations that take a token for more than Partner Center.
func AsRefreshingUser(emu *emulator.Server) string {
	return fmt.Sprintf("provider %q {\n  tenant_id = %q\n  client_id = %q\n  client_secret = %q\n  refresh_token = %q\n}\n",
		provider.TypeName, emu.TenantID(), emulator.ClientID, emulator.ClientSecret, emu.IssueRefreshToken(emulator.TokenOptions{}))
}

// Refused are steps that have to fail, each with the words that it is found by here, however the CLI wraps them.
func Refused(configs map[string]string) []resource.TestStep {
	var steps []resource.TestStep
	for _, words := range slices.Sorted(maps.Keys(configs)) {
		steps = append(steps, resource.TestStep{Config: configs[words], ExpectError: Words(words)})
	}
	return steps
}

// Words matches a text that a CLI has wrapped.
func Words(text string) *regexp.Regexp {
	return regexp.MustCompile(strings.Join(strings.Fields(regexp.QuoteMeta(text)), `[\s│╵]+`))
}

// RunCase is Run for tests that need more than steps.
func RunCase(t *testing.T, emu *emulator.Server, test resource.TestCase) {
	t.Helper()
	test.ProtoV6ProviderFactories = Factories(emu)
	test.TerraformVersionChecks = append(test.TerraformVersionChecks, tfversion.RequireAbove(tfversion.Version1_8_0))
	resource.ParallelTest(t, test)
}

// Factories serve the provider in this process, pointed at emu where the configuration does not say otherwise.
func Factories(emu *emulator.Server) map[string]func() (tfprotov6.ProviderServer, error) {
	serve := provider.NewServer("test", "", pointAt(emu))
	return map[string]func() (tfprotov6.ProviderServer, error){provider.TypeName: func() (tfprotov6.ProviderServer, error) { return serve(), nil }}
}

// Unshortened serves the provider as the framework does by itself, without what provider.NewServer answers in a shorter way.
func Unshortened(emu *emulator.Server) tfprotov6.ProviderServer {
	return providerserver.NewProtocol6(provider.New("test", "", pointAt(emu))())()
}

func pointAt(emu *emulator.Server) provider.Override {
	return func(client *partnercenter.Options, signIn *signin.Options) {
		client.Clock = emu.Clock()
		client.RootCAs = emu.CertPool()
		if client.Endpoint == "" {
			client.Endpoint = emu.URL
		}
		if signIn.AuthorityHost == "" {
			signIn.AuthorityHost = emu.URL
		}
		if signIn.Credentials == (signin.Credentials{}) {
			signIn.Credentials = signin.Credentials{TenantID: emu.TenantID(), ClientID: emulator.ClientID, ClientSecret: emulator.ClientSecret}
		}
	}
}
