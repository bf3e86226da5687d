// SPDX-License-Identifier: MPL-2.0

package signin

import (
	"context"
	"net/http"
	"net/url"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/cloud"
)

// signIn gets tokens from Entra by one method.
type signIn struct {
	method      method
	credentials Credentials
	authority   string
	home        cloud.Addresses
	certificate *certificate // nil without one
	transport   http.RoundTripper
}

// fetcher gets one token; it keeps none.
type fetcher func(ctx context.Context, via *recorder) (accessToken, error)

// tokenURL is the v2 token endpoint of the tenant.
func (s *signIn) tokenURL() string {
	return s.authority + "/" + url.PathEscape(s.credentials.TenantID) + "/oauth2/v2.0/token"
}
