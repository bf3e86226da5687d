// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/subscriptionmodel"
)

// What can be configured and is neither how the provider treats a subscription nor input of its purchase alone.
var notOfTheSubscription = []string{
	"timeouts", "deletion_policy", "on_existing", "allow_replacement", "wait_for_activation", "price_limit", "expect_margin",
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
	for _, a := range subscriptionmodel.Attributes {
		rows = append(rows, a.Name)
	}
	slices.Sort(configurable)
	slices.Sort(rows)
	if !slices.Equal(configurable, rows) {
		t.Errorf("the schema has %v, the table %v", configurable, rows)
	}
}

// Each row reads its own attribute of a model, as Partner Center shows it, and asks for it and nothing else.
func TestAttributes_ofAModel(t *testing.T) {
	t.Parallel()
	before := &partnercenter.Subscription{OfferID: "CFQ7TTC0AAAA:0001:CFQ7TTC0BBBB", Status: "active", FriendlyName: "a", PartnerID: "1", TermDuration: "P1Y", BillingCycle: "monthly", Quantity: 5}
	managed := func(s *partnercenter.Subscription) *subscriptionmodel.Model {
		m := subscriptionmodel.Snapshot("c", s)
		m.Suspended = types.BoolValue(change.IsSuspended(s))
		return m
	}
	byEndOfTerm := func(s *partnercenter.Subscription) *subscriptionmodel.Model {
		m := managed(s)
		m.EndOfTerm = types.StringValue("") // configured
		m.FromAPI(s)
		return m
	}
	for _, a := range subscriptionmodel.Attributes {
		if a.Name == "customer_id" {
			continue // Partner Center does not show it
		}
		after := *before
		changed := map[string]func(){
			"product_id": func() { after.OfferID = "CFQ7TTC0CCCC:0001:CFQ7TTC0BBBB" }, "sku_id": func() { after.OfferID = "CFQ7TTC0AAAA:0002:CFQ7TTC0BBBB" },
			change.Suspended: func() { after.Status = "suspended" }, change.FriendlyName: func() { after.FriendlyName = "b" }, change.PartnerID: func() { after.PartnerID = "2" },
			change.TermDuration: func() { after.TermDuration = "P3Y" }, change.BillingCycle: func() { after.BillingCycle = "annual" },
			change.Quantity: func() { after.Quantity = 6 }, change.AutoRenew: func() { after.AutoRenewEnabled = true }, change.EndOfTerm: func() { after.AutoRenewEnabled = true },
			change.NextTerm: func() {
				after.ScheduledNextTermInstructions = &partnercenter.NextTermInstructions{Quantity: 7, Product: partnercenter.NextTermProduct{ProductID: "CFQ7TTC0AAAA"}}
			},
		}[a.Name]
		changed()
		was, is := managed(before), managed(&after)
		if a.Name == change.EndOfTerm {
			was, is = byEndOfTerm(before), byEndOfTerm(&after)
		}
		found := subscriptionmodel.Differences(was, is)
		if !slices.Equal(subscriptionmodel.Names(found), []string{a.Name}) {
			t.Errorf("another %s shows as a change of %v", a.Name, subscriptionmodel.Names(found))
		}
		if a.Of(before) == a.Of(&after) {
			t.Errorf("%s has no other value at the service", a.Name)
		}
		var diags diag.Diagnostics
		if want := subscriptionmodel.ToDesired(t.Context(), found, was, is, &diags); a.Ask != nil && a.Name != change.NextTerm && !want.Differs(before) { // instructions wait for the renewal to be on
			t.Errorf("%s asks for %+v", a.Name, want)
		}
	}
}

// What the configuration leaves out is no difference, except for the next term, which is removed by leaving it out.
func TestDifferences_leftOut(t *testing.T) {
	t.Parallel()
	state := subscriptionmodel.Snapshot("c", &partnercenter.Subscription{
		OfferID: "CFQ7TTC0AAAA:0001:CFQ7TTC0BBBB", Status: "suspended", FriendlyName: "a", PartnerID: "1", TermDuration: "P1Y", BillingCycle: "monthly", Quantity: 5,
		ScheduledNextTermInstructions: &partnercenter.NextTermInstructions{Quantity: 7, Product: partnercenter.NextTermProduct{ProductID: "CFQ7TTC0AAAA"}},
	})
	state.Suspended = types.BoolValue(true)
	plan := &subscriptionmodel.Model{NextTerm: types.ObjectNull(subscriptionmodel.NextTermTypes)}
	if found := subscriptionmodel.Names(subscriptionmodel.Differences(state, plan)); !slices.Equal(found, []string{change.NextTerm}) {
		t.Errorf("what is left out changes %v", found)
	}
}

// private is a private state in memory.
type private map[string][]byte

func (p private) GetKey(_ context.Context, key string) ([]byte, diag.Diagnostics) { return p[key], nil }

func (p private) SetKey(_ context.Context, key string, value []byte) diag.Diagnostics {
	p[key] = value
	return nil
}

// Facts come back from private state as they were, and absent ones are no facts.
func TestFacts(t *testing.T) {
	t.Parallel()
	s := &partnercenter.Subscription{
		ID: "s", OrderID: "o", OfferID: "DZH318ZAAAAA:0001:DZH318ZBBBBB", ProductType: partnercenter.ProductType{ID: "Azure", SubType: partnercenter.ProductSubType{ID: "SaaS"}},
		FriendlyName: "mail", OfferName: "Mail", PublisherName: "Contoso", Quantity: 10, Status: "Active", AutoRenewEnabled: true, TermDuration: "P1Y", BillingCycle: "Monthly",
		AttentionNeeded: new(true), IsTrial: true, CreationDate: at(t, "2026-01-31T00:00:00Z"),
		RefundOptions:      []partnercenter.RefundOption{{Type: "Full", ExpiresAt: at(t, "2026-08-01T00:00:00Z")}, {Type: "Partial"}},
		RefundableQuantity: &partnercenter.RefundableQuantity{TotalQuantity: 4}, CommitmentEndDate: at(t, "2027-01-31T00:00:00Z"), CancellationAllowedUntilDate: at(t, "2026-08-02T00:00:00Z"),
		ScheduledActions: []partnercenter.ScheduledAction{{ScheduleType: "TermEnd", ActionType: "Cancel"}},
		ScheduledNextTermInstructions: &partnercenter.NextTermInstructions{Quantity: 7, Product: partnercenter.NextTermProduct{
			ProductID: "DZH318ZAAAAA", SkuID: "0001", TermDuration: "P1Y", BillingCycle: "annual",
		}},
	}
	read, kept := factsOf(s, subscriptionmodel.Snapshot("c", s)), private{}
	if _, known := keptIn(t.Context(), kept); known {
		t.Error("an empty private state has facts")
	}
	if diags := read.keepIn(t.Context(), kept); diags.HasError() {
		t.Fatal(diags)
	}
	again, known := keptIn(t.Context(), kept)
	asRead, err := json.Marshal(read)
	asKept, errKept := json.Marshal(again)
	if !known || err != nil || errKept != nil || !bytes.Equal(asRead, asKept) || again.Refundable != 4 || !again.EndsWithTerm() {
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
