// SPDX-License-Identifier: MPL-2.0

// Package settings reads how to reach Partner Center and what a run may do: from a provider block, and from the environment behind it.
// The provider and the companion program share it, so that both sign in as the same and keep the same limits.
package settings

import (
	"cmp"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/cloud"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/signin"
)

// Block is what a provider block says; nil is what it leaves out. The zero value leaves everything to the environment.
type Block struct {
	TenantID, ClientID                                             *string
	ClientSecret                                                   *string
	ClientCertificatePath, ClientCertificate                       *string
	ClientCertificatePassword                                      *string
	UseOIDC                                                        *bool
	OIDCToken, OIDCTokenFilePath, OIDCRequestURL, OIDCRequestToken *string
	OIDCServiceConnectionID                                        *string
	UseMSI, UseCLI                                                 *bool
	RefreshToken, AccessToken                                      *string
	Environment, Endpoint, AuthorityHost                           *string
	ReadOnly, QuotePrices, RequirePriceLimit                       *bool
	PartnerOnRecordAttested, DriftAttribution                      *bool
	AllowedCustomerIDs                                             []string
	SpendingLimit                                                  *Limit
	RequestsPerMinute, MaxRetries                                  *int64
	RequestTimeout                                                 *string
}

// Limit is the spending limit of a block, as it is written.
type Limit struct{ Amount, Currency string }

// Settings are what a run signs in with, and what it may do.
type Settings struct {
	Client partnercenter.Options
	SignIn signin.Options

	// SpendingLimit is nil where there is none.
	SpendingLimit *spending.Amount

	QuotePrices, RequirePriceLimit, DriftAttribution bool
}

// Problem is a setting that cannot be accepted.
type Problem struct {
	// Attribute is the provider's, Nested one below it or empty.
	Attribute, Nested string
	// Title and Detail are those of an error of the provider.
	Title, Detail string
}

// Defaults of what has a number.
const (
	DefaultRequestsPerMinute = 400
	defaultRetries           = 5
	defaultTimeout           = 3 * time.Minute
)

// Read is the block with the environment behind it.
func Read(b Block) (Settings, []Problem) {
	var problems []Problem
	r := reader{&problems}
	s := Settings{
		Client: partnercenter.Options{
			Environment:             cloud.Environment(r.pinned("environment", b.Environment)),
			Endpoint:                r.pinned("endpoint", b.Endpoint),
			ReadOnly:                r.either("read_only", b.ReadOnly),
			AllowedCustomerIDs:      b.customers(r),
			RequestsPerMinute:       r.atMost("requests_per_minute", b.RequestsPerMinute, DefaultRequestsPerMinute),
			MaxRetries:              cmp.Or(r.number("max_retries", b.MaxRetries, variables["max_retries"], defaultRetries), -1), // the client takes 0 for its default
			PartnerOnRecordAttested: r.both("partner_on_record_attested", b.PartnerOnRecordAttested),
			RequestTimeout:          r.duration("request_timeout", b.RequestTimeout, defaultTimeout),
		},
		SignIn: signin.Options{
			AuthorityHost: r.pinned("authority_host", b.AuthorityHost),
			Credentials:   b.credentials(r),
		},
	}
	b.guardCredentials(r, s.SignIn.Credentials)
	s.SpendingLimit = b.spendingLimit(r)
	s.RequirePriceLimit = r.either("require_price_limit", b.RequirePriceLimit)
	s.DriftAttribution = r.both("drift_attribution", b.DriftAttribution)
	s.QuotePrices, s.Client.AllowQuotes = b.quotes(r)
	return s, problems
}

// Source makes the source of tokens, which shares with the client what is about both. What is wrong comes back as *option.Error.
func Source(client partnercenter.Options, signIn signin.Options) (*signin.Source, error) {
	signIn.Environment, signIn.RootCAs, signIn.Timeout = client.Environment, client.RootCAs, client.RequestTimeout
	if client.Clock != nil {
		signIn.Now = client.Clock.Now
	}
	return signin.New(signIn)
}

// Connect makes the client with its sign-in; what is wrong with the options comes back as *option.Error.
func Connect(client partnercenter.Options, signIn signin.Options) (*partnercenter.Client, error) {
	tokens, err := Source(client, signIn)
	if err != nil {
		return nil, err
	}
	client.Tokens = tokens
	if client.GraphTokens, err = graphTokens(client, signIn); err != nil {
		return nil, err
	}
	return partnercenter.New(client)
}

// graphTokens signs in at Microsoft Graph in the same way; it is nil where the cloud has no billing data there, and for a token that
// was got for Partner Center.
func graphTokens(client partnercenter.Options, signIn signin.Options) (partnercenter.TokenSource, error) {
	home, invalid := cloud.Of(client.Environment)
	if invalid != nil {
		return nil, invalid
	}
	if home.Graph == "" || signIn.Credentials.AccessToken != "" {
		return nil, nil //nolint:nilnil // there is none, and that is no error before anybody asks for it
	}
	signIn.Audience = home.Graph
	tokens, err := Source(client, signIn)
	if err != nil {
		return nil, err
	}
	return tokens, nil
}
