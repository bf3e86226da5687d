// SPDX-License-Identifier: MPL-2.0

// Package claims reads what an access token says about itself. It is meant for Partner Center and may be unreadable; then nothing is concluded.
package claims

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
)

// Claims are those that somebody here looks at.
type Claims struct {
	Tenant      string          `json:"tid"`
	Application string          `json:"appid"`
	Authorized  string          `json:"azp"`
	Kind        string          `json:"idtyp"`
	User        string          `json:"upn"`
	Methods     []string        `json:"amr"`
	Scope       string          `json:"scp"`
	Audience    json.RawMessage `json:"aud"`
	Issued      int64           `json:"iat"`
	Expires     int64           `json:"exp"`
}

// Read is nil for a token that nobody but the service can read.
func Read(token wire.Secret) *Claims {
	parts := strings.Split(token.Reveal(), ".")
	if len(parts) != 3 {
		return nil
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	var c Claims
	if err != nil || json.Unmarshal(payload, &c) != nil {
		return nil
	}
	return &c
}

// IsUser holds for a token of a user, who is named in it or has given a scope.
func (c *Claims) IsUser() bool {
	return c.Kind != "app" && (c.Kind == "user" || c.User != "" || c.Scope != "")
}

// PassedMFA holds where the user has passed multifactor authentication.
func (c *Claims) PassedMFA() bool { return slices.Contains(c.Methods, "mfa") }

// Life is how long the token is good for.
func (c *Claims) Life() time.Duration { return time.Duration(c.Expires-c.Issued) * time.Second }

// partnerCenterID is Partner Center's own application, which tokens may name instead of its address.
const partnerCenterID = "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd"

// IsFor holds for a token that names an audience, or Partner Center's own application; and for one that names none.
func (c *Claims) IsFor(audience string) bool {
	all := c.Audiences()
	return len(all) == 0 || slices.ContainsFunc(all, func(aud string) bool {
		return strings.EqualFold(strings.TrimRight(aud, "/"), audience) || strings.EqualFold(aud, partnerCenterID)
	})
}

// Audiences are whom the token is for: one text, or several.
func (c *Claims) Audiences() []string {
	var one string
	if json.Unmarshal(c.Audience, &one) == nil {
		return []string{one}
	}
	var several []string
	_ = json.Unmarshal(c.Audience, &several) // none, where it is neither
	return several
}
