// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/provider"
)

const root = "../.."

var (
	snakeCase = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)
	// A path to a secret and the address that issues one are no secrets; an activation link opens the publisher's page for whoever has it.
	secretName = regexp.MustCompile(`(^|_)(secret|password|token|certificate|link)s?$`)
	variable   = regexp.MustCompile(`"([A-Z]+(?:_[A-Z]+)+)"`)
)

// offered is one thing of the provider: its kind as examples/ and docs/ call it, its name and its schema.
type offered struct {
	kind, name string
	schema     *tfprotov6.Schema
}

// schemas asks the provider for everything it offers, as a CLI does.
func schemas(t *testing.T) *tfprotov6.GetProviderSchemaResponse {
	t.Helper()
	server := providerserver.NewProtocol6(provider.New("test", "")())()
	got, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range got.Diagnostics {
		t.Errorf("%s: %s", d.Summary, d.Detail)
	}
	return got
}

func everything(t *testing.T) []offered {
	t.Helper()
	got := schemas(t)
	all := []offered{{kind: "provider", name: provider.TypeName, schema: got.Provider}}
	add := func(kind string, found map[string]*tfprotov6.Schema) {
		for _, name := range slices.Sorted(maps.Keys(found)) {
			all = append(all, offered{kind, name, found[name]})
		}
	}
	add("resources", got.ResourceSchemas)
	add("data-sources", got.DataSourceSchemas)
	add("ephemeral-resources", got.EphemeralResourceSchemas)
	add("list-resources", got.ListResourceSchemas)
	for _, name := range slices.Sorted(maps.Keys(got.ActionSchemas)) {
		all = append(all, offered{"actions", name, got.ActionSchemas[name].Schema})
	}
	return all
}

// attribute is an attribute with its place: the names above it, from the type's own.
type attribute struct {
	*tfprotov6.SchemaAttribute
	above []string
}

func (a attribute) String() string { return strings.Join(append(slices.Clone(a.above), a.Name), ".") }

func attributes(of []*tfprotov6.SchemaAttribute, above ...string) []attribute {
	var all []attribute
	for _, a := range of {
		all = append(all, attribute{a, above})
		if a.NestedType != nil {
			all = append(all, attributes(a.NestedType.Attributes, append(slices.Clone(above), a.Name)...)...)
		}
	}
	return all
}

func TestAttributes(t *testing.T) {
	for _, o := range everything(t) {
		t.Run(o.kind+"/"+o.name, func(t *testing.T) {
			if len(o.schema.Block.BlockTypes) > 0 {
				t.Error("has blocks: nested objects are nested attributes")
			}
			checkSentence(t, o.name, o.schema.Block.Description)
			for _, a := range attributes(o.schema.Block.Attributes, o.name) {
				checkAttribute(t, a)
			}
		})
	}
}

func checkAttribute(t *testing.T, a attribute) {
	t.Helper()
	if !snakeCase.MatchString(a.Name) {
		t.Errorf("%s is not in snake_case", a)
	}
	if a.Name != "timeouts" { // the library that makes it gives it no description, only its attributes
		checkSentence(t, a.String(), a.Description)
	}
	if secretName.MatchString(a.Name) && !a.Sensitive {
		t.Errorf("%s has the name of a secret, but is not Sensitive", a)
	}
	for _, own := range ownIDs(a.above[len(a.above)-1]) {
		if a.Name == own {
			t.Errorf("%s is its own id, which is called id", a)
		}
	}
	if isID := a.Name == "id" || strings.HasSuffix(a.Name, "_id"); isID && !a.Type.Is(tftypes.String) {
		t.Errorf("%s is an id, but no string", a)
	}
}

// ownIDs are the wrong names for the id of the object that an attribute stands in: a type, or an element of a list.
func ownIDs(parent string) []string {
	parent = strings.TrimPrefix(parent, provider.TypeName+"_")
	return []string{parent + "_id", strings.TrimSuffix(parent, "s") + "_id", strings.TrimSuffix(parent, "ies") + "y_id"}
}

func checkSentence(t *testing.T, name, description string) {
	t.Helper()
	if description == "" || !strings.HasSuffix(description, ".") || strings.TrimSpace(description) != description {
		t.Errorf("%s: its description is no sentence with a full stop: %q", name, description)
	}
}

