// SPDX-License-Identifier: MPL-2.0

package world

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// auditEntry is what an operation says about a write.
type auditEntry struct {
	resource, operation string
	old, new            string
	data                []string
}

func (w *World) audit(c *Customer, who Caller, e auditEntry) {
	user := who.User
	if who.AppOnly {
		user = who.ApplicationID
	}
	w.record(c, e, user, who.ApplicationID, who.CorrelationID)
}

func (w *World) record(c *Customer, e auditEntry, user, application, correlationID string) {
	t := w.Tenant
	t.AuditSerial++
	at := w.Now()
	t.Audit = append(t.Audit, AuditRecord{
		ID:         fmt.Sprintf("%s_%s_%s_%d", t.Partner.TenantID, c.ID, strings.ReplaceAll(e.operation, "_", ""), 621355968000000000+at.UnixNano()/100+int64(t.AuditSerial)),
		CustomerID: c.ID, CustomerName: c.Name, User: user, Application: application, ResourceType: e.resource, OperationType: e.operation,
		Status: "succeeded", Old: e.old, New: e.new, CorrelationID: correlationID, At: at, Data: e.data,
	})
}

func (w *World) auditOrder(c *Customer, order *Order, who Caller) {
	data := []string{"OrderId", order.ID, "AlternateId", order.AlternateID, "BillingCycle", order.Cycle}
	for _, line := range order.Lines {
		n := "-" + strconv.Itoa(line.Number)
		data = append(data, "OfferId"+n, line.OfferID, "SubscriptionId"+n, line.SubscriptionID, "SubscriptionName"+n, line.FriendlyName,
			"Quantity"+n, strconv.Itoa(line.Quantity), "PartnerOnRecord"+n, line.Reseller)
	}
	w.audit(c, who, auditEntry{resource: "order", operation: "create_order", data: data})
}

func (w *World) auditUpdate(c *Customer, before, after *Subscription, who Caller) {
	was, is := auditValues(before, after)
	w.audit(c, who, auditEntry{resource: "subscription", operation: "update_subscription", old: was, new: is})
}

// auditValues are the id and the values that differ, as JSON text with PascalCase names.
func auditValues(before, after *Subscription) (was, is string) {
	old, changed := map[string]any{"Id": before.ID}, map[string]any{"Id": after.ID}
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
