// SPDX-License-Identifier: MPL-2.0

// Package option checks options, and reports those that cannot be accepted.
package option

import (
	"fmt"
	"net"
	"net/url"
	"strings"
)

// Error is an option that cannot be accepted.
type Error struct {
	// Option is the name of the provider's attribute, in snake_case; empty where no single one is at fault.
	Option string
	// Message says what is wrong and what to do.
	Message string
}

func (e *Error) Error() string {
	if e.Option == "" {
		return e.Message
	}
	return e.Option + ": " + e.Message
}

// Errorf makes an Error of an option.
func Errorf(option, format string, args ...any) *Error {
	return &Error{Option: option, Message: fmt.Sprintf(format, args...)}
}

// Address checks an address that tokens or secrets are sent to. Two spellings of the same address come back as the same text.
func Address(option, text string) (string, *Error) {
	text = strings.TrimSpace(text)
	if !strings.Contains(text, "://") {
		text = "https://" + text
	}
	parsed, err := url.Parse(text)
	switch {
	case err != nil || parsed.Host == "" || parsed.Hostname() == "":
		return "", Errorf(option, "It is not an address such as https://host[:port].")
	case parsed.User != nil || parsed.RawQuery != "" || parsed.ForceQuery || parsed.Fragment != "":
		return "", Errorf(option, "The address must not contain a user, a query or a fragment.")
	case parsed.Scheme == "http" && !IsLoopback(parsed.Hostname()):
		return "", Errorf(option, "Plain http is accepted for loopback addresses only, because tokens would travel unencrypted; use https.")
	case parsed.Scheme != "http" && parsed.Scheme != "https":
		return "", Errorf(option, "The scheme %q is neither https nor http.", parsed.Scheme)
	}
	parsed.Host = usualHost(parsed)
	return strings.TrimRight(parsed.String(), "/"), nil
}

// usualHost is host and port in the spelling that every program understands in the same way.
func usualHost(at *url.URL) string {
	host, port := strings.ToLower(at.Hostname()), at.Port()
	if usual, is := loopback(host); is {
		host = usual
	}
	if port == map[string]string{"https": "443", "http": "80"}[at.Scheme] {
		port = ""
	}
	switch {
	case port != "":
		return net.JoinHostPort(host, port)
	case strings.Contains(host, ":"):
		return "[" + host + "]"
	}
	return host
}

// IsHeaderValue holds for text that can be sent in a header without starting another one.
func IsHeaderValue(value string) bool {
	return !strings.ContainsFunc(value, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f })
}
