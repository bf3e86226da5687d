// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// The application and the people registered in the emulator's partner tenant.
const (
	ClientID     = "3f1c2a94-7d0e-4b58-9a3c-6e5f80d1b742" // ClientID is the registered application.
	ClientSecret = "emulator~secret~of~no~value"          // ClientSecret is the application's secret.
	AdminUser    = "admin@ostwind-distribution.example"   // AdminUser is a partner user with the Admin agent role.
	SalesUser    = "sales@ostwind-distribution.example"   // SalesUser is a partner user with the Sales agent role.
)

// Audience is the resource that tokens for the API are asked for (reference/commerce.md#token-endpoints-and-audiences).
const Audience = "https://api.partnercenter.microsoft.com"

// GraphAudience is the resource that tokens for Microsoft Graph are asked for (reference/customers-and-billing.md#graph-host-permission-clouds).
const GraphAudience = "https://graph.microsoft.com"

const (
	chinaAudience   = "https://partner.partnercenterapi.microsoftonline.cn"
	applicationGUID = "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd" // the API's own application id, also accepted as a resource
	retiredAudience = "https://graph.windows.net"
)

// TokenOptions say whose token it is and what is wrong with it. The zero value is the admin user with MFA.
type TokenOptions struct {
	AppOnly       bool
	ApplicationID string        // ClientID, if empty
	User          string        // AdminUser, if empty
	Roles         []string      // RoleAdminAgent, if empty; SalesUser has RoleSalesAgent
	NoMFA         bool          // the user signed in without a second factor
	Expired       bool          // was valid until a minute ago
	Audience      string        // Audience, if empty
	Lifetime      time.Duration // Behaviour.TokenLifetime, if 0
}

type tokenClaims struct {
	ApplicationID string   `json:"appid"`
	TenantID      string   `json:"tid"`
	Kind          string   `json:"idtyp"` // app or user
	User          string   `json:"upn,omitempty"`
	Roles         []string `json:"wids,omitempty"`
	Methods       []string `json:"amr,omitempty"`
	Generation    int      `json:"ver"`
	jwt.RegisteredClaims
}

func (o TokenOptions) withDefaults() TokenOptions {
	o.ApplicationID = cmp.Or(o.ApplicationID, ClientID)
	o.Audience = cmp.Or(o.Audience, Audience)
	if o.AppOnly {
		o.User, o.Roles = "", nil
		return o
	}
	o.User = cmp.Or(o.User, AdminUser)
	if len(o.Roles) > 0 {
		return o
	}
	o.Roles = []string{world.RoleAdminAgent}
	if strings.EqualFold(o.User, SalesUser) {
		o.Roles = []string{world.RoleSalesAgent}
	}
	return o
}

func (d *directory) newToken(o TokenOptions) string {
	o = o.withDefaults()
	now := d.world.Now()
	expiry := now.Add(cmp.Or(o.Lifetime, d.transport.TokenLifetime))
	if o.Expired {
		expiry = now.Add(-time.Minute)
	}
	claims := tokenClaims{
		ApplicationID: o.ApplicationID, TenantID: d.world.Tenant.Partner.TenantID, Kind: "app", User: o.User, Roles: o.Roles,
		Generation: d.generation,
		RegisteredClaims: jwt.RegisteredClaims{
			Issuer: "https://sts.windows.net/" + d.world.Tenant.Partner.TenantID + "/", Audience: jwt.ClaimStrings{o.Audience},
			IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(expiry), ID: d.world.NewID(),
		},
	}
	if !o.AppOnly {
		claims.Kind, claims.Methods = "user", []string{"pwd"}
		if !o.NoMFA {
			claims.Methods = append(claims.Methods, "mfa")
		}
	}
	token, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString(d.key)
	if err != nil {
		panic(err) // only an unusable key can do that
	}
	return token
}

