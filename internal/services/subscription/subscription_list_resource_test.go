// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/querycheck/queryfilter"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// list asks for the results of a list block.
func (p *protocol) list(typeName string, config map[string]tftypes.Value, include bool, limit int64) []tfprotov6.ListResourceResult {
	p.t.Helper()
	stream, err := p.ProviderServer.(tfprotov6.ListResourceServer).ListResource(p.t.Context(), &tfprotov6.ListResourceRequest{
		TypeName: typeName, Config: p.value(p.schemas.ListResourceSchemas[typeName].ValueType(), config),
		IncludeResource: include, Limit: limit,
	})
	p.must(err, nil)
	return slices.Collect(stream.Results)
}

func names(results []tfprotov6.ListResourceResult) []string {
	var all []string
	for _, r := range results {
		if r.Identity != nil {
			all = append(all, r.DisplayName)
		}
	}
	return all
}

func customers(ids ...string) tftypes.Value {
	var values []tftypes.Value
	for _, id := range ids {
		values = append(values, tftypes.NewValue(tftypes.String, id))
	}
	return tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, values)
}

func TestSubscriptionList(t *testing.T) {
	text := func(s string) tftypes.Value { return tftypes.NewValue(tftypes.String, s) }
	harbour := []string{"Harbour & Finch Ltd: Drawing office (6 licenses, active)", "Harbour & Finch Ltd: Seasonal crew (18 licenses, suspended)"}
	tests := map[string]struct {
		config map[string]tftypes.Value
		want   []string
	}{
		"ended ones are left out":    {map[string]tftypes.Value{"customer_ids": customers(emulator.CustomerHarbour)}, harbour},
		"ended ones that are wanted": {map[string]tftypes.Value{"customer_ids": customers(emulator.CustomerHarbour), "status": text("expired")}, []string{"Harbour & Finch Ltd: Old archive (4 licenses, expired)"}},
		"only what can be managed":   {map[string]tftypes.Value{"customer_ids": customers(emulator.CustomerPrairie)}, []string{"Prairie Data Inc.: Telemetry (1 license, active)"}},
		"customers in their order": {map[string]tftypes.Value{"customer_ids": customers(emulator.CustomerPrairie, emulator.CustomerHarbour, strings.ToUpper(emulator.CustomerPrairie))},
			append([]string{"Prairie Data Inc.: Telemetry (1 license, active)"}, harbour...)},
		"nobody":    {map[string]tftypes.Value{"customer_ids": customers()}, nil},
		"publisher": {map[string]tftypes.Value{"publisher_name": text("tresor data ag")}, []string{"Alpenblick Treuhand AG: Archiv Kanzlei (14 licenses, active)", "Nordwind Maschinenbau GmbH: Backup Filialen (25 licenses, active)"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := speak(t, acctest.New(t))
			if got := names(p.list(subscriptionType, test.config, false, 100)); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// Licenses can be managed of legacy offers too, and their identity is in lower case as the resource's own is.
func TestLicenseQuantityList(t *testing.T) {
	const licenseType = "partnercenter_license_quantity"
	p := speak(t, acctest.New(t))
	results := p.list(licenseType, map[string]tftypes.Value{"customer_ids": customers(emulator.CustomerPrairie)}, true, 0)
	if got, want := names(results), []string{"Prairie Data Inc.: Mailboxes (40 licenses, active)", "Prairie Data Inc.: Telemetry (1 license, active)"}; !slices.Equal(got, want) {
		t.Fatalf("got %q, want %q", got, want)
	}
	kind := p.schemas.ResourceSchemas[licenseType].ValueType()
	for _, r := range results {
		imported, err := p.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: licenseType, Identity: r.Identity})
		p.must(err, imported.Diagnostics)
		read, err := p.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: licenseType, CurrentState: imported.ImportedResources[0].State, CurrentIdentity: imported.ImportedResources[0].Identity})
		p.must(err, read.Diagnostics)
		p.same(r.DisplayName, p.attributes(r.Resource, kind), p.attributes(read.NewState, kind))
	}
}

func TestSubscriptionList_limit(t *testing.T) {
	p := speak(t, acctest.New(t))
	if got := p.list(subscriptionType, nil, false, 3); len(got) != 3 {
		t.Errorf("%d results, want 3", len(got))
	}
}

