// SPDX-License-Identifier: MPL-2.0

package world

import "fmt"

// Refusal is why Partner Center does not do what it was asked for: the status of the answer, the documented code and a
// description. It is no error of the program.
type Refusal struct {
	Status      int // as an HTTP answer has it
	Code        int
	Name        string // of the error, which the newer customer and agreement services say; empty elsewhere
	Description string
}

// The statuses of refusals.
const (
	badRequest          = 400
	forbidden           = 403
	notFound            = 404
	conflict            = 409
	internalServerError = 500
)

func refuse(status, code int, format string, args ...any) *Refusal {
	return &Refusal{Status: status, Code: code, Description: fmt.Sprintf(format, args...)}
}

// Invalid is the refusal of a request that says something impossible: 400 with a code.
func Invalid(code int, format string, args ...any) *Refusal {
	return refuse(badRequest, code, format, args...)
}
