// SPDX-License-Identifier: MPL-2.0

package command

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// describe prints what a newcomer needs to use the server.
func describe(w io.Writer, s *emulator.Server) {
	fmt.Fprintf(w, "\nPartner Center emulator. Also https at %s (its authority: -cert-file). Stop it with Ctrl+C.\n", s.TLSURL)
	describeTenant(w, s.Index()["tenant"])
	fmt.Fprintf(w, `
Terraform or OpenTofu:

  terraform {
    required_providers {
      partnercenter = {
        source = "partnercenter-community/partnercenter"
      }
    }
  }

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
		if entries := kinds[kind]; len(entries) > 0 {
			fmt.Fprintf(w, "\n%s:\n\n", kind)
			describeEntries(w, entries)
		}
	}
}

// describeEntries prints a table with the ids first and the other members by name.
func describeEntries(w io.Writer, entries []map[string]any) {
	names := slices.SortedFunc(maps.Keys(entries[0]), func(a, b string) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a, b))
	})
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "  %s\n", strings.Join(names, "\t"))
	for _, entry := range entries {
		cells := make([]string, len(names))
		for i, name := range names {
			cells[i] = fmt.Sprint(entry[name])
		}
		fmt.Fprintf(table, "  %s\n", strings.Join(cells, "\t"))
	}
	_ = table.Flush()
}

// rank puts ids before names and names before the rest.
func rank(name string) int {
	switch {
	case name == "customerId":
		return 0
	case name == "id":
		return 1
	case strings.HasSuffix(name, "Id"):
		return 2
	case name == "name":
		return 3
	}
	return 4
}
