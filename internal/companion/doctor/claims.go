// SPDX-License-Identifier: MPL-2.0

package doctor

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
)

// claims are what an access token says about itself. It is meant for Partner Center and may be unreadable; then nothing is concluded.
type claims struct {
	Tenant      string          `json:"tid"`
	Application string          `json:"appid"`
	Authorized  string          `json:"azp"`
	Kind        string          `json:"idtyp"`
	User        string          `json:"upn"`
	Methods     []string        `json:"amr"`
	Scope       string          `json:"scp"`
	Audience    json.RawMessage `json:"aud"`
}

// readClaims is nil for a token that nobody but the service can read.
func readClaims(text string) *claims {
	parts := strings.Split(text, ".")
	if len(parts) != 3 {
		return nil
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	var c claims
	if err != nil || json.Unmarshal(payload, &c) != nil {
		return nil
	}
	return &c
}

// isUser holds for a token of a user, who is named in it or has given a scope.
func (c *claims) isUser() bool {
	return c.Kind != "app" && (c.Kind == "user" || c.User != "" || c.Scope != "")
}

func (c *claims) passedMFA() bool { return slices.Contains(c.Methods, "mfa") }

// audiences are whom the token is for: one text, or several.
func (c *claims) audiences() []string {
	var one string
	if json.Unmarshal(c.Audience, &one) == nil {
		return []string{one}
	}
	var several []string
	_ = json.Unmarshal(c.Audience, &several) // none, where it is neither
	return several
}