// What is listed with its resource is what an import and a read make of it.
func TestSubscriptionList_resourceIsTheImportedOne(t *testing.T) {
	p := speak(t, acctest.New(t))
	results := p.list(subscriptionType, nil, true, 0)
	if len(results) < 15 {
		t.Fatalf("%d results only", len(results))
	}
	for _, r := range results {
		imported, err := p.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: subscriptionType, Identity: r.Identity})
		p.must(err, imported.Diagnostics)
		read := p.read(object{state: imported.ImportedResources[0].State, identity: imported.ImportedResources[0].Identity, private: imported.ImportedResources[0].Private})
		p.same(r.DisplayName, p.attributes(r.Resource, p.resourceType()), p.attributes(read.state, p.resourceType()))
	}
}

// same compares a listed resource with what was read of it.
func (p *protocol) same(what string, listed, read map[string]tftypes.Value) {
	p.t.Helper()
	for name, value := range read {
		if !value.Equal(listed[name]) {
			p.t.Errorf("%s: %s is listed as %s and read as %s", what, name, listed[name], value)
		}
	}
}

// A customer that cannot be read is named in a warning, and the others are listed.
func TestSubscriptionList_oneCustomerFails(t *testing.T) {
	for _, status := range []int{http.StatusForbidden, http.StatusServiceUnavailable} {
		t.Run(http.StatusText(status), func(t *testing.T) {
			emu := acctest.New(t)
			emu.Fault(emulator.Fault{Match: emulator.Match{Pattern: fmt.Sprintf("/v1/customers/%s/subscriptions", emulator.CustomerHarbour)}, Status: status, Code: 20002, Times: -1})
			results := speak(t, emu).list(subscriptionType, nil, false, 0)
			warned := results[0].Diagnostics
			if len(warned) != 1 || warned[0].Severity != tfprotov6.DiagnosticSeverityWarning || !strings.Contains(warned[0].Detail, "Harbour & Finch Ltd ("+emulator.CustomerHarbour+")") {
				t.Errorf("got %+v", warned)
			}
			if len(results) < 15 {
				t.Errorf("only %d are listed", len(results)-1)
			}
		})
	}
}

func TestAccSubscriptionList_query(t *testing.T) {
	emu := acctest.New(t)
	identity := map[string]knownvalue.Check{
		"customer_id": knownvalue.StringExact(emulator.CustomerHarbour), "id": knownvalue.StringExact(emulator.SubscriptionSuspended),
	}
	crew := queryfilter.ByResourceIdentity(identity)
	acctest.RunCase(t, emu, resource.TestCase{
		TerraformVersionChecks: []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_14_0)},
		Steps: []resource.TestStep{{Config: `provider "partnercenter" {}`}, {
			Query: true,
			Config: fmt.Sprintf("list \"partnercenter_subscription\" \"all\" {\n  provider = partnercenter\n  include_resource = true\n"+
				"  config {\n    customer_ids = [%q]\n    product_type = \"new_commerce\"\n  }\n}\n", emulator.CustomerHarbour),
			QueryResultChecks: []querycheck.QueryResultCheck{
				querycheck.ExpectLength("partnercenter_subscription.all", 2),
				querycheck.ExpectIdentity("partnercenter_subscription.all", identity),
				querycheck.ExpectResourceDisplayName("partnercenter_subscription.all", crew, knownvalue.StringExact("Harbour & Finch Ltd: Seasonal crew (18 licenses, suspended)")),
				querycheck.ExpectResourceKnownValues("partnercenter_subscription.all", crew, []querycheck.KnownValueCheck{
					{Path: tfjsonpath.New("quantity"), KnownValue: knownvalue.Int64Exact(18)},
				}),
			},
		}},
	})
}

// What terraform query generates is adopted by one apply that changes nothing.
func TestAccSubscription_adoptQueried(t *testing.T) {
	acctest.Check(t, tfversion.SkipBelow(tfversion.Version1_14_0))
	t.Parallel()
	emu := acctest.New(t)
	w := acctest.NewWorkspace(t, emu, "")
	query := "list \"partnercenter_subscription\" \"all\" {\n  provider = partnercenter\n  include_resource = true\n  limit = 1000\n}\n"
	if err := os.WriteFile(filepath.Join(w.Dir, "estate.tfquery.hcl"), []byte(query), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, code := w.Run("query", "-generate-config-out=generated.tf"); code != 0 {
		t.Fatalf("query failed:\n%s", out)
	}
	adopt(t, w)
	w.MustPlanClean()
	if got := len(w.State()); got != 18 {
		t.Errorf("%d subscriptions are in the state, want 18", got)
	}
	expectNoWrites(t, emu)
}
