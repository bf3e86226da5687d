// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"encoding/json"
	"reflect"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
)

// decode reads an answer into a value whose texts can be shown: each goes through escape.Value, but for those whose field says otherwise
// in its tag. text:"exact" is compared with what people configure and is left to whoever shows it; text:"address" is of any length. What is
// sent back to the service is not taken from there: an update sends the document as it was read.
func decode(body []byte, into any) error {
	if err := json.Unmarshal(body, into); err != nil {
		return err
	}
	makeShowable(reflect.ValueOf(into), escape.Value)
	return nil
}

// decodeItem is decode for the next value of a list.
func decodeItem(decoder *json.Decoder, into any) error {
	if err := decoder.Decode(into); err != nil {
		return err
	}
	makeShowable(reflect.ValueOf(into), escape.Value)
	return nil
}

func makeShowable(value reflect.Value, shown func(string) string) {
	switch value.Kind() {
	case reflect.Pointer:
		makeShowable(value.Elem(), shown)
	case reflect.String:
		if value.CanSet() {
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
	case "address":
		makeShowable(value, escape.Address)
	default:
		makeShowable(value, shown)
	}
}

// makeMapShowable replaces keys too: they are names that the service gives.
func makeMapShowable(value reflect.Value, shown func(string) string) {
	if value.Type().Key().Kind() != reflect.String || value.Type().Elem().Kind() != reflect.String {
		return
	}
	for _, key := range value.MapKeys() {
		name := reflect.ValueOf(shown(key.String())).Convert(key.Type())
		text := reflect.ValueOf(shown(value.MapIndex(key).String())).Convert(value.Type().Elem())
		if name.String() != key.String() {
			value.SetMapIndex(key, reflect.Value{})
		}
		value.SetMapIndex(name, text)
	}
}
