// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"strings"
	"time"
)

const day = 24 * time.Hour

// sampleTenant builds the estate as of now, so that windows are open or over in every run.
func sampleTenant(s *Server) *Tenant {
	now := s.now()
	t := &Tenant{Partner: samplePartner(), Resellers: sampleResellers(), Customers: sampleCustomers(now), Products: sampleProducts(),
		Promotions: samplePromotions(now), Generation: 1, RotatedAt: now}
	s.tenant = t // the seeds below are priced and dated like purchases
	b := seeder{s, now}
	b.nordwind(t.customer(CustomerNordwind))
	b.atelier(t.customer(CustomerAtelier))
	b.harbour(t.customer(CustomerHarbour))
	b.prairie(t.customer(CustomerPrairie))
	b.alpenblick(t.customer(CustomerAlpenblick))
	b.tulpenveld(t.customer(CustomerTulpenveld))
	b.sell(t.customer(CustomerHilfswerk), seed{id: SubscriptionCharity, sku: ProductCharity + ":0001", name: "Verein", duration: "P1Y", cycle: "monthly", quantity: 20, ago: 100 * day})
	b.history()
	t.Invoices = sampleInvoices(s, now)
	return t
}

// seeder puts subscriptions of the past into the sample tenant.
type seeder struct {
	s   *Server
	now time.Time
}

type seed struct {
	id, sku, name, duration, cycle, reseller string
	quantity                                 int
	ago                                      time.Duration
}

// sell is a purchase of some time ago, with its order; a marketplace one was activated soon after.
func (b seeder) sell(c *Customer, of seed) *Subscription {
	p, k := b.s.tenant.skuOf(of.sku)
	sold := b.s.tenant.current(p, k, c.Country)
	if of.ago > 30*day {
		sold.Availability = availabilityID(p, k, c.Country, sold.Segment, b.s.tenant.Generation-1)
	}
	at := b.now.Add(-of.ago)
	order := b.s.newOrder(c, "UserPurchase", of.cycle, at)
	if p.Family == familySaaS {
		order.ID = strings.ReplaceAll(b.s.newID(), "-", "_")[:33]
	}
	sub := &Subscription{
		ID: of.id, OrderID: order.ID, Family: p.Family, ProductID: p.ID, SkuID: k.ID, OfferID: sold.id(), OfferName: sold.offerName(),
		FriendlyName: of.name, Publisher: p.Publisher, Quantity: of.quantity, Status: statusActive, AutoRenew: !k.NotRenewable && p.Family != familyAzure,
		Trial: k.Trial, BillingCycle: of.cycle, TermDuration: of.duration, PartnerID: of.reseller,
		Created: at, Purchased: at, TermStart: at, BilledUntil: b.now, Version: 1,
	}
	b.s.startTerm(sub, time.Time{})
	if sub.Family == familySaaS {
		sub.Unactivated, sub.TermStart = false, at.Add(38*time.Minute)
		sub.TermEnd = addMonths(sub.TermStart, max(termMonths(of.duration), 1))
	}
	for !sub.TermEnd.IsZero() && !sub.TermEnd.After(b.now) { // renewed since
		sub.TermStart = sub.TermEnd
		sub.TermEnd = addMonths(sub.TermEnd, max(termMonths(of.duration), 1))
	}
	line := b.s.orderLineOf(c, sub, "New", of.quantity)
	line.SubscriptionID = sub.ID
	order.Lines = []*OrderLine{line}
	c.Subscriptions = append(c.Subscriptions, sub)
	return sub
}

