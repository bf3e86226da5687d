// SPDX-License-Identifier: MPL-2.0

package signin

// Error is a token that could not be had; nothing was sent to Partner Center then.
type Error struct {
	// Setting is the provider's attribute that most likely needs a look, such as client_secret.
	Setting string
	// Code is Entra's code, such as AADSTS7000215, or empty.
	Code string
	// Description is Entra's text, or what else went wrong.
	Description string
	// Temporary says that the sign-in service could not be reached or was busy.
	Temporary bool
	// Err is why no answer came; nil where one did.
	Err error
}

func (e *Error) Error() string {
	return "cannot sign in (see " + e.Setting + "): " + e.Description
}

func (e *Error) Unwrap() error { return e.Err }

// LookupCode is the code to look up; the client asks for it by this method.
func (e *Error) LookupCode() string { return e.Code }

// SignInMayPass reports Temporary; by this method the client tells a failed sign-in from a failed request.
func (e *Error) SignInMayPass() bool { return e.Temporary }
