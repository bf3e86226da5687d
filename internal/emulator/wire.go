// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"unicode"
)

// faultBody is the usual error shape (commerce reference, Errors, "Envelope").
type faultBody struct {
	Code        int
	Description string
	Data        []any
	Source      string
}

// fault is the body of a refusal: {code, description, data, source}.
func fault(code int, format string, args ...any) any {
	return faultBody{Code: code, Description: fmt.Sprintf(format, args...), Data: []any{}, Source: "PartnerFD"}
}

// faultFrom is fault with another originating subsystem.
func faultFrom(source string, code int, format string, args ...any) any {
	return faultBody{Code: code, Description: fmt.Sprintf(format, args...), Data: []any{}, Source: source}
}

// faultBodyB is the error shape of newer customer and agreement services (customers reference, Errors, shape B).
type faultBodyB struct {
	Code        int
	Name        string
	Description string
}

// faultB is a refusal in shape B: {code, message, description, errorName, ...}.
func faultB(code int, name, format string, args ...any) any {
	return faultBodyB{Code: code, Name: name, Description: fmt.Sprintf(format, args...)}
}

// answerWithHeaders is a body that brings response headers along.
type answerWithHeaders struct {
	body   any
	header http.Header
}

// withHeader adds response headers, given as name and value in turn, to a body.
func withHeader(body any, nameAndValue ...string) any {
	answer, ok := body.(answerWithHeaders)
	if !ok {
		answer = answerWithHeaders{body: body, header: http.Header{}}
	}
	for i := 0; i+1 < len(nameAndValue); i += 2 {
		answer.header.Set(nameAndValue[i], nameAndValue[i+1])
	}
	return answer
}

// rawBody is sent as it is, with its content type.
type rawBody struct {
	contentType string
	content     []byte
}

// exchange is what the adapter knows about the call in hand; handlers reach it through the request's context.
type exchange struct {
	server    *Server
	body      []byte
	caller    caller
	entry     *Request
	write     *writeCall // nil for reads and for writes without a usable id
	concluded bool
}

type exchangeKey struct{}

func withExchange(r *http.Request, x *exchange) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), exchangeKey{}, x))
}

func exchangeOf(r *http.Request) *exchange {
	x, _ := r.Context().Value(exchangeKey{}).(*exchange)
	return x
}

// decode reads the body into a struct: names in any case, unknown ones refused in strict mode with 400 3000.
// Where ok is false, status and body are the answer to give.
func decode(r *http.Request, into any) (status int, body any, ok bool) {
	x := exchangeOf(r)
	decoder := json.NewDecoder(bytes.NewReader(trimMark(x.body)))
	if x.server.behaviour.Strict {
		decoder.DisallowUnknownFields()
	}
	err := decoder.Decode(into)
	if err == nil {
		return 0, nil, true
	}
	var wrongType *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrongType):
		return http.StatusBadRequest, fault(3000, "The property %s is invalid: %s is not a %s.", wrongType.Field, wrongType.Value, wrongType.Type), false
	case strings.Contains(err.Error(), "unknown field"):
		name := strings.TrimPrefix(err.Error(), "json: unknown field ")
		return http.StatusBadRequest, fault(3000, "The property %s is invalid: this request does not have it.", name), false
	case errors.Is(err, io.EOF):
		return http.StatusBadRequest, fault(800002, "The request has no body."), false
	}
	return http.StatusBadRequest, fault(800002, "The request body is not valid JSON: %s.", err), false
}

// document is a JSON object whose absent members matter, as in a PATCH; names are in camelCase.
type document map[string]json.RawMessage

// raw reads the body as a document. Where ok is false, status and body are the answer to give.
func raw(r *http.Request) (d document, status int, body any, ok bool) {
	var sent map[string]json.RawMessage
	if err := json.Unmarshal(trimMark(exchangeOf(r).body), &sent); err != nil || sent == nil {
		return nil, http.StatusBadRequest, fault(800002, "The request body is not a JSON object."), false
	}
	d = document{}
	for name, value := range sent {
		d[lowerFirst(name)] = value
	}
	return d, 0, nil, true
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

func lowerFirst(name string) string {
	runes := []rune(name)
	if len(runes) > 0 {
		runes[0] = unicode.ToLower(runes[0])
	}
	return string(runes)
}

var byteOrderMark = []byte("\uFEFF")

func trimMark(body []byte) []byte { return bytes.TrimPrefix(body, byteOrderMark) }
