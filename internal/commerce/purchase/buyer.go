// SPDX-License-Identifier: MPL-2.0

package purchase

import (
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Buyer is what a purchase needs: the way to Partner Center, and what the run may spend and has bought.
type Buyer struct {
	Client *partnercenter.Client
	Ledger *spending.Ledger
	Claims *spending.Claims
	Quotes *Quotes         // carts priced for planned purchases; nil for none
	Asked  *spending.Quote // where ReserveAddition leaves the price that it has asked for; nil for nowhere
}
