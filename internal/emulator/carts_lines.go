// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
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

// readCart reads the body of a cart call.
func readCart(r *call) (lines []*world.Line, attested bool, refusal *world.Refusal) {
	var sent cartRequest
	if refusal := decode(r, &sent); refusal != nil {
		return nil, false, refusal
	}
	lines, refusal = readLines(sent.LineItems)
	return lines, isTrue(sent.PartnerOnRecordAttestationAccepted), refusal
}

func isTrue(sent *bool) bool { return sent != nil && *sent }

func readLines(sent []lineRequest) ([]*world.Line, *world.Refusal) {
	var lines []*world.Line
	for n, one := range sent {
		line, refusal := one.read(n)
		if refusal != nil {
			return nil, refusal
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// read makes a line of what was sent; without an ID it gets its position.
func (sent lineRequest) read(position int) (*world.Line, *world.Refusal) {
	line := &world.Line{
		ID: position, CatalogItemID: sent.CatalogItemID, FriendlyName: sent.FriendlyName, Currency: sent.CurrencyCode,
		Quantity: sent.Quantity, Cycle: strings.ToLower(sent.BillingCycle), Duration: strings.ToUpper(sent.TermDuration),
		PromotionID: sent.PromotionID, Context: sent.ProvisioningContext, Attested: isTrue(sent.AttestationAccepted),
	}
	if text := strings.Trim(string(sent.ID), `"`); text != "" && text != "null" {
		id, err := strconv.Atoi(text)
		if err != nil {
			return nil, world.Invalid(3000, "The property id is invalid: %s is not a number.", text)
		}
		line.ID = id
	}
	if refusal := sent.readRest(line); refusal != nil {
		return nil, refusal
	}
	addons, refusal := readLines(sent.AddonItems)
	line.Addons = addons
	return line, refusal
}

// readRest reads the members that come in several shapes.
func (sent lineRequest) readRest(line *world.Line) *world.Refusal {
	renewsTo, ok := readRenewsTo(sent.RenewsTo)
	if !ok {
		return world.Invalid(3000, "The property renewsTo is invalid.")
	}
	line.RenewsTo = renewsTo
	if sent.CustomTermEndDate != nil {
		if line.CustomTermEnd, ok = parseStamp(*sent.CustomTermEndDate); !ok {
			return world.Invalid(3000, "The property customTermEndDate is invalid: %s is not a date.", *sent.CustomTermEndDate)
		}
	}
	for _, p := range sent.Participants {
		switch {
		case world.OneOf(p.Key, "transaction_reseller", "TransactionReseller"):
			line.Reseller = p.Value
		case world.OneOf(p.Key, "additional_transaction_reseller", "AdditionalTransactionReseller"):
			line.AdditionalResellers = append(line.AdditionalResellers, p.Value)
		default:
			return world.Invalid(900126, "The value %q of participants.key could not be parsed.", p.Key)
		}
	}
	return nil
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
