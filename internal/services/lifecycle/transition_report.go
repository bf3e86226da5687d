// SPDX-License-Identifier: MPL-2.0

package lifecycle

import (
	"context"
	"fmt"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/wait"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
)

// report says what is where now, and which attributes to change in the configuration, so that the next plan finds nothing to do.
func (i *invocation) report(ctx context.Context, t *change.Transition, p *change.Progress) {
	ctx, cancel := wait.Finishing(ctx, i.Client, framework.ReadTimeout)
	defer cancel()
	from := p.Source(ctx)
	if from == nil {
		i.say("Subscription %s could not be read afterwards; run plan to see what it is now.", i.before.ID)
		return
	}
	var advice []string
	switch changed := change.Differences(i.before, from); {
	case from.Ended():
		i.say("%s is %s: all its licenses have moved.", change.Title(from), strings.ToLower(from.Status))
		advice = append(advice, fmt.Sprintf("Remove the partnercenter_subscription of %s from the configuration: it has ended.", from.ID))
	case changed == "":
		i.say("%s is as it was before. %s", change.Title(from), change.GoesOn(from))
	default:
		i.say("%s has %s now. %s", change.Title(from), words.Count(int64(from.Quantity), "license"), change.GoesOn(from))
		advice = append(advice, fmt.Sprintf("In the partnercenter_subscription of %s, write:\n\n%s", from.ID, changed))
	}
	if id := p.TargetID(); id != "" && !strings.EqualFold(id, from.ID) {
		advice = append(advice, i.reportTarget(ctx, t, p)...)
	}
	if len(advice) > 0 {
		i.advise("Change the configuration before the next plan"+words.Subject(i.before.FriendlyName, i.customerID), strings.Join(advice, "\n\n")+
			"\n\nUntil then each plan says so.")
	}
}

// reportTarget says what the other subscription is that licenses moved to.
func (i *invocation) reportTarget(ctx context.Context, t *change.Transition, p *change.Progress) []string {
	to := p.Destination(ctx)
	if to == nil {
		return []string{fmt.Sprintf("The licenses are in subscription %s, which could not be read yet.", p.TargetID())}
	}
	i.say("%s are in %s, which has %s now. %s", words.Count(t.Quantity, "license"), change.Title(to), words.Count(int64(to.Quantity), "license"), change.GoesOn(to))
	if t.IntoID != "" {
		return []string{fmt.Sprintf("In the resource that manages subscription %s, write:\n\n  quantity = %d", to.ID, to.Quantity)}
	}
	return []string{fmt.Sprintf(`To manage the new subscription, add a partnercenter_subscription for it with

  product_id    = %s
  sku_id        = %s
  quantity      = %d
  term_duration = %s
  billing_cycle = %s

and import it:

%s`, escape.HCL(to.ProductID()), escape.HCL(to.SkuID()), to.Quantity, escape.HCL(to.TermDuration), escape.HCL(strings.ToLower(to.BillingCycle)), words.ImportBlock(i.customerID, to.ID))}
}
