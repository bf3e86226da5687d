// SPDX-License-Identifier: MPL-2.0

// Package planted has faults that the simulator has to find: each is a small change of the provider, as somebody might make it, many of them
// what the project once had. They are applied with go build -overlay, and change no file.
package planted

// Fault is a text of a source file and what stands there instead.
type Fault struct {
	Name     string
	Why      string // it costs money, or misleads
	File     string // below internal
	Old, New string
}

// Faults are all of them.
var Faults = []Fault{
	{
		"no look before the checkout", "what a run that broke off has bought is bought again", "commerce/purchase/check.go",
		"	if err := b.refuseEarlierOf(ctx, cart); err != nil {\n		return nil, err\n	}\n", "",
	},
	{
		"no look at plan", "a plan proposes a purchase of what is there", "services/subscription/plan_create.go",
		"	case !found.Any():\n		return false", "	case true:\n		return false",
	},
	{
		"orders in review are overlooked", "an order that waits is bought again", "commerce/purchase/earlier.go",
		"if !claims.Ordered(orders[i].ID) && order.waitsIn(&orders[i]) {", "if false && order.waitsIn(&orders[i]) {",
	},
	{
		"other lines of a cart are overlooked", "a cart buys a line again that is there", "commerce/purchase/earlier.go",
		"if err := find(order); err != nil || cart.cart == nil {", "if err := find(order); err != nil || cart != nil {",
	},
	{
		"the planned price does not bind", "a purchase costs more than was approved", "commerce/purchase/cart.go",
		"planned != nil && !planned.Same(c.Quote())", "planned != nil && planned.Currency == \"none\"",
	},
	{
		"price_limit is not compared", "a purchase costs more than is allowed", "commerce/purchase/cart.go",
		"return c.order.PriceLimit.Check(c.Quote())", "return nil",
	},
	{
		"price_limit compares the unit only", "a purchase costs more in all than is allowed", "commerce/spending/quote.go",
		"{\"the whole term (total)\", l.Total, q.Total},", "{\"the whole term (total)\", nil, q.Total},",
	},
	{
		"price_limit does not hold for changes", "added licenses cost more than is allowed", "framework/addition.go",
		"if RefuseAboveLimit(diags, a.Limit.Check(price.Plus(a.Committed))) {", "if false {",
	},
	{
		"what was bought before is not in the commitment", "price_limit compares added licenses alone", "framework/addition.go",
		"price.Plus(a.Committed)", "price",
	},
	{
		"spending_limit forgets what was bought", "several purchases of a run spend past it", "commerce/spending/ledger.go",
		"	l.spent = l.spent.Add(amount)\n	return", "	return",
	},
	{
		"spending_limit is compared with each purchase", "two purchases of a plan exceed it", "commerce/spending/ledger.go",
		"l.quoted = l.quoted.Add(atLeastZero(price.Value))", "l.quoted = atLeastZero(price.Value)",
	},
	{
		"spending_limit is given back twice", "a refusal makes room for more than it held", "commerce/spending/ledger.go",
		"r.ledger.spent = r.ledger.spent.Sub(r.amount).Add(amount)", "r.ledger.spent = r.ledger.spent.Sub(r.amount).Sub(r.amount).Add(amount)",
	},
	{
		"an unclear checkout counts as refused", "the next run buys again", "commerce/purchase/checkout.go",
		"return partnercenter.OutcomeUnknown(err) || partnercenter.HasCode(err, mayHaveHappened...) || statusOf(err) == http.StatusConflict", "return statusOf(err) == http.StatusConflict && false",
	},
	{
		"a submitted cart counts as refused", "a message says that nothing was bought", "commerce/purchase/checkout.go",
		"var mayHaveHappened = []string{\"800060\", \"800064\", cartSubmitted}", "var mayHaveHappened = []string{\"800060\", \"800064\"}",
	},
	{
		"a conflict at the checkout counts as refused", "a message says that nothing was bought", "commerce/purchase/checkout.go",
		" || statusOf(err) == http.StatusConflict\n", "\n",
	},
	{
		"a late refusal is believed", "what an earlier attempt bought is denied", "commerce/purchase/checkout.go",
		"if ordered, known := c.isOrdered(ctx, c.cart()); known && !ordered {", "if ordered, _ := c.isOrdered(ctx, c.cart()); ordered || !ordered {",
	},
	{
		"the checkout is repeated with a new request ID", "the service cannot tell a repeat from another purchase", "commerce/purchase/checkout.go",
		"call: b.Claims.CheckoutCall(checked.cart.cart.ID).In(ctx)", "call: ctx",
	},
	{
		"a change is repeated with a new request ID", "a change is made twice", "partnercenter/subscription_update.go",
		"			return c.lookForChange(ctx, customerID, id, change, err)", "			continue",
	},
	{
		"what was there before a checkout counts as bought by it", "the state has what was replaced, and what was bought is lost", "commerce/purchase/earlier.go",
		"	cart.noteBefore(orders, subscriptions)\n", "",
	},
	{
		"whatever may replace stands beside another", "allow_replacement buys a second one of a lost state", "commerce/purchase/earlier.go",
		"case (order.anyTerm || order.replaces(s.ID)) && order.Unlike(s):", "case order.Unlike(s):",
	},
	{
		"a line takes the only subscription of its order", "a cart that is made in part gives one line another's, and buys what differs", "commerce/purchase/receipt.go",
		" || b.Claims.WasBought(subscriptions[0].ID) {\n		return \"\"\n	}\n	if only := subscriptions[0]; len(cart.cart.LineItems) == 1 || cart.intent().isBehind(only) {",
		" {\n		return \"\"\n	}\n	if only := subscriptions[0]; only.ID != \"\" {",
	},
	{
		"a required price_limit is asked of what is quoted", "quote_prices = false lifts what the environment demands", "services/subscription/plan_commitment.go",
		"	if !r.RequirePriceLimit || !c.plan.PriceLimit.IsNull() ||", "	if !r.QuotePrices || !r.RequirePriceLimit || !c.plan.PriceLimit.IsNull() ||",
	},
	{
		"what apply has quoted is forgotten", "price_limit compares each change without quotes alone", "services/subscriptionmodel/commitment.go",
		"		will = Commitment{Quote: asked, Refund: was.Refund, Margin: was.Margin}.Billed(before, after)\n", "		will = Commitment{}\n",
	},
	{
		"what was given back stays in the commitment", "price_limit refuses to restore it", "services/subscriptionmodel/commitment.go",
		"	return after.Committed(ctx, diags).Billed(before, after).Less(fewer, after).Object()\n", "	return after.Commitment\n",
	},
	{
		"a taint replaces with another name", "it buys and ends without allow_replacement", "services/subscription/subscription_resource.go",
		"	case !planned.MayReplace && !state.Ended() &&", "	case false && !state.Ended() &&",
	},
	{
		"two purchases take the same order line", "one subscription has two addresses, another none", "commerce/purchase/intent.go",
		"if b.Claims.Claim(orderID, int64(line.LineItemNumber)) {", "if b.Claims.Claim(orderID, int64(line.LineItemNumber)) || true {",
	},
	{
		"orders are recognized without the nickname", "a purchase takes another one's subscription", "commerce/purchase/intent.go",
		"int64(line.Quantity) != want.Quantity || !want.named(line.FriendlyName):", "int64(line.Quantity) != want.Quantity:",
	},
	{
		"orders are recognized without the number of licenses", "a purchase takes another one's subscription", "commerce/purchase/intent.go",
		"line.OfferID != want.CatalogItemID || int64(line.Quantity) != want.Quantity ||", "line.OfferID != want.CatalogItemID ||",
	},
	{
		"an order of yesterday counts", "a purchase takes what was bought before it", "commerce/purchase/intent.go",
		"	if order.CreationDate.Before(want.Since.Add(-clockStep)) || isSystem(&order) || slices.Contains(want.Before, order.ID) {", "	if isSystem(&order) {",
	},
	{
		"a purchase is given up while lists lag", "what is not listed yet is bought again", "commerce/purchase/recover.go",
		"case now.Before(later(want.Since, want.CheckedOut).Add(2 * wait.ListLag)):", "case now.Before(later(want.Since, want.CheckedOut).Add(0 * wait.ListLag)):",
	},
	{
		"an ordered cart counts as open", "what was bought is said never to have happened", "commerce/purchase/recover.go",
		"	case cart.Ordered():\n", "	case cart == nil:\n",
	},
	{
		"what a purchase asked for is not kept", "its subscription is never found", "services/subscription/subscription_resource.go",
		"return append(diags, private.SetKey(ctx, intentKey, got.Intent.Encode())...)", "return diags",
	},
	{
		"an order in review is an error", "what is paid for is in no state", "commerce/purchase/receipt.go",
		"		return got, nil // in review: got.Unknown says so", "		return nil, fmt.Errorf(\"the order is in review\")",
	},
	{
		"a subscription without a name is an error", "what is paid for is in no state", "commerce/purchase/receipt.go",
		"		got.Unknown = fmt.Sprintf(\"order %s was placed, but Partner Center has not named its subscription yet%s\", got.OrderID, because(err))\n		return got, nil",
		"		return nil, fmt.Errorf(\"order %s has no subscription\", got.OrderID)",
	},
	{
		"an adoption takes what another address has", "destroying one ends what the other manages", "services/subscription/adoption.go",
		"if !r.Owners.PlanAdoption(s.ID) {", "if r.Owners.PlanAdoption(s.ID) && false {",
	},
	{
		"an adoption buys", "what is there is bought again", "commerce/purchase/purchase.go",
		"	case order.Adopts != \"\":\n		buy = b.adopt\n", "",
	},
	{
		"a cart's order is overlooked", "a cart is checked out again", "commerce/purchase/existing_cart.go",
		"if cart != nil && cart.cart.Ordered() {", "if cart != nil && cart.order.CartID == \"\" {",
	},
	{
		"a refused line does not stop its cart", "the refused line is bought with the others", "commerce/purchase/existing_cart.go",
		"		b.Claims.Refuse(order.CartID, err)\n", "",
	},
	{
		"a quoted cart is taken for another order", "a purchase has the licenses of another one", "commerce/purchase/quotes.go",
		"json.Marshal([]any{o.CustomerID, o.ProductID, o.SkuID, o.TermDuration, o.BillingCycle, o.Line})", "json.Marshal([]any{o.CustomerID, o.ProductID, o.SkuID, o.TermDuration, o.BillingCycle})",
	},
	{
		"a renamed block that buys from a cart destroys", "the subscription ends that the block still wants", "commerce/spending/owners.go",
		"if o.wanted[line] && strings.EqualFold(bought, subscriptionID) {", "if o.wanted[line] && bought == \"\" {",
	},
	{
		"a renamed block may be replaced", "the same is bought at the new address, and ended at the old one", "services/subscription/alike.go",
		`case r.Owners.Destroyed(alike) != "": //`, `case r.Owners.Destroyed(alike) != "" && !c.plan.AllowReplacement.ValueBool(): //`,
	},
	{
		"two addresses may have one subscription", "each sets back what the other changes", "services/subscription/private_state.go",
		"if r.Owners.Own(spending.WholeSubscription, id, token) && !r.Owners.Adopted(id) {", "if r.Owners.Own(spending.WholeSubscription, id, token) || !r.Owners.Adopted(id) {",
	},
	{
		"an update sends all that is planned", "what somebody changed meanwhile is set back", "services/subscriptionmodel/attributes.go",
		"was.Equal(will) || will.IsNull() &&", "will.IsNull() &&",
	},
	{
		"a stale plan is carried out", "licenses that somebody added meanwhile are given back", "services/subscription/subscription_resource.go",
		"if framework.Failed(&resp.Diagnostics, \"read subscription\", err) || refuseStale(&resp.Diagnostics, changed, &before, &plan, got, want.Buys(got) != nil) {", "if framework.Failed(&resp.Diagnostics, \"read subscription\", err) {",
	},
	{
		"a change counts only on what it changes", "a term is bought for licenses that somebody added meanwhile", "services/subscription/refusals.go",
		"counts := buys && a.Renewal || ", "counts := ",
	},
	{
		"what is scheduled goes with a change", "the renewal is another one than was configured", "commerce/change/apply.go",
		"kept, err := want.keepingSchedule(ctx, buyer.Client, customerID, got)", "kept, err := want, error(nil)",
	},
	{
		"a longer term comes before licenses are given back", "a term is bought for licenses that were to go", "commerce/change/requests.go",
		" || want.Quantity != nil && *want.Quantity < int64(got.Quantity) {\n		return nil\n	}\n	return &step{change: partnercenter.SubscriptionChange{TermDuration", " {\n		return nil\n	}\n	return &step{change: partnercenter.SubscriptionChange{TermDuration",
	},
	{
		"no cancellation is scheduled", "a subscription goes on in a paid extended term", "commerce/change/renewal.go",
		"	case !facts.NeedsScheduledCancel():\n		return &step{change: off}\n", "	case !facts.AutoRenew || facts.AutoRenew:\n		return &step{change: off}\n",
	},
	{
		"the renewal is not put back", "a subscription that is active again does not renew as configured", "services/subscription/subscription_resource.go",
		"	restoreRenewal(&want, changed, &before, got)\n", "",
	},
	{
		"the renewal is taken from the configuration", "it is switched on under ignore_changes", "services/subscription/subscription_resource.go",
		"	restoreRenewal(&want, changed, &before, got)\n", "	var written subscriptionmodel.Model\n	req.Config.Get(ctx, &written)\n	want.AtTermEnd = change.RenewOrCancel(framework.KnownBool(written.AutoRenewEnabled))\n",
	},
	{
		"licenses are taken from the configuration", "they are bought under ignore_changes", "services/subscription/subscription_resource.go",
		"	restoreRenewal(&want, changed, &before, got)\n", "	var written subscriptionmodel.Model\n	req.Config.Get(ctx, &written)\n	want.Quantity = framework.KnownInt64(written.Quantity)\n",
	},
	{
		"a replacement ends the old one first", "a refused purchase leaves the customer with nothing", "services/subscription/subscription_resource.go",
		"	if planned.Purchase != nil {", "	if planned.Purchase != nil && planned.Destroy {",
	},
	{
		"a replaced subscription goes on", "both are paid for", "services/subscription/subscription_resource.go",
		"	r.Owners.EndAfter(replacement, e)\n", "	_ = replacement\n",
	},
	{
		"a destroy cancels at once", "turn_off_auto_renew ends what is paid for", "commerce/change/end.go",
		"	case PolicyCancel:\n		return \"\", Cancel", "	case PolicyCancel, PolicyTurnOffAutoRenew:\n		return \"\", Cancel",
	},
	{
		"a destroy does nothing", "a subscription renews that nobody manages any more", "commerce/change/end.go",
		"	return stopRenewing(ctx, buyer, customerID, s)\n", "	return \"\", nil\n",
	},
	{
		"a renewal is bought back", "licenses that were to go are bought again", "services/subscription/followed.go",
		"	if len(were) == 0 {\n		return false\n	}", "	if len(were) >= 0 {\n		return false\n	}",
	},
	{
		"a failed change after a purchase is an error", "the purchase is tainted, and the next plan replaces it", "services/subscription/subscription_resource.go",
		"		complete = r.finish(ctx, timeout, &plan, &state, got, &resp.Diagnostics)\n", "		if complete = r.finish(ctx, timeout, &plan, &state, got, &resp.Diagnostics); !complete {\n			resp.Diagnostics.AddError(\"Subscription is not as configured\", \"\")\n		}\n",
	},
	{
		"a dropped change counts as made", "the state says what Partner Center does not have", "commerce/change/apply.go",
		"			return updated, warnings, fmt.Errorf(\"changing %s: %w\", next.what, err)\n		case err != nil:", "			return updated, warnings, nil\n		case err != nil:",
	},
	{
		"Retry-After is ignored", "the service throttles for longer", "partnercenter/attempt.go",
		"	return a.answer.retryAfter(a.service.now())\n", "	return 0\n",
	},
	{
		"the state keeps what was asked for", "it says licenses that nobody has sold", "services/subscriptionmodel/from_api.go",
		"	m.Quantity = types.Int64Value(int64(s.Quantity))\n", "	if m.Quantity.IsNull() || m.Quantity.IsUnknown() {\n		m.Quantity = types.Int64Value(int64(s.Quantity))\n	}\n",
	},
}
