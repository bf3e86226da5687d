// SPDX-License-Identifier: MPL-2.0

package sample

import (
	"encoding/json"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

const day = 24 * time.Hour

// Empty makes the partner of a new world that of the sample, without anything else.
func Empty(w *world.World) { w.Tenant.Partner = partner() }

// Fill makes the tenant of a new world the sample tenant.
func Fill(w *world.World) {
	now, t := w.Now(), w.Tenant
	t.Partner, t.Resellers, t.Customers, t.Products = partner(), resellers(), customers(now), products()
	t.Promotions, t.Generation = promotions(now), 1
	b := seeder{w, now}
	b.nordwind(t.Customer(CustomerNordwind))
	b.atelier(t.Customer(CustomerAtelier))
	b.harbour(t.Customer(CustomerHarbour))
	b.prairie(t.Customer(CustomerPrairie))
	b.alpenblick(t.Customer(CustomerAlpenblick))
	b.tulpenveld(t.Customer(CustomerTulpenveld))
	b.w.AddPastPurchase(t.Customer(CustomerHilfswerk), world.PastPurchase{ID: SubscriptionCharity, SKU: ProductCharity + ":0001", Name: "Verein", Duration: "P1Y", Cycle: "monthly", Quantity: 20, Ago: 100 * day})
	b.history()
	w.BillPastMonths()
}

// seeder puts subscriptions of the past into the sample tenant.
type seeder struct {
	w   *world.World
	now time.Time
}

func (b seeder) nordwind(c *world.Customer) {
	b.w.AddPastPurchase(c, world.PastPurchase{ID: SubscriptionMailGuard, SKU: ProductMailGuard + ":0001", Name: "mail-guard-prod", Duration: "P1Y", Cycle: "monthly", Quantity: 12, Ago: 200 * day})
	b.w.AddPastPurchase(c, world.PastPurchase{ID: SubscriptionBackup, SKU: ProductBackup + ":0001", Name: "Backup Filialen", Duration: "P1Y", Cycle: "monthly", Quantity: 25, Ago: 20 * time.Hour})
	b.w.AddPastPurchase(c, world.PastPurchase{ID: SubscriptionTimesheet, SKU: ProductTimesheet + ":0001", Name: "Zeiterfassung", Duration: "P1M", Cycle: "monthly", Quantity: 1, Ago: 75 * day})
	waiting := b.w.AddPastPurchase(c, world.PastPurchase{ID: SubscriptionUnactivated, SKU: ProductSignature + ":0002", Name: "Paraphe Einkauf", Duration: "P1Y", Cycle: "monthly", Quantity: 8, Ago: 5 * day})
	waiting.Unactivated, waiting.TermStart, waiting.TermEnd = true, waiting.Created, time.Time{}

	office := b.w.AddPastPurchase(c, world.PastPurchase{ID: SubscriptionOffice, SKU: ProductOffice + ":0001", Name: "Verwaltung", Duration: "P1Y", Cycle: "monthly", Quantity: 43, Ago: 150 * day})
	office.Batches = append(office.Batches, world.Batch{Quantity: 3, Until: b.now.Add(4 * day)}) // added three days ago
	office.Extra = map[string]json.RawMessage{"serviceInsights": json.RawMessage(`{"ring":"general","score":3}`)}
	fresh := b.w.AddPastPurchase(c, world.PastPurchase{ID: SubscriptionFreshOffice, SKU: ProductOffice + ":0001", Name: "Werk 2", Duration: "P1M", Cycle: "monthly", Quantity: 5, Ago: 2 * day})
	fresh.Batches = append(fresh.Batches, world.Batch{Quantity: 2, Until: b.now.Add(6 * day)}) // two more seats yesterday
	fresh.Quantity = 7
	b.w.AddPastPurchase(c, world.PastPurchase{ID: SubscriptionThreeYears, SKU: ProductOffice + ":0001", Name: "Konstruktion", Duration: "P3Y", Cycle: "monthly", Quantity: 15, Ago: 400 * day})
}

func (b seeder) atelier(c *world.Customer) {
	scheduled := b.w.AddPastPurchase(c, world.PastPurchase{ID: SubscriptionScheduled, SKU: ProductOffice + ":0001", Name: "Bureau Lyon", Duration: "P1Y", Cycle: "monthly", Quantity: 30, Ago: 320 * day, Reseller: ResellerLoire})
	p, k := b.w.Tenant.SKU(ProductOffice + ":0001")
	scheduled.Instructions = &world.Instructions{Quantity: 24, Product: world.InstructionProduct{ProductID: p.ID, SkuID: k.ID,
		AvailabilityID: b.w.Tenant.Current(p, k, c.Country).Availability, BillingCycle: "annual", TermDuration: "P1Y"}}
	b.w.AddPastPurchase(c, world.PastPurchase{ID: SubscriptionReseller, SKU: ProductMailGuard + ":0001", Name: "Protection courrier", Duration: "P1M", Cycle: "monthly", Quantity: 9, Ago: 12 * day, Reseller: ResellerLoire})
	trial := b.w.AddPastPurchase(c, world.PastPurchase{ID: SubscriptionTrial, SKU: ProductSignature + ":0001", Name: "Essai signature", Duration: "P1M", Cycle: "none", Quantity: 5, Ago: 10 * day})
	trial.RenewsTo = "P1Y"
}

func (b seeder) harbour(c *world.Customer) {
	cancelling := b.w.AddPastPurchase(c, world.PastPurchase{ID: SubscriptionCancelling, SKU: ProductDiagram + ":0001", Name: "Drawing office", Duration: "P1Y", Cycle: "annual", Quantity: 6, Ago: 300 * day})
	cancelling.AutoRenew, cancelling.Actions = false, []world.ScheduledAction{{ScheduleType: world.ScheduleAtEnd, ActionType: world.ActionCancel}}
	suspended := b.w.AddPastPurchase(c, world.PastPurchase{ID: SubscriptionSuspended, SKU: ProductOffice + ":0001", Name: "Seasonal crew", Duration: "P1Y", Cycle: "monthly", Quantity: 18, Ago: 90 * day})
	suspended.Status, suspended.AutoRenew, suspended.SuspensionReasons = world.StatusSuspended, false, []string{"PartnerRequest"}
	expired := b.w.AddPastPurchase(c, world.PastPurchase{ID: SubscriptionExpired, SKU: ProductArchive + ":0001", Name: "Old archive", Duration: "P1Y", Cycle: "annual", Quantity: 4, Ago: 375 * day})
	b.w.EndPastPurchase(expired, world.StatusExpired, 10*day)
}

func (b seeder) prairie(c *world.Customer) {
	at := b.now.Add(-500 * day)
	order := b.w.NewOrder(c, "UserPurchase", "monthly", at)
	order.ID, order.Legacy = b.w.NewID(), true
	order.AlternateID = order.ID
	legacy := &world.Subscription{ID: SubscriptionLegacy, OrderID: order.ID, Family: world.FamilyLegacy, OfferID: legacyOfferID, OfferName: "Hosted Mail Plan 1",
		FriendlyName: "Mailboxes", Publisher: microsoft, Quantity: 40, Status: world.StatusActive, AutoRenew: true, BillingCycle: "monthly", TermDuration: "P1Y",
		Created: at, Purchased: at, TermStart: b.now.Add(-135 * day), TermEnd: b.now.Add(230 * day), BilledUntil: b.now, Version: 2}
	order.Lines = []*world.OrderLine{{OfferID: legacyOfferID, SubscriptionID: legacy.ID, FriendlyName: legacy.FriendlyName, Transaction: "new", Quantity: 40}}
	c.Subscriptions = append(c.Subscriptions, legacy)
	plan := b.w.AddPastPurchase(c, world.PastPurchase{ID: SubscriptionAzurePlan, SKU: ProductAzurePlan + ":0001", Name: "Azure plan", Cycle: "none", Quantity: 1, Ago: 400 * day})
	plan.AutoRenew = false
	b.w.AddPastPurchase(c, world.PastPurchase{ID: SubscriptionServer, SKU: ProductServer + ":0001", Name: "Warehouse database", Cycle: "one_time", Quantity: 2, Ago: 60 * day})
	b.w.AddPastPurchase(c, world.PastPurchase{ID: SubscriptionTelemetry, SKU: ProductTelemetry + ":0001", Name: "Telemetry", Duration: "P1M", Cycle: "monthly", Quantity: 1, Ago: 40 * day})
}

func (b seeder) alpenblick(c *world.Customer) {
	disabled := b.w.AddPastPurchase(c, world.PastPurchase{ID: SubscriptionDisabled, SKU: ProductDiagram + ":0001", Name: "Planung", Duration: "P1Y", Cycle: "monthly", Quantity: 3, Ago: 420 * day})
	b.w.EndPastPurchase(disabled, world.StatusDisabled, 50*day)
	deleted := b.w.AddPastPurchase(c, world.PastPurchase{ID: SubscriptionDeleted, SKU: ProductMailGuard + ":0001", Name: "Mailschutz Test", Duration: "P1M", Cycle: "monthly", Quantity: 2, Ago: 25 * day})
	b.w.EndPastPurchase(deleted, world.StatusDeleted, 24*day)
	b.w.AddPastPurchase(c, world.PastPurchase{ID: SubscriptionMultiYear, SKU: ProductBackup + ":0001", Name: "Archiv Kanzlei", Duration: "P3Y", Cycle: "triennial", Quantity: 14, Ago: 500 * day})
}

func (b seeder) tulpenveld(c *world.Customer) {
	lapsing := b.w.AddPastPurchase(c, world.PastPurchase{ID: SubscriptionLapsing, SKU: ProductOffice + ":0001", Name: "Magazijn", Duration: "P1Y", Cycle: "monthly", Quantity: 10, Ago: 340 * day})
	lapsing.AutoRenew, lapsing.Purchased = false, world.LaterOf(lapsing.Purchased, world.ExtendedPurchasesFrom)
	extended := b.w.AddPastPurchase(c, world.PastPurchase{ID: SubscriptionExtended, SKU: ProductDiagram + ":0001", Name: "Routeplanning", Duration: "P1M", Cycle: "monthly", Quantity: 2, Ago: 378 * day})
	extended.AutoRenew, extended.EST, extended.CancelUntil, extended.Batches = false, true, extended.TermEnd, nil
	extended.Purchased = world.LaterOf(extended.Purchased, world.ExtendedPurchasesFrom)
	extended.Actions = []world.ScheduledAction{{ScheduleType: world.ScheduleAtEnd, ActionType: world.ActionExtend}}
	trial := b.w.AddPastPurchase(c, world.PastPurchase{ID: SubscriptionNCETrial, SKU: ProductOfficeTrial + ":0001", Name: "Proef kantoor", Duration: "P1M", Cycle: "monthly", Quantity: 25, Ago: 9 * day})
	p, k := b.w.Tenant.SKU(ProductOffice + ":0001")
	trial.Instructions = &world.Instructions{Quantity: 25, Product: world.InstructionProduct{ProductID: p.ID, SkuID: k.ID,
		AvailabilityID: b.w.Tenant.Current(p, k, c.Country).Availability, BillingCycle: "monthly", TermDuration: "P1Y"}}
}

// history adds orders the system made and what people did in the portal.
func (b seeder) history() {
	c := b.w.Tenant.Customer(CustomerNordwind)
	office := c.Subscription(SubscriptionOffice)
	for _, ago := range []time.Duration{60 * day, 30 * day} {
		order := b.w.NewOrder(c, "SystemBilling", office.BillingCycle, b.now.Add(-ago))
		order.Lines = []*world.OrderLine{b.w.OrderLineOf(c, office, "renew", 40)}
	}
	added := b.w.NewOrder(c, "UserPurchase", office.BillingCycle, b.now.Add(-3*day))
	added.Lines = []*world.OrderLine{b.w.OrderLineOf(c, office, "addQuantity", 3)}
	b.w.Tenant.Audit = append(b.w.Tenant.Audit, world.AuditRecord{
		ID: PartnerTenantID + "_" + c.ID + "_updatesubscription_638000000000000000", CustomerID: c.ID, CustomerName: c.Name, User: world.PortalUser,
		Application: "Partner Center Web App", ResourceType: "subscription", OperationType: "update_subscription", Status: "succeeded",
		Old: `{"Id":"` + office.ID + `","Quantity":40}`, New: `{"Id":"` + office.ID + `","Quantity":43}`, CorrelationID: b.w.NewID(), At: b.now.Add(-3 * day),
	})
}