// claimsOf checks an access token; Authorization must be "Bearer" and a token of this server that is still valid.
func (d *directory) claimsOf(authorization string) (*tokenClaims, error) {
	scheme, token, _ := strings.Cut(authorization, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return nil, errors.New("no bearer token")
	}
	claims := &tokenClaims{}
	parser := jwt.NewParser(jwt.WithValidMethods([]string{"HS256"}), jwt.WithTimeFunc(d.world.Now), jwt.WithExpirationRequired())
	_, err := parser.ParseWithClaims(strings.TrimSpace(token), claims, func(*jwt.Token) (any, error) { return d.key, nil })
	if err == nil && claims.Generation != d.generation {
		err = errors.New("the token was revoked")
	}
	return claims, err
}

// authorizationKind is what the journal keeps of an Authorization header.
func (d *directory) authorizationKind(authorization string) string {
	claims, err := d.claimsOf(authorization)
	scheme, _, _ := strings.Cut(authorization, " ")
	switch {
	case !strings.EqualFold(scheme, "Bearer"):
		return scheme
	case err != nil:
		return "Bearer invalid"
	case claims.Kind == "app":
		return "Bearer app-only"
	}
	return "Bearer user"
}

// authenticate finds out who calls. It returns the refusal, nil if there is none
// (reference/commerce.md#401-and-403-shapes).
func (d *directory) authenticate(r *http.Request) (world.Caller, *response) {
	claims, err := d.claimsOf(r.Header.Get("Authorization"))
	if err != nil {
		return world.Caller{}, d.unauthorized(fault(400, "Access denied: the access token is missing, malformed or expired."))
	}
	caller := world.Caller{
		ApplicationID: claims.ApplicationID, User: claims.User, Roles: claims.Roles, AppOnly: claims.Kind == "app",
		MFA: slices.Contains(claims.Methods, "mfa"), CorrelationID: r.Header.Get("MS-CorrelationId"),
	}
	switch audience := claims.Audience[0]; {
	case audience == retiredAudience:
		return caller, d.unauthorized(fault(900420, "The token audience %s is no longer accepted.", audience))
	case !isAudience(audience):
		return caller, d.unauthorized(fault(400, "Access denied: the token is for %s.", audience))
	case !caller.AppOnly && !caller.MFA && d.enforcesMFA():
		return caller, d.withoutMFA()
	}
	return caller, nil
}

// enforcesMFA spreads the refusals of Transport.MFAEnforcement evenly over the calls.
func (d *directory) enforcesMFA() bool {
	before := d.withoutMFACalls * d.transport.MFAEnforcement / 100
	d.withoutMFACalls++
	return d.withoutMFACalls*d.transport.MFAEnforcement/100 > before
}

// withoutMFA is the refusal of a user without MFA, in the present or the older form (reference/commerce.md#multi-factor-authentication).
func (d *directory) withoutMFA() *response {
	if d.transport.EmptyMFARefusal {
		return d.transport.encode(http.StatusUnauthorized, withHeader(nil, "WWW-Authenticate", `Bearer error="invalid_token"`))
	}
	return d.unauthorized(fault(900421, "The user has to pass multi-factor authentication (MFA)."))
}

func (d *directory) unauthorized(body any) *response {
	if d.transport.EmptyUnauthorized {
		body = nil
	}
	realm := "OAuth realm=urn:cpsvc:cpid:" + d.world.Tenant.Partner.TenantID
	return d.transport.encode(http.StatusUnauthorized, withHeader(body, "WWW-Authenticate", realm))
}

// reportMFA answers the header ValidateMfa of App+User calls.
func reportMFA(r *http.Request, c world.Caller, answer *response) {
	if strings.EqualFold(r.Header.Get("ValidateMfa"), "true") && c.User != "" {
		answer.header.Set("isMfaCompliant", strconv.FormatBool(c.MFA))
	}
}

func isAudience(audience string) bool {
	return audience == Audience || audience == chinaAudience || audience == applicationGUID
}
