// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// AuditRecord is who did what to which resource, through any client. See https://learn.microsoft.com/partner-center/developer/auditing-resources.
type AuditRecord struct {
	ID                    string     `json:"id"`
	PartnerID             string     `json:"partnerId"`
	CustomerID            string     `json:"customerId"`
	CustomerName          string     `json:"customerName"`
	UserPrincipalName     string     `json:"userPrincipalName"`
	ApplicationID         string     `json:"applicationId"` // a GUID, or the name of a service of Microsoft's
	ResourceType          string     `json:"resourceType"`
	ResourceOldValue      Text       `json:"resourceOldValue"` // JSON with PascalCase names, or empty
	ResourceNewValue      Text       `json:"resourceNewValue"` // JSON with PascalCase names, or empty
	OperationType         string     `json:"operationType"`    // such as update_subscription
	OperationDate         Time       `json:"operationDate"`
	OperationStatus       string     `json:"operationStatus"` // succeeded, failed or progress
	OriginalCorrelationID string     `json:"originalCorrelationId"`
	CustomizedData        []KeyValue `json:"customizedData"`
}

// AuditQuery says which records to read: whole days from Start to End, both included; records are kept for 90 days.
type AuditQuery struct {
	Start        time.Time // zero is 30 days before End
	End          time.Time // zero is today
	CustomerID   string
	ResourceType string // such as Subscription
}

// auditWindow is the longest span one request may ask for. See reference/customers-and-billing.md#audit-records.
const auditWindow = 30

// AuditRecords lists what was done, newest window first; a span of more than 30 days takes several requests.
// See https://learn.microsoft.com/partner-center/developer/get-a-record-of-partner-center-activity-by-user.
func (c *Client) AuditRecords(ctx context.Context, query AuditQuery) ([]AuditRecord, error) {
	windows, err := query.windows(c.ServiceTime())
	if err != nil {
		return nil, err
	}
	var all []AuditRecord
	for _, window := range windows {
		found, err := list[AuditRecord](ctx, c, call{
			operation: "list audit records", method: http.MethodGet, path: route("auditrecords"), query: query.parameters(window),
		})
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return slices.DeleteFunc(all, func(record AuditRecord) bool { return !query.wants(record) }), nil
}

type dayWindow struct{ first, last time.Time }

// windows cuts the span into pieces the service takes, the last days first.
func (q AuditQuery) windows(now time.Time) ([]dayWindow, error) {
	last := q.End
	if last.IsZero() {
		last = now
	}
	last = last.UTC().Truncate(24 * time.Hour)
	first := last.AddDate(0, 0, 1-auditWindow)
	if !q.Start.IsZero() {
		first = q.Start.UTC().Truncate(24 * time.Hour)
	}
	if last.Before(first) {
		return nil, errors.New("list audit records: the end is before the start")
	}
	var windows []dayWindow
	for !last.Before(first) {
		begin := last.AddDate(0, 0, 1-auditWindow)
		if begin.Before(first) {
			begin = first
		}
		windows = append(windows, dayWindow{begin, last})
		last = begin.AddDate(0, 0, -1)
	}
	return windows, nil
}

// parameters filter by one field only, the one that leaves less; wants does the rest.
func (q AuditQuery) parameters(window dayWindow) url.Values {
	parameters := url.Values{
		"startDate": {window.first.Format(time.DateOnly)},
		"endDate":   {window.last.Format(time.DateOnly)},
	}
	switch {
	case q.CustomerID != "":
		parameters.Set("filter", filter("CustomerId", q.CustomerID, "equals"))
	case q.ResourceType != "":
		parameters.Set("filter", filter("ResourceType", q.ResourceType, "equals"))
	}
	return parameters
}

func (q AuditQuery) wants(record AuditRecord) bool {
	return q.ResourceType == "" || sameEnum(record.ResourceType, q.ResourceType)
}

// LatestAuditRecords reads, in one request, the newest records about a customer of the last 30 days: as many as the service puts on a page.
// See https://learn.microsoft.com/partner-center/developer/get-a-record-of-partner-center-activity-by-user.
func (c *Client) LatestAuditRecords(ctx context.Context, customerID string) ([]AuditRecord, error) {
	query := AuditQuery{CustomerID: customerID}
	windows, err := query.windows(c.ServiceTime())
	if err != nil {
		return nil, err
	}
	page, err := do[struct {
		Items []AuditRecord `json:"items"`
	}](ctx, c, call{operation: "list audit records", method: http.MethodGet, path: route("auditrecords"), query: query.parameters(windows[0])})
	return page.Items, err
}