func (b seeder) nordwind(c *Customer) {
	b.sell(c, seed{id: SubscriptionMailGuard, sku: ProductMailGuard + ":0001", name: "mail-guard-prod", duration: "P1Y", cycle: "monthly", quantity: 12, ago: 200 * day})
	b.sell(c, seed{id: SubscriptionBackup, sku: ProductBackup + ":0001", name: "Backup Filialen", duration: "P1Y", cycle: "monthly", quantity: 25, ago: 20 * time.Hour})
	b.sell(c, seed{id: SubscriptionTimesheet, sku: ProductTimesheet + ":0001", name: "Zeiterfassung", duration: "P1M", cycle: "monthly", quantity: 1, ago: 75 * day})
	waiting := b.sell(c, seed{id: SubscriptionUnactivated, sku: ProductSignature + ":0002", name: "Paraphe Einkauf", duration: "P1Y", cycle: "monthly", quantity: 8, ago: 5 * day})
	waiting.Unactivated, waiting.TermStart, waiting.TermEnd = true, waiting.Created, time.Time{}

	office := b.sell(c, seed{id: SubscriptionOffice, sku: ProductOffice + ":0001", name: "Verwaltung", duration: "P1Y", cycle: "monthly", quantity: 43, ago: 150 * day})
	office.Batches = append(office.Batches, Batch{3, b.now.Add(4 * day)}) // added three days ago
	office.Extra = map[string]json.RawMessage{"serviceInsights": json.RawMessage(`{"ring":"general","score":3}`)}
	fresh := b.sell(c, seed{id: SubscriptionFreshOffice, sku: ProductOffice + ":0001", name: "Werk 2", duration: "P1M", cycle: "monthly", quantity: 5, ago: 2 * day})
	fresh.Batches = append(fresh.Batches, Batch{2, b.now.Add(6 * day)}) // two more seats yesterday
	fresh.Quantity = 7
	b.sell(c, seed{id: SubscriptionThreeYears, sku: ProductOffice + ":0001", name: "Konstruktion", duration: "P3Y", cycle: "monthly", quantity: 15, ago: 400 * day})
}

func (b seeder) atelier(c *Customer) {
	scheduled := b.sell(c, seed{id: SubscriptionScheduled, sku: ProductOffice + ":0001", name: "Bureau Lyon", duration: "P1Y", cycle: "monthly", quantity: 30, ago: 320 * day, reseller: ResellerLoire})
	p, k := b.s.tenant.skuOf(ProductOffice + ":0001")
	scheduled.Instructions = &Instructions{Quantity: 24, Product: InstructionProduct{ProductID: p.ID, SkuID: k.ID,
		AvailabilityID: b.s.tenant.current(p, k, c.Country).Availability, BillingCycle: "annual", TermDuration: "P1Y"}}
	b.sell(c, seed{id: SubscriptionReseller, sku: ProductMailGuard + ":0001", name: "Protection courrier", duration: "P1M", cycle: "monthly", quantity: 9, ago: 12 * day, reseller: ResellerLoire})
	trial := b.sell(c, seed{id: SubscriptionTrial, sku: ProductSignature + ":0001", name: "Essai signature", duration: "P1M", cycle: "none", quantity: 5, ago: 10 * day})
	trial.RenewsTo = "P1Y"
}

func (b seeder) harbour(c *Customer) {
	cancelling := b.sell(c, seed{id: SubscriptionCancelling, sku: ProductDiagram + ":0001", name: "Drawing office", duration: "P1Y", cycle: "annual", quantity: 6, ago: 300 * day})
	cancelling.AutoRenew, cancelling.Actions = false, []ScheduledAction{{ScheduleType: scheduleAtEnd, ActionType: actionCancel}}
	suspended := b.sell(c, seed{id: SubscriptionSuspended, sku: ProductOffice + ":0001", name: "Seasonal crew", duration: "P1Y", cycle: "monthly", quantity: 18, ago: 90 * day})
	suspended.Status, suspended.AutoRenew, suspended.SuspensionReasons = statusSuspended, false, []string{"PartnerRequest"}
	expired := b.sell(c, seed{id: SubscriptionExpired, sku: ProductArchive + ":0001", name: "Old archive", duration: "P1Y", cycle: "annual", quantity: 4, ago: 375 * day})
	b.over(expired, statusExpired, 10*day)
}

// over ends a subscription of the past.
func (b seeder) over(sub *Subscription, status string, ago time.Duration) {
	at := b.now.Add(-ago)
	b.s.end(sub, status, at)
	sub.TermEnd = at
	sub.TermStart = laterOf(sub.Created, addMonths(at, -max(termMonths(sub.TermDuration), 1)))
}

func (b seeder) prairie(c *Customer) {
	at := b.now.Add(-500 * day)
	order := b.s.newOrder(c, "UserPurchase", "monthly", at)
	order.ID, order.Legacy = b.s.newID(), true
	order.AlternateID = order.ID
	legacy := &Subscription{ID: SubscriptionLegacy, OrderID: order.ID, Family: familyLegacy, OfferID: legacyOfferID, OfferName: "Hosted Mail Plan 1",
		FriendlyName: "Mailboxes", Publisher: microsoft, Quantity: 40, Status: statusActive, AutoRenew: true, BillingCycle: "monthly", TermDuration: "P1Y",
		Created: at, Purchased: at, TermStart: b.now.Add(-135 * day), TermEnd: b.now.Add(230 * day), BilledUntil: b.now, Version: 2}
	order.Lines = []*OrderLine{{OfferID: legacyOfferID, SubscriptionID: legacy.ID, FriendlyName: legacy.FriendlyName, Transaction: "new", Quantity: 40}}
	c.Subscriptions = append(c.Subscriptions, legacy)
	plan := b.sell(c, seed{id: SubscriptionAzurePlan, sku: ProductAzurePlan + ":0001", name: "Azure plan", cycle: "none", quantity: 1, ago: 400 * day})
	plan.AutoRenew = false
	b.sell(c, seed{id: SubscriptionServer, sku: ProductServer + ":0001", name: "Warehouse database", cycle: "one_time", quantity: 2, ago: 60 * day})
	b.sell(c, seed{id: SubscriptionTelemetry, sku: ProductTelemetry + ":0001", name: "Telemetry", duration: "P1M", cycle: "monthly", quantity: 1, ago: 40 * day})
}

