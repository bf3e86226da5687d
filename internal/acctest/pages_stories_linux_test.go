// SPDX-License-Identifier: MPL-2.0

package acctest_test

import (
	"path/filepath"
	"regexp"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

const (
	productGuide = "docs/guides/from-a-product-name-to-a-configuration.md"
	adoptGuide   = "docs/guides/adopting-an-existing-estate.md"
	estatesGuide = "docs/guides/large-estates.md"
)

// stories are what readers of the pages have before each block of shell, by the page.
var stories = map[string]pageStory{
	"README.md": {installed: true, env: func(*emulator.Server) []string { return []string{"RUN_DEMO=1"} }, steps: []pageStep{
		{before: inRepository, prints: []string{"no write was sent twice"}},
		{before: func(r *reader) { r.must("cd " + r.dir) }, prints: []string{"installed 0."}},
		{before: func(r *reader) {
			r.configure(terraformBlock(r.t, "README.md", 1) + terraformBlock(r.t, "README.md", 0))
			r.must("cd ..") // out of the clone, into the empty folder
		}, prints: []string{`total = "7020.00"`, "Plan: 1 to add, 0 to change, 0 to destroy"}},
	}},
	"CONTRIBUTING.md": {steps: []pageStep{{before: inRepository, prints: []string{"Run all tests"}}, {}, {}}},
	"SECURITY.md":     {steps: []pageStep{{}}},
	"docs/index.md":   {env: credentials, steps: []pageStep{{}}},
	productGuide: {steps: []pageStep{
		{before: func(r *reader) { r.configure(terraformBlock(r.t, productGuide, 0)) }, prints: []string{`CFQ7TTC0BW1S = "Workplace 365 Standard"`}},
		{before: func(r *reader) {
			locals := regexp.MustCompile(`(?ms)^locals \{.*?^\}\n`).FindString(terraformBlock(r.t, productGuide, 0))
			r.configure(locals + terraformBlock(r.t, productGuide, 3))
		}, prints: []string{`total = "7020.00"`, "1 added"}},
	}},
	estatesGuide: {steps: []pageStep{
		{before: func(r *reader) {
			r.copy("modules/subscription", "modules/subscription")
			nordwind := terraformBlock(r.t, estatesGuide, 0)
			r.file("customers/nordwind/main.tf", nordwind)
			r.file("customers/atelier/main.tf", strings.ReplaceAll(nordwind, emulator.CustomerNordwind, emulator.CustomerAtelier))
		}, prints: []string{"Plan: 1 to add"}},
		{prints: []string{"1 added"}},
		{},
	}},
	adoptGuide: {steps: []pageStep{
		{before: func(r *reader) {
			r.configure(terraformBlock(r.t, adoptGuide, 0))
			for _, b := range blocks(r.t, adoptGuide) {
				if b.language == "hcl" {
					r.file("estate.tfquery.hcl", b.text)
				}
			}
		}, needs: "1.14.0", prints: []string{"18 to import, 0 to add, 0 to change, 0 to destroy"}},
		{before: func(r *reader) { r.copy("adopt-estate", "copy"); r.must("cd " + filepath.Join(r.dir, "copy")) }},
		{before: func(r *reader) {
			r.file("licenses/main.tf", terraformBlock(r.t, adoptGuide, 0))
		}, prints: []string{"18 to import, 0 to add, 0 to change, 0 to destroy", "18 imported"}},
	}},
	"docs/guides/drift-detection-in-ci.md": {steps: []pageStep{{before: func(r *reader) {
		r.configure(terraformBlock(r.t, "docs/guides/cookbook.md", administration))
		r.must("terraform init && terraform apply")
		r.drift(emulator.CustomerNordwind, "a05d3f91-7b68-4e2c-9c47-e13f80b6d5a2", 45)
	}, code: 2, prints: []string{"Changed outside of this configuration", "45 -> 43"}}}},
	"docs/guides/buying-safely.md": {steps: []pageStep{
		{before: func(r *reader) {
			r.configure(terraformBlock(r.t, "README.md", 0))
			r.must("terraform init && terraform apply")
			bought := r.emu.Purchases()[0]
			r.write = []string{"CUSTOMER_ID/SUBSCRIPTION_ID", bought.CustomerID + "/" + bought.SubscriptionID}
		}, prints: []string{"Import successful!"}},
		{before: func(r *reader) {
			r.configure(text(r.t, "examples/resources/partnercenter_cart/resource.tf") + "removed {\n  from = partnercenter_subscription.m365\n  lifecycle {\n    destroy = false\n  }\n}\n")
		}, prints: []string{"2 added"}},
	}},
	"docs/guides/reviewing-plans.md": {steps: []pageStep{
		{before: inRepository, prints: []string{"report", "explain"}},
		{before: func(r *reader) {
			r.configure(terraformBlock(r.t, "README.md", 0))
			r.must("cd " + r.dir + " && terraform init")
		}},
		{before: func(r *reader) { r.must("terraform show -json plan.tfplan > plan.json") }, code: 2, prints: []string{"7,020.00 EUR"}},
		{},
		{prints: []string{"cancellation window"}},
	}},
	"examples/policies/README.md": {steps: []pageStep{{before: func(r *reader) {
		r.configure(terraformBlock(r.t, "README.md", 0))
		r.must("terraform init")
	}}}},
	"docs/guides/trying-it-without-partner-center.md": {steps: []pageStep{
		{before: inRepository, prints: []string{"installed 0."}},
		{},
		{},
		{before: func(r *reader) {
			r.copy("modules/subscription", "module")
			r.must("cd " + filepath.Join(r.dir, "module"))
		}, prints: []string{"0 failed"}},
		{prints: []string{"0 failed"}},
	}},
	"docs/guides/trying-it-in-the-integration-sandbox.md": {emulator: []emulator.Option{emulator.WithBehaviour(func(b *emulator.Behaviour) { b.Sandbox = true })}, breaches: true, env: sandbox, steps: []pageStep{
		{code: 2, prints: []string{"sign-in"}},
		{},
		{before: func(r *reader) { r.write = []string{"CUSTOMER_ID", sandboxCustomer} }, code: 2},
		{code: 2},
		{},
		{code: 2, prints: []string{"contradicted"}},
	}},
	"docs/guides/cookbook.md": {steps: []pageStep{
		{before: func(r *reader) {
			grantMargin(r.t, r.emu)
			c := configuration{blocks: blocks(r.t, "docs/guides/cookbook.md")}
			c.blocks = keepLanguage(c.blocks, "terraform")
			c.write(r.t, r.dir, acctest.RequiredProviders+c.text())
			r.must("terraform init && terraform apply && terraform taint partnercenter_subscription.workplace")
		}, prints: []string{"successfully untainted"}},
		{prints: []string{"0 added, 0 changed, 0 destroyed"}},
	}},
	"docs/resources/customer.md":         {steps: []pageStep{{example: "examples/resources/partnercenter_customer/import.sh"}}},
	"docs/resources/license_quantity.md": {steps: []pageStep{{example: "examples/resources/partnercenter_license_quantity/import.sh"}}},
	"docs/resources/subscription.md":     {steps: []pageStep{{example: "examples/resources/partnercenter_subscription/import.sh"}}},
}

// administration is the cookbook's block that imports a subscription of the sample tenant.
const administration = 8

// sandboxCustomer has at most two subscriptions.
const sandboxCustomer = emulator.CustomerKaffeehaus

func inRepository(r *reader) {
	root, err := filepath.Abs(repository)
	if err != nil {
		r.t.Fatal(err)
	}
	r.must("cd " + root)
}

// credentials are the reader's own.
func credentials(emu *emulator.Server) []string {
	return []string{"PARTNERCENTER_TENANT_ID=" + emu.TenantID(), "PARTNERCENTER_CLIENT_ID=" + emulator.ClientID, "PARTNERCENTER_CLIENT_SECRET=" + emulator.ClientSecret}
}

func sandbox(emu *emulator.Server) []string {
	return append(credentials(emu), "PARTNERCENTER_ENDPOINT="+emu.URL, "PARTNERCENTER_AUTHORITY_HOST="+emu.URL, "PARTNERCENTER_SANDBOX_TENANT_ID="+emu.TenantID(), "PARTNERCENTER_PIN_ALLOWED_CUSTOMER_IDS="+sandboxCustomer)
}

// drift changes licenses as a colleague does in Partner Center.
func (r *reader) drift(customer, subscription string, licenses int) {
	r.t.Helper()
	if err := r.emu.Drift(customer, subscription, map[string]any{"quantity": licenses}); err != nil {
		r.t.Fatal(err)
	}
}

func keepLanguage(all []block, language string) []block {
	var kept []block
	for _, b := range all {
		if b.language == language {
			kept = append(kept, b)
		}
	}
	return kept
}
