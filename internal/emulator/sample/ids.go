// SPDX-License-Identifier: MPL-2.0

// Package sample is a tenant to try things with: an indirect provider's real day, with customers, resellers, products,
// subscriptions of most kinds and two months of invoices. What it holds is dated from the world's present, so that windows
// are open or over in every run. Its IDs are constants, which tests name.
package sample

// PartnerTenantID is the tenant of the sample's indirect provider, PartnerMPNID its own partner ID.
const (
	PartnerTenantID = "b4e2f10a-8c57-4d39-a1f6-95d03c7e6b28"
	PartnerMPNID    = "7700001"
)

// Partner IDs of the sample's indirect resellers: two that may be partner on record, one that has not signed the partner
// agreement, and a partner that is no reseller of this provider.
const (
	ResellerRheinwerk   = "7700123"
	ResellerLoire       = "7700124"
	ResellerUnsigned    = "7700125"
	ResellerUnrelated   = "7700900"
	ResellerUnknown     = "7799999" // nobody
	ResellerRheinwerkID = "a1f7c3d9-52be-4c80-9e64-08d3b7f2a5c1"
	ResellerLoireID     = "c83e51b7-6d0a-4f92-b3e8-7a15f4c9d026"
	ResellerUnsignedID  = "e29d40f6-1b87-4a53-8c6e-30f2b95d7a18"
	ResellerUnrelatedID = "f0b6a9c2-84d3-4e17-95ba-c61d28e07f43"
)

// Customers of the sample tenant.
const (
	CustomerNordwind    = "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10" // DE: subscriptions of most kinds
	CustomerAtelier     = "1c7e94a0-3b5d-4f86-a2c1-90d47be6f538" // FR: sold by the reseller ResellerLoire
	CustomerHarbour     = "83b2d6f1-0e49-4a7c-b5d8-6fa1c3e92047" // GB, pound
	CustomerPrairie     = "d4a95c70-62f8-4b13-8e0d-17c9f5b3a684" // US, dollar: legacy, Azure plan, software
	CustomerAlpenblick  = "29e8f3b6-d170-4c5a-9f42-b08d6e7a1c95" // CH, franc: ended subscriptions
	CustomerTulpenveld  = "7b1d0e94-a5c6-4382-bf9e-54c2a8f06d31" // NL: renewal off, extended service term
	CustomerHilfswerk   = "e6f43a8d-9c02-4b75-8d1a-3e70b5c92f64" // DE: qualified as nonprofit
	CustomerKaffeehaus  = "0d95b7c2-e34f-4816-a7b0-c92e6d1f58a3" // AT: nothing bought yet
	CustomerSonnenhof   = "4a62c8e5-17d9-4f03-95be-d83a0f7c26b1" // DE: no Microsoft Customer Agreement
	CustomerBateauBleu  = "b7309f1e-58a4-4d6c-8e25-0fc1b94d73a6" // FR: account under review
	CustomerAltstadt    = "9e14d7a3-c05b-42f8-b6d9-71ea3c5f0824" // DE: former customer, 403
	CustomerUnknown     = "00000000-1111-4222-8333-444455556666" // nobody, 404
	firstLargeCustomer  = "11111111-0000-4000-8000-"
	firstLargeSubscript = "22222222-0000-4000-8000-"
)

// Marketplace products of the sample tenant.
const (
	ProductMailGuard   = "DZH318Z0MG7P" // per seat: SKU 0001 1-500 monthly, annual; SKU 0002 25-5000 annual
	ProductTimesheet   = "DZH318Z0TS4K" // flat: exactly 1
	ProductBackup      = "DZH318Z0BK2R" // P1M, P1Y, P2Y and P3Y
	ProductSignature   = "DZH318Z0SG9W" // SKU 0001 free trial, SKU 0002 paid
	ProductTelemetry   = "DZH318Z0TM5X" // metered: needs an Azure plan, 900128
	ProductPartnerOnly = "DZH318Z0PX8D" // exclusive: visible, 800020 at checkout
	ProductMedical     = "DZH318Z0MD3H" // needs attestationAccepted
	ProductRetired     = "DZH318Z0RT6L" // not purchasable
	ProductPayroll     = "DZH318Z0PY1N" // DE, AT and CH only
	ProductContracts   = "DZH318Z0CT0V" // a single pair: P1Y annual; one per customer
)

