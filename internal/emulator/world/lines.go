// SPDX-License-Identifier: MPL-2.0

package world

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// checkLines checks lines that somebody wants to buy: some refusals fail the whole call, others stay with their line.
func (w *World) checkLines(c *Customer, lines []*Line) *Refusal {
	if most := w.Rules.LinesOfACart; most > 0 && len(lines) > most {
		return refuse(badRequest, 800002, "The request input is invalid: a cart has at most %d lines.", most)
	}
	for n, line := range lines {
		if refusal := w.checkWholeLine(c, line); refusal != nil {
			return refusal
		}
		if slices.ContainsFunc(lines[:n], func(other *Line) bool { return other.ID == line.ID }) {
			return refuse(badRequest, 800002, "The request input is invalid: two lines have the ID %d.", line.ID)
		}
	}
	return w.checkBases(c, lines)
}

// checkBases puts an error into add-ons without a base, in the customer's tenant or in the cart (reference/commerce.md#new-commerce-add-ons).
func (w *World) checkBases(c *Customer, lines []*Line) *Refusal {
	if w.Rules.AddonCheck == AtCheckout {
		return nil
	}
	for _, line := range lines {
		found, code := w.Tenant.FindItem(line.CatalogItemID, c.Country)
		if code != 0 || line.Error != nil || w.hasBase(c, found.SKU, lines) {
			continue
		}
		line.Error = newLineError(400041, badRequest, 800029, "The add-on has no compatible base product.")
		if w.Rules.CartErrors == ErrorAsStatus {
			return line.Error.Whole
		}
	}
	return nil
}

// hasBase reports whether a SKU needs no base, or the customer has one, or buys it with these lines.
func (w *World) hasBase(c *Customer, k *SKU, lines []*Line) bool {
	if k.BasePrerequisite == "" || ownsBase(c, k.BasePrerequisite) {
		return true
	}
	return slices.ContainsFunc(lines, func(line *Line) bool {
		return line.Error == nil && strings.HasPrefix(line.CatalogItemID, k.BasePrerequisite+":")
	})
}

// checkWholeLine checks a line with its add-ons.
func (w *World) checkWholeLine(c *Customer, line *Line) *Refusal {
	line.Currency = cmp.Or(line.Currency, c.Currency())
	if line.CatalogItemID == "" {
		return refuse(badRequest, 900142, "The catalog item ID of line %d is missing.", line.ID)
	}
	if refusal := w.checkResellers(line); refusal != nil {
		return refusal
	}
	if refusal := w.checkLine(c, line); refusal != nil {
		return refusal
	}
	for _, addon := range line.Addons {
		if refusal := w.checkWholeLine(c, addon); refusal != nil {
			return refusal
		}
	}
	return nil
}

// checkAttestation wants the partner's attestation for a purchase with a reseller, or for every one.
func (w *World) checkAttestation(lines []*Line, attested bool) *Refusal {
	withReseller := slices.ContainsFunc(lines, func(line *Line) bool { return line.Reseller != "" })
	if !attested && (w.Rules.AttestationAlways || withReseller) {
		return refuse(badRequest, 900206, "partnerOnRecordAttestationAccepted is required.")
	}
	return nil
}

// checkResellers refuses partners on record that may not be one
// (reference/customers-and-billing.md#errors-that-orders-give-for-a-bad-partner-on-record).
func (w *World) checkResellers(line *Line) *Refusal {
	if line.Reseller == "" && len(line.AdditionalResellers) > 0 {
		return refuse(badRequest, 800002, "The request input is invalid: an additional reseller needs a transaction reseller.")
	}
	for _, id := range append([]string{line.Reseller}, line.AdditionalResellers...) {
		if id == "" || w.Tenant.Partner.DirectBill {
			continue // a line error says so for direct-bill partners
		}
		if refusal := w.checkReseller(id); refusal != nil {
			return refusal
		}
	}
	return nil
}

// checkReseller refuses an MPN id that cannot be partner on record.
func (w *World) checkReseller(mpnID string) *Refusal {
	if mpnID == w.Tenant.Partner.MPNID {
		return refuse(badRequest, 800016, "Partner ID %s is not a valid indirect reseller.", mpnID)
	}
	reseller := w.Tenant.Reseller(mpnID)
	switch {
	case reseller == nil:
		return refuse(notFound, 800015, "Partner ID %s was not found.", mpnID)
	case !reseller.Related:
		return refuse(badRequest, 800016, "Partner ID %s is not a valid indirect reseller.", mpnID)
	}
	return reseller.refusal()
}

