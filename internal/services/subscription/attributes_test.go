// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// What can be configured and is neither how the provider treats a subscription nor input of its purchase alone.
var notOfTheSubscription = []string{
	"customer_id", "timeouts", "deletion_policy", "on_existing", "allow_replacement", "wait_for_activation", "price_limit",
	"promotion_id", "custom_term_end_date", "provisioning_context", "attestation_accepted", "renews_to", "cart_id", "cart_line_item",
}

// The table has a row for each attribute of the schema that is the subscription's, and each row knows its Terraform side.
func TestAttributes(t *testing.T) {
	t.Parallel()
	var schema resource.SchemaResponse
	NewSubscriptionResource().Schema(t.Context(), resource.SchemaRequest{}, &schema)
	var configurable, rows []string
	for name, a := range schema.Schema.Attributes {
		if (a.IsRequired() || a.IsOptional()) && !slices.Contains(notOfTheSubscription, name) {
			configurable = append(configurable, name)
		}
	}
	for _, a := range attributes {
		rows = append(rows, a.Name)
		for _, name := range a.Doubts {
			if of, known := schema.Schema.Attributes[name]; !known || !of.IsComputed() {
				t.Errorf("%s puts %s in doubt, which is no computed attribute", a.Name, name)
			}
		}
	}
	slices.Sort(configurable)
	slices.Sort(rows)
	if !slices.Equal(configurable, rows) {
		t.Errorf("the schema has %v, the table %v", configurable, rows)
	}
}

// Each row reads its own attribute of a model, as Partner Center shows it, and asks for it.
func TestAttributes_ofAModel(t *testing.T) {
	t.Parallel()
	before := &partnercenter.Subscription{OfferID: "CFQ7TTC0AAAA:0001:CFQ7TTC0BBBB", Status: "active", FriendlyName: "a", PartnerID: "1", TermDuration: "P1Y", BillingCycle: "monthly", Quantity: 5}
	for _, a := range attributes {
		after := *before
		changed := map[string]func(){
			"product_id": func() { after.OfferID = "CFQ7TTC0CCCC:0001:CFQ7TTC0BBBB" }, "sku_id": func() { after.OfferID = "CFQ7TTC0AAAA:0002:CFQ7TTC0BBBB" },
			change.Status: func() { after.Status = "suspended" }, change.FriendlyName: func() { after.FriendlyName = "b" }, change.PartnerID: func() { after.PartnerID = "2" },
			change.TermDuration: func() { after.TermDuration = "P3Y" }, change.BillingCycle: func() { after.BillingCycle = "annual" },
			change.Quantity: func() { after.Quantity = 6 }, change.AutoRenew: func() { after.AutoRenewEnabled = true },
			change.NextTerm: func() {
				after.ScheduledNextTermInstructions = &partnercenter.NextTermInstructions{Quantity: 7, Product: partnercenter.NextTermProduct{ProductID: "CFQ7TTC0AAAA"}}
			},
		}[a.Name]
		changed()
		was, is := snapshot("c", before), snapshot("c", &after)
		if found := changes(was, is); !slices.Equal(found, []string{a.Name}) {
			t.Errorf("another %s shows as a change of %v", a.Name, found)
		}
		if a.Of(before) == a.Of(&after) {
			t.Errorf("%s has no other value at the service", a.Name)
		}
		if a.want == nil {
			continue
		}
		var want, of change.Desired
		a.want(&want, &is.subscriptionModel)
		a.want(&of, &subscriptionModel{NextTerm: types.ObjectNull(nextTermTypes)})
		if !want.Differs(before) && a.Name != change.NextTerm || of.Differs(before) { // instructions wait for the renewal to be on
			t.Errorf("%s asks for %+v, and where it is null for %+v", a.Name, want, of)
		}
	}
}

// A subscription leads to the same facts whether Partner Center or the state tells of it.
func TestFacts(t *testing.T) {
	t.Parallel()
	s := &partnercenter.Subscription{
		ID: "s", OfferID: "DZH318ZAAAAA:0001:DZH318ZBBBBB", ProductType: partnercenter.ProductType{ID: "Azure", SubType: partnercenter.ProductSubType{ID: "SaaS"}},
		FriendlyName: "mail", OfferName: "Mail", PublisherName: "Contoso", Quantity: 10, Status: "Active", AutoRenewEnabled: true, TermDuration: "P1Y", BillingCycle: "Monthly",
		AttentionNeeded: new(true), IsTrial: true,
		RefundOptions:      []partnercenter.RefundOption{{Type: "Full", ExpiresAt: at(t, "2026-08-01T00:00:00Z")}, {Type: "Partial"}},
		RefundableQuantity: &partnercenter.RefundableQuantity{TotalQuantity: 4}, CommitmentEndDate: at(t, "2027-01-31T00:00:00Z"), CancellationAllowedUntilDate: at(t, "2026-08-02T00:00:00Z"),
		ScheduledActions: []partnercenter.ScheduledAction{{ScheduleType: "TermEnd", ActionType: "Cancel"}},
		ScheduledNextTermInstructions: &partnercenter.NextTermInstructions{Quantity: 7, Product: partnercenter.NextTermProduct{
			ProductID: "DZH318ZAAAAA", SkuID: "0001", TermDuration: "P1Y", BillingCycle: "annual",
		}},
	}
	asRead, err := json.Marshal(change.FactsOf(s))
	asKept, errKept := json.Marshal(snapshot("c", s).facts())
	if err != nil || errKept != nil || !bytes.Equal(asRead, asKept) {
		t.Errorf("the facts are\n%s\nwant\n%s", asKept, asRead)
	}
}

func at(t *testing.T, text string) partnercenter.Time {
	t.Helper()
	parsed, err := partnercenter.ParseTime(text)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}
