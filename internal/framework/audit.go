// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"strings"
	"sync"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Audits keeps the audit records that one run of the provider has read, by customer. It is safe for concurrent use; the zero value is ready.
type Audits struct {
	mu   sync.Mutex
	read map[string]func() []partnercenter.AuditRecord
}

// Of reads the audit records of a customer once in a run, however many subscriptions ask.
func (a *Audits) Of(customerID string, read func() []partnercenter.AuditRecord) []partnercenter.AuditRecord {
	a.mu.Lock()
	if a.read == nil {
		a.read = map[string]func() []partnercenter.AuditRecord{}
	}
	once := a.read[strings.ToLower(customerID)]
	if once == nil {
		once = sync.OnceValue(read)
		a.read[strings.ToLower(customerID)] = once
	}
	a.mu.Unlock()
	return once()
}
