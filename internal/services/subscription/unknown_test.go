// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation/terraform"
)

// later is a value that another resource brings in the apply.
const later = tftypes.UnknownValue

// notKnownYet plans a block with values that are not known yet, and applies it with those that come then.
func (c *cell) notKnownYet(address string, block, then configuration) *terraform.Outcome {
	c.workspace.Blocks[address] = block
	return c.workspace.Apply(func(*terraform.Outcome) { maps.Copy(block, then) })
}

// A member of an object or a map that is not known yet keeps the price out of the plan, and stops nothing. At apply it counts.
func TestSubscription_unknownMembers(t *testing.T) {
	t.Parallel()
	context := func(value any) map[string]tftypes.Value {
		return map[string]tftypes.Value{"known": textValue("one"), "later": tftypes.NewValue(tftypes.String, value)}
	}
	limit := func(total, currency any) configuration { return configuration{"total": total, "currency": currency} }
	for name, test := range map[string]struct {
		attribute   string
		plan, apply any
		refused     string
	}{
		"provisioning_context":          {"provisioning_context", context(later), context("two"), ""},
		"renews_to":                     {"renews_to", configuration{"term_duration": later}, configuration{"term_duration": "P1Y"}, ""},
		"total":                         {"price_limit", limit(later, "EUR"), limit("9000.00", "EUR"), ""},
		"currency":                      {"price_limit", limit("9000.00", later), limit("9000.00", "EUR"), ""},
		"a total that is too small":     {"price_limit", limit(later, "EUR"), limit("1.00", "EUR"), "Price above price_limit"},
		"a currency that is not theirs": {"price_limit", limit("9000.00", later), limit("9000.00", "USD"), "Price limit in another currency"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := cellOf(t, "nce", func(*emulator.Behaviour) {})
			block := configuration{"customer_id": emulator.CustomerKaffeehaus, "product_id": emulator.ProductArchive, "sku_id": "0001", "quantity": 3, "friendly_name": "one", test.attribute: test.plan}
			got := c.notKnownYet(siteAddress, block, configuration{test.attribute: test.apply})
			says := strings.Join(got.Changes[siteAddress].Warnings, "\n")
			if !strings.Contains(says, "Price unknown: purchase of 3 licenses") || !strings.Contains(says, test.attribute+" is known only during apply") {
				t.Errorf("it warns of %q", says)
			}
			if test.refused != "" {
				expectProblem(t, got, "at apply", test.refused)
			} else if problems := got.Problems(); len(problems) > 0 {
				t.Error(problems)
			}
			if n := len(c.emu.Purchases()); (n == 1) != (test.refused == "") {
				t.Errorf("%d are bought", n)
			}
		})
	}
}

// What is not known yet may turn out to be as it is: whatever the subscription is, the plan waits for it, and apply refuses another value as
// a plan does.
func TestSubscription_unknownOfWhatCannotChange(t *testing.T) {
	t.Parallel()
	const ended = "nce, ended"
	others := map[string]any{"quantity": 44, "friendly_name": "another", "customer_id": emulator.CustomerPrairie, "product_id": emulator.ProductArchive}
	for family, refusal := range map[string]string{"saas_unactivated": "Subscription is not activated yet", "nce_suspended": "not possible", ended: "Subscription has ended", "nce": ""} {
		for attribute, other := range others {
			t.Run(family+" "+attribute, func(t *testing.T) {
				t.Parallel()
				name, _, _ := strings.Cut(family, ",")
				c := cellOf(t, name, func(*emulator.Behaviour) {})
				delete(c.configuration, "suspended")
				if family == ended {
					if err := c.emu.Drift(c.customer, c.id, map[string]any{"status": "deleted"}); err != nil {
						t.Fatal(err)
					}
				}
				c.configuration["deletion_policy"] = "abandon"
				if problems := c.apply().Problems; len(problems) > 0 {
					t.Fatal(problems)
				}
				c.emu.ForgetRequests()
				stays := c.configuration[attribute]
				c.configuration[attribute] = later
				if problems := c.notKnownYet(cellAddress, c.configuration, configuration{attribute: stays}).Problems(); len(problems) > 0 {
					t.Errorf("it turns out to be as it is, and is refused: %v", problems)
				}
				expectNoChanges(t, c)
				if refusal == "" || strings.HasSuffix(attribute, "_id") { // another of these would be a replacement, which the workspace does not plan at apply
					return
				}
				c.configuration[attribute] = later
				expectProblem(t, c.notKnownYet(cellAddress, c.configuration, configuration{attribute: other}), "at apply", refusal)
				expectNoChanges(t, c)
			})
		}
	}
}

