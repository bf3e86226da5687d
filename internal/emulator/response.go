// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"time"
)

// response is an answer ready to be sent.
type response struct {
	status      int
	header      http.Header
	body        []byte
	contentType string // application/json, if empty
}

// encode turns what a handler returned into bytes.
func (t *Transport) encode(status int, body any) *response {
	answer := &response{status: status, header: http.Header{}}
	if wrapped, ok := body.(answerWithHeaders); ok {
		answer.header, body = wrapped.header, wrapped.body
	}
	switch b := body.(type) {
	case nil:
		return answer
	case rawBody:
		answer.body, answer.contentType = b.content, b.contentType
		return answer
	case faultBody:
		body = map[string]any{"code": t.code(b.Code), "description": b.Description, "data": b.Data, "source": b.Source}
	case faultBodyB:
		body = map[string]any{
			"code": b.Code, "message": b.Description, "description": b.Description, "errorName": b.Name,
			"isRetryable": false, "parameters": map[string]any{}, "errorMessageExtended": fmt.Sprintf("InternalErrorCode=%d", b.Code),
		}
	}
	var text bytes.Buffer
	if t.ByteOrderMark {
		text.Write(byteOrderMark)
	}
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(body); err != nil {
		return &response{status: http.StatusInternalServerError, header: http.Header{}, body: []byte(err.Error()), contentType: "text/plain"}
	}
	answer.body = bytes.TrimRight(text.Bytes(), "\n")
	return answer
}

// code is an error code as text, the documented form, or as a number, which is seen too.
func (t *Transport) code(code int) any {
	if t.NumericCodes {
		return code
	}
	return strconv.Itoa(code)
}

// tooMany is the gateway's answer; it has neither code nor description.
func (t *Transport) tooMany(wait time.Duration) *response {
	seconds := int(math.Ceil(wait.Seconds()))
	answer := t.encode(http.StatusTooManyRequests, map[string]any{
		"statusCode": http.StatusTooManyRequests,
		"message":    fmt.Sprintf("Rate limit is exceeded. Try again in %d seconds.", seconds),
	})
	answer.header.Set("Retry-After", strconv.Itoa(seconds))
	return answer
}

func (a *response) clone() *response {
	copied := *a
	copied.header = a.header.Clone()
	return &copied
}
