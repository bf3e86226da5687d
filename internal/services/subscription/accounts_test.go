// SPDX-License-Identifier: MPL-2.0

package subscription_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/acctest"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

// A reseller that is suspended blocks a change at plan, for an application too, until another one is on record.
func TestAccSubscription_resellerSuspended(t *testing.T) {
	emu := acctest.New(t)
	suspend := func() {
		if err := emu.SuspendReseller(emulator.ResellerRheinwerk, true); err != nil {
			t.Fatal(err)
		}
	}
	with := func(reseller, quantity string) string {
		return office("quantity = "+quantity, `partner_id = "`+reseller+`"`)
	}
	acctest.Run(t, emu,
		resource.TestStep{Config: with(emulator.ResellerRheinwerk, "2")},
		resource.TestStep{PreConfig: suspend, Config: with(emulator.ResellerRheinwerk, "3"), ExpectError: words("may stand on purchases and changes at present (code 900400")},
		resource.TestStep{Config: with(emulator.ResellerLoire, "3")},
	)
	expectPurchases(t, emu, 1)
}

// An acceptance that is too old blocks a change at plan, where a user may ask.
func TestAccSubscription_agreementTooOld(t *testing.T) {
	emu := acctest.New(t)
	user := acctest.AsUser(emu)
	old := func() {
		if err := emu.Accept(emulator.CustomerKaffeehaus, time.Date(2022, 5, 1, 0, 0, 0, 0, time.UTC)); err != nil {
			t.Fatal(err)
		}
	}
	acctest.Run(t, emu,
		resource.TestStep{Config: user + office("quantity = 2")},
		resource.TestStep{PreConfig: old, Config: user + office("quantity = 3"), ExpectError: words("or did before 1 April 2023")},
		resource.TestStep{Config: user + office("quantity = 2", `friendly_name = "till"`)},
		resource.TestStep{Config: office("quantity = 3", `friendly_name = "till"`), ExpectError: words("code 13605")},
	)
}

// The action gives the link for a person at the customer, as an application and with nothing else sent.
func TestActionRequestAgreement(t *testing.T) {
	t.Parallel()
	asked := settings{
		"customer_id": emulator.CustomerSonnenhof, "country": "DE", "language": "de-DE", "company_name": "Sonnenhof",
		"signatory_first_name": "Karl", "signatory_last_name": "Ott",
		"additional_properties": map[string]tftypes.Value{"email": tftypes.NewValue(tftypes.String, "karl@sonnenhof.example")},
	}
	emu := acctest.New(t)
	newActing(t, emu, nil).run(agreement, asked).expect(t, "", `Karl Ott can read and accept .* at https://cdn\.partner\.microsoft\.com/mca/\?attestationid=`)
	expectWrites(t, emu, 1)

	emu = acctest.New(t)
	as := settings{
		"tenant_id": emu.TenantID(), "client_id": emulator.ClientID, "client_secret": emulator.ClientSecret,
		"refresh_token": emu.IssueRefreshToken(emulator.TokenOptions{}),
	}
	newActing(t, emu, as).run(agreement, asked).refused(t, "lets only an application make attestations")
	newActing(t, emu, settings{"allowed_customer_ids": []string{emulator.CustomerNordwind}}).run(agreement, asked).refused(t, "allowed_customer_ids")
	expectWrites(t, emu, 0)
}

// What changes licenses beside the subscription's own resource is checked at plan, too: the reseller for an application, the agreement where a
// user may ask.
func TestAccounts_elsewhere(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		asUser bool
		breaks func(*emulator.Server) error
		want   string
	}{
		"reseller": {false, func(emu *emulator.Server) error { return emu.SuspendReseller(emulator.ResellerRheinwerk, true) },
			"Set another one first, with partner_id of the partnercenter_subscription that manages it"},
		"agreement": {true, func(emu *emulator.Server) error {
			return emu.Accept(emulator.CustomerKaffeehaus, time.Date(2022, 5, 1, 0, 0, 0, 0, time.UTC))
		}, "or did before 1 April 2023"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := manage(t, emulator.CustomerKaffeehaus)
			m.must(officeChanges(changes{"partner_id": emulator.ResellerRheinwerk}))
			if err := test.breaks(m.emu); err != nil {
				t.Fatal(err)
			}
			var as settings
			if test.asUser {
				as = settings{
					"tenant_id": m.emu.TenantID(), "client_id": emulator.ClientID, "client_secret": emulator.ClientSecret,
					"refresh_token": m.emu.IssueRefreshToken(emulator.TokenOptions{}),
				}
			}
			m.emu.ForgetRequests()
			a := newActing(t, m.emu, as)
			a.run(transition, on(m.customer, m.id(), settings{"to_product_id": emulator.ProductOfficePlus, "to_sku_id": "0001", "transition_type": "transition_only"})).refused(t, test.want)
			if said := a.planLicenses(m.customer, m.id(), 6); !strings.Contains(said, test.want) {
				t.Errorf("the errors do not say %q: %s", test.want, said)
			}
			expectNoWrites(t, m.emu)
		})
	}
}

