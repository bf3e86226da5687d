// SPDX-License-Identifier: MPL-2.0

package emulator

import "github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/sample"

// PartnerTenantID is the tenant of the sample's indirect provider, PartnerMPNID its own partner ID.
const (
	PartnerTenantID = sample.PartnerTenantID
	PartnerMPNID    = sample.PartnerMPNID
)

// Partner IDs of the sample's indirect resellers: two that may be partner on record, one that has not signed the partner
// agreement, and a partner that is no reseller of this provider.
const (
	ResellerRheinwerk   = sample.ResellerRheinwerk
	ResellerLoire       = sample.ResellerLoire
	ResellerUnsigned    = sample.ResellerUnsigned
	ResellerUnrelated   = sample.ResellerUnrelated
	ResellerUnknown     = sample.ResellerUnknown // nobody
	ResellerRheinwerkID = sample.ResellerRheinwerkID
	ResellerLoireID     = sample.ResellerLoireID
	ResellerUnsignedID  = sample.ResellerUnsignedID
)

// Customers of the sample tenant.
const (
	CustomerNordwind   = sample.CustomerNordwind   // DE: subscriptions of most kinds
	CustomerAtelier    = sample.CustomerAtelier    // FR: sold by the reseller ResellerLoire
	CustomerHarbour    = sample.CustomerHarbour    // GB, pound
	CustomerPrairie    = sample.CustomerPrairie    // US, dollar: legacy, Azure plan, software
	CustomerAlpenblick = sample.CustomerAlpenblick // CH, franc: ended subscriptions
	CustomerTulpenveld = sample.CustomerTulpenveld // NL: renewal off, extended service term
	CustomerHilfswerk  = sample.CustomerHilfswerk  // DE: qualified as nonprofit
	CustomerKaffeehaus = sample.CustomerKaffeehaus // AT: nothing bought yet
	CustomerSonnenhof  = sample.CustomerSonnenhof  // DE: no Microsoft Customer Agreement
	CustomerBateauBleu = sample.CustomerBateauBleu // FR: account under review
	CustomerAltstadt   = sample.CustomerAltstadt   // DE: former customer, 403
	CustomerUnknown    = sample.CustomerUnknown    // nobody, 404
)

// Marketplace products of the sample tenant.
const (
	ProductMailGuard   = sample.ProductMailGuard   // per seat: SKU 0001 1-500 monthly, annual; SKU 0002 25-5000 annual
	ProductTimesheet   = sample.ProductTimesheet   // flat: exactly 1
	ProductBackup      = sample.ProductBackup      // P1M, P1Y, P2Y and P3Y
	ProductSignature   = sample.ProductSignature   // SKU 0001 free trial, SKU 0002 paid
	ProductTelemetry   = sample.ProductTelemetry   // metered: needs an Azure plan, 900128
	ProductPartnerOnly = sample.ProductPartnerOnly // exclusive: visible, 800020 at checkout
	ProductMedical     = sample.ProductMedical     // needs attestationAccepted
	ProductRetired     = sample.ProductRetired     // not purchasable
	ProductPayroll     = sample.ProductPayroll     // DE, AT and CH only
	ProductContracts   = sample.ProductContracts   // a single pair: P1Y annual; one per customer
)

// New-commerce and other Microsoft products of the sample tenant.
const (
	ProductOffice      = sample.ProductOffice      // P1M, P1Y and P3Y
	ProductOfficePlus  = sample.ProductOfficePlus  // what Office moves to; has a promotion
	ProductDiagram     = sample.ProductDiagram     // P1Y only
	ProductArchive     = sample.ProductArchive     // a single pair: P1Y annual
	ProductOfficeTrial = sample.ProductOfficeTrial // 25 seats, one month, becomes Office
	ProductCharity     = sample.ProductCharity     // nonprofit only
	ProductCalling     = sample.ProductCalling     // add-on of Office
	ProductAzurePlan   = sample.ProductAzurePlan
	ProductServer      = sample.ProductServer // perpetual software
	PromotionPlus      = sample.PromotionPlus
	PromotionEnded     = sample.PromotionEnded
)

// Subscriptions of the sample tenant.
const (
	SubscriptionMailGuard   = sample.SubscriptionMailGuard   // Nordwind: marketplace, active, window over
	SubscriptionBackup      = sample.SubscriptionBackup      // Nordwind: marketplace, bought yesterday
	SubscriptionTimesheet   = sample.SubscriptionTimesheet   // Nordwind: flat plan
	SubscriptionUnactivated = sample.SubscriptionUnactivated // Nordwind: waits for the publisher
	SubscriptionOffice      = sample.SubscriptionOffice      // Nordwind: NCE, window over, three seats refundable
	SubscriptionFreshOffice = sample.SubscriptionFreshOffice // Nordwind: NCE, inside its window, several batches
	SubscriptionThreeYears  = sample.SubscriptionThreeYears  // Nordwind: NCE, P3Y monthly
	SubscriptionScheduled   = sample.SubscriptionScheduled   // Atelier: NCE with next-term instructions
	SubscriptionReseller    = sample.SubscriptionReseller    // Atelier: marketplace, partner on record
	SubscriptionTrial       = sample.SubscriptionTrial       // Atelier: marketplace trial
	SubscriptionCancelling  = sample.SubscriptionCancelling  // Harbour: NCE, cancel scheduled at term end
	SubscriptionSuspended   = sample.SubscriptionSuspended   // Harbour: NCE, suspended
	SubscriptionExpired     = sample.SubscriptionExpired     // Harbour: NCE, expired
	SubscriptionLegacy      = sample.SubscriptionLegacy      // Prairie: legacy, id in capitals
	SubscriptionAzurePlan   = sample.SubscriptionAzurePlan   // Prairie
	SubscriptionServer      = sample.SubscriptionServer      // Prairie: software
	SubscriptionTelemetry   = sample.SubscriptionTelemetry   // Prairie: metered marketplace
	SubscriptionDisabled    = sample.SubscriptionDisabled    // Alpenblick: NCE, disabled
	SubscriptionDeleted     = sample.SubscriptionDeleted     // Alpenblick: marketplace, cancelled
	SubscriptionMultiYear   = sample.SubscriptionMultiYear   // Alpenblick: marketplace, P3Y
	SubscriptionLapsing     = sample.SubscriptionLapsing     // Tulpenveld: NCE, renewal off, no cancel
	SubscriptionExtended    = sample.SubscriptionExtended    // Tulpenveld: NCE in its extended service term
	SubscriptionNCETrial    = sample.SubscriptionNCETrial    // Tulpenveld: NCE trial
	SubscriptionCharity     = sample.SubscriptionCharity     // Hilfswerk: nonprofit NCE
)

// LargeCustomer is the id of the nth further customer of LargeTenant.
func LargeCustomer(n int) string { return sample.LargeCustomer(n) }

// LargeSubscription is the id of the mth subscription of the nth further customer of LargeTenant.
func LargeSubscription(n, m int) string { return sample.LargeSubscription(n, m) }
