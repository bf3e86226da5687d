// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"fmt"
	"slices"
	"strings"
)

// productType tells families apart (commerce reference, Product).
func productType(f family) object {
	kind := func(id string) object { return object{"id": id, "displayName": id} }
	switch f {
	case familySaaS:
		saas := kind("Azure")
		saas["subType"] = kind("SaaS")
		return saas
	case familyNCE:
		return kind("OnlineServicesNCE")
	case familySoftware:
		return kind("Software")
	case familyAzure:
		return kind("Azure")
	}
	return kind("OnlineServices")
}

func renderProduct(p *Product, country string) object {
	self := "/products/" + p.ID
	return object{
		"id": p.ID, "title": p.Title, "description": p.Description, "productType": productType(p.Family),
		"isMicrosoftProduct": p.Family != familySaaS, "publisherName": p.Publisher,
		"links": object{"skus": link(self + "/skus?country=" + country), "self": link(self + "?country=" + country)},
	}
}

func renderSKU(p *Product, k *SKU, country string) object {
	self := "/products/" + p.ID + "/skus/" + k.ID
	sku := object{
		"id": k.ID, "productId": p.ID, "title": k.Title, "description": k.Title,
		"minimumQuantity": k.Min, "maximumQuantity": k.Max, "isTrial": k.Trial, "supportedBillingCycles": billingCycles(k),
		"purchasePrerequisites": []string{"MicrosoftCustomerAgreement"}, "inventoryVariables": []string{},
		"provisioningVariables": provisioningVariables(k), "actions": []string{"Refund"},
		"dynamicAttributes": dynamicAttributes(p, k),
		"links":             object{"availabilities": link(self + "/availabilities?country=" + country), "self": link(self + "?country=" + country)},
	}
	if k.Attestation {
		sku["attestationProperties"] = object{"attestationType": "customer_eligibility", "enforceAttestation": true}
	}
	if p.Family == familySaaS {
		sku["termsOfUseUri"] = "https://" + publisherHost(p.Publisher) + "/terms"
	}
	return sku
}

// provisioningVariables are the keys a cart line needs. The key of metered plans is not documented.
func provisioningVariables(k *SKU) []string {
	if k.Metered {
		return []string{meteredContextKey}
	}
	return []string{}
}

const meteredContextKey = "azurePlanId"

func billingCycles(k *SKU) []string {
	found := []string{}
	for _, t := range k.Terms {
		if cycle := strings.ToLower(t.Cycle); !slices.Contains(found, cycle) {
			found = append(found, cycle)
		}
	}
	return found
}

func dynamicAttributes(p *Product, k *SKU) object {
	if p.Family != familyNCE {
		return object{}
	}
	prerequisites := []string{}
	if k.BasePrerequisite != "" {
		prerequisites = append(prerequisites, k.BasePrerequisite)
	}
	targets := k.TransitionTo
	if targets == nil {
		targets = []string{}
	}
	return object{"isAddon": k.Addon, "prerequisiteSkus": prerequisites, "upgradeTargetOffers": targets,
		"isMicrosoftProduct": true, "hasConstraints": false}
}

func renderAvailability(i item, country string, purchasable bool) object {
	p, k := i.Product, i.SKU
	code := currencyOf(country)
	answer := object{
		"id": i.Availability, "productId": p.ID, "skuId": k.ID, "catalogItemId": i.id(),
		"defaultCurrency": object{"code": code, "symbol": symbols[code]},
		"segment":         i.Segment, "country": country, "isPurchasable": purchasable, "isRenewable": !k.NotRenewable,
		"terms": renderTerms(p, k), "product": renderProduct(p, country), "sku": renderSKU(p, k, country),
		"links": object{"self": link(fmt.Sprintf("/products/%s/skus/%s/availabilities/%s?country=%s", p.ID, k.ID, i.Availability, country))},
	}
	if p.Family == familyNCE && !k.NotRenewable {
		terms := []string{}
		for n := range k.Terms {
			terms = append(terms, termID(n))
		}
		answer["renewalInstructions"] = []object{{"applicableTermIds": terms,
			"renewalOptions": []object{{"renewToId": p.ID + ":" + k.ID, "isAutoRenewable": true}}}}
	}
	return answer
}

func termID(n int) string { return fmt.Sprintf("5aeco6mffyxo-%d", n) }

func renderTerms(p *Product, k *SKU) []object {
	terms := []object{}
	for n, t := range k.Terms {
		term := object{"id": termID(n), "duration": t.Duration, "description": termText(t), "billingCycle": t.Cycle}
		if policies := cancellationPolicies(p.Family, k.Trial); policies != nil {
			term["cancellationPolicies"] = policies
		}
		var options []object
		for _, duration := range k.RenewsTo {
			options = append(options, object{"termDuration": duration, "description": "renews into " + duration})
		}
		if options != nil {
			term["renewalOptions"] = options
		}
		terms = append(terms, term)
	}
	return terms
}

func termText(t Term) string {
	names := map[string]string{"P1M": "One-Month", "P1Y": "One-Year", "P2Y": "Two-Year", "P3Y": "Three-Year"}
	return fmt.Sprintf("%s commitment, %s billing", names[t.Duration], strings.ToLower(t.Cycle))
}

// cancellationPolicies hold durations, where a subscription's refund options hold dates (commerce reference, Availability).
func cancellationPolicies(f family, trial bool) []object {
	option := func(n int, kind, expires string) object {
		return object{"sequenceId": n, "type": kind, "expiresAfter": expires}
	}
	switch {
	case trial:
		return nil
	case f == familySaaS:
		return []object{{"refundOptions": []object{option(0, "Full", "P3D")}}}
	case f == familyNCE:
		return []object{{"refundOptions": []object{option(0, "Full", "P1D"), option(1, "Partial", "P7D")}}}
	}
	return nil
}

// publisherHost is the publisher's web site, below a name that belongs to nobody.
func publisherHost(publisher string) string {
	host := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return -1
	}, publisher)
	return host + ".example"
}
