// SPDX-License-Identifier: MPL-2.0

// Command schema prints every schema of the provider as `terraform providers schema -json` would, for the documentation generator.
//
// It asks the provider itself rather than a CLI: Terraform before 1.14 leaves out actions and list resources, OpenTofu too, so what
// they print, and with it the documentation, would depend on what happens to be installed.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/provider"
)

func main() {
	server := providerserver.NewProtocol6(provider.New("docs", "")())()
	schemas, err := read(context.Background(), server, provider.TypeName)
	if err != nil {
		log.Fatal(err)
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(schemas); err != nil {
		log.Fatal(err)
	}
}

// read asks the server for its schemas and returns them under the name the documentation generator looks for.
func read(ctx context.Context, server tfprotov6.ProviderServer, name string) (*document, error) {
	schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return nil, fmt.Errorf("reading the schemas: %w", err)
	}
	identities, err := server.GetResourceIdentitySchemas(ctx, &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		return nil, fmt.Errorf("reading the identity schemas: %w", err)
	}
	if err := diagnosticsError(append(schemas.Diagnostics, identities.Diagnostics...)); err != nil {
		return nil, err
	}
	return &document{FormatVersion: "1.0", Schemas: map[string]providerSchema{name: {
		Provider:    fromSchema(schemas.Provider),
		Resources:   convert(schemas.ResourceSchemas, fromSchema),
		DataSources: convert(schemas.DataSourceSchemas, fromSchema),
		Ephemeral:   convert(schemas.EphemeralResourceSchemas, fromSchema),
		Lists:       convert(schemas.ListResourceSchemas, fromSchema),
		Actions: convert(schemas.ActionSchemas, func(a *tfprotov6.ActionSchema) schema {
			return fromSchema(a.Schema)
		}),
		Functions:  convert(schemas.Functions, fromFunction),
		Identities: convert(identities.IdentitySchemas, fromIdentity),
	}}}, nil
}

func diagnosticsError(diagnostics []*tfprotov6.Diagnostic) error {
	var found []error
	for _, d := range diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			found = append(found, fmt.Errorf("%s: %s", d.Summary, d.Detail))
		}
	}
	return errors.Join(found...)
}

func convert[From, To any](from map[string]From, one func(From) To) map[string]To {
	to := make(map[string]To, len(from))
	for name, value := range from {
		to[name] = one(value)
	}
	return to
}
