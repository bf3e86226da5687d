// SPDX-License-Identifier: MPL-2.0

package partnercenter

import "testing"

func TestCheckInventory(t *testing.T) {
	body := `[{"productId": "DZH318Z0BQ3P", "skuId": "0039", "isRestricted": true, "restrictions": [{"reasonCode": "NotAvailableForSubscription",
		"description": "Not here.", "properties": {"type": "Location", "values": "japanwest"}}]},
		{"productId": "DZH318Z0BQ3P", "skuId": "000S", "isRestricted": false, "restrictions": []}]`
	c, s, _ := against(t, func(received) reply { return reply{status: 200, body: body} })
	got, err := c.CheckInventory(t.Context(), "US", InventoryRequest{TargetItems: []InventoryTarget{{ProductID: "DZH318Z0BQ3P"}}})
	if err != nil || len(got) != 2 {
		t.Fatalf("got %d, %v", len(got), err)
	}
	wantFilled(t, got[0])
	check(t, "property", got[0].Restrictions[0].Properties["values"], "japanwest")
	check(t, "request", s.requests[0].path+"?"+s.requests[0].query.Encode()+" "+s.requests[0].body,
		`/v1/extensions/product/checkInventory?country=US {"targetItems":[{"productId":"DZH318Z0BQ3P"}],"inventoryContext":{}}`)
}
