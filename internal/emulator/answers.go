// SPDX-License-Identifier: MPL-2.0

package emulator

// Answers are the knobs of how answers are written, where the reference leaves that open. Behaviour embeds it.
type Answers struct {
	// ProductsPageSize is how many products one answer holds before links.next appears, 0 for all.
	ProductsPageSize int
	// NoMarketplaceView has no view MarketplaceSaaS: marketplace products are among OnlineServices, as older pages say.
	NoMarketplaceView bool
	// UnknownTargetViewIsBadRequest answers 400 900126 instead of 403 400036 to a targetView nobody knows.
	UnknownTargetViewIsBadRequest bool
	// CartPutStatus is the status of a cart update: 201 as documented, or 200.
	CartPutStatus int
	// CheckoutStatus is the status of a checkout: 201, or 200 as the generated reference has it beside.
	CheckoutStatus int
	// MarginMember is the member that holds the percentage of a margin: marginPercentage, or percentageMargin as the prose of its page has it.
	MarginMember string
	// MarginsLeftOut is how many margins more than it shows the list says that there are: no paging is documented for it.
	MarginsLeftOut int
	// CartPricingHidden leaves pricing out of cart and order lines, as older answers do.
	CartPricingHidden bool
	// ListsOmit names members, separated by commas, that lists of subscriptions leave out; single reads have them.
	ListsOmit string
	// SaaSCancellationDate shows cancellationAllowedUntilDate on marketplace subscriptions.
	SaaSCancellationDate bool
	// CustomersPageSize is the page of the customer list when size is 0 or absent.
	CustomersPageSize int
	// InvoicesPageSize is the greatest page of legacy invoices, 0 for all on one; the others come with every page.
	InvoicesPageSize int
	// InvoiceLinesPageSize is the greatest page of invoice line items, 2000 as documented, whatever size is asked for.
	InvoiceLinesPageSize int
	// CustomTermEndsPageSize is the greatest page of days that a term may end on, 300 as documented, 0 for all on one.
	CustomTermEndsPageSize int
	// InvoiceNumbersAreNumbers writes amounts of invoice line items as numbers; newer answers write strings.
	InvoiceNumbersAreNumbers bool
}

// invoicePage is the greatest and the default page of invoice line items.
const invoicePage = 2000

func defaultAnswers() Answers {
	return Answers{ProductsPageSize: 10, CartPutStatus: 201, CheckoutStatus: 201, MarginMember: "marginPercentage", CustomersPageSize: 40, InvoiceLinesPageSize: invoicePage, CustomTermEndsPageSize: 300}
}
