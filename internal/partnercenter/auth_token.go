// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"net/http"
)

type method string

type tokenSource struct{ access string }

func newTokenSource(o Options, _ *http.Client) (*tokenSource, *OptionError) {
	return &tokenSource{access: o.Credentials.AccessToken}, nil
}
func (s *tokenSource) token(context.Context) (string, error) { return s.access, nil }
func (s *tokenSource) forget(string)                         {}
func (s *tokenSource) renewable() bool                       { return false }
