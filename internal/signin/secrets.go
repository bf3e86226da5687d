// SPDX-License-Identifier: MPL-2.0

package signin

import (
	"strings"
	"sync"
)

// secrets hides what must never be printed, should anybody repeat it in an error.
type secrets struct {
	mu     sync.Mutex
	values []string
}

func newSecrets(c Credentials) *secrets {
	s := &secrets{}
	for _, value := range []string{c.ClientSecret, c.ClientCertificatePassword, c.OIDCToken, c.OIDCRequestToken, c.RefreshToken, c.AccessToken} {
		s.add(value)
	}
	return s
}

func (s *secrets) add(value string) {
	if value == "" {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.values = append(s.values, value)
}

func (s *secrets) hide(text string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, value := range s.values {
		text = strings.ReplaceAll(text, value, "(hidden)")
	}
	return text
}