func expectNoChanges(t *testing.T, c *cell) {
	t.Helper()
	if n := c.emu.Count("PATCH", "customers/*/subscriptions/*"); n > 0 {
		t.Errorf("%d changes were sent", n)
	}
}

// More licenses have their price and their limit, whatever else of the subscription is not known yet; where their number is not known, the plan
// says so, and apply looks at the limit.
func TestSubscription_unknownBesideMoreLicenses(t *testing.T) {
	t.Parallel()
	limit := func(total string) configuration { return configuration{"total": total, "currency": "EUR"} }
	into := configuration{"product_id": emulator.ProductOffice, "sku_id": "0001", "term_duration": "P1Y", "billing_cycle": "monthly", "quantity": 43}
	for name, test := range map[string]struct {
		block   configuration // with what is not known yet
		then    configuration
		warns   string
		refused string
	}{
		"customer_id":                     {configuration{"customer_id": later, "quantity": 46, "price_limit": limit("421.20")}, configuration{"customer_id": emulator.CustomerNordwind}, "", ""},
		"customer_id, above the limit":    {configuration{"customer_id": later, "quantity": 46, "price_limit": limit("421.19")}, nil, "", "at plan: Price above price_limit"},
		"customer_id, and the next term":  {configuration{"customer_id": later, instructions: into}, configuration{"customer_id": emulator.CustomerNordwind}, "", ""},
		"quantity":                        {configuration{"quantity": later, "price_limit": limit("421.20")}, configuration{"quantity": 46}, "purchase of an unknown number of licenses more", ""},
		"quantity, above the limit":       {configuration{"quantity": later, "price_limit": limit("421.19")}, configuration{"quantity": 46}, "purchase of an unknown number of licenses more", "at apply: Price above price_limit"},
		"quantity, without quotes":        {configuration{"quantity": later, "price_limit": limit("421.19")}, configuration{"quantity": 46}, "purchase of an unknown number of licenses more", "at apply"},
		"term_duration":                   {configuration{"term_duration": later}, configuration{"term_duration": "P1Y"}, "purchase of a term that is not known yet for 43 licenses", ""},
		"billing_cycle":                   {configuration{"billing_cycle": later, "quantity": 46}, configuration{"billing_cycle": "monthly"}, "purchase of 3 licenses more", ""},
		"billing_cycle alone":             {configuration{"billing_cycle": later}, configuration{"billing_cycle": "monthly"}, "", ""},
		"billing_cycle, another term":     {configuration{"billing_cycle": later, "term_duration": "P3Y"}, configuration{"billing_cycle": "monthly"}, "purchase of another term for 43 licenses", ""},
		"a member of the limit":           {configuration{"quantity": 46, "price_limit": configuration{"total": later, "currency": "EUR"}}, configuration{"price_limit": limit("421.20")}, "", ""},
		"a member of the limit, too low":  {configuration{"quantity": 46, "price_limit": configuration{"total": later, "currency": "EUR"}}, configuration{"price_limit": limit("421.19")}, "", "at apply: Price above price_limit"},
		"a value of provisioning_context": {configuration{"quantity": 46, "provisioning_context": map[string]tftypes.Value{"x": tftypes.NewValue(tftypes.String, later)}}, configuration{"provisioning_context": map[string]tftypes.Value{"x": textValue("one")}}, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := cellOf(t, "nce", func(*emulator.Behaviour) {})
			c.workspace.Settings["quote_prices"] = !strings.HasSuffix(name, "without quotes")
			block := c.configuration.Clone()
			maps.Copy(block, test.block)
			got := c.notKnownYet(cellAddress, block, test.then)
			if says := strings.Join(got.Changes[cellAddress].Warnings, "\n"); test.warns != "" && !strings.Contains(says, "Price unknown: "+test.warns) || test.warns == "" && strings.Contains(says, "Price unknown") {
				t.Errorf("it warns of %q", says)
			}
			if test.refused == "" {
				if problems := got.Problems(); len(problems) > 0 {
					t.Error(problems)
				}
				return
			}
			expectProblem(t, got, test.refused, "price_limit")
			expectNoChanges(t, c)
		})
	}
}

