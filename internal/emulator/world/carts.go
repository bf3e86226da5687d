// SPDX-License-Identifier: MPL-2.0

package world

import (
	"strconv"
	"strings"
)

// CreateCart puts lines into a new cart; nothing is bought by it.
func (w *World) CreateCart(c *Customer, lines []*Line, attested bool, who Caller) (*Cart, *Refusal) {
	if refusal := w.checkCart(c, lines, attested); refusal != nil {
		return nil, refusal
	}
	now := w.Now()
	cart := &Cart{ID: w.NewID(), Status: CartActive, User: who.Actor(), Created: now, Modified: now,
		Expires: now.Add(w.Rules.CartLifetime), Lines: lines, Attested: attested}
	c.Carts = append(c.Carts, cart)
	return cart, nil
}

// UpdateCart replaces the lines of a cart.
func (w *World) UpdateCart(c *Customer, cart *Cart, lines []*Line, attested bool, who Caller) *Refusal {
	if refusal := w.checkCart(c, lines, attested); refusal != nil {
		return refusal
	}
	cart.Lines, cart.Attested, cart.Modified, cart.User = lines, attested, w.Now(), who.Actor()
	return nil
}

// Open refuses to change a cart that was ordered.
func (cart *Cart) Open() *Refusal {
	if cart.Status == CartOrdered {
		return refuse(badRequest, 800065, "Cart %s was already submitted.", cart.ID)
	}
	return nil
}

func (w *World) checkCart(c *Customer, lines []*Line, attested bool) *Refusal {
	if w.Rules.AgreementCheck == AtCart && !w.hasAgreed(c) {
		return agreementMissing(c)
	}
	if len(lines) == 0 {
		return noLines()
	}
	if refusal := w.checkLines(c, lines); refusal != nil {
		return refusal
	}
	if refusal := w.checkAttestation(lines, attested); refusal != nil {
		return refusal
	}
	w.group(lines)
	return nil
}

func noLines() *Refusal {
	return refuse(badRequest, 800002, "The request input is invalid: lineItems is empty.")
}

func agreementMissing(c *Customer) *Refusal {
	return refuse(forbidden, 13605, "The Microsoft Customer Agreement is not accepted for customer %s.", c.ID)
}

// group puts lines that are billed alike into one order.
func (w *World) group(lines []*Line) {
	groups := map[string]string{}
	for _, line := range lines {
		p := w.Tenant.Product(strings.SplitN(line.CatalogItemID, ":", 2)[0])
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
