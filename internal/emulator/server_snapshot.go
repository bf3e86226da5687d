// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

type snapshot struct {
	Time      time.Time     `json:"time"`
	Behaviour Behaviour     `json:"behaviour"`
	Tenant    *world.Tenant `json:"tenant"`
}

// Snapshot is tenant, knobs and virtual time as JSON; tokens, journal and faults are not in it.
func (s *Server) Snapshot() ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return json.Marshal(snapshot{Time: s.world.Now(), Behaviour: s.behaviour, Tenant: s.world.Tenant})
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
	s.clock.Set(restored.Time)
	s.behaviour, s.world.Tenant = restored.Behaviour, restored.Tenant
	return nil
}
