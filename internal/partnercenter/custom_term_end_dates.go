// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"net/http"
	"net/url"
)

// CustomTermEndDate is a day on which a new term may end, aligned with a month or with other subscriptions.
// See https://learn.microsoft.com/partner-center/developer/custom-term-end-dates.
type CustomTermEndDate struct {
	AllowedCustomTermEndDateType string   `json:"allowedCustomTermEndDateType"` // calendarMonthAligned or subscriptionAligned
	CotermSubscriptionIDs        []string `json:"cotermSubscriptionIds"`
	AllowedCustomTermEndDate     Time     `json:"allowedCustomTermEndDate"`
}

// CustomTermEndDates lists on which days a term of that duration (ISO 8601) may end for a customer; new-commerce licenses only.
// See https://learn.microsoft.com/partner-center/developer/custom-term-end-dates.
func (c *Client) CustomTermEndDates(ctx context.Context, customerID, termDuration string) ([]CustomTermEndDate, error) {
	asked := call{
		operation: "list custom term end dates", method: http.MethodGet,
		path:  route("customers", customerID, "subscriptions", "customTermEndDates"),
		query: url.Values{"term_duration": {termDuration}}, customer: customerID,
	}
	var all []CustomTermEndDate
	seen := map[string]bool{"": true}
	for {
		page, _, header, err := doStatus[struct {
			Items []CustomTermEndDate `json:"items"`
		}](ctx, c, asked)
		if err != nil {
			return nil, err
		}
		all = append(all, page.Items...)
		token := header.Get(continuationHeader) // alone among the lists, this one pages by a response header
		if seen[token] {
			return all, nil
		}
		seen[token] = true
		asked.header = http.Header{}
		asked.header.Set(continuationHeader, token)
	}
}
