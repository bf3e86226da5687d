// SPDX-License-Identifier: MPL-2.0

package sample

import (
	"fmt"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// FillLarge is Fill with so many further customers that hold so many subscriptions each.
func FillLarge(w *world.World, further, each int) {
	Fill(w)
	b := seeder{w, w.Now()}
	for n := range further {
		w.Tenant.Customers = append(w.Tenant.Customers, b.large(n, each))
	}
}

// LargeCustomer is the id of the nth further customer of FillLarge, LargeSubscription of its mth subscription.
func LargeCustomer(n int) string { return fmt.Sprintf("%s%012d", firstLargeCustomer, n) }

// LargeSubscription is the id of the mth subscription of the nth further customer of FillLarge.
func LargeSubscription(n, m int) string { return fmt.Sprintf("%s%06d%06d", firstLargeSubscript, n, m) }

func (b seeder) large(n, subscriptions int) *world.Customer {
	countries := []string{"DE", "FR", "NL", "AT", "CH", "GB"}
	c := &world.Customer{ID: LargeCustomer(n), Name: fmt.Sprintf("Betrieb %04d GmbH", n), Domain: fmt.Sprintf("betrieb%04d.onmicrosoft.com", n),
		Country: countries[n%len(countries)], City: "Musterstadt", Street: fmt.Sprintf("Ring %d", n), PostalCode: "10000",
		FirstName: "Kim", LastName: fmt.Sprintf("Muster %04d", n), Email: fmt.Sprintf("it@betrieb%04d.example", n), Culture: "de-DE", Language: "de"}
	complete(c, n, b.now)
	skus := []string{ProductOffice + ":0001", ProductMailGuard + ":0001", ProductBackup + ":0001", ProductOfficePlus + ":0001"}
	for m := range subscriptions {
		b.w.AddPastPurchase(c, world.PastPurchase{ID: LargeSubscription(n, m), SKU: skus[m%len(skus)], Name: fmt.Sprintf("Betrieb %04d %02d", n, m),
			Duration: "P1Y", Cycle: "monthly", Quantity: 1 + (n+m)%40, Ago: 30 * day * time.Duration(1+(n+m)%11)})
	}
	return c
}