func (b seeder) alpenblick(c *Customer) {
	disabled := b.sell(c, seed{id: SubscriptionDisabled, sku: ProductDiagram + ":0001", name: "Planung", duration: "P1Y", cycle: "monthly", quantity: 3, ago: 420 * day})
	b.over(disabled, statusDisabled, 50*day)
	deleted := b.sell(c, seed{id: SubscriptionDeleted, sku: ProductMailGuard + ":0001", name: "Mailschutz Test", duration: "P1M", cycle: "monthly", quantity: 2, ago: 25 * day})
	b.over(deleted, statusDeleted, 24*day)
	b.sell(c, seed{id: SubscriptionMultiYear, sku: ProductBackup + ":0001", name: "Archiv Kanzlei", duration: "P3Y", cycle: "triennial", quantity: 14, ago: 500 * day})
}

func (b seeder) tulpenveld(c *Customer) {
	lapsing := b.sell(c, seed{id: SubscriptionLapsing, sku: ProductOffice + ":0001", name: "Magazijn", duration: "P1Y", cycle: "monthly", quantity: 10, ago: 340 * day})
	lapsing.AutoRenew, lapsing.Purchased = false, laterOf(lapsing.Purchased, extendedPurchasesFrom)
	extended := b.sell(c, seed{id: SubscriptionExtended, sku: ProductDiagram + ":0001", name: "Routeplanning", duration: "P1M", cycle: "monthly", quantity: 2, ago: 378 * day})
	extended.AutoRenew, extended.EST, extended.CancelUntil, extended.Batches = false, true, extended.TermEnd, nil
	extended.Purchased = laterOf(extended.Purchased, extendedPurchasesFrom)
	extended.Actions = []ScheduledAction{{ScheduleType: scheduleAtEnd, ActionType: actionExtend}}
	trial := b.sell(c, seed{id: SubscriptionNCETrial, sku: ProductOfficeTrial + ":0001", name: "Proef kantoor", duration: "P1M", cycle: "monthly", quantity: 25, ago: 9 * day})
	p, k := b.s.tenant.skuOf(ProductOffice + ":0001")
	trial.Instructions = &Instructions{Quantity: 25, Product: InstructionProduct{ProductID: p.ID, SkuID: k.ID,
		AvailabilityID: b.s.tenant.current(p, k, c.Country).Availability, BillingCycle: "monthly", TermDuration: "P1Y"}}
}

func laterOf(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// history adds orders the system made and what people did in the portal.
func (b seeder) history() {
	c := b.s.tenant.customer(CustomerNordwind)
	office := c.subscription(SubscriptionOffice)
	for _, ago := range []time.Duration{60 * day, 30 * day} {
		order := b.s.newOrder(c, "SystemBilling", office.BillingCycle, b.now.Add(-ago))
		order.Lines = []*OrderLine{b.s.orderLineOf(c, office, "renew", 40)}
	}
	added := b.s.newOrder(c, "UserPurchase", office.BillingCycle, b.now.Add(-3*day))
	added.Lines = []*OrderLine{b.s.orderLineOf(c, office, "addQuantity", 3)}
	b.s.tenant.Audit = append(b.s.tenant.Audit, AuditRecord{
		ID: PartnerTenantID + "_" + c.ID + "_updatesubscription_638000000000000000", CustomerID: c.ID, CustomerName: c.Name, User: PortalUser,
		Application: "Partner Center Web App", ResourceType: "subscription", OperationType: "update_subscription", Status: "succeeded",
		Old: `{"Id":"` + office.ID + `","Quantity":40}`, New: `{"Id":"` + office.ID + `","Quantity":43}`, CorrelationID: b.s.newID(), At: b.now.Add(-3 * day),
	})
}
