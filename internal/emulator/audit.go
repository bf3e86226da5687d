// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"encoding/base64"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

const auditWindow = 90 * 24 * time.Hour

// listAudit answers newest first, in pages that are continued by a header.
func listAudit(r *call) (int, any) {
	now := r.world.Now()
	from, okFrom := parseStamp(cmp.Or(parameter(r, "startDate"), stamp(now.AddDate(0, 0, -30))))
	to, okTo := parseStamp(cmp.Or(parameter(r, "endDate"), stamp(now)))
	filter, refusal := readFilter(r)
	switch {
	case refusal != nil:
		return refuse(refusal)
	case !okFrom || !okTo || from.After(now) || to.Before(world.Midnight(from)):
		return http.StatusBadRequest, fault(800002, "The request input is invalid: startDate or endDate.")
	case from.Before(world.Midnight(now.Add(-auditWindow))):
		return http.StatusBadRequest, fault(800002, "The request input is invalid: startDate is more than 90 days back.")
	case world.Midnight(to).Sub(world.Midnight(from)) > 30*24*time.Hour:
		return http.StatusBadRequest, fault(800002, "The request input is invalid: one query spans at most 30 days.")
	}
	matches, ok := auditFilter(filter)
	if !ok {
		return http.StatusBadRequest, fault(800002, "The filter is not supported.")
	}
	found := []object{}
	for _, record := range slices.Backward(r.world.Tenant.Audit) {
		if !record.At.Before(world.Midnight(from)) && record.At.Before(world.Midnight(to).AddDate(0, 0, 1)) && matches(record) {
			found = append(found, r.renderAudit(record))
		}
	}
	return r.auditPage(found)
}

func (r *call) auditPage(found []object) (int, any) {
	size, err := strconv.Atoi(cmp.Or(parameter(r, "size"), "0"))
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

func auditFilter(f *filterRequest) (matches func(world.AuditRecord) bool, ok bool) {
	if f == nil {
		return func(world.AuditRecord) bool { return true }, true
	}
	value, isText := f.Value.(string)
	plain := strings.ToLower(strings.ReplaceAll(value, "_", ""))
	switch {
	case !isText:
	case strings.EqualFold(f.Field, "CompanyName") && strings.EqualFold(f.Operator, "substring"):
		return func(a world.AuditRecord) bool {
			return strings.Contains(strings.ToLower(a.CustomerName), strings.ToLower(value))
		}, true
	case strings.EqualFold(f.Field, "CustomerId") && strings.EqualFold(f.Operator, "equals"):
		return func(a world.AuditRecord) bool { return strings.EqualFold(a.CustomerID, value) }, true
	case strings.EqualFold(f.Field, "ResourceType") && strings.EqualFold(f.Operator, "equals"):
		return func(a world.AuditRecord) bool { return strings.ReplaceAll(a.ResourceType, "_", "") == plain }, true
	}
	return nil, false
}

func (r *call) renderAudit(a world.AuditRecord) object {
	data := []object{}
	for i := 0; i+1 < len(a.Data); i += 2 {
		data = append(data, object{"key": a.Data[i], "value": a.Data[i+1]})
	}
	answer := object{
		"id": a.ID, "partnerId": r.world.Tenant.Partner.TenantID, "customerId": a.CustomerID, "customerName": a.CustomerName,
		"userPrincipalName": a.User, "applicationId": a.Application, "resourceType": a.ResourceType, "operationType": a.OperationType,
		"operationDate": stamp(a.At), "operationStatus": a.Status, "customizedData": data,
		"originalCorrelationId": a.CorrelationID, "attributes": objectType("AuditRecord"),
	}
	optional(answer, "resourceOldValue", a.Old)
	optional(answer, "resourceNewValue", a.New)
	return answer
}