// A renewal with a number of licenses that is not known yet, or to be compared with one, warns of none.
func TestSubscription_unknownRenewal(t *testing.T) {
	t.Parallel()
	into := func(quantity any) configuration {
		return configuration{"product_id": emulator.ProductOffice, "sku_id": "0001", "term_duration": "P1Y", "billing_cycle": "monthly", "quantity": quantity}
	}
	for name, test := range map[string]struct {
		before configuration // what is scheduled
		block  configuration
		warns  bool
	}{
		"known":                {into(41), configuration{instructions: into(40)}, true},
		"known, and the first": {nil, configuration{instructions: into(40)}, true},
		"unknown now":          {into(41), configuration{"quantity": later, instructions: into(40)}, true}, // 40 instead of 41
		"unknown now, first":   {nil, configuration{"quantity": later, instructions: into(40)}, false},
		"unknown then":         {into(41), configuration{instructions: into(later)}, false},
		"instructions unknown": {into(41), configuration{instructions: later}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := cellOf(t, "nce", func(*emulator.Behaviour) {})
			if test.before != nil {
				c.must(configuration{instructions: test.before})
			}
			maps.Copy(c.configuration, test.block)
			plan := c.plan()
			if says := strings.Join(plan.Warnings, "\n"); strings.Contains(says, " instead of ") != test.warns || len(plan.Problems) > 0 {
				t.Errorf("it warns of %q, %v", says, plan.Problems)
			}
		})
	}
}

// on_existing that is not known yet decides at apply: the plan of what is there already leaves open what becomes of it.
func TestSubscription_unknownOnExisting(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		nickname, then string
		bought         int
		refused        string
	}{
		"taken over":          {"Verwaltung", "adopt", 0, ""},
		"refused":             {"Verwaltung", "fail", 0, "at apply: Subscription exists already"},
		"bought":              {"Verwaltung", "purchase_another", 1, ""},
		"there is none":       {"new", "adopt", 1, ""},
		"none to be beside":   {"new", "purchase_another", 1, ""},
		"nothing said at all": {"new", "fail", 1, ""},
	} {
		for _, more := range []configuration{{}, {"term_duration": "P1Y", "billing_cycle": "monthly", "auto_renew_enabled": true}} {
			t.Run(fmt.Sprint(name, len(more)), func(t *testing.T) {
				t.Parallel()
				c := cellOf(t, "nce", func(*emulator.Behaviour) {})
				c.workspace.Forget(cellAddress)
				if err := c.emu.Drift(c.customer, c.id, map[string]any{"autoRenewEnabled": len(more) > 0}); err != nil {
					t.Fatal(err)
				}
				block := configuration{"on_existing": later}
				for _, written := range []string{"customer_id", "product_id", "sku_id", "quantity", "friendly_name"} {
					block[written] = c.configuration[written]
				}
				maps.Copy(block, more)
				if block["friendly_name"] = test.nickname; test.nickname == "new" || test.bought > 0 {
					block["term_duration"], block["billing_cycle"] = "P1Y", "monthly"
				}
				c.workspace.Blocks = map[string]configuration{}
				got := c.notKnownYet(cellAddress, block, configuration{"on_existing": test.then})
				if says := strings.Join(got.Changes[cellAddress].Warnings, "\n"); strings.Contains(says, "on_existing, which says what to do then, is known only during apply") != (test.nickname != "new") {
					t.Errorf("it warns of %q", says)
				}
				if test.refused != "" {
					expectProblem(t, got, test.refused)
				} else if problems := got.Problems(); len(problems) > 0 {
					t.Error(problems)
				}
				if n := len(c.emu.Purchases()); n != test.bought || (c.workspace.ID(cellAddress) == c.id) != (test.nickname != "new" && test.then == "adopt") {
					t.Errorf("%d are bought, and the state has %q", n, c.workspace.ID(cellAddress))
				}
			})
		}
	}
}

// What is to renew again with a known number says so, whatever is not known of the present one.
func TestSubscription_unknownRenewsAgain(t *testing.T) {
	t.Parallel()
	c := cellOf(t, "nce", func(*emulator.Behaviour) {})
	c.must(configuration{"auto_renew_enabled": false})
	maps.Copy(c.configuration, configuration{
		"auto_renew_enabled": true, "quantity": later,
		instructions: configuration{"product_id": emulator.ProductOffice, "sku_id": "0001", "term_duration": "P1Y", "billing_cycle": "monthly", "quantity": 40},
	})
	if plan := c.plan(); !strings.Contains(strings.Join(plan.Warnings, "\n"), ": 40 licenses of") {
		t.Errorf("it warns of %q, %v", plan.Warnings, plan.Problems)
	}
}