func TestPluralDataSourcesListUnderTheirName(t *testing.T) {
	for _, o := range everything(t) {
		plural := strings.TrimPrefix(o.name, provider.TypeName+"_")
		if o.kind != "data-sources" && o.kind != "ephemeral-resources" || !strings.HasSuffix(plural, "s") {
			continue
		}
		if !slices.ContainsFunc(o.schema.Block.Attributes, func(a *tfprotov6.SchemaAttribute) bool { return a.Name == plural && a.Computed }) {
			t.Errorf("%s has no computed attribute %s", o.name, plural)
		}
	}
}

// TestEnvironmentVariables finds a variable that is read but not documented, and an attribute without the variable of its name.
func TestEnvironmentVariables(t *testing.T) {
	inConfigurationOnly := []string{"allowed_customer_ids", "spending_limit"} // what a reviewed file decides, not the environment of a job
	var documented strings.Builder
	for _, a := range schemas(t).Provider.Block.Attributes {
		documented.WriteString(a.Description)
		own := "`PARTNERCENTER_" + strings.ToUpper(a.Name) + "`"
		if named := strings.Contains(a.Description, "Environment: "+own); named == slices.Contains(inConfigurationOnly, a.Name) {
			t.Errorf("%s: its description should name %s first among its environment variables, unless it is one of %s", a.Name, own, inConfigurationOnly)
		}
	}
	source, err := os.ReadFile("../settings/variables.go")
	if err != nil {
		t.Fatal(err)
	}
	read := variable.FindAllStringSubmatch(string(source), -1)
	if len(read) == 0 {
		t.Fatal("settings reads no environment variables any more: this test has to look elsewhere")
	}
	for _, found := range read {
		if !strings.Contains(documented.String(), "`"+found[1]+"`") {
			t.Errorf("%s is read, but no attribute names it", found[1])
		}
	}
}

// exampleFiles are the examples that the documentation generator looks for, by kind.
var exampleFiles = map[string][]string{
	"provider":            {"provider.tf"},
	"resources":           {"resource.tf"},
	"data-sources":        {"data-source.tf"},
	"ephemeral-resources": {"ephemeral-resource.tf"},
	"list-resources":      {"list-resource.tfquery.hcl"},
	"actions":             {"action.tf"},
	"functions":           {"function.tf"},
}

// TestExamplesAndPages finds types without an example or a documentation page, and those of types that are gone.
func TestExamplesAndPages(t *testing.T) {
	wanted := []string{"docs/index.md", "examples/demo"}
	add := func(kind, name, page string) {
		folder := "examples/" + kind
		if kind != "provider" {
			folder += "/" + name
			wanted = append(wanted, fmt.Sprintf("docs/%s/%s.md", kind, page))
		}
		for _, file := range exampleFiles[kind] {
			wanted = append(wanted, folder+"/"+file)
		}
	}
	for _, o := range everything(t) {
		add(o.kind, o.name, strings.TrimPrefix(o.name, provider.TypeName+"_"))
	}
	for _, name := range importable(t) {
		wanted = append(wanted, "examples/resources/"+name+"/import.sh")
	}
	for name := range schemas(t).Functions {
		add("functions", name, name)
	}
	for _, path := range wanted {
		if _, err := os.Stat(filepath.Join(root, path)); err != nil {
			t.Errorf("%s is missing", path)
		}
	}
	for _, path := range append(glob(t, "examples/*/"+provider.TypeName+"_*"), glob(t, "docs/*/*.md")...) {
		belongs := func(w string) bool { return w == path || strings.HasPrefix(w, path+"/") }
		if !strings.HasPrefix(path, "docs/guides/") && !slices.ContainsFunc(wanted, belongs) {
			t.Errorf("%s belongs to nothing that the provider offers", path)
		}
	}
}

// importable are the resources that can be imported, which their schema does not tell.
func importable(t *testing.T) []string {
	t.Helper()
	var names []string
	for _, construct := range provider.New("test", "")().Resources(t.Context()) {
		r, ok := construct().(resource.ResourceWithImportState)
		if ok {
			var metadata resource.MetadataResponse
			r.Metadata(t.Context(), resource.MetadataRequest{ProviderTypeName: provider.TypeName}, &metadata)
			names = append(names, metadata.TypeName)
		}
	}
	return names
}

func glob(t *testing.T, pattern string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(pattern)))
	if err != nil {
		t.Fatal(err)
	}
	for i := range found {
		relative, err := filepath.Rel(root, found[i])
		if err != nil {
			t.Fatal(err)
		}
		found[i] = filepath.ToSlash(relative)
	}
	return found
}
