// SPDX-License-Identifier: MPL-2.0

// Package wire is about what comes over the network: connections, answers of any shape, and texts that can be shown. The client of
// Partner Center and the sign-in have it in common.
package wire

import "regexp"

// private is what texts of a service, of a proxy or of the network may repeat and nobody may print: tokens, user and password in an
// address, the token of an activation link, and addresses of people.
var private = regexp.MustCompile(`\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?|//[^/\s@"']+@|(?i:\btoken=[^\s&"'<>]+)|[\w.!#$%&*+=?^{|}~-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+`)

// WithoutPrivate hides in a text what may not be printed: the secrets of this process, and what looks like those of others. It comes
// before a text is cut or wrapped.
func WithoutPrivate(text string) string {
	text = withoutSecrets(text)
	return private.ReplaceAllStringFunc(text, func(found string) string {
		if found[0] == '/' {
			return "//(hidden)@"
		}
		return "(hidden)"
	})
}