// planLicenses is what the plan of a partnercenter_license_quantity says.
func (a *acting) planLicenses(customer, subscription string, quantity int) string {
	a.t.Helper()
	const name = "partnercenter_license_quantity"
	server, ok := a.server.(tfprotov6.ProviderServer)
	if !ok {
		a.t.Fatal("the server has no resources")
	}
	schema := a.schemas.ResourceSchemas[name]
	config := a.config(schema, settings{"customer_id": customer, "subscription_id": subscription, "quantity": quantity})
	none, err := tfprotov6.NewDynamicValue(schema.ValueType(), tftypes.NewValue(schema.ValueType(), nil))
	if err != nil {
		a.t.Fatal(err)
	}
	plan, err := server.PlanResourceChange(a.t.Context(), &tfprotov6.PlanResourceChangeRequest{TypeName: name, PriorState: &none, ProposedNewState: config, Config: config})
	if err != nil {
		a.t.Fatal(err)
	}
	return texts(plan.Diagnostics)
}

// harshly is every reading at once that makes it hard for an indirect provider to buy and keep licenses.
func harshly(b *emulator.Behaviour) {
	b.AttestationAlways, b.AgreementCheck, b.StaleAvailability, b.AddonCheck = true, emulator.AtCheckout, emulator.AtCheckout, emulator.AtCheckout
	b.CheckoutStatus, b.CartPutStatus = 200, 200
	b.SubscriptionIDAfter, b.SubscriptionIDAfterReads, b.NewSubscriptionMissingReads, b.ListLagReads = 10*time.Minute, 3, 2, 0
	b.RepeatedCheckout, b.RepeatedRequests = emulator.RepeatBusy, emulator.RepeatedConflict
	b.PatchMode, b.PatchAfterReads, b.MultipleChanges, b.ScheduleFate, b.ETags = emulator.PatchAccepted, 2, emulator.MultipleFirstOnly, emulator.ScheduleDropped, emulator.ETagReal
	b.NumericCodes, b.DoubledHeaders, b.ByteOrderMark, b.EmptyUnauthorized, b.RequireContractVersion = true, true, true, true, true
	b.MFAEnforcement, b.EmptyMFARefusal, b.TokenLifetime = 100, true, 5*time.Minute
	b.ListsOmit = "partnerId,refundOptions"
}

// One configuration of an indirect provider passes whatever the service makes hard, all at once: it buys for a reseller's customer, needs no
// further change, adds licenses, ends the renewal and is destroyed, in one purchase.
func TestAccSubscription_indirectProviderHarshly(t *testing.T) {
	emu := acctest.New(t, emulator.WithBehaviour(harshly))
	emu.FailNext(http.StatusTooManyRequests, http.StatusServiceUnavailable)
	config := func(quantity, renewal string) string {
		return "provider \"partnercenter\" {\n  partner_on_record_attested = true\n}\n" +
			office("quantity = "+quantity, `friendly_name = "till"`, `partner_id = "`+emulator.ResellerRheinwerk+`"`, "auto_renew_enabled = "+renewal, `deletion_policy = "cancel"`)
	}
	acctest.Run(t, emu,
		resource.TestStep{Config: config("5", "true"), ConfigStateChecks: []statecheck.StateCheck{value("quantity", knownvalue.Int64Exact(5)), value("partner_id", knownvalue.StringExact(emulator.ResellerRheinwerk))}},
		resource.TestStep{Config: config("8", "false"), ConfigStateChecks: []statecheck.StateCheck{value("quantity", knownvalue.Int64Exact(8)), value("auto_renew_enabled", knownvalue.Bool(false))}},
		resource.TestStep{Config: config("8", "true"), ConfigStateChecks: []statecheck.StateCheck{value("auto_renew_enabled", knownvalue.Bool(true))}},
	)
	expectPurchases(t, emu, 1)
	for _, bought := range emu.Purchases() {
		if got, ok := emu.Subscription(emulator.CustomerKaffeehaus, bought.SubscriptionID); ok && got["status"] != "deleted" {
			t.Errorf("after destroy it is %v", got["status"])
		}
	}
	for _, r := range emu.Requests() {
		if r.Method == http.MethodPost && strings.HasSuffix(r.Path, "/carts") && r.Status == http.StatusCreated && !strings.Contains(strings.ToLower(r.Body), `"partneronrecordattestationaccepted":true`) {
			t.Errorf("a cart without the attestation: %s", r.Body)
		}
	}
}
