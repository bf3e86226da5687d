// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// readLine makes a line of what was sent and checks it; status is 0 unless the whole call fails.
func (s *Server) readLine(c *Customer, sent lineRequest, position int) (line *Line, status int, body any) {
	line = &Line{
		ID: position, CatalogItemID: sent.CatalogItemID, FriendlyName: sent.FriendlyName, Currency: sent.CurrencyCode,
		Quantity: sent.Quantity, Cycle: strings.ToLower(sent.BillingCycle), Duration: strings.ToUpper(sent.TermDuration),
		PromotionID: sent.PromotionID, Context: sent.ProvisioningContext,
		Attested: sent.AttestationAccepted != nil && *sent.AttestationAccepted,
	}
	if line.Currency == "" {
		line.Currency = c.currency()
	}
	if text := strings.Trim(string(sent.ID), `"`); text != "" && text != "null" {
		id, err := strconv.Atoi(text)
		if err != nil {
			return nil, http.StatusBadRequest, fault(3000, "The property id is invalid: %s is not a number.", text)
		}
		line.ID = id
	}
	if status, body = line.readRest(sent); status != 0 {
		return nil, status, body
	}
	if line.CatalogItemID == "" {
		return nil, http.StatusBadRequest, fault(900142, "The catalog item ID of line %d is missing.", line.ID)
	}
	if status, body = s.checkResellers(line); status != 0 {
		return nil, status, body
	}
	if status, body = s.checkLine(c, line); status != 0 {
		return nil, status, body
	}
	for n, one := range sent.AddonItems {
		addon, status, body := s.readLine(c, one, n)
		if status != 0 {
			return nil, status, body
		}
		line.Addons = append(line.Addons, addon)
	}
	return line, 0, nil
}

// readRest reads the members that come in several shapes.
func (line *Line) readRest(sent lineRequest) (status int, body any) {
	renewsTo, ok := readRenewsTo(sent.RenewsTo)
	if !ok {
		return http.StatusBadRequest, fault(3000, "The property renewsTo is invalid.")
	}
	line.RenewsTo = renewsTo
	if sent.CustomTermEndDate != nil {
		if line.CustomTermEnd, ok = parseStamp(*sent.CustomTermEndDate); !ok {
			return http.StatusBadRequest, fault(3000, "The property customTermEndDate is invalid: %s is not a date.", *sent.CustomTermEndDate)
		}
	}
	for _, p := range sent.Participants {
		switch {
		case oneOf(p.Key, "transaction_reseller", "TransactionReseller"):
			line.Reseller = p.Value
		case oneOf(p.Key, "additional_transaction_reseller", "AdditionalTransactionReseller"):
			line.AdditionalResellers = append(line.AdditionalResellers, p.Value)
		default:
			return http.StatusBadRequest, fault(900126, "The value %q of participants.key could not be parsed.", p.Key)
		}
	}
	return 0, nil
}

// readRenewsTo takes an object as the samples have it and a list as the tables say.
func readRenewsTo(sent json.RawMessage) (duration string, ok bool) {
	if len(sent) == 0 || string(sent) == "null" {
		return "", true
	}
	var one struct{ TermDuration string }
	if json.Unmarshal(sent, &one) == nil {
		return strings.ToUpper(one.TermDuration), true
	}
	var many []struct{ TermDuration string }
	if json.Unmarshal(sent, &many) != nil || len(many) > 1 {
		return "", false
	}
	for _, m := range many {
		duration = strings.ToUpper(m.TermDuration)
	}
	return duration, true
}

// checkResellers refuses partners on record that may not be one (customers reference, "Errors that orders give").
func (s *Server) checkResellers(line *Line) (status int, body any) {
	if line.Reseller == "" && len(line.AdditionalResellers) > 0 {
		return http.StatusBadRequest, fault(800002, "The request input is invalid: an additional reseller needs a transaction reseller.")
	}
	for _, id := range append([]string{line.Reseller}, line.AdditionalResellers...) {
		if id == "" || s.tenant.Partner.DirectBill {
			continue // a line error says so for direct-bill partners
		}
		if status, body := s.checkReseller(id); status != 0 {
			return status, body
		}
	}
	return 0, nil
}

// checkReseller refuses an MPN id that cannot be partner on record.
func (s *Server) checkReseller(mpnID string) (status int, body any) {
	if mpnID == s.tenant.Partner.MPNID {
		return http.StatusBadRequest, fault(800016, "Partner ID %s is not a valid indirect reseller.", mpnID)
	}
	reseller := s.tenant.reseller(mpnID)
	switch {
	case reseller == nil:
		return http.StatusNotFound, fault(800015, "Partner ID %s was not found.", mpnID)
	case !reseller.Related:
		return http.StatusBadRequest, fault(800016, "Partner ID %s is not a valid indirect reseller.", mpnID)
	case !reseller.AgreementSigned:
		return http.StatusForbidden, fault(900123, "The indirect reseller %s has not accepted the Microsoft Partner Agreement.", mpnID)
	}
	return 0, nil
}

