// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
)

// cartRequest is a cart as a caller sends it; what only the service fills in is taken and ignored.
type cartRequest struct {
	ID, CreationTimestamp, LastModifiedTimestamp, ExpirationTimestamp any
	LastModifiedUser, Status, Links, Attributes                       any
	LineItems                                                         []lineRequest
	PartnerOnRecordAttestationAccepted                                *bool
}

type lineRequest struct {
	ID                                                            json.RawMessage
	CatalogItemID, FriendlyName, CurrencyCode                     string
	Quantity                                                      int
	BillingCycle, TermDuration, PromotionID                       string
	Participants                                                  []participant
	ProvisioningContext                                           map[string]string
	RenewsTo                                                      json.RawMessage
	CustomTermEndDate                                             *string
	AttestationAccepted                                           *bool
	AddonItems                                                    []lineRequest
	OrderGroup, PurchaseSystem, Error, Pricing, Links, Attributes any
}

type participant struct{ Key, Value string }

func createCart(s *Server, c *Customer, r *http.Request) (int, any) {
	lines, attested, status, body := s.readCart(c, r)
	if status != 0 {
		return status, body
	}
	now := s.now()
	cart := &Cart{ID: s.newID(), Status: cartActive, User: s.actor(r), Created: now, Modified: now,
		Expires: now.Add(s.behaviour.CartLifetime), Lines: lines, Attested: attested}
	c.Carts = append(c.Carts, cart)
	return http.StatusCreated, s.renderCart(c, cart)
}

// actor is the user of a call, or the application where there is none.
func (s *Server) actor(r *http.Request) string {
	who := s.caller(r)
	if who.User != "" {
		return who.User
	}
	return who.ApplicationID
}

// readCart reads and checks the body of a cart call. A status other than 0 is the answer to give.
func (s *Server) readCart(c *Customer, r *http.Request) (lines []*Line, attested bool, status int, body any) {
	var sent cartRequest
	if status, body, ok := decode(r, &sent); !ok {
		return nil, false, status, body
	}
	if s.behaviour.AgreementCheck == AtCart && !c.agreed() {
		return nil, false, http.StatusForbidden, agreementMissing(c)
	}
	if len(sent.LineItems) == 0 {
		return nil, false, http.StatusBadRequest, fault(800002, "The request input is invalid: lineItems is empty.")
	}
	for n, one := range sent.LineItems {
		line, status, body := s.readLine(c, one, n)
		if status != 0 {
			return nil, false, status, body
		}
		for _, other := range lines {
			if other.ID == line.ID {
				return nil, false, http.StatusBadRequest, fault(800002, "The request input is invalid: two lines have the ID %d.", line.ID)
			}
		}
		lines = append(lines, line)
	}
	attested = sent.PartnerOnRecordAttestationAccepted != nil && *sent.PartnerOnRecordAttestationAccepted
	if !attested && (s.behaviour.AttestationAlways || anyReseller(lines)) {
		return nil, false, http.StatusBadRequest, fault(900206, "partnerOnRecordAttestationAccepted is required.")
	}
	s.group(lines)
	return lines, attested, 0, nil
}

func agreementMissing(c *Customer) any {
	return fault(13605, "The Microsoft Customer Agreement is not accepted for customer %s.", c.ID)
}

func anyReseller(lines []*Line) bool {
	for _, line := range lines {
		if line.Reseller != "" {
			return true
		}
	}
	return false
}

// group puts lines that are billed alike into one order.
func (s *Server) group(lines []*Line) {
	groups := map[string]string{}
	for _, line := range lines {
		p := s.tenant.product(strings.SplitN(line.CatalogItemID, ":", 2)[0])
		key := line.Cycle
		if p != nil {
			key += string(p.Family)
		}
		if _, known := groups[key]; !known {
			groups[key] = strconv.Itoa(len(groups))
		}
		line.Group = groups[key]
	}
}

