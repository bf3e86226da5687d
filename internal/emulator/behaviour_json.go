// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"
)

// MarshalJSON writes every knob under its name in camelCase, durations as text ("72h0m0s").
func (b Behaviour) MarshalJSON() ([]byte, error) {
	knobs := map[string]any{}
	value := reflect.ValueOf(b)
	for _, field := range knobFields() {
		knob := value.FieldByIndex(field.Index).Interface()
		if d, ok := knob.(time.Duration); ok {
			knob = d.String()
		}
		knobs[lowerFirst(field.Name)] = knob
	}
	return json.Marshal(knobs)
}

// UnmarshalJSON changes the knobs that data names, in any case, and refuses unknown ones so that a typing error is seen.
func (b *Behaviour) UnmarshalJSON(data []byte) error {
	var sent map[string]json.RawMessage
	if err := json.Unmarshal(data, &sent); err != nil {
		return err
	}
	changed := *b
	for name, value := range sent {
		if err := setKnob(&changed, name, value); err != nil {
			return fmt.Errorf("knob %s: %w", name, err)
		}
	}
	*b = changed
	return nil
}

func setKnob(b *Behaviour, name string, value json.RawMessage) error {
	for _, field := range knobFields() {
		if !strings.EqualFold(field.Name, name) {
			continue
		}
		target := reflect.ValueOf(b).Elem().FieldByIndex(field.Index).Addr().Interface()
		d, isDuration := target.(*time.Duration)
		var text string
		if !isDuration || json.Unmarshal(value, &text) != nil {
			return json.Unmarshal(value, target)
		}
		parsed, err := time.ParseDuration(text)
		*d = parsed
		return err
	}
	return errors.New("there is no such knob")
}

// knobFields are the fields of Behaviour and of the groups embedded in it.
func knobFields() []reflect.StructField {
	var knobs []reflect.StructField
	for _, field := range reflect.VisibleFields(reflect.TypeFor[Behaviour]()) {
		if !field.Anonymous {
			knobs = append(knobs, field)
		}
	}
	return knobs
}
