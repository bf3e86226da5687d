// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
)

// signIn gets tokens from Entra by one method.
type signIn struct {
	method      method
	credentials Credentials
	authority   string
	home        cloudAddresses
	certificate *certificate // nil without one
	transport   http.RoundTripper
	secrets     *secrets
}

// fetcher gets one token; it keeps none.
type fetcher func(ctx context.Context, via *recorder) (accessToken, error)

func newTokenSource(o Options, transport http.RoundTripper) (*tokenSource, *OptionError) {
	s := &signIn{credentials: o.Credentials.trimmed(), authority: o.AuthorityHost, home: clouds[o.Environment], transport: transport}
	s.secrets = newSecrets(s.credentials)
	var err *OptionError
	if s.method, err = s.credentials.method(); err != nil {
		return nil, err
	}
	if s.certificate, err = s.credentials.loadCertificate(o.Clock.Now()); err != nil {
		return nil, err
	}
	fetch, err := s.fetcher()
	if err != nil {
		return nil, err
	}
	return &tokenSource{method: s.method, clock: o.Clock, timeout: o.RequestTimeout, fetch: s.explained(fetch)}, nil
}

// trimmed drops the line ends that tokens bring along from files and commands.
func (c Credentials) trimmed() Credentials {
	for _, text := range []*string{&c.TenantID, &c.ClientID, &c.RefreshToken, &c.AccessToken, &c.OIDCToken, &c.OIDCRequestURL, &c.OIDCRequestToken} {
		*text = strings.TrimSpace(*text)
	}
	c.AccessToken = strings.TrimPrefix(c.AccessToken, "Bearer ")
	return c
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

func (s *signIn) fetcher() (fetcher, *OptionError) {
	plain := strings.HasPrefix(s.authority, "http://")
	switch s.method {
	case byAccessToken:
		if !validHeaderValue(s.credentials.AccessToken) {
			return nil, optionError("access_token", "It contains characters that no token has.")
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
		return nil, optionError("authority_host", "Signing in with %s needs https.", s.method)
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
			Cloud:     cloud.Configuration{ActiveDirectoryAuthorityHost: s.authority},
			Transport: via,
			Retry:     policy.RetryOptions{MaxRetries: -1},
		}, via)
		if err != nil {
			return accessToken{}, err
		}
		got, err := made.GetToken(ctx, policy.TokenRequestOptions{Scopes: []string{s.home.audience + "/.default"}})
		if err != nil {
			return accessToken{}, err
		}
		return accessToken{value: got.Token, lifetime: time.Until(got.ExpiresOn)}, nil
	}
}

// The authority is one of ours or configured, so nobody needs to be asked whether it can be trusted.
const trustAuthority = true

func (s *signIn) secretCredential(_ context.Context, o azcore.ClientOptions, _ *recorder) (azcore.TokenCredential, error) {
	return azidentity.NewClientSecretCredential(s.credentials.TenantID, s.credentials.ClientID, s.credentials.ClientSecret,
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

// tokenURL is the v2 token endpoint of the tenant.
func (s *signIn) tokenURL() string {
	return s.authority + "/" + url.PathEscape(s.credentials.TenantID) + "/oauth2/v2.0/token"
}
