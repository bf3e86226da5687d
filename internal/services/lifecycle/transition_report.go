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
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// report says what is where now, and which attributes to change in the configuration, so that the next plan finds nothing to do. What the
// transition dropped of the ends of terms is put back before.
func (i *invocation) report(ctx context.Context, t *change.Transition, p *change.Progress) {
	var advice []string
	if from := i.settled(ctx, p, i.before.ID, p.Source); from == nil {
		i.say("Subscription %s could not be read afterwards; run plan to see what it is now.", i.before.ID)
	} else {
		advice = i.reportSource(from)
	}
	switch id := p.TargetID(); {
	case id == "" && t.IntoID == "" && t.Quantity < int64(i.before.Quantity):
		i.adviseEnd("the new subscription", p.EndBefore(id), "Partner Center does not name that subscription yet", "goes on")
	case id != "" && !strings.EqualFold(id, i.before.ID):
		advice = append(advice, i.reportTarget(t, p, i.settled(ctx, p, id, p.Destination))...)
	}
	if len(advice) > 0 {
		i.advise("Change the configuration before the next plan"+words.Subject(i.before.FriendlyName, i.customerID), strings.Join(advice, "\n\n")+
			"\n\nUntil then each plan says so.")
	}
}

// settled reads a subscription after the transition, and puts the end of its term back; nil where it cannot be read.
func (i *invocation) settled(ctx context.Context, p *change.Progress, id string, read func(context.Context) *partnercenter.Subscription) *partnercenter.Subscription {
	reading, cancel := wait.Finishing(ctx, i.Client, framework.ReadTimeout)
	defer cancel()
	got := read(reading)
	if got == nil {
		i.adviseEnd("subscription "+id, p.EndBefore(id), "the subscription could not be read afterwards", "goes on")
		return nil
	}
	changing, cancel := wait.Finishing(ctx, i.Client, framework.UpdateTimeout)
	defer cancel()
	after, restored, err := p.KeepEnd(changing, i.Buyer(), got)
	switch {
	case err != nil:
		i.adviseEnd(change.Title(after), p.EndBefore(id), framework.Explain(err), change.FactsOf(after).GoesOn())
	case restored != "":
		i.say("%s", words.EndRestored(change.Title(after), string(restored)))
	}
	return after
}

// adviseEnd says what to do about an end of a term that a transition has dropped, or may have. That is no error: the licenses have moved,
// and a second run would move more.
func (i *invocation) adviseEnd(name string, end change.TermEnd, why, goesOn string) {
	if end == "" {
		return
	}
	title, text := words.EndDropped(name, string(end), words.Sentence(why), goesOn)
	i.advise(title+words.Subject(i.before.FriendlyName, i.customerID), text)
}

// reportSource says what the subscription is that licenses moved from, and what to change about its configuration.
func (i *invocation) reportSource(from *partnercenter.Subscription) []string {
	switch changed := change.Differences(i.before, from); {
	case from.Ended():
		i.say("%s is %s: all its licenses have moved.", change.Title(from), strings.ToLower(from.Status))
		return []string{fmt.Sprintf("Remove the partnercenter_subscription of %s from the configuration: it has ended.", from.ID)}
	case changed == "":
		i.say("%s has %s as before. %s", change.Title(from), words.Count(int64(from.Quantity), "license"), change.GoesOn(from))
		return nil
	default:
		i.say("%s has %s now. %s", change.Title(from), words.Count(int64(from.Quantity), "license"), change.GoesOn(from))
		return []string{fmt.Sprintf("In the partnercenter_subscription of %s, write:\n\n%s", from.ID, changed)}
	}
}

// reportTarget says what the other subscription is that licenses moved to; to is nil where it could not be read.
func (i *invocation) reportTarget(t *change.Transition, p *change.Progress, to *partnercenter.Subscription) []string {
	if to == nil {
		return []string{fmt.Sprintf("The licenses are in subscription %s, which could not be read yet.", p.TargetID())}
	}
	i.say("%s are in %s, which has %s now. %s", words.Count(t.Quantity, "license"), change.Title(to), words.Count(int64(to.Quantity), "license"), change.GoesOn(to))
	if t.IntoID != "" {
		return []string{fmt.Sprintf("In the resource that manages subscription %s, write:\n\n  quantity = %d", to.ID, to.Quantity)}
	}
	end := map[change.TermEnd]string{change.TermEndCancel: "\n  auto_renew_enabled = false", change.TermEndExtend: "\n  end_of_term = \"extend\""}[p.EndBefore(to.ID)]
	return []string{fmt.Sprintf(`To manage the new subscription, add a partnercenter_subscription for it with

  product_id    = %s
  sku_id        = %s
  quantity      = %d
  term_duration = %s
  billing_cycle = %s%s

and import it:

%s`, escape.HCL(to.ProductID()), escape.HCL(to.SkuID()), to.Quantity, escape.HCL(to.TermDuration), escape.HCL(strings.ToLower(to.BillingCycle)), end, words.ImportBlock(i.customerID, to.ID))}
}
