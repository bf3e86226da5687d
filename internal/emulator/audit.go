// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// AuditRecord says who changed what (customers reference, "Audit records").
type AuditRecord struct {
	ID, CustomerID, CustomerName, User, Application string
	ResourceType, OperationType, Status             string
	Old, New                                        string // JSON text with PascalCase names
	CorrelationID                                   string
	At                                              time.Time
	Data                                            []string // keys and values in turn
}

// auditEntry is what a handler says about a write; who and when come from the request.
type auditEntry struct {
	resource, operation string
	old, new            string
	data                []string
}

func (s *Server) audit(c *Customer, r *http.Request, e auditEntry) {
	who := s.caller(r)
	user := who.User
	if who.AppOnly {
		user = who.ApplicationID
	}
	s.record(c, e, user, who.ApplicationID, who.CorrelationID)
}

func (s *Server) record(c *Customer, e auditEntry, user, application, correlationID string) {
	t := s.tenant
	t.AuditSerial++
	at := s.now()
	t.Audit = append(t.Audit, AuditRecord{
		ID:         fmt.Sprintf("%s_%s_%s_%d", t.Partner.TenantID, c.ID, strings.ReplaceAll(e.operation, "_", ""), 621355968000000000+at.UnixNano()/100+int64(t.AuditSerial)),
		CustomerID: c.ID, CustomerName: c.Name, User: user, Application: application, ResourceType: e.resource, OperationType: e.operation,
		Status: "succeeded", Old: e.old, New: e.new, CorrelationID: correlationID, At: at, Data: e.data,
	})
}

func (s *Server) auditOrder(c *Customer, order *Order, r *http.Request) {
	data := []string{"OrderId", order.ID, "AlternateId", order.AlternateID, "BillingCycle", order.Cycle}
	for _, line := range order.Lines {
		n := "-" + strconv.Itoa(line.Number)
		data = append(data, "OfferId"+n, line.OfferID, "SubscriptionId"+n, line.SubscriptionID, "SubscriptionName"+n, line.FriendlyName,
			"Quantity"+n, strconv.Itoa(line.Quantity), "PartnerOnRecord"+n, line.Reseller)
	}
	s.audit(c, r, auditEntry{resource: "order", operation: "create_order", data: data})
}

func (s *Server) auditUpdate(c *Customer, before, after *Subscription, r *http.Request) {
	was, is := auditValues(before, after)
	s.audit(c, r, auditEntry{resource: "subscription", operation: "update_subscription", old: was, new: is})
}

// auditValues are the id and the values that differ, as JSON text with PascalCase names.
func auditValues(before, after *Subscription) (was, is string) {
	old, changed := object{"Id": before.ID}, object{"Id": after.ID}
	note := func(name string, from, to any) {
		if from != to {
			old[name], changed[name] = from, to
		}
	}
	note("Quantity", before.Quantity, after.Quantity)
	note("FriendlyName", before.FriendlyName, after.FriendlyName)
	note("Status", before.Status, after.Status)
	note("AutoRenewEnabled", before.AutoRenew, after.AutoRenew)
	note("PartnerId", before.PartnerID, after.PartnerID)
	note("BillingCycle", before.BillingCycle, after.BillingCycle)
	note("TermDuration", before.TermDuration, after.TermDuration)
	wasText, _ := json.Marshal(old) // maps of texts, numbers and booleans always encode
	isText, _ := json.Marshal(changed)
	return string(wasText), string(isText)
}

const auditWindow = 90 * 24 * time.Hour

