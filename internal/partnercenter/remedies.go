// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"errors"
	"net/http"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
)

// AdvisedError has a remedy of its own, where that of its code does not fit.
type AdvisedError struct {
	Err    error
	Advice string
}

func (e *AdvisedError) Error() string { return e.Err.Error() }

// Unwrap gives access to the error that is advised on.
func (e *AdvisedError) Unwrap() error { return e.Err }

// Remedy is the advice.
func (e *AdvisedError) Remedy() string { return e.Advice }

// Remedy says in one or two sentences what to do about an error, or "" where nothing better than the error itself is known.
func Remedy(err error) string {
	if knows, ok := errors.AsType[interface {
		error
		Remedy() string
	}](err); ok { // an AdvisedError, a CartLineError, or one of a TokenSource
		return knows.Remedy()
	}
	var e *Error
	if !errors.As(err, &e) {
		return ""
	}
	advice := e.advice()
	if !e.Unclear {
		return advice
	}
	return strings.TrimSpace("The change may have been made: look in Partner Center before repeating it. " + advice)
}

func (e *Error) advice() string {
	switch {
	case e.StatusCode == 0 && e.Code == "":
		return transportAdvice(e.Err)
	case e.wantsMFA || e.StatusCode == http.StatusUnauthorized && (e.Code == codeMFA || mentionsMFA(append(e.Data, e.Description)...)):
		return e.mfaAdvice()
	}
	if text, ok := callRemedies[callCode{e.Operation, e.Code}]; ok {
		return text
	}
	if text, ok := remedies[remedyKey{e.StatusCode, e.Code}]; ok {
		return text
	}
	if text, ok := remedies[remedyKey{0, e.Code}]; ok && e.Code != "" {
		return text
	}
	return e.statusAdvice()
}

const (
	adviceUser = "This operation is only open to a signed-in user: configure refresh_token (App+User, Secure Application Model) " +
		"of a partner user who has passed multifactor authentication."
	adviceRelation = "The customer has no reseller relationship with the partner that is signed in. Check " + customerAttribute + " and tenant_id, " +
		"and whether the customer has accepted (or ended) the relationship."
	customerAttribute = "customer_id (ID in data source partnercenter_customer)"
)

func transportAdvice(err error) string {
	switch {
	case err == nil:
		return ""
	case wire.Untrusted(err):
		return wire.UntrustedRemedy
	case errors.Is(err, errNoAnswer):
		return "The service was slow. Raise request_timeout, or try again later."
	case errors.Is(err, errNoID):
		return "Check the IDs in the configuration."
	}
	return ""
}

// statusAdvice is for answers whose code is missing or unknown.
func (e *Error) statusAdvice() string {
	switch e.StatusCode {
	case http.StatusUnauthorized:
		if e.fixedToken {
			return "The access_token was refused: it lives about an hour and must be meant for Partner Center. Obtain a new one, or configure another way to sign in."
		}
		return "The token was refused. Check that the application is registered in Partner Center (account settings, app management) and that environment names the right cloud."
	case http.StatusForbidden:
		if e.UserOnly && !e.asUser {
			return adviceUser
		}
		return "Check that the identity that signs in may do this: the application's registration in Partner Center, the user's role (Admin agent), and the relationship with the customer."
	case http.StatusTooManyRequests:
		return "Partner Center limits how many requests it takes. Lower requests_per_minute or run fewer jobs at the same time, and try again later."
	case http.StatusRequestTimeout, http.StatusInternalServerError, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return "The service has a problem. Try again later; Microsoft's support finds the request by the correlation ID."
	case http.StatusNotImplemented:
		return "The service does not offer this operation here. Check endpoint and environment."
	case http.StatusProxyAuthRequired:
		return "The proxy wants to be signed in to: put user and password into HTTPS_PROXY."
	}
	return ""
}
