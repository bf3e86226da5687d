// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/subscriptionmodel"
)

// Private state is what the provider keeps beside the state: what rules need to know and nobody reviews. Whatever is absent there means
// "ask Partner Center", never "nothing": older states and surgery on states have none of it.
const (
	factsKey    = "facts"    // keptFacts
	replacesKey = "replaces" // ID of the subscription that a planned purchase replaces
	unknownKey  = "unknown"  // whether the planned change is one of a purchase whose subscription is not known yet
	plannedKey  = "planned"  // plannedAs
	renewedKey  = "renewed"  // what the subscription was before renewals and conversions
	intentKey   = "purchase" // what a purchase asked for, so that a later run can find what came of it
)

// keptFacts is what is kept of a subscription for rules.
type keptFacts struct {
	change.Facts

	OrderID   string        `json:"order_id,omitempty"`
	OrderLine int64         `json:"order_line,omitempty"`
	CartID    string        `json:"cart_id,omitempty"`
	Created   time.Time     `json:"created,omitzero"`
	Policy    change.Policy `json:"deletion_policy,omitempty"`
	Lapsed    bool          `json:"lapsed,omitempty"` // marketplace software that was never set up
}

func factsOf(s *partnercenter.Subscription, m *subscriptionmodel.Model) keptFacts {
	return keptFacts{Facts: change.FactsOf(s), OrderID: s.OrderID, Created: s.CreationDate.Time, Policy: m.Policy()}
}

// keptIn reads the facts; false where there are none.
func keptIn(ctx context.Context, private framework.PrivateState) (keptFacts, bool) {
	var kept keptFacts
	encoded, diags := private.GetKey(ctx, factsKey)
	known := !diags.HasError() && len(encoded) > 0 && json.Unmarshal(encoded, &kept) == nil
	return kept, known
}

func (f keptFacts) keepIn(ctx context.Context, private framework.PrivateWriter) diag.Diagnostics {
	return framework.SetJSON(ctx, private, factsKey, f)
}

// plannedAs says what a plan does with an object. Terraform hands it to the destroying half of a replacement, too, which so knows that a
// purchase follows.
type plannedAs struct {
	Destroy    bool                        `json:"destroy,omitempty"`
	Purchase   *subscriptionmodel.Likeness `json:"purchase,omitempty"`
	MayReplace bool                        `json:"may_replace,omitempty"` // allow_replacement
	Adopts     string                      `json:"adopts,omitempty"`      // ID of what is taken over instead of bought
}

func plannedIn(ctx context.Context, private framework.PrivateState) plannedAs {
	var planned plannedAs
	if encoded, diags := private.GetKey(ctx, plannedKey); !diags.HasError() && len(encoded) > 0 && json.Unmarshal(encoded, &planned) != nil {
		return plannedAs{}
	}
	return planned
}

// noteUnknown keeps for the plan of a replacement whether the subscription of the old object is known.
func noteUnknown(ctx context.Context, private framework.PrivateWriter, unknown bool) diag.Diagnostics {
	return framework.SetJSON(ctx, private, unknownKey, unknown)
}

// unknownIn reports whether a planned purchase replaces one whose subscription is not known yet.
func unknownIn(ctx context.Context, private framework.PrivateState) bool {
	encoded, _ := private.GetKey(ctx, unknownKey)
	return string(encoded) == "true"
}

// replacedIn is the subscription that a planned purchase replaces, "" for none. Terraform hands the private state of the old object to the
// plan of the new one when it replaces, so a purchase can be told from a replacement, -replace included.
func replacedIn(ctx context.Context, private framework.PrivateState) string {
	encoded, _ := private.GetKey(ctx, replacesKey)
	return strings.Trim(string(encoded), `"`)
}

// factsFor are the facts in private state, or Partner Center's where there are none.
func (r *subscriptionResource) factsFor(ctx context.Context, private framework.PrivateState, state *subscriptionmodel.Model) (keptFacts, error) {
	if kept, known := keptIn(ctx, private); known {
		return kept, nil
	}
	got, err := r.Client.SharedSubscription(ctx, state.CustomerID.ValueString(), state.ID.ValueString())
	if err != nil {
		return keptFacts{}, err
	}
	return factsOf(got, state), nil
}

// own takes the subscription for this object of the state, and refuses what another address manages or takes over.
func (r *subscriptionResource) own(ctx context.Context, private framework.PrivateState, m *subscriptionmodel.Model, diags *diag.Diagnostics) (token string) {
	token = framework.OwnerIn(ctx, private)
	id := m.ID.ValueString()
	if r.Owners.Own(spending.WholeSubscription, id, token) && !r.Owners.Adopted(id) {
		likeness := m.Likeness()
		r.Owners.Manage(likeness.Alike(), id)
		kept, _ := keptIn(ctx, private)
		r.Owners.ManageLine(kept.CartID, m.CartLineItem.ValueInt64(), id)
		return token
	}
	diags.AddError("Subscription under two addresses", fmt.Sprintf("Subscription %s (%s) is managed at another address of this configuration as well, or is taken over there: the two would set it back and forth, and destroying one would end what the other manages. "+
		"If a block was renamed or moved, add\n\n%s\n\nwith both addresses. Otherwise remove one of the blocks, and forget it with a removed block (lifecycle { destroy = false }) or terraform state rm.",
		id, escape.Quoted(m.FriendlyName.ValueString()), words.MovedBlock))
	return token
}
