// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"text/tabwriter"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// describe prints what a newcomer needs to use the server.
func describe(w io.Writer, s *emulator.Server) {
	fmt.Fprintf(w, "\nPartner Center emulator. Also https at %s (its authority: -cert-file). Stop it with Ctrl+C.\n", s.TLSURL)
	describeTenant(w, s.Index()["tenant"])
	fmt.Fprintf(w, `
Terraform:

  provider "partnercenter" {
    endpoint       = %[1]q
    authority_host = %[1]q
    tenant_id      = %[2]q
    client_id      = %[3]q
    client_secret  = %[4]q
  }

Control:

`, s.URL, s.TenantID(), emulator.ClientID, emulator.ClientSecret)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, route := range emulator.ControlRoutes() {
		fmt.Fprintf(table, "  %s\t%s\t%s\n", route.Method, route.Path, route.Purpose)
	}
	_ = table.Flush()
}

// describeTenant prints the ids of the tenant, one table for each kind.
func describeTenant(w io.Writer, index any) {
	kinds := map[string][]map[string]any{}
	encoded, err := json.Marshal(index)
	if err != nil || json.Unmarshal(encoded, &kinds) != nil {
		return // an index of another form is for GET /_emulator only
	}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		if len(kinds[kind]) == 0 {
			continue
		}
		fmt.Fprintf(w, "\n%s:\n\n", kind)
		table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		for _, entry := range kinds[kind] {
			fmt.Fprintf(table, "  %v", cmp.Or(entry["id"], any("")))
			for _, name := range slices.Sorted(maps.Keys(entry)) {
				if name != "id" {
					fmt.Fprintf(table, "\t%v", entry[name])
				}
			}
			fmt.Fprintln(table)
		}
		_ = table.Flush()
	}
}
