// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/wait"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// licensesKey is private state: keptLicenses.
const licensesKey = "licenses"

// keptLicenses is why a subscription has fewer licenses than it had, until a change of the number is applied. The state alone does not tell:
// once it has been refreshed, the plan that buys them again looks like any other.
type keptLicenses struct {
	After   time.Time     `json:"after,omitzero"`   // what has ended by then, the present number counts already; zero, in older states, for not known
	Was     int64         `json:"was,omitempty"`    // before there were fewer; 0 where nothing is to be said
	Moved   []change.Move `json:"moved,omitempty"`  // by upgrades
	Renewed time.Time     `json:"renewed,omitzero"` // the end of the term after which there were fewer
}

func licensesIn(ctx context.Context, private PrivateState) keptLicenses {
	var kept keptLicenses
	if encoded, diags := private.GetKey(ctx, licensesKey); !diags.HasError() && len(encoded) > 0 && json.Unmarshal(encoded, &kept) != nil {
		return keptLicenses{}
	}
	return kept
}

// NoteLicenses keeps why a subscription has fewer licenses than the state, and returns which of them went by upgrades. Renewed is the end of
// a term that another one has followed since, zero for none. It has to come before NoteRead.
func (p *Provider) NoteLicenses(ctx context.Context, private PrivateState, keep PrivateWriter, customerID string, was types.Int64, got *partnercenter.Subscription, renewed time.Time) ([]change.Move, diag.Diagnostics) {
	kept := licensesIn(ctx, private)
	next, fewer := kept, was.ValueInt64()-int64(got.Quantity)
	if read, _ := private.GetKey(ctx, readKey); string(read) != "true" || fewer != 0 {
		now := p.Client.ServiceTime().UTC().Truncate(time.Minute).Add(-wait.ListLag) // by so much answers may be older than they look
		if now.After(kept.After) {
			next.After = now
		}
	}
	if !renewed.IsZero() || !was.IsNull() && fewer < 0 { // what was before counts no more
		next = keptLicenses{After: next.After}
	}
	var moved []change.Move
	if Known(was) && fewer > 0 && got.Family() == partnercenter.FamilyNewCommerce {
		moved = change.MovedAway(ctx, p.Client, customerID, got.ID, kept.After, fewer)
		if len(moved) > 0 {
			next.After = moved[0].Ended
		}
		next.Moved = slices.Concat(next.Moved, moved)
		if !renewed.IsZero() {
			next.Renewed = renewed
		}
		if len(next.Moved) > 0 || !next.Renewed.IsZero() {
			next.Was = max(next.Was, was.ValueInt64())
		}
	}
	if reflect.DeepEqual(next, kept) {
		return moved, nil
	}
	return moved, SetJSON(ctx, keep, licensesKey, next)
}

// SayBoughtAgain says of a change that it buys what went by upgrades or with a renewal; the title is "" for all others. It is forgotten with
// the apply of the change, unless the plan leaves the number as it is against the configuration.
func SayBoughtAgain(ctx context.Context, private PrivateState, keep PrivateWriter, is, asked, will types.Int64) (title, text string, diags diag.Diagnostics) {
	kept := licensesIn(ctx, private)
	if kept.Was == 0 || will.IsUnknown() || will.Equal(is) && !asked.Equal(is) {
		return "", "", nil
	}
	diags = SetJSON(ctx, keep, licensesKey, keptLicenses{After: kept.After})
	if will.ValueInt64() < kept.Was || will.ValueInt64() <= is.ValueInt64() { // who writes another number than before has seen it
		return "", "", diags
	}
	title, text = words.BoughtAgain(kept.Was, is.ValueInt64(), will.ValueInt64(), sentences(kept.Moved), kept.Renewed)
	return title, text, diags
}

// SayMoves says which licenses went by upgrades, and how the subscriptions that have them now come under control, beginning with a blank; "" for
// none.
func SayMoves(customerID string, moved []change.Move) string {
	var text strings.Builder
	for i, sentence := range sentences(moved) {
		fmt.Fprintf(&text, " %s To manage them there, import %s/%s.", sentence, customerID, escape.ID(moved[i].ToID))
	}
	return text.String()
}

func sentences(moved []change.Move) []string {
	texts := make([]string, len(moved))
	for i, m := range moved {
		texts[i] = words.WentByUpgrade(m.Licenses, m.ToID, m.ProductID, m.SkuID, m.Ended)
	}
	return texts
}
