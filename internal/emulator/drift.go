// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// readDrift reads what a person in the portal changes, by the names that the API has for it.
func readDrift(changes map[string]any) (world.Drift, error) {
	d := world.Drift{}
	for name, change := range changes {
		value, err := json.Marshal(change)
		if err == nil {
			err = readChange(&d, name, value)
		}
		if err != nil {
			return d, fmt.Errorf("change of %s: %w", name, err)
		}
	}
	return d, nil
}

func readChange(d *world.Drift, name string, value json.RawMessage) error {
	known := map[string]any{
		"quantity": &d.Quantity, "friendlyname": &d.FriendlyName, "autorenewenabled": &d.AutoRenew, "partnerid": &d.PartnerID,
		"suspensionreasons": &d.SuspensionReasons, "status": &d.Status, "termduration": &d.TermDuration, "billingcycle": &d.BillingCycle,
	}
	lower := strings.ToLower(name)
	switch {
	case known[lower] != nil:
		return json.Unmarshal(value, known[lower])
	case lower == "scheduledactions":
		actions, ok := parseActions(value)
		if !ok {
			return errors.New("not a list of scheduled actions")
		}
		d.Actions = &actions
		return nil
	case lower == "purged":
		d.Purged = true
		return nil
	case slices.Contains(subscriptionMembers, lower):
		return errors.New("cannot be changed from outside")
	}
	if d.Extra == nil {
		d.Extra = map[string]json.RawMessage{}
	}
	d.Extra[name] = value
	return nil
}
