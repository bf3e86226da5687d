// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"
)

// CustomTermEndDate is a day on which a new term may end, aligned with a month or with other subscriptions.
// See https://learn.microsoft.com/partner-center/developer/custom-term-end-dates.
type CustomTermEndDate struct {
	AllowedCustomTermEndDateType string   `json:"allowedCustomTermEndDateType"` // calendarMonthAligned or subscriptionAligned
	CotermSubscriptionIDs        []string `json:"cotermSubscriptionIds"`
	AllowedCustomTermEndDate     Time     `json:"allowedCustomTermEndDate"`
}

// Kind is what the day aligns with, in words of this client: calendar_month_aligned, subscription_aligned, or the service's own where it is neither.
func (d *CustomTermEndDate) Kind() string {
	for _, kind := range []string{"calendar_month_aligned", "subscription_aligned"} {
		if sameEnum(kind, d.AllowedCustomTermEndDateType) {
			return kind
		}
	}
	return d.AllowedCustomTermEndDateType
}

// CustomTermEndDatesQuery is the term that is to end: its duration (ISO 8601), and when it begins, today if that is zero. The name under
// which the service takes a subscription to align with is not known (reference/commerce.md#co-termination-dates): look for it in the answer.
type CustomTermEndDatesQuery struct {
	TermDuration  string
	TermStartDate Time
}

// CustomTermEndDates lists on which days a new term may end for a customer; new-commerce licenses only.
// See https://learn.microsoft.com/partner-center/developer/custom-term-end-dates.
func (c *Client) CustomTermEndDates(ctx context.Context, customerID string, query CustomTermEndDatesQuery) ([]CustomTermEndDate, error) {
	asked := call{
		operation: "list custom term end dates", method: http.MethodGet,
		path:  route("customers", customerID, "subscriptions", "customTermEndDates"),
		query: url.Values{"term_duration": {query.TermDuration}}, customer: customerID,
	}
	if !query.TermStartDate.IsZero() {
		asked.query.Set("term_start_date", query.TermStartDate.UTC().Format(time.RFC3339))
	}
	all := newPages[CustomTermEndDate]()
	seen := map[string]bool{"": true}
	for range maxPages {
		a, err := c.send(ctx, asked)
		if err != nil {
			return nil, err
		}
		if _, err = all.readPage(a.answer.body); err != nil {
			return nil, a.undecodable(err)
		}
		token := a.answer.header.Get(continuationHeader) // alone among the lists, this one pages by a response header
		if seen[token] {
			return all.items, nil
		}
		seen[token] = true
		asked.header = http.Header{}
		asked.header.Set(continuationHeader, token)
	}
	return nil, fmt.Errorf("%s: %w", asked.operation, errManyPages)
}
