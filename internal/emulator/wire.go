// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"bytes"
	"fmt"
	"net/http"
	"unicode"
)

// faultBody is the usual error shape (reference/commerce.md#error-envelope).
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

// faultBodyB is the error shape of newer customer and agreement services (reference/customers-and-billing.md#errors, shape B).
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

func lowerFirst(name string) string {
	runes := []rune(name)
	if len(runes) > 0 {
		runes[0] = unicode.ToLower(runes[0])
	}
	return string(runes)
}

var byteOrderMark = []byte("\uFEFF")

func trimMark(body []byte) []byte { return bytes.TrimPrefix(body, byteOrderMark) }
