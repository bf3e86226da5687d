// SPDX-License-Identifier: MPL-2.0

package sample

import (
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

const microsoft = "Microsoft Corporation"

func term(duration, cycle string, priceInCents int64) world.Term {
	return world.Term{Duration: duration, Cycle: cycle, Price: world.Cents(priceInCents)}
}

func products() []*world.Product { return append(marketplaceProducts(), microsoftProducts()...) }

func marketplaceProducts() []*world.Product {
	saas := func(id, title, publisher string, skus ...*world.SKU) *world.Product {
		return &world.Product{ID: id, Title: title, Description: "<p>" + title + " of <b>" + publisher + "</b>.</p>", Publisher: publisher, Family: world.FamilySaaS, SKUs: skus}
	}
	payroll := saas(ProductPayroll, "Lohnbuero Cloud", "Rechenschieber Software GmbH",
		&world.SKU{ID: "0001", Title: "Standard", Min: 5, Max: 250, Terms: []world.Term{term("P1M", "Monthly", 690), term("P1Y", "Monthly", 620)}})
	payroll.Countries = []string{"DE", "AT", "CH"}
	return []*world.Product{
		saas(ProductMailGuard, "Mail Guard", "Fabrikant Security GmbH",
			&world.SKU{ID: "0001", Title: "Team plan", Min: 1, Max: 500, RetiredFirst: true,
				Terms: []world.Term{term("P1M", "Monthly", 420), term("P1Y", "Monthly", 360), term("P1Y", "Annual", 4050)}},
			&world.SKU{ID: "0002", Title: "Enterprise plan", Min: 25, Max: 5000, Terms: []world.Term{term("P1Y", "Monthly", 510), term("P1Y", "Annual", 5800)}}),
		saas(ProductTimesheet, "Timesheet Hub", "Kestrel Works Ltd",
			&world.SKU{ID: "0001", Title: "Company", Min: 1, Max: 1, Terms: []world.Term{term("P1M", "Monthly", 14900), term("P1Y", "Annual", 149000)}}),
		saas(ProductBackup, "Tresor Backup", "Tresor Data AG",
			&world.SKU{ID: "0001", Title: "Seats", Min: 1, Max: 10000, Terms: []world.Term{term("P1M", "Monthly", 299), term("P1Y", "Monthly", 259), term("P1Y", "Annual", 2990),
				term("P2Y", "Annual", 2790), term("P2Y", "Biennial", 5390), term("P3Y", "Annual", 2590), term("P3Y", "Triennial", 7190)}}),
		saas(ProductSignature, "Paraphe Sign", "Paraphe SAS",
			&world.SKU{ID: "0001", Title: "Free trial", Min: 1, Max: 25, Trial: true, MaxPerCustomer: 1, RenewsTo: []string{"P1M", "P1Y"}, Terms: []world.Term{term("P1M", "None", 0)}},
			&world.SKU{ID: "0002", Title: "Business", Min: 1, Max: 1000, Terms: []world.Term{term("P1M", "Monthly", 890), term("P1Y", "Monthly", 790)}}),
		saas(ProductTelemetry, "Telemetry Lake", "Prairie Metrics Inc",
			&world.SKU{ID: "0001", Title: "Pay as you go", Min: 1, Max: 1, Metered: true, Terms: []world.Term{term("P1M", "Monthly", 0)}}),
		saas(ProductPartnerOnly, "Partner Vault", "Kestrel Works Ltd",
			&world.SKU{ID: "0001", Title: "Invited partners", Min: 1, Max: 100, Exclusive: true, Terms: []world.Term{term("P1Y", "Annual", 9900)}}),
		saas(ProductMedical, "Praxis Akte", "Rechenschieber Software GmbH",
			&world.SKU{ID: "0001", Title: "Healthcare", Min: 1, Max: 200, Attestation: true, Terms: []world.Term{term("P1M", "Monthly", 1950), term("P1Y", "Annual", 21000)}}),
		saas(ProductRetired, "Fax Relay", "Kestrel Works Ltd",
			&world.SKU{ID: "0001", Title: "Classic", Min: 1, Max: 50, NotPurchasable: true, NotRenewable: true, Terms: []world.Term{term("P1M", "Monthly", 990)}}),
		payroll,
		saas(ProductContracts, "Contract Room", "Paraphe SAS",
			&world.SKU{ID: "0001", Title: "Yearly", Min: 1, Max: 300, MaxPerCustomer: 1, Terms: []world.Term{term("P1Y", "Annual", 11900)}}),
	}
}

func microsoftProducts() []*world.Product {
	nce := func(id, title string, k world.SKU) *world.Product {
		k.ID, k.Title = "0001", title
		return &world.Product{ID: id, Title: title, Description: title, Publisher: microsoft, Family: world.FamilyNCE, SKUs: []*world.SKU{&k}}
	}
	return []*world.Product{
		nce(ProductOffice, "Workplace 365 Standard", world.SKU{Min: 1, Max: 300, RetiredFirst: true, TransitionTo: []string{ProductOfficePlus + ":0001"},
			Terms: []world.Term{term("P1M", "Monthly", 1404), term("P1Y", "Monthly", 1170), term("P1Y", "Annual", 14040),
				term("P3Y", "Monthly", 1170), term("P3Y", "Annual", 14040), term("P3Y", "Triennial", 42120)}}),
		nce(ProductOfficePlus, "Workplace 365 Premium", world.SKU{Min: 1, Max: 300, Segments: []string{"commercial", "education"},
			Terms: []world.Term{term("P1M", "Monthly", 2472), term("P1Y", "Monthly", 2060), term("P1Y", "Annual", 24720)}}),
		nce(ProductDiagram, "Diagram Studio Plan 2", world.SKU{Min: 1, Max: 10000, Terms: []world.Term{term("P1Y", "Monthly", 1400), term("P1Y", "Annual", 16800)}}),
		nce(ProductArchive, "Mail Archive", world.SKU{Min: 1, Max: 10000, Terms: []world.Term{term("P1Y", "Annual", 3360)}}),
		nce(ProductOfficeTrial, "Workplace 365 Standard Trial", world.SKU{Min: 25, Max: 25, Trial: true, MaxPerCustomer: 1, TrialOf: ProductOffice + ":0001",
			Terms: []world.Term{term("P1M", "Monthly", 0)}}),
		nce(ProductCharity, "Workplace 365 Nonprofit", world.SKU{Min: 1, Max: 300, Segments: []string{"nonprofit"},
			Terms: []world.Term{term("P1Y", "Monthly", 280), term("P1Y", "Annual", 3360)}}),
		nce(ProductCalling, "Calling Add-on", world.SKU{Min: 1, Max: 300, Addon: true, BasePrerequisite: ProductOffice + ":0001",
			Terms: []world.Term{term("P1M", "Monthly", 900), term("P1Y", "Monthly", 750)}}),
		{ID: ProductAzurePlan, Title: "Azure plan", Publisher: microsoft, Family: world.FamilyAzure, SKUs: []*world.SKU{{ID: "0001", Title: "Azure plan", Min: 1, Max: 1, MaxPerCustomer: 1}}},
		{ID: ProductServer, Title: "Database Server 2025 Standard", Publisher: microsoft, Family: world.FamilySoftware, SKUs: []*world.SKU{{ID: "0001", Title: "2 cores, perpetual",
			Min: 1, Max: 999, NotRenewable: true, Terms: []world.Term{{Cycle: "one_time", Price: world.Cents(359900)}}}}},
	}
}

func promotions(now time.Time) []world.Promotion {
	plus := world.Promotion{ID: PromotionPlus, Name: "Premium welcome", Description: "15 % off the first year of Workplace 365 Premium",
		ProductID: ProductOfficePlus, SkuID: "0001", Duration: "P1Y", Cycle: "Monthly", Percent: 15, MaxSeats: 100, NewToProduct: true,
		Start: now.AddDate(0, -2, 0), End: now.AddDate(0, 4, 0)}
	ended := plus
	ended.ID, ended.Name, ended.Start, ended.End = PromotionEnded, "Premium spring", now.AddDate(0, -8, 0), now.AddDate(0, -5, 0)
	return []world.Promotion{plus, ended}
}
