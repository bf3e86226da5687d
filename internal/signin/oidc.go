// SPDX-License-Identifier: MPL-2.0

package signin

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
)

// oidcToken gets the token of the other identity provider; its failures name the setting to look at.
func (s *signIn) oidcToken(ctx context.Context, via *recorder) (string, error) {
	switch c := s.credentials; {
	case c.OIDCToken != "":
		return c.OIDCToken.Reveal(), nil
	case c.OIDCTokenFilePath != "":
		data, err := os.ReadFile(c.OIDCTokenFilePath)
		if err != nil {
			return "", settingError{"oidc_token_file_path", err}
		}
		token := strings.TrimSpace(string(data))
		if token == "" {
			return "", settingError{"oidc_token_file_path", errors.New("the file is empty")}
		}
		wire.Hide(token)
		return token, nil
	}
	token, err := s.requestOIDCToken(ctx, via)
	if err != nil {
		return "", settingError{"oidc_request_url", err}
	}
	wire.Hide(token)
	return token, nil
}

// settingError is a failure of one setting of several that a method has.
type settingError struct {
	setting string
	err     error
}

func (e settingError) Error() string { return e.setting + ": " + e.err.Error() }
func (e settingError) Unwrap() error { return e.err }

// requestOIDCToken asks the build system for a token that is meant for Entra.
func (s *signIn) requestOIDCToken(ctx context.Context, via *recorder) (string, error) {
	req, err := s.oidcRequest(ctx)
	if err != nil {
		return "", err
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("Authorization", "Bearer "+s.credentials.OIDCRequestToken.Reveal())
	resp, err := (&http.Client{Transport: via, CheckRedirect: wire.StayHere}).Do(req)
	if err != nil {
		return "", wire.WithoutURL(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := wire.ReadBody(resp.Body)
	if err != nil {
		return "", err
	}
	if resp.StatusCode != http.StatusOK {
		return "", fmt.Errorf("the build system answered HTTP %d when asked for a token", resp.StatusCode)
	}
	var answer struct {
		Value     string // GitHub
		OIDCToken string `json:"oidcToken"` // Azure DevOps
	}
	if json.Unmarshal(body, &answer) != nil || answer.Value == "" && answer.OIDCToken == "" {
		return "", errors.New("the build system's answer holds no token")
	}
	return cmp.Or(answer.Value, answer.OIDCToken), nil
}

// oidcRequest differs: GitHub is asked with an audience, Azure DevOps with a service connection, whose audience is given.
func (s *signIn) oidcRequest(ctx context.Context) (*http.Request, error) {
	at, invalid := addressWithQuery("oidc_request_url", s.credentials.OIDCRequestURL)
	if invalid != nil {
		return nil, errors.New(invalid.Message)
	}
	query := at.Query()
	if connection := s.credentials.OIDCServiceConnectionID; connection != "" {
		query.Set("api-version", cmp.Or(query.Get("api-version"), "7.1"))
		query.Set("serviceConnectionId", connection)
		at.RawQuery = query.Encode()
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, at.String(), http.NoBody)
		if err == nil {
			req.Header.Set("Content-Type", "application/json")
			req.Header.Set("X-TFS-FedAuthRedirect", "Suppress") // a refusal instead of a page to sign in
		}
		return req, err
	}
	query.Set("audience", cmp.Or(query.Get("audience"), s.home.Exchange))
	at.RawQuery = query.Encode()
	return http.NewRequestWithContext(ctx, http.MethodGet, at.String(), http.NoBody)
}
