// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Content stands for all that the checkout of the cart would buy: lines, add-ons, quantities, terms, resellers, prices. It is the same for
// the same content, whatever the service changes beside it. A plan keeps it, so that apply buys what was planned.
func (c *PricedCart) Content() string { return CartContent(c.cart) }

// CartContent is Content for a cart that was read.
func CartContent(cart *partnercenter.Cart) string {
	encoded, err := json.Marshal(boughtBy(cart.LineItems))
	if err != nil {
		return "" // text and numbers always encode
	}
	sum := sha256.Sum256(encoded)
	return "sha256:" + hex.EncodeToString(sum[:8])
}

// boughtLine is what of a cart line decides about what is bought, and for how much.
type boughtLine struct {
	ID                     partnercenter.Int
	Item, Name             string
	Quantity               partnercenter.Int
	Term, Billing          string
	Promotion, End, Renews string
	Participants           []partnercenter.KeyValue
	Context                map[string]string
	Unit, Total, Currency  string
	Addons                 []boughtLine
}

func boughtBy(lines []partnercenter.CartLine) []boughtLine {
	var all []boughtLine
	for _, line := range lines {
		one := boughtLine{
			ID: line.ID, Item: line.CatalogItemID, Name: line.FriendlyName, Quantity: line.Quantity,
			Term: strings.ToUpper(line.TermDuration), Billing: strings.ToLower(line.BillingCycle), Promotion: line.PromotionID,
			Participants: line.Participants, Context: line.ProvisioningContext, Currency: strings.ToUpper(line.CurrencyCode), Addons: boughtBy(line.AddonItems),
		}
		if !line.CustomTermEndDate.IsZero() {
			one.End = line.CustomTermEndDate.UTC().String()
		}
		if line.RenewsTo != nil {
			one.Renews = line.RenewsTo.TermDuration
		}
		if line.Pricing != nil && line.Pricing.Price != nil {
			one.Unit = line.Pricing.Price.String()
		}
		if line.Pricing != nil && line.Pricing.ExtendedPrice != nil {
			one.Total = line.Pricing.ExtendedPrice.String()
		}
		all = append(all, one)
	}
	return all
}
