// SPDX-License-Identifier: MPL-2.0

package main

import (
	"strings"
	"testing"
)

func TestFolder(t *testing.T) {
	for name, tt := range map[string]struct{ printed, want string }{
		"a purchase": {
			printed: `
Terraform used the selected providers to generate the following execution
plan. Resource actions are indicated with the following symbols:
  + create

Terraform will perform the following actions:

  # x.a will be created
  + resource "x" "a" {
      + actions     = (known after apply)
      + id          = (known after apply)
      + price_limit = {
          + currency = "EUR"
        }
      + quantity    = 25
      + status      = (known after apply)
    }

Plan: 1 to add, 0 to change, 0 to destroy.
`,
			want: `  # x.a will be created
  + resource "x" "a" {
      + price_limit = {
          + currency = "EUR"
        }
      + quantity    = 25
        # (3 attributes known after apply)
    }

Plan: 1 to add, 0 to change, 0 to destroy.
`,
		},
		"a change": {
			printed: `  ~ resource "x" "a" {
        id       = "1"
      ~ quantity = 14 -> 10
      ~ refund   = {
          ~ details = [
              - {
                  - quantity = 10 -> null
                },
            ] -> (known after apply)
        } -> (known after apply)
      ~ name     = "before" -> "after"
        # (2 unchanged attributes hidden)
    }
`,
			want: `  ~ resource "x" "a" {
        id       = "1"
      ~ quantity = 14 -> 10
      ~ name     = "before" -> "after"
        # (2 unchanged attributes hidden)
        # (1 attribute known after apply)
    }
`,
		},
		"the end of a subscription": {
			printed: `  - resource "x" "a" {
      - friendly_name = "mail" -> null
      - id            = "1" -> null
      - prices        = [
          - {
              - unit = "1" -> null
            },
        ] -> null
      - quantity      = 30 -> null
    }
`,
			want: `  - resource "x" "a" {
      - friendly_name = "mail" -> null
      - quantity      = 30 -> null
        # (2 more attributes)
    }
`,
		},
		"colors and line ends of Windows": {
			printed: "\x1b[1m  # x.a\x1b[0m will be created\r\n  \x1b[32m+\x1b[0m resource \"x\" \"a\" {\r\n      \x1b[32m+\x1b[0m id = (known after apply)\r\n    }\r\n",
			want:    "\x1b[1m  # x.a\x1b[0m will be created\n  \x1b[32m+\x1b[0m resource \"x\" \"a\" {\n        # (1 attribute known after apply)\n    }\n",
		},
		"what is not a plan": {
			printed: "\n\nx.a: Creating...\n\n\n\nOutputs:\n\nid = (known after apply)\nno end",
			want:    "x.a: Creating...\n\nOutputs:\n\nid = (known after apply)\nno end\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			for _, size := range []int{1, 7, len(tt.printed)} {
				var out strings.Builder
				f := &shortened{out: &out}
				for rest := tt.printed; rest != ""; {
					n := min(size, len(rest))
					if _, err := f.Write([]byte(rest[:n])); err != nil {
						t.Fatal(err)
					}
					rest = rest[n:]
				}
				if err := f.Close(); err != nil {
					t.Fatal(err)
				}
				if got := unindented(out.String()); got != tt.want {
					t.Errorf("written %d bytes at a time: got\n%s\nwant\n%s", size, got, tt.want)
				}
			}
		})
	}
}

// unindented takes away the two spaces by which everything a CLI says is set off.
func unindented(text string) string {
	return strings.ReplaceAll(strings.TrimPrefix(text, "  "), "\n  ", "\n")
}
