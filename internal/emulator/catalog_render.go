// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"fmt"
	"slices"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// productType tells families apart (reference/commerce.md#product).
func productType(f world.Family) object {
	kind := func(id string) object { return object{"id": id, "displayName": id} }
	switch f {
	case world.FamilySaaS:
		saas := kind("Azure")
		saas["subType"] = kind("SaaS")
		return saas
	case world.FamilyNCE:
		return kind("OnlineServicesNCE")
	case world.FamilySoftware:
		return kind("Software")
	case world.FamilyAzure:
		return kind("Azure")
	}
	return kind("OnlineServices")
}

func renderProduct(p *world.Product, country string) object {
	self := "/products/" + p.ID
	return object{
		"id": p.ID, "title": p.Title, "description": p.Description, "productType": productType(p.Family),
		"isMicrosoftProduct": p.Family != world.FamilySaaS, "publisherName": p.Publisher,
		"links": object{"skus": link(self + "/skus?country=" + country), "self": link(self + "?country=" + country)},
	}
}

func renderSKU(p *world.Product, k *world.SKU, country string) object {
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
	if p.Family == world.FamilySaaS {
		sku["termsOfUseUri"] = "https://" + publisherHost(p.Publisher) + "/terms"
	}
	return sku
}

// provisioningVariables are the keys a cart line needs. The key of metered plans is not documented.
func provisioningVariables(k *world.SKU) []string {
	if k.Metered {
		return []string{world.MeteredContextKey}
	}
	return []string{}
}

func billingCycles(k *world.SKU) []string {
	found := []string{}
	for _, t := range k.Terms {
		if cycle := strings.ToLower(t.Cycle); !slices.Contains(found, cycle) {
			found = append(found, cycle)
		}
	}
	return found
}

func dynamicAttributes(p *world.Product, k *world.SKU) object {
	if p.Family != world.FamilyNCE {
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

func renderAvailability(i world.Item, country string, purchasable bool) object {
	p, k := i.Product, i.SKU
	code := world.CurrencyOf(country)
	answer := object{
		"id": i.Availability, "productId": p.ID, "skuId": k.ID, "catalogItemId": i.ID(),
		"defaultCurrency": object{"code": code, "symbol": world.Symbol(code)},
		"segment":         i.Segment, "country": country, "isPurchasable": purchasable, "isRenewable": !k.NotRenewable,
		"terms": renderTerms(p, k), "product": renderProduct(p, country), "sku": renderSKU(p, k, country),
		"links": object{"self": link(fmt.Sprintf("/products/%s/skus/%s/availabilities/%s?country=%s", p.ID, k.ID, i.Availability, country))},
	}
	if p.Family == world.FamilyNCE && !k.NotRenewable {
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

func renderTerms(p *world.Product, k *world.SKU) []object {
	terms := []object{}
	for n, t := range k.Terms {
		term := object{"id": termID(n), "duration": t.Duration, "description": t.Text(), "billingCycle": t.Cycle}
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

// cancellationPolicies hold durations, where a subscription's refund options hold dates (reference/commerce.md#availability).
func cancellationPolicies(f world.Family, trial bool) []object {
	option := func(n int, kind, expires string) object {
		return object{"sequenceId": n, "type": kind, "expiresAfter": expires}
	}
	switch {
	case trial:
		return nil
	case f == world.FamilySaaS:
		return []object{{"refundOptions": []object{option(0, "Full", "P3D")}}}
	case f == world.FamilyNCE:
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