// listAudit answers newest first, in pages that are continued by a header.
func listAudit(s *Server, r *http.Request) (int, any) {
	now := s.now()
	from, okFrom := parseStamp(cmp.Or(query(r, "startDate"), stamp(now.AddDate(0, 0, -30))))
	to, okTo := parseStamp(cmp.Or(query(r, "endDate"), stamp(now)))
	filter, status, body := readFilter(r)
	switch {
	case status != 0:
		return status, body
	case !okFrom || !okTo || from.After(now) || to.Before(midnight(from)):
		return http.StatusBadRequest, fault(800002, "The request input is invalid: startDate or endDate.")
	case from.Before(midnight(now.Add(-auditWindow))):
		return http.StatusBadRequest, fault(800002, "The request input is invalid: startDate is more than 90 days back.")
	case midnight(to).Sub(midnight(from)) > 30*24*time.Hour:
		return http.StatusBadRequest, fault(800002, "The request input is invalid: one query spans at most 30 days.")
	}
	matches, ok := auditFilter(filter)
	if !ok {
		return http.StatusBadRequest, fault(800002, "The filter is not supported.")
	}
	found := []object{}
	for _, record := range slices.Backward(s.tenant.Audit) {
		if !record.At.Before(midnight(from)) && record.At.Before(midnight(to).AddDate(0, 0, 1)) && matches(record) {
			found = append(found, s.renderAudit(record))
		}
	}
	return s.auditPage(r, found)
}

func (s *Server) auditPage(r *http.Request, found []object) (int, any) {
	size, err := strconv.Atoi(cmp.Or(query(r, "size"), "0"))
	if err != nil || size <= 0 || size > 500 {
		size = 500
	}
	start := 0
	if token := r.Header.Get("MS-ContinuationToken"); token != "" {
		data, err := base64.StdEncoding.DecodeString(token)
		if err == nil {
			start, err = strconv.Atoi(string(data))
		}
		if err != nil || start < 0 {
			return http.StatusBadRequest, fault(800002, "The continuation token is invalid.")
		}
	}
	start = min(start, len(found))
	end := min(start+size, len(found))
	page := collection(r, found[start:end])
	if end < len(found) {
		token := base64.StdEncoding.EncodeToString([]byte(strconv.Itoa(end)))
		continued(page, selfURI(r), token)
	}
	return http.StatusOK, page
}

func auditFilter(f *filterRequest) (matches func(AuditRecord) bool, ok bool) {
	if f == nil {
		return func(AuditRecord) bool { return true }, true
	}
	value, isText := f.Value.(string)
	plain := strings.ToLower(strings.ReplaceAll(value, "_", ""))
	switch {
	case !isText:
	case strings.EqualFold(f.Field, "CompanyName") && strings.EqualFold(f.Operator, "substring"):
		return func(a AuditRecord) bool {
			return strings.Contains(strings.ToLower(a.CustomerName), strings.ToLower(value))
		}, true
	case strings.EqualFold(f.Field, "CustomerId") && strings.EqualFold(f.Operator, "equals"):
		return func(a AuditRecord) bool { return strings.EqualFold(a.CustomerID, value) }, true
	case strings.EqualFold(f.Field, "ResourceType") && strings.EqualFold(f.Operator, "equals"):
		return func(a AuditRecord) bool { return strings.ReplaceAll(a.ResourceType, "_", "") == plain }, true
	}
	return nil, false
}

func (s *Server) renderAudit(a AuditRecord) object {
	data := []object{}
	for i := 0; i+1 < len(a.Data); i += 2 {
		data = append(data, object{"key": a.Data[i], "value": a.Data[i+1]})
	}
	answer := object{
		"id": a.ID, "partnerId": s.tenant.Partner.TenantID, "customerId": a.CustomerID, "customerName": a.CustomerName,
		"userPrincipalName": a.User, "applicationId": a.Application, "resourceType": a.ResourceType, "operationType": a.OperationType,
		"operationDate": stamp(a.At), "operationStatus": a.Status, "customizedData": data,
		"originalCorrelationId": a.CorrelationID, "attributes": objectType("AuditRecord"),
	}
	optional(answer, "resourceOldValue", a.Old)
	optional(answer, "resourceNewValue", a.New)
	return answer
}