// checkLine attaches the line's error, or answers for the whole call where the knob, or the reference, wants that.
func (s *Server) checkLine(c *Customer, line *Line) (status int, body any) {
	found, code := s.tenant.findItem(line.CatalogItemID, c.Country)
	if code == 0 && found.Stale && s.behaviour.StaleAvailability == AtCart {
		return http.StatusNotFound, staleItem(line.CatalogItemID)
	}
	if code != 0 {
		line.Error = &lineError{Code: 10001, Description: "The catalog item ID is not valid.", status: http.StatusNotFound, whole: code}
	} else {
		if line.FriendlyName == "" {
			line.FriendlyName = found.offerName()
		}
		line.Error = s.lineProblem(c, line, found)
	}
	if line.Error != nil && s.behaviour.CartErrors == ErrorAsStatus {
		return line.Error.status, fault(line.Error.whole, "%s", line.Error.Description)
	}
	return 0, nil
}

func staleItem(catalogItemID string) any {
	return fault(400019, "The availability of catalog item %s was not found.", catalogItemID)
}

// lineProblem is the first reason why the line cannot be bought as it is, nil for none.
func (s *Server) lineProblem(c *Customer, line *Line, found item) *lineError {
	p, k := found.Product, found.SKU
	problem := func(code, whole int, text string) *lineError {
		return &lineError{Code: code, Description: text, status: http.StatusBadRequest, whole: whole}
	}
	most := k.Max
	switch {
	case k.NotPurchasable || found.Segment != "commercial" && !slices.Contains(c.Segments, found.Segment):
		return problem(10001, 800020, "The catalog item is not available to this customer.")
	case !oneOf(line.Currency, c.currency(), s.tenant.Partner.Currency):
		return problem(10000, 900169, "The currency is not supported in the market.")
	case line.Reseller != "" && s.tenant.Partner.DirectBill:
		return problem(10004, 800016, "Participants are not supported for this partner.")
	case p.Family != familyAzure && k.term(line.Duration, line.Cycle) == nil:
		return problem(10013, 800002, "The billing plan is not supported: term "+line.Duration+" with billing "+line.Cycle+".")
	case line.Quantity > most:
		e := problem(10015, 900275, "The quantity exceeds the maximum of "+strconv.Itoa(most)+" seats.")
		e.Available = &most
		return e
	case line.Quantity < k.Min:
		return problem(10010, 900275, "The quantity is below the minimum of "+strconv.Itoa(k.Min)+".")
	case s.behaviour.Sandbox && line.Quantity > sandboxSeats:
		return problem(10009, 800018, "The sandbox limit of 25 seats is exceeded.")
	case k.Attestation && !line.Attested:
		return problem(10012, 900203, "The attestation of the catalog item is not accepted.")
	case k.Trial && p.Family == familySaaS && !slices.Contains(k.RenewsTo, line.RenewsTo):
		return problem(10010, 800002, "A trial needs renewsTo with one of the terms it renews into.")
	case line.PromotionID != "" && s.tenant.promotion(line.PromotionID) == nil:
		return problem(10014, 27007, "The promotion ID is not valid.")
	}
	return s.customEndProblem(c, line, found)
}

// customEndProblem checks a co-termination date (commerce reference, "Co-termination dates").
func (s *Server) customEndProblem(c *Customer, line *Line, found item) *lineError {
	if line.CustomTermEnd.IsZero() {
		return nil
	}
	if found.Product.Family != familyNCE || found.SKU.Trial {
		return &lineError{Code: 10016, Description: "The product does not take a custom term end date.", status: http.StatusBadRequest, whole: 900242}
	}
	for _, date := range s.customTermEnds(c, s.now(), line.Duration) {
		if midnight(date.on).Equal(midnight(line.CustomTermEnd)) {
			return nil
		}
	}
	return &lineError{Code: 10017, Description: "The custom term end date matches neither another subscription's end nor a month end.", status: http.StatusBadRequest, whole: 900242}
}

// price is what the line costs, nil for items without a price.
func (s *Server) price(c *Customer, line *Line) *Pricing {
	found, code := s.tenant.findItem(line.CatalogItemID, c.Country)
	if code != 0 {
		return nil
	}
	return s.priceOf(c, found, line.Duration, line.Cycle, line.Quantity, line.PromotionID)
}

func (s *Server) priceOf(c *Customer, found item, duration, cycle string, quantity int, promotionID string) *Pricing {
	term := found.SKU.term(duration, cycle)
	if term == nil {
		return nil
	}
	list := term.Price.in(c.currency())
	price := list
	if promotion, problems := s.promotionFor(c, promotionID, found, quantity, duration, cycle); promotion != nil && len(problems) == 0 {
		price = list.percent(-int64(promotion.Percent))
	}
	return &Pricing{List: list, Discounted: price, Prorated: price, Price: price,
		Extended: price * money(quantity) * money(cycles(duration, cycle))}
}
