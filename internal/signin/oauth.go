// SPDX-License-Identifier: MPL-2.0

package signin

import (
	"context"
	"net/http"
	"net/url"
	"sync"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
)

// plainSecret signs in to an authority that speaks http on this machine.
func (s *signIn) plainSecret(ctx context.Context, via *recorder) (accessToken, error) {
	got, err := s.grant(ctx, via, s.home.Audience+"/.default", url.Values{})
	return lifetimeOf(got), err
}

// refreshing uses the configured refresh token first and then always the latest one: each use may bring another, and the old
// one ends at some time (https://learn.microsoft.com/partner-center/developer/enable-secure-app-model).
func (s *signIn) refreshing() fetcher {
	var mu sync.Mutex
	current := s.credentials.RefreshToken
	return func(ctx context.Context, via *recorder) (accessToken, error) {
		mu.Lock()
		defer mu.Unlock()
		params := url.Values{"grant_type": {"refresh_token"}, "refresh_token": {current.Reveal()}}
		if s.certificate != nil {
			assertion, err := s.certificate.assertion(s.credentials.ClientID, s.tokenURL())
			if err != nil {
				return accessToken{}, err
			}
			params.Set("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
			params.Set("client_assertion", assertion)
		}
		got, err := s.grant(ctx, via, s.userScope(), params)
		if err != nil {
			return accessToken{}, err
		}
		if got.RefreshToken != "" {
			wire.Hide(got.RefreshToken)
			current = wire.Secret(got.RefreshToken)
		}
		return lifetimeOf(got), nil
	}
}

// userScope is what a user's token is for. See reference/commerce.md#token-endpoints-and-audiences; Microsoft Graph has no scope of that name.
func (s *signIn) userScope() string {
	permission := "/user_impersonation"
	if s.home.Audience == s.home.Graph {
		permission = "/.default"
	}
	return s.home.Audience + permission + " offline_access"
}

// grant asks the token endpoint. The refresh of x/oauth2 sends no scope, which Entra wants to know the audience by;
// its client credentials do, and let the grant be another.
func (s *signIn) grant(ctx context.Context, via *recorder, scope string, params url.Values) (*oauth2.Token, error) {
	config := clientcredentials.Config{
		ClientID:       s.credentials.ClientID,
		ClientSecret:   s.credentials.ClientSecret.Reveal(),
		TokenURL:       s.tokenURL(),
		Scopes:         []string{scope},
		EndpointParams: params,
		AuthStyle:      oauth2.AuthStyleInParams,
	}
	return config.Token(context.WithValue(ctx, oauth2.HTTPClient, &http.Client{Transport: via, CheckRedirect: wire.StayHere}))
}

func lifetimeOf(got *oauth2.Token) accessToken {
	if got == nil {
		return accessToken{}
	}
	token := accessToken{value: wire.Secret(got.AccessToken)}
	if !got.Expiry.IsZero() {
		token.lifetime = time.Until(got.Expiry)
	}
	return token
}
