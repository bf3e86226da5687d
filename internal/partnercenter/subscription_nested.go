// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"bytes"
	"encoding/json"
)

// Instructions and actions that were read are sent back with what this client does not know of them, like the subscription around them.

// UnmarshalJSON keeps what was read beside the fields.
func (i *NextTermInstructions) UnmarshalJSON(data []byte) error {
	type plain NextTermInstructions
	var found plain
	if err := json.Unmarshal(data, &found); err != nil {
		return err
	}
	raw := json.RawMessage(bytes.Clone(data))
	found.raw = &raw
	*i = NextTermInstructions(found)
	return nil
}

// MarshalJSON writes instructions as they were read unless a field has changed since.
func (i NextTermInstructions) MarshalJSON() ([]byte, error) {
	type plain NextTermInstructions
	if i.raw != nil {
		var before plain
		if err := json.Unmarshal(*i.raw, &before); err != nil {
			return nil, err
		}
		if before.raw = i.raw; before == plain(i) {
			return *i.raw, nil
		}
	}
	return json.Marshal(plain(i))
}

// UnmarshalJSON keeps what was read beside the fields.
func (a *ScheduledAction) UnmarshalJSON(data []byte) error {
	type plain ScheduledAction
	var found plain
	if err := json.Unmarshal(data, &found); err != nil {
		return err
	}
	if data = bytes.TrimSpace(data); len(data) > 0 && data[0] == '{' { // null is no action to keep
		found.raw = bytes.Clone(data)
	}
	*a = ScheduledAction(found)
	return nil
}

// MarshalJSON lays the fields over the action as it was read.
func (a ScheduledAction) MarshalJSON() ([]byte, error) {
	type plain ScheduledAction
	known, err := json.Marshal(plain(a))
	if err != nil || a.raw == nil {
		return known, err
	}
	var fields, whole document
	if err := json.Unmarshal(known, &fields); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(a.raw, &whole); err != nil {
		return nil, err
	}
	for _, name := range []string{"scheduleType", "actionType", "effectiveDate", "instructions"} {
		if value, set := fields[name]; set {
			err = whole.set(name, value)
		} else {
			whole.remove(name)
		}
		if err != nil {
			return nil, err
		}
	}
	return json.Marshal(whole)
}
