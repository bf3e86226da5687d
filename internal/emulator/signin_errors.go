// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"fmt"
	"net/http"
)

// entraError is a refusal of the sign-in service, known by its AADSTS number.
type entraError struct {
	status  int
	number  int
	name    string // the OAuth error
	message string
}

func entra(status, number int, name, format string, args ...any) *entraError {
	return &entraError{status: status, number: number, name: name, message: fmt.Sprintf(format, args...)}
}

// invalidClient is the refusal of credentials.
func invalidClient(number int, format string, args ...any) *entraError {
	return entra(http.StatusUnauthorized, number, "invalid_client", format, args...)
}

// refuse is the answer for e, in the shape of Entra.
func (d *directory) refuse(e *entraError) (int, any) {
	trace, correlation, at := d.world.NewID(), d.world.NewID(), d.world.Now().Format("2006-01-02 15:04:05Z")
	body := map[string]any{
		"error": e.name,
		"error_description": fmt.Sprintf("AADSTS%d: %s Trace ID: %s Correlation ID: %s Timestamp: %s",
			e.number, e.message, trace, correlation, at),
		"error_codes":    []int{e.number},
		"timestamp":      at,
		"trace_id":       trace,
		"correlation_id": correlation,
		"error_uri":      fmt.Sprintf("https://login.microsoftonline.com/error?code=%d", e.number),
	}
	if e.number == 50076 {
		body["suberror"] = "basic_action"
	}
	return e.status, body
}
