// SPDX-License-Identifier: MPL-2.0

package sample

import (
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

func partner() world.Partner {
	return world.Partner{TenantID: PartnerTenantID, Name: "Ostwind Distribution SE", MPNID: PartnerMPNID, Country: "DE", Currency: "EUR"}
}

func resellers() []world.Reseller {
	return []world.Reseller{
		{TenantID: ResellerRheinwerkID, Name: "Rheinwerk Systems", MPNID: ResellerRheinwerk, Country: "DE", Related: true, AgreementSigned: true},
		{TenantID: ResellerLoireID, Name: "Loire Informatique SARL", MPNID: ResellerLoire, Country: "FR", Related: true, AgreementSigned: true},
		{TenantID: ResellerUnsignedID, Name: "Moorland IT Ltd", MPNID: ResellerUnsigned, Country: "GB", Related: true},
		{TenantID: ResellerUnrelatedID, Name: "Somewhere Else Consulting", MPNID: ResellerUnrelated, Country: "US", AgreementSigned: true},
	}
}

func customers(now time.Time) []*world.Customer {
	all := []*world.Customer{
		{ID: CustomerNordwind, Name: "Nordwind Maschinenbau GmbH", Domain: "nordwindmaschinen.onmicrosoft.com", Country: "DE", City: "Kiel", State: "SH",
			Street: "Hafenweg 12", PostalCode: "24103", FirstName: "Mira", LastName: "Kolb", Email: "einkauf@nordwind.example", Culture: "de-DE", Language: "de",
			Resellers: []string{ResellerRheinwerkID}, Seats: []world.Seats{{SKU: ProductOffice + ":0001", Assigned: 51, Elsewhere: 4}}},
		{ID: CustomerAtelier, Name: "Atelier Lumière SAS", Domain: "atelierlumiere.onmicrosoft.com", Country: "FR", City: "Lyon", Street: "14 quai des Lanternes",
			PostalCode: "69002", FirstName: "Élodie", LastName: "Marchand", Email: "compta@atelier-lumiere.example", Culture: "fr-FR", Language: "fr",
			Resellers: []string{ResellerLoireID}},
		{ID: CustomerHarbour, Name: "Harbour & Finch Ltd", Domain: "harbourfinch.onmicrosoft.com", Country: "GB", City: "Bristol", Street: "3 Rope Walk",
			PostalCode: "BS1 6ZJ", FirstName: "Owen", LastName: "Finch", Email: "it@harbourfinch.example", Culture: "en-GB", Language: "en", DirectSigned: true},
		{ID: CustomerPrairie, Name: "Prairie Data Inc.", Domain: "prairiedata.onmicrosoft.com", Country: "US", City: "Omaha", State: "NE",
			Street: "210 Bluestem Ave", PostalCode: "68102", FirstName: "Dana", LastName: "Whitlock", Email: "ops@prairiedata.example", Culture: "en-US", Language: "en",
			Seats: []world.Seats{{SKU: ProductDiagram + ":0001", Assigned: 3, Elsewhere: 2}}},
		{ID: CustomerAlpenblick, Name: "Alpenblick Treuhand AG", Domain: "alpenblick.onmicrosoft.com", Country: "CH", City: "Chur", State: "GR",
			Street: "Bahnhofplatz 7", PostalCode: "7000", FirstName: "Reto", LastName: "Caduff", Email: "buero@alpenblick.example", Culture: "de-CH", Language: "de",
			RegistrationNumber: "CHE-000.111.222"},
		{ID: CustomerTulpenveld, Name: "Tulpenveld Logistiek B.V.", Domain: "tulpenveld.onmicrosoft.com", Country: "NL", City: "Haarlem", Street: "Kadeweg 88",
			PostalCode: "2031 AB", FirstName: "Sanne", LastName: "de Wit", Email: "beheer@tulpenveld.example", Culture: "nl-NL", Language: "nl"},
		{ID: CustomerHilfswerk, Name: "Hilfswerk Morgenrot e.V.", Domain: "morgenrot.onmicrosoft.com", Country: "DE", City: "Leipzig", State: "SN",
			Street: "Lindenhof 3", PostalCode: "04109", FirstName: "Jonas", LastName: "Berg", Email: "info@morgenrot.example", Culture: "de-DE", Language: "de",
			Segments: []string{"nonprofit"}},
		{ID: CustomerKaffeehaus, Name: "Kaffeehaus Prater OG", Domain: "kaffeehausprater.onmicrosoft.com", Country: "AT", City: "Wien", Street: "Praterallee 1",
			PostalCode: "1020", FirstName: "Leni", LastName: "Gruber", Email: "post@kaffeehaus.example", Culture: "de-AT", Language: "de"},
		{ID: CustomerSonnenhof, Name: "Werkstatt Sonnenhof e.K.", Domain: "sonnenhof.onmicrosoft.com", Country: "DE", City: "Ulm", State: "BW",
			Street: "Am Sonnenhof 2", PostalCode: "89073", FirstName: "Karl", LastName: "Ott", Email: "werkstatt@sonnenhof.example", Culture: "de-DE", Language: "de"},
		{ID: CustomerBateauBleu, Name: "Le Bateau Bleu SARL", Domain: "bateaubleu.onmicrosoft.com", Country: "FR", City: "La Rochelle", Street: "2 rue du Phare",
			PostalCode: "17000", FirstName: "Anne", LastName: "Rousseau", Email: "bonjour@bateaubleu.example", Culture: "fr-FR", Language: "fr", Validation: "UnderReview"},
		{ID: CustomerAltstadt, Name: "Kontor Altstadt GmbH", Domain: "kontoraltstadt.onmicrosoft.com", Country: "DE", City: "Wismar", State: "MV",
			Street: "Am Markt 9", PostalCode: "23966", FirstName: "Ute", LastName: "Sander", Email: "kontor@altstadt.example", Culture: "de-DE", Language: "de", Relationship: "none"},
	}
	for n, c := range all {
		complete(c, n, now)
		if c.ID == CustomerSonnenhof {
			c.Agreements = nil
		}
	}
	return all
}

// complete fills in what all customers of the sample have alike.
func complete(c *world.Customer, n int, now time.Time) {
	c.Register(n, now.AddDate(-2, 0, -n))
	if !c.DirectSigned {
		c.Agreements = []world.Agreement{{FirstName: c.FirstName, LastName: c.LastName, Email: c.Email, TemplateID: world.AgreementTemplateID,
			Type: world.CustomerAgreement, Agreed: world.Midnight(c.Created)}}
	}
}
