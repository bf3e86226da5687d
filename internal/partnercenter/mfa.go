// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
)

// codeMFA is the refusal of a user's token without multifactor authentication.
const codeMFA = "900421"

// Advice on a refusal for want of multifactor authentication, by who signed in.
const (
	adviceMFA = "Partner Center wants the signed-in user to have passed multifactor authentication; it may accept the same sign-in for some calls and not for others. " +
		"Sign in again with it (az login, or whatever obtained access_token), or sign in as an application where the operation allows that."
	adviceMFARefresh = "The refresh_token comes from a sign-in without multifactor authentication, and so does every token made from it, even where Partner Center still accepts some: neither a repeat nor a new token helps. " +
		"Let a partner user sign in interactively with it and configure the refresh_token of that sign-in, or sign in as an application where the operation allows that."
	adviceMFAApplication = "Partner Center asks no application for multifactor authentication, yet refused this one because it is missing. " + adviceSupport
)

// mfaAdvice says what to do about a refusal for want of multifactor authentication.
func (e *Error) mfaAdvice() string {
	switch {
	case e.asUser:
		return adviceMFARefresh
	case e.asApplication:
		return adviceMFAApplication
	}
	return adviceMFA
}

// wantsMFA holds for an answer that refuses the latest token because its user has not passed multifactor authentication. Another
// token from the same sign-in is refused as well. See reference/commerce.md#multi-factor-authentication.
func (a *attempts) wantsMFA() bool {
	if a.answer.status != http.StatusUnauthorized {
		return false
	}
	said := wire.ReadFault(a.answer.body)
	switch {
	case said.Code == codeMFA, mentionsMFA(said.Description, a.answer.phrase), mentionsMFA(said.Data...):
		return true
	case len(a.answer.body) > 0 || !a.tokens.MayBeUser():
		return false
	}
	// The older form has no body, and over HTTP/2 no reason phrase either: only the token itself tells it from one that was revoked.
	return strings.Contains(strings.ToLower(a.answer.header.Get("WWW-Authenticate")), `error="invalid_token"`) && !passedMFA(a.token)
}

func mentionsMFA(texts ...string) bool {
	text := strings.ToLower(strings.Join(texts, " "))
	return strings.Contains(text, "mfa") || strings.Contains(text, "multi-factor") || strings.Contains(text, "multifactor")
}

// passedMFA reads from a token whether its user has passed multifactor authentication; who cannot read it does not know.
func passedMFA(token wire.Secret) bool {
	parts := strings.Split(token.Reveal(), ".")
	if len(parts) != 3 {
		return false
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return false
	}
	var claims struct {
		Methods []string `json:"amr"`
	}
	return json.Unmarshal(payload, &claims) == nil && slices.Contains(claims.Methods, "mfa")
}
