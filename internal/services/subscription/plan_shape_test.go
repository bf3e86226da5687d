// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/signin"
)

// mayBeUnknown are the only attributes that the plan of a purchase may leave open.
var mayBeUnknown = []string{"id", "status", "current_term", "waiting_for_activation"}

// A reviewer reads the whole plan of a purchase: it fits on a screen, and leaves open only what nobody can know before. So it is for each
// way to buy each SKU.
func TestPlanShape_purchase(t *testing.T) {
	t.Parallel()
	emu := acctest.New(t)
	client := clientOf(t, emu)
	shapes := 0
	for _, offer := range offersFor(t, client, emulator.CustomerKaffeehaus) {
		family := offer.Family()
		if family != partnercenter.FamilyMarketplaceSaaS && family != partnercenter.FamilyNewCommerce {
			continue // the plan refuses it
		}
		if offer.ProductID == emulator.ProductCalling {
			continue // without its base, which this customer does not have; TestSubscription_addon plans it
		}
		lines, unknown := 22, 3
		if family == partnercenter.FamilyMarketplaceSaaS {
			lines, unknown = 24, 4
		}
		for _, way := range offer.TermOptions() {
			shapes++
			t.Run(strings.Join([]string{offer.Name(), way.TermDuration, way.BillingCycle}, " "), func(t *testing.T) {
				t.Parallel()
				config := purchaseOf(offer, way)
				checkShape(t, speak(t, emu).planned(config), lines+linesOf(t, config["renews_to"]), unknown) // which only trials need
			})
		}
	}
	if shapes < 20 {
		t.Errorf("only %d ways to buy were found: this test shows nothing", shapes)
	}
}

// Each attribute is one that a person writes, or one of the few that the plan shows beside: nothing that only fills the screen.
func TestPlanShape_schema(t *testing.T) {
	t.Parallel()
	shown := []string{"id", "status", "offer_name", "publisher_name", "commitment", "current_term", "waiting_for_activation"}
	filledIn := []string{"term_duration", "billing_cycle", "friendly_name", "auto_renew_enabled", "partner_id"} // as they are where nobody writes them
	all := speak(t, acctest.New(t)).schemas.ResourceSchemas[subscriptionType].Block.Attributes
	for _, a := range all {
		written := a.Required || a.Optional
		switch {
		case !written && !slices.Contains(shown, a.Name):
			t.Errorf("%s is computed only, and nothing that a reviewer decides about or refers to", a.Name)
		case written && a.Computed && !slices.Contains(filledIn, a.Name):
			t.Errorf("%s is filled in where nobody writes it, so plans may show it as unknown", a.Name)
		}
	}
	if len(all) != 33 {
		t.Errorf("there are %d attributes, want 33", len(all))
	}
}

// The change of one attribute shows that attribute, what it costs, and nothing unknown.
func TestPlanShape_change(t *testing.T) {
	t.Parallel()
	for attribute, test := range map[string]struct {
		will  tftypes.Value
		shows []string
	}{
		"quantity":           {tftypes.NewValue(tftypes.Number, 45), []string{"commitment", "quantity"}},
		"friendly_name":      {textValue("Sales"), []string{"friendly_name"}},
		"auto_renew_enabled": {no, []string{"auto_renew_enabled"}},
		"suspended":          {yes, []string{"status", "suspended"}},
		"deletion_policy":    {textValue("abandon"), []string{"deletion_policy"}},
	} {
		t.Run(attribute, func(t *testing.T) {
			t.Parallel()
			p := speak(t, acctest.New(t))
			held := p.read(p.adopted(emulator.CustomerNordwind, emulator.SubscriptionOffice))
			kind := p.resourceType()
			state := p.attributes(held.state, kind)
			config := map[string]tftypes.Value{attribute: test.will}
			for _, name := range minimal {
				if _, changed := config[name]; !changed {
					config[name] = state[name]
				}
			}
			proposed := maps.Clone(state)
			proposed[attribute] = test.will
			plan, err := p.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{
				TypeName: subscriptionType, PriorState: held.state, ProposedNewState: p.value(kind, proposed), Config: p.value(kind, config),
				PriorPrivate: held.private, PriorIdentity: held.identity,
			})
			p.must(err, plan.Diagnostics)
			var shown []string
			for name, value := range p.attributes(plan.PlannedState, kind) {
				if !value.IsFullyKnown() {
					t.Errorf("%s is not known in the plan", name)
				}
				if !value.Equal(state[name]) {
					shown = append(shown, name)
				}
			}
			slices.Sort(shown)
			if !slices.Equal(shown, test.shows) {
				t.Errorf("the plan changes %s, want %s", shown, test.shows)
			}
		})
	}
}

