// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/subscriptionmodel"
)

// A configuration says what a subscription is, and beside that, in scheduled_next_term_instructions, what it is to become. Once it has, or
// a trial has become the paid product, or someone has upgraded it in the portal, the former is out of date: taken literally it would buy
// back the licenses that were to go, or a second subscription of what was left. So what a subscription was is kept in private state
// (renewedKey), and a configuration that still says so is followed with advice instead of being carried out.

// past is what a subscription was before it became another, by the names of attributes.
type past struct {
	Values    map[string]string `json:"values"`
	Scheduled bool              `json:"scheduled"`          // as scheduled_next_term_instructions said
	Extended  bool              `json:"extended,omitempty"` // as end_of_term said
	Until     time.Time         `json:"until,omitzero"`     // the end of the term that was scheduled; zero, in older states, for no end
}

// over reports whether the configuration has nothing left of what made the subscription another one: then what it says is what is wanted.
func (w past) over(state, plan *subscriptionmodel.Model, now time.Time) bool {
	switch {
	case w.Scheduled && plan.NextTerm.IsNull(), w.Extended && plan.AtTermEnd() != change.TermEndExtend:
		return true
	case w.Scheduled:
		return w.outlived(state, now) && !w.stillWanted(plan)
	}
	return !w.Extended && !w.stillWanted(plan)
}

// outlived holds when the term is over that was scheduled, and another one goes on that was not.
func (w past) outlived(state *subscriptionmodel.Model, now time.Time) bool {
	return !w.Until.IsZero() && now.After(w.Until) && termEnd(state).After(w.Until)
}

// stillWanted holds while the configuration has the product or the SKU that the subscription had: whoever writes the present ones means the rest
// of what stands there, too.
func (w past) stillWanted(plan *subscriptionmodel.Model) bool {
	for name, value := range map[string]types.String{"product_id": plan.ProductID, "sku_id": plan.SkuID} {
		if was, changed := w.Values[name]; changed && (value.IsUnknown() || strings.EqualFold(was, value.String())) {
			return true
		}
	}
	return false
}

// isAnotherProduct holds where the subscription became another product or SKU.
func (w past) isAnotherProduct() bool {
	return w.Values["product_id"] != "" || w.Values["sku_id"] != ""
}

// becoming finds what a subscription was before a renewal, conversion or upgrade that made it another one, nil for none.
func becoming(before, after *subscriptionmodel.Model, now time.Time) *past {
	ended := hasRenewed(before, after, now)
	renewed, extended := ended && !before.NextTerm.IsNull(), ended && before.AtTermEnd() == change.TermEndExtend
	became := !before.ProductID.IsNull() && (!before.ProductID.Equal(after.ProductID) || !before.SkuID.Equal(after.SkuID))
	if !renewed && !extended && !became {
		return nil
	}
	earlier := past{Values: map[string]string{}, Scheduled: renewed, Extended: extended}
	if renewed {
		earlier.Until = termEnd(after)
	}
	for _, a := range subscriptionmodel.Attributes {
		if a.Renewal && !a.Value(before).Equal(a.Value(after)) {
			earlier.Values[a.Name] = a.Value(before).String()
		}
	}
	return &earlier
}

// remember adds what a subscription was to what it was before that, and leaves out what counts no more. What renews as scheduled once more goes on
// being what an earlier renewal made of it.
func remember(were []past, earlier *past, before *subscriptionmodel.Model, now time.Time) []past {
	kept := slices.DeleteFunc(slices.Clone(were), func(w past) bool {
		again := earlier != nil && w.Scheduled == earlier.Scheduled && w.Extended == earlier.Extended && maps.Equal(w.Values, earlier.Values)
		return again || !w.isAnotherProduct() && w.outlived(before, now)
	})
	if earlier == nil {
		return kept
	}
	for i := range kept {
		if w := &kept[i]; earlier.Scheduled && w.Scheduled && !w.Until.IsZero() && !w.outlived(before, now) {
			w.Until = earlier.Until
		}
	}
	if len(earlier.Values) > 0 {
		kept = append(kept, *earlier)
	}
	return kept
}

// noteBecoming keeps what a subscription was before it became another one. It is false where it did not.
func noteBecoming(ctx context.Context, before, after *subscriptionmodel.Model, private framework.PrivateState, keep framework.PrivateWriter, now time.Time, diags *diag.Diagnostics) bool {
	were, earlier := becomings(ctx, private), becoming(before, after, now)
	if kept := remember(were, earlier, before, now); !reflect.DeepEqual(kept, were) {
		diags.Append(framework.SetJSON(ctx, keep, renewedKey, kept)...)
	}
	return earlier != nil && len(earlier.Values) > 0
}

