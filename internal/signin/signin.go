// SPDX-License-Identifier: MPL-2.0

// Package signin gets the tokens that requests to Partner Center are sent with, from Entra or from whoever it trusts, in each of the ways
// that a provider can be configured with. It knows nothing of the API, and the client of the API knows nothing of it: it takes a Source
// as its partnercenter.TokenSource.
package signin

import (
	"cmp"
	"context"
	"crypto/x509"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	azcloud "github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/cloud"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/option"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
)

// Options say how to sign in and where; the zero value of each field but Credentials is its default.
type Options struct {
	// Environment is the cloud; empty means cloud.Global.
	Environment cloud.Environment
	// AuthorityHost replaces the cloud's sign-in address; http only on loopback addresses.
	AuthorityHost string
	// Audience is what the tokens are for, instead of Partner Center.
	Audience string
	// Credentials say how to sign in; exactly one way must be configured.
	Credentials Credentials
	// Timeout bounds each sign-in; 0 means three minutes.
	Timeout time.Duration
	// RootCAs replace the machine's certificate authorities.
	RootCAs *x509.CertPool
	// Now replaces the machine's clock.
	Now func() time.Time
}

const defaultTimeout = 3 * time.Minute

func (o Options) now() func() time.Time {
	if o.Now == nil {
		return time.Now
	}
	return o.Now
}

// New makes a source of tokens; what is wrong with the options comes back as *option.Error. Nothing is sent before the first token.
func New(o Options) (*Source, error) {
	s, invalid := newSignIn(o)
	if invalid != nil {
		return nil, invalid
	}
	fetch, invalid := s.fetcher()
	if invalid != nil {
		return nil, invalid
	}
	return &Source{method: s.method, now: o.now(), timeout: cmp.Or(o.Timeout, defaultTimeout), fetch: s.explained(fetch)}, nil
}

// Format prints nothing of the credentials, whatever the verb: fmt does not ask the fields of a struct that it cannot see.
func (s *signIn) Format(f fmt.State, _ rune) {
	_, _ = io.WriteString(f, "sign-in by "+string(s.method))
}

func newSignIn(o Options) (*signIn, *option.Error) {
	s := &signIn{credentials: o.Credentials.trimmed(), transport: wire.NewTransport(o.RootCAs)}
	hideSecrets(s.credentials)
	var err *option.Error
	if s.home, err = cloud.Of(o.Environment); err != nil {
		return nil, err
	}
	s.home.Audience = cmp.Or(o.Audience, s.home.Audience)
	if s.authority, err = option.Address("authority_host", cmp.Or(o.AuthorityHost, s.home.Authority)); err != nil {
		return nil, err
	}
	if s.method, err = s.credentials.method(); err != nil {
		return nil, err
	}
	if s.method == byMSI { // the service that knows the machine's identity answers this machine alone
		s.transport = wire.NewDirectTransport(o.RootCAs)
	}
	s.certificate, err = s.credentials.loadCertificate(o.now()())
	return s, err
}

// explained turns every failure into a SignInError without secrets.
func (s *signIn) explained(fetch fetcher) func(context.Context) (accessToken, error) {
	return func(ctx context.Context) (accessToken, error) {
		via := &recorder{next: s.transport}
		token, err := fetch(ctx, via)
		if err != nil {
			return accessToken{}, s.failure(via, err)
		}
		return token, nil
	}
}