// forCart finds the cart of the path; an expired one is gone.
func forCart(h func(s *Server, c *Customer, cart *Cart, r *http.Request) (int, any)) handler {
	return forCustomer(func(s *Server, c *Customer, r *http.Request) (int, any) {
		for _, cart := range c.Carts {
			if strings.EqualFold(cart.ID, r.PathValue("cart")) && s.now().Before(cart.Expires) {
				return h(s, c, cart, r)
			}
		}
		return http.StatusNotFound, fault(800008, "Cart %s was not found.", r.PathValue("cart"))
	})
}

func getCart(s *Server, c *Customer, cart *Cart, _ *http.Request) (int, any) {
	return http.StatusOK, s.renderCart(c, cart)
}

func updateCart(s *Server, c *Customer, cart *Cart, r *http.Request) (int, any) {
	if cart.Status == cartOrdered {
		return http.StatusBadRequest, cartSubmitted(cart)
	}
	lines, attested, status, body := s.readCart(c, r)
	if status != 0 {
		return status, body
	}
	cart.Lines, cart.Attested, cart.Modified, cart.User = lines, attested, s.now(), s.actor(r)
	return s.behaviour.CartPutStatus, s.renderCart(c, cart)
}

func cartSubmitted(cart *Cart) any {
	return fault(800065, "Cart %s was already submitted.", cart.ID)
}

func (s *Server) renderCart(c *Customer, cart *Cart) object {
	lines := []object{}
	for _, line := range cart.Lines {
		lines = append(lines, s.renderLine(c, line))
	}
	answer := object{
		"id": cart.ID, "creationTimestamp": stamp(cart.Created), "lastModifiedTimestamp": stamp(cart.Modified),
		"expirationTimestamp": stamp(cart.Expires), "lastModifiedUser": cart.User, "status": cart.Status, "lineItems": lines,
		"links": object{"self": link(c.path() + "/carts/" + cart.ID)}, "attributes": objectType("Cart"),
	}
	if cart.Attested {
		answer["partnerOnRecordAttestationAccepted"] = true
	}
	return answer
}

func (s *Server) renderLine(c *Customer, line *Line) object {
	answer := object{
		"id": line.ID, "catalogItemId": line.CatalogItemID, "friendlyName": line.FriendlyName, "quantity": line.Quantity,
		"currencyCode": line.Currency, "billingCycle": line.Cycle, "provisioningContext": contextOf(line.Context), "orderGroup": line.Group,
	}
	optional(answer, "termDuration", line.Duration)
	optional(answer, "promotionId", line.PromotionID)
	if line.RenewsTo != "" {
		answer["renewsTo"] = object{"termDuration": line.RenewsTo}
	}
	if line.Attested {
		answer["attestationAccepted"] = true
	}
	if !line.CustomTermEnd.IsZero() {
		answer["customTermEndDate"] = bareStamp(line.CustomTermEnd)
	}
	if participants := renderParticipants(line); len(participants) > 0 {
		answer["participants"] = participants
	}
	if len(line.Addons) > 0 {
		addons := []object{}
		for _, addon := range line.Addons {
			addons = append(addons, s.renderLine(c, addon))
		}
		answer["addonItems"] = addons
	}
	if line.Error != nil {
		answer["error"] = line.Error.render()
	} else if pricing := s.price(c, line); pricing != nil && !s.behaviour.CartPricingHidden {
		answer["pricing"] = pricing.render()
	}
	return answer
}

func contextOf(context map[string]string) map[string]string {
	if context == nil {
		return map[string]string{}
	}
	return context
}

func renderParticipants(line *Line) []object {
	var found []object
	if line.Reseller != "" {
		found = append(found, object{"key": "transaction_reseller", "value": line.Reseller})
	}
	for _, id := range line.AdditionalResellers {
		found = append(found, object{"key": "additional_transaction_reseller", "value": id})
	}
	return found
}

func (e *lineError) render() object {
	answer := object{"errorCode": e.Code, "errorDescription": e.Description}
	if e.Available != nil {
		answer["additionalInformation"] = object{"availableQuantity": *e.Available}
	}
	return answer
}

func (p *Pricing) render() object {
	return object{"listPrice": p.List, "discountedPrice": p.Discounted, "proratedPrice": p.Prorated, "price": p.Price, "extendedPrice": p.Extended}
}
