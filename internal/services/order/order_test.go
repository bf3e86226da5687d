// SPDX-License-Identifier: MPL-2.0

package order_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

func orders(name, customer string, lines ...string) string {
	return fmt.Sprintf("data \"partnercenter_orders\" %q {\n  customer_id = %q\n  %s\n}\n", name, customer, strings.Join(lines, "\n  "))
}

func order(customer, id string) string {
	return fmt.Sprintf("data \"partnercenter_order\" \"test\" {\n  customer_id = %q\n  id = %s\n}\n", customer, id)
}

func expect(name string, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue("data.partnercenter_orders."+name, tfjsonpath.New("orders"), want)
}

func object(attributes map[string]knownvalue.Check) knownvalue.Check {
	return knownvalue.ObjectPartial(attributes)
}

func text(s string) knownvalue.Check { return knownvalue.StringExact(s) }

func TestAccOrders(t *testing.T) {
	emu := acctest.New(t)
	about := func(id string) string { return `subscription_id = "` + id + `"` }
	first := func(name string, attributes map[string]knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("data.partnercenter_orders."+name, tfjsonpath.New("orders").AtSliceIndex(0), object(attributes))
	}
	acctest.Run(t, emu, resource.TestStep{
		Config: orders("all", emulator.CustomerNordwind) +
			orders("user", emulator.CustomerNordwind, `transaction_type = "userpurchase"`, about(emulator.SubscriptionOffice)) +
			orders("system", emulator.CustomerNordwind, `transaction_type = "SystemBilling"`, `status = "Completed"`, `billing_type = "monthly"`) +
			orders("annual", emulator.CustomerNordwind, `billing_type = "annual"`) +
			orders("once", emulator.CustomerPrairie, `billing_type = "onetime"`) +
			orders("legacy", emulator.CustomerPrairie, about(strings.ToLower(emulator.SubscriptionLegacy))) +
			orders("reseller", emulator.CustomerAtelier, about(emulator.SubscriptionReseller)) +
			orders("trial", emulator.CustomerAtelier, about(emulator.SubscriptionTrial)) +
			orders("review", emulator.CustomerNordwind, `status = "pending_review"`) +
			orders("none", emulator.CustomerKaffeehaus),
		ConfigStateChecks: []statecheck.StateCheck{
			expect("all", knownvalue.ListSizeExact(10)),
			expect("user", knownvalue.ListSizeExact(2)),
			statecheck.ExpectKnownValue("data.partnercenter_orders.user", tfjsonpath.New("orders").AtSliceIndex(1).AtMapKey("line_items").AtSliceIndex(0),
				object(map[string]knownvalue.Check{
					"line_item_number": knownvalue.Int64Exact(0), "transaction_type": text("addQuantity"), "quantity": knownvalue.Int64Exact(3),
					"subscription_id": text(emulator.SubscriptionOffice), "friendly_name": text("Verwaltung"), "term_duration": text("P1Y"),
					"parent_subscription_id": knownvalue.Null(), "custom_term_end_date": knownvalue.Null(), "promotion_id": knownvalue.Null(),
					"provisioning_context": knownvalue.Null(), "renews_to": knownvalue.Null(), "attestation_accepted": knownvalue.Null(),
					"pricing": object(map[string]knownvalue.Check{"price": text("11.7"), "extended_price": knownvalue.StringRegexp(regexp.MustCompile(`^[0-9.]+$`))}),
				})),
			expect("system", knownvalue.ListSizeExact(2)),
			expect("annual", knownvalue.ListExact(nil)),
			expect("once", knownvalue.ListSizeExact(1)),
			first("once", map[string]knownvalue.Check{"billing_cycle": text("one_time"), "currency_code": text("USD"), "status": text("completed")}),
			first("legacy", map[string]knownvalue.Check{"creation_date": knownvalue.StringRegexp(regexp.MustCompile(`Z$`))}),
			first("reseller", map[string]knownvalue.Check{"line_items": knownvalue.ListExact([]knownvalue.Check{
				object(map[string]knownvalue.Check{"partner_id_on_record": text(emulator.ResellerLoire), "additional_partner_ids_on_record": knownvalue.ListExact(nil)}),
			})}),
			expect("trial", knownvalue.ListSizeExact(1)),
			expect("review", knownvalue.ListExact(nil)),
			expect("none", knownvalue.ListExact(nil)),
		},
	})
	if n := emu.Count(http.MethodGet, "orders"); n == 0 {
		t.Error("no list of orders was asked for")
	}
}

func TestAccOrder(t *testing.T) {
	subscription := fmt.Sprintf("data \"partnercenter_subscription\" \"test\" {\n  customer_id = %q\n  id = %q\n}\n", emulator.CustomerNordwind, emulator.SubscriptionMailGuard)
	value := func(attribute string, want knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue("data.partnercenter_order.test", tfjsonpath.New(attribute), want)
	}
	acctest.Run(t, acctest.New(t), resource.TestStep{
		Config: subscription + order(emulator.CustomerNordwind, "data.partnercenter_subscription.test.order_id"),
		ConfigStateChecks: []statecheck.StateCheck{
			value("status", text("completed")), value("transaction_type", text("UserPurchase")), value("billing_cycle", text("monthly")),
			value("total_price", text("518.4")), value("currency_code", text("EUR")), value("currency_symbol", text("€")),
			value("line_items", knownvalue.ListExact([]knownvalue.Check{object(map[string]knownvalue.Check{
				"offer_id": knownvalue.StringRegexp(regexp.MustCompile("^" + emulator.ProductMailGuard + ":0001:")), "quantity": knownvalue.Int64Exact(12),
			})})),
		},
	})
}

func TestAccOrders_refused(t *testing.T) {
	acctest.Run(t, acctest.New(t), acctest.Refused(map[string]string{
		`HTTP 404 Not Found, code 20000`:            order(emulator.CustomerNordwind, `"nothing"`),
		`may not be visible for up to 15 minutes`:   order(emulator.CustomerNordwind, `"3F9C21AB07DE"`),
		`a customer ID is a GUID`:                   orders("x", "nordwind"),
		`there is no such tenant`:                   orders("x", emulator.CustomerUnknown),
		`The customer has no reseller relationship`: orders("x", emulator.CustomerAltstadt),
		`code 900126`:                               orders("x", emulator.CustomerNordwind, `billing_type = "weekly"`),
	})...)
}