// checkLine attaches the line's error, or answers for the whole call where the knob or the API wants that
// (reference/commerce.md#line-validation).
func (w *World) checkLine(c *Customer, line *Line) *Refusal {
	found, code := w.Tenant.FindItem(line.CatalogItemID, c.Country)
	if code == 0 && found.Stale && w.Rules.StaleAvailability == AtCart {
		return staleItem(line.CatalogItemID)
	}
	if code != 0 {
		line.Error = newLineError(10001, notFound, code, "The catalog item ID is not valid.")
	} else {
		if line.FriendlyName == "" {
			line.FriendlyName = found.OfferName()
		}
		if line.Error = w.lineProblem(c, line, found); line.Error == nil {
			w.applyPromotion(c, line, found)
		}
	}
	if line.Error != nil && w.Rules.CartErrors == ErrorAsStatus {
		return line.Error.Whole
	}
	return nil
}

func staleItem(catalogItemID string) *Refusal {
	return refuse(notFound, 400019, "The availability of catalog item %s was not found.", catalogItemID)
}

// newLineError is an error of a line, with the status and the code of the call that fails for it where a rule wants that.
func newLineError(code, status, whole int, text string) *LineError {
	return &LineError{Code: code, Description: text, Whole: refuse(status, whole, "%s", text)}
}

// lineProblem is the first reason why the line cannot be bought as it is, nil for none.
func (w *World) lineProblem(c *Customer, line *Line, found Item) *LineError {
	p, k := found.Product, found.SKU
	problem := func(code, whole int, text string) *LineError { return newLineError(code, badRequest, whole, text) }
	most := k.Max
	switch {
	case k.NotPurchasable || found.Segment != "commercial" && !slices.Contains(c.Segments, found.Segment):
		return problem(10001, 800020, "The catalog item is not available to this customer.")
	case !OneOf(line.Currency, c.Currency(), w.Tenant.Partner.Currency):
		return problem(10000, 900169, "The currency is not supported in the market.")
	case line.Reseller != "" && w.Tenant.Partner.DirectBill:
		return problem(10004, 800016, "Participants are not supported for this partner.")
	case p.Family != FamilyAzure && k.Term(line.Duration, line.Cycle) == nil:
		return problem(10013, 800002, "The billing plan is not supported: term "+line.Duration+" with billing "+line.Cycle+".")
	case line.Quantity > most:
		e := problem(10015, 900275, "The quantity exceeds the maximum of "+strconv.Itoa(most)+" seats.")
		e.Available = &most
		return e
	case line.Quantity < k.least(line.Duration):
		return problem(10010, 900275, "The quantity is below the minimum of "+strconv.Itoa(k.least(line.Duration))+".")
	case w.Rules.Sandbox && line.Quantity > sandboxSeats:
		return problem(10009, 800018, "The sandbox limit of 25 seats is exceeded.")
	case k.Attestation && !line.Attested:
		return problem(10012, 900203, "The attestation of the catalog item is not accepted.")
	case k.Trial && p.Family == FamilySaaS && !slices.Contains(k.RenewsTo, line.RenewsTo):
		return problem(10010, 800002, "A trial needs renewsTo with one of the terms it renews into.")
	case line.PromotionID != "" && w.Tenant.Promotion(line.PromotionID) == nil:
		return problem(10014, 27007, "The promotion ID is not valid.")
	}
	return w.customEndProblem(c, line, found)
}

// customEndProblem checks a co-termination date (reference/commerce.md#co-termination-dates).
func (w *World) customEndProblem(c *Customer, line *Line, found Item) *LineError {
	if line.CustomTermEnd.IsZero() {
		return nil
	}
	if found.Product.Family != FamilyNCE || found.SKU.Trial {
		return newLineError(10016, badRequest, 900242, "The product does not take a custom term end date.")
	}
	for _, date := range w.CustomTermEnds(c, w.Now(), line.Duration) {
		if Midnight(date.On).Equal(Midnight(line.CustomTermEnd)) {
			return nil
		}
	}
	return newLineError(10017, badRequest, 900242, "The custom term end date matches neither another subscription's end nor a month end.")
}
