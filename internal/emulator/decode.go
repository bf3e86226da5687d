// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// decode reads the body into a struct: names in any case, unknown ones refused in strict mode with 400 3000.
func decode(r *call, into any) *world.Refusal {
	decoder := json.NewDecoder(bytes.NewReader(trimMark(r.body)))
	if r.behaviour.Strict {
		decoder.DisallowUnknownFields()
	}
	err := decoder.Decode(into)
	if err == nil {
		return nil
	}
	var wrongType *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrongType):
		return world.Invalid(3000, "The property %s is invalid: %s is not a %s.", wrongType.Field, wrongType.Value, wrongType.Type)
	case strings.Contains(err.Error(), "unknown field"):
		name := strings.TrimPrefix(err.Error(), "json: unknown field ")
		return world.Invalid(3000, "The property %s is invalid: this request does not have it.", name)
	case errors.Is(err, io.EOF):
		return world.Invalid(800002, "The request has no body.")
	}
	return world.Invalid(800002, "The request body is not valid JSON: %s.", err)
}

// document is a JSON object whose absent members matter, as in a PATCH; names are in camelCase.
type document map[string]json.RawMessage

// raw reads the body as a document.
func raw(r *call) (document, *world.Refusal) {
	var sent map[string]json.RawMessage
	if err := json.Unmarshal(trimMark(r.body), &sent); err != nil || sent == nil {
		return nil, world.Invalid(800002, "The request body is not a JSON object.")
	}
	d := document{}
	for name, value := range sent {
		d[lowerFirst(name)] = value
	}
	return d, nil
}

// get returns a member by name in any case.
func (d document) get(name string) (json.RawMessage, bool) {
	if value, ok := d[name]; ok {
		return value, true
	}
	for key, value := range d {
		if strings.EqualFold(key, name) {
			return value, true
		}
	}
	return nil, false
}

// read decodes a member into a value that stays as it is when the member is absent or null.
func (d document) read(name string, into any) error {
	if d.null(name) {
		return nil
	}
	value, _ := d.get(name)
	return json.Unmarshal(value, into)
}

// has reports whether a member is present, null included.
func (d document) has(name string) bool {
	_, present := d.get(name)
	return present
}

// null reports whether a member is absent or null.
func (d document) null(name string) bool {
	value, present := d.get(name)
	return !present || string(value) == "null"
}

// repeatedMember finds a member that the body has in two spellings, of which the service would take either.
func repeatedMember(body []byte) string {
	var sent map[string]json.RawMessage
	if json.Unmarshal(trimMark(body), &sent) != nil {
		return ""
	}
	seen := map[string]bool{}
	for name := range sent {
		lower := strings.ToLower(name)
		if seen[lower] {
			return lower
		}
		seen[lower] = true
	}
	return ""
}

// decodeControl reads a body of the control API, in which nothing may be unknown.
func decodeControl(body []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("the request body: %w", err)
	}
	return nil
}
