// SPDX-License-Identifier: MPL-2.0

package catalog

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework/frameworktest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

func TestTheOne(t *testing.T) {
	listed := []partnercenter.Product{
		{ID: "1", Title: "Vault", PublisherName: "Kestrel"}, {ID: "2", Title: "vault ", PublisherName: "Tresor"}, {ID: "3", Title: "Vault Pro", PublisherName: "Tresor"},
	}
	for name, test := range map[string]struct {
		title, publisher string
		want             string // the id, or part of the error
	}{
		"title":                {"vault pro", "", "3"},
		"title and publisher":  {"VAULT", "tresor", "2"},
		"two of a title":       {"Vault", "", `2 products have the title "Vault": 1 (Kestrel), 2 (Tresor). Name one of them by its ID, or add publisher_name`},
		"no such title":        {"Va", "", `no product has the title "Va", among the 3 listed`},
		"another publisher":    {"Vault Pro", "Kestrel", "publisher_name has to be the whole name"},
		"part of a publisher":  {"Vault Pro", "Tre", "publisher_name has to be the whole name"},
		"not only by the name": {"Vault Pro", "Tresor", "3"},
	} {
		t.Run(name, func(t *testing.T) {
			config := productDataModel{}
			config.Title, config.PublisherName = types.StringValue(test.title), types.StringNull()
			if test.publisher != "" {
				config.PublisherName = types.StringValue(test.publisher)
			}
			got, err := theOne(&config, listed)
			if err != nil && !strings.Contains(err.Error(), test.want) || err == nil && got.ID != test.want {
				t.Errorf("got %v, %v", got, err)
			}
		})
	}
}

func TestParseCatalogItemID(t *testing.T) {
	for id, want := range map[string]string{
		"DZH318Z0MG7P:0001:DZH318ZK2WQX":       `"DZH318Z0MG7P" "0001" "DZH318ZK2WQX"`,
		"CFQ7TTC0BW1S:000J":                    `"CFQ7TTC0BW1S" "000J" <null>`,
		"":                                     "it has 1 parts",
		"DZH318Z0MG7P":                         "it has 1 parts",
		"a:b:c:d":                              "it has 4 parts",
		"DZH318Z0MG7P:0001:":                   `"" is no ID of an availability`,
		"DZH318Z0MG7:0001:DZH318ZK2WQX":        `"DZH318Z0MG7" is no ID of a product, which has 12 letters and digits`,
		"DZH318Z0MG7P:1:DZH318ZK2WQX":          `"1" is no ID of a SKU, which has 4 letters and digits`,
		"91fd106f-4b2c-4938-95ac-f54f74e9a239": "is the ID of a legacy offer",
	} {
		item, err := parseCatalogItemID(id)
		got := item.ProductID.String() + " " + item.SkuID.String() + " " + item.AvailabilityID.String()
		if err != nil {
			got = err.Error()
		}
		if err == nil && got != want || !strings.Contains(got, want) {
			t.Errorf("%q: got %s, want %s", id, got, want)
		}
	}
}

// TestMapping finds attributes that nothing fills.
func TestMapping(t *testing.T) {
	for name, model := range map[string]any{
		"availability":    availabilityFromAPI(frameworktest.Filled[partnercenter.Availability]()),
		"promotion error": promotionErrorFromAPI(frameworktest.Filled[partnercenter.PromotionEligibilityError]()),
	} {
		if got := frameworktest.Missing(model); len(got) > 0 {
			t.Errorf("%s: nothing fills %s", name, got)
		}
	}
}