// New-commerce and other Microsoft products of the sample tenant.
const (
	ProductOffice      = "CFQ7TTC0BW1S" // P1M, P1Y and P3Y
	ProductOfficePlus  = "CFQ7TTC0BW2P" // what Office moves to; has a promotion
	ProductDiagram     = "CFQ7TTC0DG3A" // P1Y only
	ProductArchive     = "CFQ7TTC0AR4C" // a single pair: P1Y annual
	ProductOfficeTrial = "CFQ7TTC0TR5L" // 25 seats, one month, becomes Office
	ProductCharity     = "CFQ7TTC0NP6F" // nonprofit only
	ProductCalling     = "CFQ7TTC0AD7N" // add-on of Office
	ProductAzurePlan   = "DZH318Z0AZ8G"
	ProductServer      = "DG7GMGF0SW9T" // perpetual software
	PromotionPlus      = "39NFJQT1PL0S:0001:39NFJQT1Q5DK"
	PromotionEnded     = "39NFJQT1EN0D:0001:39NFJQT1Q7XB"
	legacyOfferID      = "91fd106f-4b2c-4938-95ac-f54f74e9a239"
)

// Subscriptions of the sample tenant.
const (
	SubscriptionMailGuard   = "b94f7e60-1c2d-4b8a-a3f5-0d9e8c7b6a54" // Nordwind: marketplace, active, window over
	SubscriptionBackup      = "3d0a62e8-95b7-4cf1-8e34-a7f1c50b92d6" // Nordwind: marketplace, bought yesterday
	SubscriptionTimesheet   = "f17c8d35-6e40-4a92-b5d1-02e9c4a7f863" // Nordwind: flat plan
	SubscriptionUnactivated = "68e5b0c4-d3f2-4719-a086-5b1c7f9e3d20" // Nordwind: waits for the publisher
	SubscriptionOffice      = "a05d3f91-7b68-4e2c-9c47-e13f80b6d5a2" // Nordwind: NCE, window over, three seats refundable
	SubscriptionFreshOffice = "c2b81e7d-40f9-4d56-8a13-96d7e05f2c8b" // Nordwind: NCE, inside its window, several batches
	SubscriptionThreeYears  = "5ea9c703-1d84-4b6f-b2e0-f48c6a91d735" // Nordwind: NCE, P3Y monthly
	SubscriptionScheduled   = "91f4d2b8-c6a3-4507-8de9-3b70e5c1fa64" // Atelier: NCE with next-term instructions
	SubscriptionReseller    = "0b7e5ca9-f812-43d6-a94b-c5d2806e1f37" // Atelier: marketplace, partner on record
	SubscriptionTrial       = "d83c16f5-2a9e-4b70-96c8-7e0f4db5a129" // Atelier: marketplace trial
	SubscriptionCancelling  = "47a0e9d6-b53c-4f18-8b27-1d6c92f0e5a3" // Harbour: NCE, cancel scheduled at term end
	SubscriptionSuspended   = "e5d91b74-08c6-4a3f-b1e2-90f7c6d83a5b" // Harbour: NCE, suspended
	SubscriptionExpired     = "2c68f0a7-9d51-4e84-a3b6-f5e0187dc49b" // Harbour: NCE, expired
	SubscriptionLegacy      = "7D3EB5F2-A649-4C01-8F9D-B28E6C50D174" // Prairie: legacy, id in capitals
	SubscriptionAzurePlan   = "f9062dc8-53e1-4b7a-9ad4-6c8b1e05f372" // Prairie
	SubscriptionServer      = "86b4c0e1-d97f-4235-8c6a-3f15a9e7d02b" // Prairie: software
	SubscriptionTelemetry   = "1a9f57d3-e042-4c8b-b76e-d40c2f8a51e9" // Prairie: metered marketplace
	SubscriptionDisabled    = "c40b7a1f-86d5-4e93-a2f8-0e5d91c63b7a" // Alpenblick: NCE, disabled
	SubscriptionDeleted     = "53e1d98c-7f0a-4b26-9c5d-a8b4f60e27d1" // Alpenblick: marketplace, cancelled
	SubscriptionMultiYear   = "e80f6b25-c19d-4a74-8b3e-5d7a02f9c146" // Alpenblick: marketplace, P3Y
	SubscriptionLapsing     = "39c5a7e0-4db8-4f61-a2d7-e6091bf8c534" // Tulpenveld: NCE, renewal off, no cancel
	SubscriptionExtended    = "b6e20d4f-97a1-4c5b-8f36-1a0d8e5c7b92" // Tulpenveld: NCE in its extended service term
	SubscriptionNCETrial    = "0f84b3c6-5e2d-49a7-b18f-d7c90e6a4f25" // Tulpenveld: NCE trial
	SubscriptionCharity     = "9ad7e1f0-b36c-4528-8e0b-c4f5a2d9167e" // Hilfswerk: nonprofit NCE
)
