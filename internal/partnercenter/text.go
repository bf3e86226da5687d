// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"bytes"
	"encoding/json"
	"maps"
	"reflect"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
)

// decode reads an answer into a value whose texts can be shown: each goes through escape.Value, but for those whose field says otherwise
// in its tag. text:"exact" is compared with what people configure and is left to whoever shows it; text:"address" is of any length. No text
// repeats a secret of this process: values end in states, outputs and plans. What is sent back to the service is not taken from there: an
// update sends the document as it was read.
func decode(body []byte, into any) error {
	if err := json.Unmarshal(body, into); err != nil {
		return err
	}
	makeShowable(reflect.ValueOf(into), showable)
	return nil
}

// decodeItem is decode for the next value of a list.
func decodeItem(decoder *json.Decoder, into any) error {
	if err := decoder.Decode(into); err != nil {
		return err
	}
	makeShowable(reflect.ValueOf(into), showable)
	return nil
}

func showable(text string) string { return escape.Value(wire.ValueWithoutSecrets(text)) }

func showableAddress(text string) string { return escape.Address(wire.ValueWithoutSecrets(text)) }

func makeShowable(value reflect.Value, shown func(string) string) {
	switch value.Kind() {
	case reflect.Pointer:
		makeShowable(value.Elem(), shown)
	case reflect.String:
		if value.CanSet() && value.Type() != reflect.TypeFor[wire.Secret]() { // one of the service's, which is sent on
			if was := value.String(); was != "" {
				value.SetString(shown(was))
			}
		}
	case reflect.Slice:
		if value.Type().Elem().Kind() != reflect.Uint8 {
			for i := range value.Len() {
				makeShowable(value.Index(i), shown)
			}
		}
	case reflect.Map:
		makeMapShowable(value, shown)
	case reflect.Struct:
		for field, of := range value.Fields() {
			if field.IsExported() {
				makeFieldShowable(of, field.Tag.Get("text"), shown)
			}
		}
	}
}

func makeFieldShowable(value reflect.Value, tag string, shown func(string) string) {
	switch tag {
	case "exact":
		makeShowable(value, wire.ValueWithoutSecrets)
	case "address":
		makeShowable(value, showableAddress)
	default:
		makeShowable(value, shown)
	}
}

// makeMapShowable replaces names too: the service gives them.
func makeMapShowable(value reflect.Value, shown func(string) string) {
	switch of := value.Interface().(type) {
	case map[string]string:
		for name, text := range maps.Clone(of) {
			delete(of, name)
			of[shown(name)] = shown(text)
		}
	case map[string]json.RawMessage:
		for name, raw := range maps.Clone(of) {
			delete(of, name)
			of[shown(name)] = showableJSON(raw, shown)
		}
	}
}

// showableJSON leaves JSON as it is but for its texts.
func showableJSON(raw json.RawMessage, shown func(string) string) json.RawMessage {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var value any
	if decoder.Decode(&value) != nil {
		return nil
	}
	encoded, err := json.Marshal(showableTree(value, shown))
	if err != nil {
		return nil
	}
	return encoded
}

func showableTree(value any, shown func(string) string) any {
	switch value := value.(type) {
	case string:
		return shown(value)
	case []any:
		for i := range value {
			value[i] = showableTree(value[i], shown)
		}
	case map[string]any:
		for name, member := range maps.Clone(value) {
			delete(value, name)
			value[shown(name)] = showableTree(member, shown)
		}
	}
	return value
}
