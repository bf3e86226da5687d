// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"fmt"
	"time"
)

// LargeTenant is the sample tenant with so many further customers that hold so many subscriptions each.
func LargeTenant(customers, subscriptions int) Option {
	return func(s *Server) {
		s.build = func(s *Server) *Tenant {
			t := sampleTenant(s)
			b := seeder{s, s.now()}
			for n := range customers {
				t.Customers = append(t.Customers, b.large(n, subscriptions))
			}
			return t
		}
	}
}

// LargeCustomer is the id of the nth further customer of LargeTenant, LargeSubscription of its mth subscription.
func LargeCustomer(n int) string { return fmt.Sprintf("%s%012d", firstLargeCustomer, n) }

// LargeSubscription is the id of the mth subscription of the nth further customer of LargeTenant.
func LargeSubscription(n, m int) string { return fmt.Sprintf("%s%06d%06d", firstLargeSubscript, n, m) }

func (b seeder) large(n, subscriptions int) *Customer {
	countries := []string{"DE", "FR", "NL", "AT", "CH", "GB"}
	c := &Customer{ID: LargeCustomer(n), Name: fmt.Sprintf("Betrieb %04d GmbH", n), Domain: fmt.Sprintf("betrieb%04d.onmicrosoft.com", n),
		Country: countries[n%len(countries)], City: "Musterstadt", Street: fmt.Sprintf("Ring %d", n), PostalCode: "10000",
		FirstName: "Kim", LastName: fmt.Sprintf("Muster %04d", n), Email: fmt.Sprintf("it@betrieb%04d.example", n), Culture: "de-DE", Language: "de"}
	complete(c, n, b.now)
	skus := []string{ProductOffice + ":0001", ProductMailGuard + ":0001", ProductBackup + ":0001", ProductOfficePlus + ":0001"}
	for m := range subscriptions {
		b.sell(c, seed{id: LargeSubscription(n, m), sku: skus[m%len(skus)], name: fmt.Sprintf("Betrieb %04d %02d", n, m),
			duration: "P1Y", cycle: "monthly", quantity: 1 + (n+m)%40, ago: 30 * day * time.Duration(1+(n+m)%11)})
	}
	return c
}