func (s *signIn) fetcher() (fetcher, *option.Error) {
	plain := strings.HasPrefix(s.authority, "http://")
	switch s.method {
	case byAccessToken:
		if !option.IsHeaderValue(s.credentials.AccessToken.Reveal()) {
			return nil, option.Errorf("access_token", "It contains characters that no token has.")
		}
		return func(context.Context, *recorder) (accessToken, error) {
			return accessToken{value: s.credentials.AccessToken, lifetime: noExpiry}, nil
		}, nil
	case byRefreshToken:
		return s.refreshing(), nil
	case bySecret:
		if plain { // azidentity speaks https only
			return s.plainSecret, nil
		}
		return s.azure(s.secretCredential), nil
	case byMSI:
		return s.azure(s.managedIdentity), nil
	case byCLI:
		return s.azure(s.cli), nil
	}
	if plain {
		return nil, option.Errorf("authority_host", "Signing in with %s needs https.", s.method)
	}
	if s.method == byOIDC {
		return s.azure(s.federated), nil
	}
	return s.azure(s.certificateCredential), nil
}

// noExpiry is for the token that cannot be renewed anyway.
const noExpiry = 100 * 365 * 24 * time.Hour

// azure gets a token by a credential of azidentity. Each token takes a new credential, because they keep tokens themselves
// and offer no way to drop one that was refused. Repeating is left to the retries of the call.
func (s *signIn) azure(credential func(context.Context, azcore.ClientOptions, *recorder) (azcore.TokenCredential, error)) fetcher {
	return func(ctx context.Context, via *recorder) (accessToken, error) {
		made, err := credential(ctx, azcore.ClientOptions{
			Cloud:     azcloud.Configuration{ActiveDirectoryAuthorityHost: s.authority},
			Transport: via,
			Retry:     policy.RetryOptions{MaxRetries: -1},
		}, via)
		if err != nil {
			return accessToken{}, err
		}
		got, err := made.GetToken(ctx, policy.TokenRequestOptions{Scopes: []string{s.home.Audience + "/.default"}})
		if err != nil {
			return accessToken{}, err
		}
		return accessToken{value: wire.Secret(got.Token), lifetime: time.Until(got.ExpiresOn)}, nil
	}
}

// The authority is one of ours or configured, so nobody needs to be asked whether it can be trusted.
const trustAuthority = true

func (s *signIn) secretCredential(_ context.Context, o azcore.ClientOptions, _ *recorder) (azcore.TokenCredential, error) {
	return azidentity.NewClientSecretCredential(s.credentials.TenantID, s.credentials.ClientID, s.credentials.ClientSecret.Reveal(),
		&azidentity.ClientSecretCredentialOptions{ClientOptions: o, DisableInstanceDiscovery: trustAuthority})
}

func (s *signIn) certificateCredential(_ context.Context, o azcore.ClientOptions, _ *recorder) (azcore.TokenCredential, error) {
	return azidentity.NewClientCertificateCredential(s.credentials.TenantID, s.credentials.ClientID, s.certificate.chain, s.certificate.key,
		&azidentity.ClientCertificateCredentialOptions{ClientOptions: o, DisableInstanceDiscovery: trustAuthority})
}

func (s *signIn) federated(ctx context.Context, o azcore.ClientOptions, via *recorder) (azcore.TokenCredential, error) {
	assertion, err := s.oidcToken(ctx, via)
	if err != nil {
		return nil, err
	}
	return azidentity.NewClientAssertionCredential(s.credentials.TenantID, s.credentials.ClientID,
		func(context.Context) (string, error) { return assertion, nil },
		&azidentity.ClientAssertionCredentialOptions{ClientOptions: o, DisableInstanceDiscovery: trustAuthority})
}

func (s *signIn) managedIdentity(_ context.Context, o azcore.ClientOptions, _ *recorder) (azcore.TokenCredential, error) {
	options := &azidentity.ManagedIdentityCredentialOptions{ClientOptions: o}
	if s.credentials.ClientID != "" {
		options.ID = azidentity.ClientID(s.credentials.ClientID)
	}
	return azidentity.NewManagedIdentityCredential(options)
}

func (s *signIn) cli(context.Context, azcore.ClientOptions, *recorder) (azcore.TokenCredential, error) {
	return azidentity.NewAzureCLICredential(&azidentity.AzureCLICredentialOptions{TenantID: s.credentials.TenantID})
}