// hasRenewed reports whether a term has ended and another one goes on.
func hasRenewed(before, after *subscriptionmodel.Model, now time.Time) bool {
	ended, ends := termEnd(before), termEnd(after)
	return !ended.IsZero() && now.After(ended) && ends.After(ended)
}

func termEnd(m *subscriptionmodel.Model) time.Time {
	ends, ok := m.CurrentTerm.Attributes()["ends"].(interface{ ValueString() string })
	if !ok {
		return time.Time{}
	}
	at, err := partnercenter.ParseTime(ends.ValueString())
	if err != nil {
		return time.Time{}
	}
	return at.Time
}

func becomings(ctx context.Context, private framework.PrivateState) []past {
	encoded, diags := private.GetKey(ctx, renewedKey)
	var were []past
	if diags.HasError() || len(encoded) == 0 || json.Unmarshal(encoded, &were) != nil {
		return nil
	}
	return were
}

// keepFollowed leaves a subscription as it has become where the configuration still says what it was before, and says what to write. Of
// licenses that are fewer for another reason, it only says that the plan buys them again.
func keepFollowed(ctx context.Context, private framework.PrivateState, keep framework.PrivateWriter, u *update, now time.Time) bool {
	followed := followBecoming(ctx, private, keep, u, now)
	title, text, diags := framework.SayBoughtAgain(ctx, private, keep, u.state.Quantity, u.config.Quantity, u.plan.Quantity)
	u.diags.Append(diags...)
	if title != "" {
		u.diags.AddAttributeWarning(path.Root(change.Quantity), title+u.state.Subject(), text)
	}
	return followed
}

// followBecoming follows renewals as scheduled, conversions and upgrades of the whole. After a renewal as scheduled that holds while the
// instructions stand there; without them, what the configuration says is what is wanted. What counts no more is forgotten with the apply of the plan.
func followBecoming(ctx context.Context, private framework.PrivateState, keep framework.PrivateWriter, u *update, now time.Time) bool {
	all := becomings(ctx, private)
	were := slices.DeleteFunc(slices.Clone(all), func(w past) bool { return w.over(u.state, u.plan, now) })
	if len(were) < len(all) {
		u.diags.Append(framework.SetJSON(ctx, keep, renewedKey, were)...)
	}
	if len(were) == 0 {
		return false
	}
	var lines []string
	for _, a := range subscriptionmodel.Attributes {
		is, asked := a.Value(u.state), a.Value(u.plan)
		if !a.Renewal || asked.Equal(is) || !slices.ContainsFunc(were, func(w past) bool { return w.Values[a.Name] == asked.String() }) {
			continue
		}
		lines = append(lines, fmt.Sprintf("  %s = %s # not %s", a.Name, is, asked))
		u.plan.Keep(a.Name, is)
	}
	if len(lines) == 0 {
		return false
	}
	switch {
	case slices.ContainsFunc(were, func(w past) bool { return w.Extended }):
		u.diags.AddAttributeWarning(path.Root(change.EndOfTerm), "In its extended service term"+u.state.Subject(),
			fmt.Sprintf("The term has ended, and the subscription goes on month by month as end_of_term asks; the configuration still has the term that is over. The plan does not change these back; what else it changes is in the diff. Write them into the configuration:\n\n%s\n\n"+
				"To end it write end_of_term = %q, which counts from the present month on.", strings.Join(lines, "\n"), change.TermEndCancel))
		return true
	case slices.ContainsFunc(were, func(w past) bool { return w.Scheduled }):
		u.diags.AddAttributeWarning(path.Root(change.NextTerm), "Renewed as scheduled"+u.state.Subject(),
			fmt.Sprintf("The subscription has renewed, and the configuration still asks for what it was before. The plan does not change these back; what else it changes is in the diff. Write them into the configuration:\n\n%s\n\n"+
				"Then remove scheduled_next_term_instructions, or write into it what the next renewal is to bring. %s"+
				"To make the subscription what it was before, at today's price, remove scheduled_next_term_instructions and leave the rest.", strings.Join(lines, "\n"), subscriptionmodel.MeantForOneRenewal(u.plan.NextTerm)))
		return true
	}
	u.diags.AddAttributeWarning(path.Root("product_id"), fmt.Sprintf("Subscription has become %s%s", u.state.OfferName.ValueString(), u.state.Subject()),
		fmt.Sprintf("A trial became the paid product, or the subscription was upgraded in Partner Center, and the configuration still asks for what it was before. The plan does not change these back; what else it changes is in the diff. Write them into the configuration:\n\n%s", strings.Join(lines, "\n")))
	return true
}