func checkShape(t *testing.T, planned map[string]tftypes.Value, mostLines, mostUnknown int) {
	t.Helper()
	lines, unknown := 2, 0 // the braces
	for attribute, value := range planned {
		if !value.IsKnown() {
			unknown++
			if !slices.Contains(mayBeUnknown, attribute) {
				t.Errorf("%s is not known in the plan", attribute)
			}
		}
		lines += linesOf(t, value)
	}
	if lines > mostLines || unknown > mostUnknown {
		t.Errorf("the plan has %d lines and leaves %d open, want at most %d and %d", lines, unknown, mostLines, mostUnknown)
	}
}

// purchaseOf configures what a person would write to buy it.
func purchaseOf(offer *catalog.Offer, way catalog.TermOption) map[string]tftypes.Value {
	quantity := int64(5)
	if sku := offer.SKU(); sku != nil {
		quantity = max(int64(sku.MinimumQuantity), min(quantity, max(int64(sku.MaximumQuantity), 1)))
	}
	config := map[string]tftypes.Value{
		"customer_id": textValue(emulator.CustomerKaffeehaus), "product_id": textValue(offer.ProductID), "sku_id": textValue(offer.SkuID),
		"quantity": tftypes.NewValue(tftypes.Number, quantity), "friendly_name": textValue("one"),
		"term_duration": textValue(way.TermDuration), "billing_cycle": textValue(way.BillingCycle),
	}
	if sku := offer.SKU(); sku != nil && sku.AttestationProperties != nil {
		config["attestation_accepted"] = yes
	}
	if len(way.Term.RenewalOptions) > 0 {
		config["renews_to"] = tftypes.NewValue(tftypes.Object{AttributeTypes: map[string]tftypes.Type{"term_duration": tftypes.String}},
			map[string]tftypes.Value{"term_duration": textValue(way.Term.RenewalOptions[0].TermDuration)})
	}
	return config
}

// offersFor are all SKUs that a customer is offered.
func offersFor(t *testing.T, client *partnercenter.Client, customerID string) []*catalog.Offer {
	t.Helper()
	var offers []*catalog.Offer
	scope := partnercenter.CatalogScope{CustomerID: customerID}
	for _, view := range []string{"MarketplaceSaaS", "OnlineServices"} {
		products, err := client.Products(t.Context(), scope, view)
		if err != nil {
			t.Fatal(err)
		}
		for _, product := range products {
			skus, err := client.Skus(t.Context(), scope, product.ID)
			if err != nil {
				t.Fatal(err)
			}
			for _, sku := range skus {
				offer, err := catalog.ReadOffer(t.Context(), client.Availabilities, customerID, product.ID, sku.ID)
				if err != nil {
					t.Fatal(err)
				}
				offers = append(offers, offer)
			}
		}
	}
	return offers
}

// planned is what a purchase plans.
func (p *protocol) planned(config map[string]tftypes.Value) map[string]tftypes.Value {
	p.t.Helper()
	kind := p.resourceType()
	proposed := maps.Clone(config)
	for _, a := range p.schemas.ResourceSchemas[subscriptionType].Block.Attributes {
		if _, given := config[a.Name]; !given && a.Computed {
			proposed[a.Name] = tftypes.NewValue(a.ValueType(), tftypes.UnknownValue)
		}
	}
	plan, err := p.PlanResourceChange(p.t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: subscriptionType, PriorState: p.nothing(kind), ProposedNewState: p.value(kind, proposed), Config: p.value(kind, config),
	})
	p.must(err, plan.Diagnostics)
	return p.attributes(plan.PlannedState, kind)
}

// linesOf counts the lines that a CLI prints of an attribute of a new object.
func linesOf(t *testing.T, value tftypes.Value) int {
	t.Helper()
	switch {
	case value.IsNull(): // also what is not there
		return 0
	case !value.IsKnown() || !value.Type().Is(tftypes.Object{}):
		return 1
	}
	members, lines := map[string]tftypes.Value{}, 2
	if err := value.As(&members); err != nil {
		t.Fatal(err)
	}
	for _, member := range members {
		lines += linesOf(t, member)
	}
	return lines
}

// clientOf asks the emulator without Terraform.
func clientOf(t *testing.T, emu *emulator.Server) *partnercenter.Client {
	t.Helper()
	tokens, err := signin.New(signin.Options{
		AuthorityHost: emu.URL, Credentials: signin.Credentials{TenantID: emu.TenantID(), ClientID: emulator.ClientID, ClientSecret: emulator.ClientSecret},
	})
	if err != nil {
		t.Fatal(err)
	}
	client, err := partnercenter.New(partnercenter.Options{Endpoint: emu.URL, Tokens: tokens})
	if err != nil {
		t.Fatal(err)
	}
	return client
}
