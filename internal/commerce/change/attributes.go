// SPDX-License-Identifier: MPL-2.0

package change

import (
	"slices"
	"strconv"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Attribute is everything that the rules about single attributes need to know of one.
type Attribute struct {
	Name string
	Of   func(*partnercenter.Subscription) Value // at the service

	WhileSuspended WhileSuspended       // what becomes of a change while the subscription is suspended
	Family         partnercenter.Family // the only one that allows another value, "" where all that can be managed do
	Renewal        bool                 // a renewal may change it, and what licenses cost depends on it
	ListsOmit      string               // the service's property that lists of subscriptions may leave out, "" where all have it

	fixed   func(Facts, Term) bool // where even the family allows no other value; nil: nowhere
	request func(Desired, *partnercenter.Subscription) *step
}

// WhileSuspended is what becomes of a change while a subscription is suspended.
type WhileSuspended string

// See reference/commerce.md#quantity, and Cancel, suspend, reactivate.
const (
	Allowed WhileSuspended = "allowed"
	Refused WhileSuspended = "refused"
	Waits   WhileSuspended = "waits" // it is not sent, and counts again when the subscription is active
)

// Term is how long a commitment is, and how often it is charged.
type Term struct{ Duration, BillingCycle string }

// Attributes are what can be changed on a subscription, in the order in which it is done: what reactivates it first, then what the
// service applies at once, then what is scheduled for the renewal, because immediate changes drop that. Suspending comes last.
var Attributes = []Attribute{
	{
		Name: Suspended, Of: func(s *partnercenter.Subscription) Value { return Value{strconv.FormatBool(IsSuspended(s))} },
		WhileSuspended: Allowed,
		request:        reactivate,
	},
	{
		Name: FriendlyName, Of: func(s *partnercenter.Subscription) Value { return textValue(s.FriendlyName) },
		WhileSuspended: Refused, request: rename,
	},
	{
		Name: PartnerID, Of: func(s *partnercenter.Subscription) Value { return textValue(string(s.PartnerID)) },
		WhileSuspended: Refused, ListsOmit: "partnerId", request: setPartner,
	},
	{
		Name: TermDuration, Of: func(s *partnercenter.Subscription) Value { return textValue(s.TermDuration) },
		WhileSuspended: Refused, Family: partnercenter.FamilyNewCommerce, Renewal: true, fixed: fixedTerm,
		request: setTerm,
	},
	{
		Name: BillingCycle, Of: func(s *partnercenter.Subscription) Value { return textValue(ComingBillingCycle(s)) },
		WhileSuspended: Refused, Renewal: true, fixed: fixedBilling,
		request: setBillingCycle,
	},
	{
		Name: Quantity, Of: func(s *partnercenter.Subscription) Value { return number(int64(s.Quantity)) },
		WhileSuspended: Refused, Renewal: true,
		request: setLicenses,
	},
	{
		Name: AutoRenew, Of: func(s *partnercenter.Subscription) Value { return Value{strconv.FormatBool(s.AutoRenewEnabled)} },
		WhileSuspended: Waits, request: setAutoRenew,
	},
	{
		Name: EndOfTerm, Of: func(s *partnercenter.Subscription) Value { return textValue(string(FactsOf(s).AtTermEnd())) },
		WhileSuspended: Waits, request: extendTerm,
	},
	{
		Name: NextTerm, Of: func(s *partnercenter.Subscription) Value { return nextTermValue(s.ScheduledNextTermInstructions) },
		WhileSuspended: Waits, ListsOmit: "scheduledNextTermInstructions", request: setNextTerm,
	},
}

// Identity is what a subscription is of. Nobody can change it, but renewals and transitions do.
var Identity = []Attribute{
	{Name: "customer_id", Of: func(*partnercenter.Subscription) Value { return Value{} }, fixed: always},
	{Name: "product_id", Of: func(s *partnercenter.Subscription) Value { return textValue(s.ProductID()) }, Renewal: true, fixed: always},
	{Name: "sku_id", Of: func(s *partnercenter.Subscription) Value { return textValue(s.SkuID()) }, Renewal: true, fixed: always},
}

// All is the identity and what can be changed.
func All() []Attribute { return slices.Concat(Identity, Attributes) }

// PriceBasis is what licenses of a subscription cost depends on, by attribute.
func PriceBasis(s *partnercenter.Subscription) map[string]string {
	basis := map[string]string{}
	for _, a := range All() {
		if a.Renewal {
			basis[a.Name] = strings.Trim(a.Of(s).String(), `"`)
		}
	}
	return basis
}

// Fixed reports whether only a new subscription can have another value of the attribute, with this term and billing cycle.
func (a Attribute) Fixed(f Facts, will Term) bool {
	return a.Family != "" && a.Family != f.Family || a.fixed != nil && a.fixed(f, will)
}

func always(Facts, Term) bool { return true }

// fixedBilling is fixedTerm for new commerce. Whether the billing frequency of marketplace software can change only the service knows: the
// portal offers it, and no page about the API does.
func fixedBilling(f Facts, will Term) bool {
	if f.Family == partnercenter.FamilyMarketplaceSaaS {
		return f.Trial
	}
	return fixedTerm(f, will)
}

// fixedTerm follows reference/commerce.md#billing-cycle-and-term-of-an-existing-subscription: terms change only upward, and a billing
// cycle alone only between monthly and annual of a three-year term.
func fixedTerm(f Facts, will Term) bool {
	was, months := catalog.Months(f.TermDuration), catalog.Months(will.Duration)
	if f.Trial {
		return true
	}
	if was != months {
		_, fits := catalog.Charges(will.Duration, will.BillingCycle)
		return was > months || !fits
	}
	changeable := []string{"monthly", "annual"}
	return f.TermDuration != "P3Y" || !slices.Contains(changeable, f.BillingCycle) || !slices.Contains(changeable, will.BillingCycle)
}

// Differences is the attributes of a subscription that are others than before a transition, as they are configured. What it dropped of the
// end of the term is no reason to configure another one: KeepEnd puts it back.
func Differences(before, after *partnercenter.Subscription) string {
	var lines []string
	for _, a := range All() {
		switch is := a.Of(after); {
		case is == a.Of(before):
		case a.Name == EndOfTerm && is.IsNone():
		case (a.Name == EndOfTerm || a.Name == AutoRenew) && keptEnd(before) != "":
		case is.IsNone() && a.Name == NextTerm:
			lines = append(lines, "  no "+a.Name+": Partner Center dropped what was scheduled")
		case is.IsNone():
			lines = append(lines, "  no "+a.Name)
		default:
			lines = append(lines, "  "+a.Name+" = "+is.String())
		}
	}
	return strings.Join(lines, "\n")
}
