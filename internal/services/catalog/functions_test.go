// SPDX-License-Identifier: MPL-2.0

package catalog_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
)

func output(expression string) string { return "output \"x\" {\n  value = " + expression + "\n}\n" }

func TestAccCatalogItemID(t *testing.T) {
	const parse, join = "provider::partnercenter::parse_catalog_item_id", "provider::partnercenter::catalog_item_id"
	returns := func(expression string, want knownvalue.Check) resource.TestStep {
		return resource.TestStep{Config: output(expression), ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("x", want)}}
	}
	steps := []resource.TestStep{
		returns(parse+`("DZH318Z0MG7P:0001:DZH318ZK2WQX")`, knownvalue.ObjectExact(map[string]knownvalue.Check{
			"product_id": text("DZH318Z0MG7P"), "sku_id": text("0001"), "availability_id": text("DZH318ZK2WQX"),
		})),
		returns(parse+`("DZH318Z0MG7P:0001").availability_id == null`, knownvalue.Bool(true)),
		returns(join+`("DZH318Z0MG7P", "0001", "DZH318ZK2WQX")`, text("DZH318Z0MG7P:0001:DZH318ZK2WQX")),
		returns(join+`("DZH318Z0MG7P", "0001")`, text("DZH318Z0MG7P:0001")),
		returns(join+`("DZH318Z0MG7P", "0001", compact([`+parse+`("DZH318Z0MG7P:0001").availability_id])...)`, text("DZH318Z0MG7P:0001")),
	}
	acctest.Run(t, acctest.New(t), append(steps, acctest.Refused(map[string]string{
		`Invalid value for "catalog_item_id" parameter: "abc" does not have the form product:sku:availability`:   output(parse + `("abc")`),
		`Invalid value for "sku_id" parameter: "1" is no ID of a SKU, which has 4 letters and digits.`:           output(join + `("DZH318Z0MG7P", "1")`),
		`Invalid value for "product_id" parameter: "91fd106f-4b2c-4938-95ac-f54f74e9a239" is no ID of a product`: output(join + `("91fd106f-4b2c-4938-95ac-f54f74e9a239", "0001")`),
		`a catalog item has one availability, and 2 were given`:                                                  output(join + `("DZH318Z0MG7P", "0001", "DZH318ZK2WQX", "DZH318ZK2WQY")`),
		`Invalid value for "availability_id" parameter: "1" is no ID of an availability`:                         output(join + `("DZH318Z0MG7P", "0001", "1")`),
	})...)...)
}
