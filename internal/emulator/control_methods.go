// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// Index is what a newcomer needs: addresses, credentials, the virtual time, ids of the tenant, and the control routes.
func (s *Server) Index() map[string]any {
	s.mu.Lock()
	defer s.mu.Unlock()
	return map[string]any{
		"url": s.URL, "tlsUrl": s.TLSURL, "now": s.now(),
		"tenantId": s.tenant.Partner.TenantID, "clientId": ClientID, "clientSecret": ClientSecret,
		"tenant": s.index(), "control": ControlRoutes(),
	}
}

// TenantID is the id of the partner tenant, in which clients sign in.
func (s *Server) TenantID() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tenant.Partner.TenantID
}

// Purchases lists every subscription ever bought through the API, oldest first: the proof of "exactly one".
func (s *Server) Purchases() []Purchase {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Purchase{}, s.purchases()...)
}

// Drift changes properties of a subscription behind the API, as a person in the portal would.
func (s *Server) Drift(customerID, subscriptionID string, changes map[string]any) error {
	encoded := map[string]json.RawMessage{}
	for name, value := range changes {
		raw, err := json.Marshal(value)
		if err != nil {
			return fmt.Errorf("change of %s: %w", name, err)
		}
		encoded[name] = raw
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.drift(customerID, subscriptionID, encoded)
}

// Activate is the publisher finishing the set-up of a subscription.
func (s *Server) Activate(customerID, subscriptionID string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.publisherActivates(customerID, subscriptionID)
}

// Refuse is the publisher refusing what is pending on a subscription.
func (s *Server) Refuse(customerID, subscriptionID string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.publisherRefuses(customerID, subscriptionID)
}

// RotateAvailabilities re-issues every availability id and returns how many there are.
func (s *Server) RotateAvailabilities() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rotateAvailabilities()
}

type snapshot struct {
	Time      time.Time `json:"time"`
	Behaviour Behaviour `json:"behaviour"`
	Tenant    *Tenant   `json:"tenant"`
}

// Snapshot is tenant, knobs and virtual time as JSON; tokens, journal and faults are not in it.
func (s *Server) Snapshot() ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return json.Marshal(snapshot{Time: s.now(), Behaviour: s.behaviour, Tenant: s.tenant})
}

// Restore goes back to a snapshot.
func (s *Server) Restore(saved []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	restored := snapshot{Behaviour: s.initial}
	if err := json.Unmarshal(saved, &restored); err != nil {
		return fmt.Errorf("reading the snapshot: %w", err)
	}
	if restored.Tenant == nil {
		return errors.New("the snapshot has no tenant")
	}
	s.clock.set(restored.Time)
	s.behaviour, s.tenant = restored.Behaviour, restored.Tenant
	return nil
}
