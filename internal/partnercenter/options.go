// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"crypto/x509"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Options configure a Client; the zero value of each field is its default.
type Options struct {
	// Environment is the cloud; empty means Global.
	Environment Environment
	// Endpoint replaces the cloud's API address and may have a path; http only on loopback addresses.
	Endpoint string
	// AuthorityHost replaces the cloud's sign-in address; http only on loopback addresses.
	AuthorityHost string
	// Credentials say how to sign in; exactly one way must be configured.
	Credentials Credentials

	// UserAgent is sent with every request.
	UserAgent string
	// Application names the caller to Microsoft's support (MS-PartnerCenter-Application).
	Application string

	// ReadOnly refuses every write before it leaves the machine.
	ReadOnly bool
	// AllowQuotes lets carts be created in spite of ReadOnly: a cart commits to nothing and tells the price.
	AllowQuotes bool
	// PartnerOnRecordAttested states with every cart that the partner on record is the right one.
	// A cart that says so itself does not need it.
	PartnerOnRecordAttested bool
	// AllowedCustomerIDs are the only customers that may be written to; nil allows all, an empty slice none.
	AllowedCustomerIDs []string

	// RequestsPerMinute is the most that all calls together send; 0 means 400. The service documents 500.
	RequestsPerMinute int
	// MaxRetries is how often one call is repeated; 0 means 5, a negative number never.
	MaxRetries int
	// RequestTimeout bounds each attempt, answer included; 0 means three minutes.
	RequestTimeout time.Duration

	// PollInterval is the first pause of Poll (0 means 500ms), MaxPollInterval the longest (0 means 15s).
	PollInterval, MaxPollInterval time.Duration
	// RetryWait is the first pause between attempts (0 means 500ms), MaxRetryWait the longest (0 means 30s).
	// A Retry-After of the service is obeyed as it is.
	RetryWait, MaxRetryWait time.Duration

	// SeparateReads makes each shared read a request of its own; it is what benchmarks compare sharing with.
	SeparateReads bool

	// RootCAs replace the machine's certificate authorities.
	RootCAs *x509.CertPool
	// Log receives a line for each attempt; it never sees tokens, secrets, bodies or personal data.
	Log func(ctx context.Context, message string, fields map[string]any)
	// Clock replaces the machine's clock.
	Clock Clock
}

// OptionError is an option that New cannot accept.
type OptionError struct {
	// Option is the name of the provider's attribute, in snake_case; empty where no single one is at fault.
	Option string
	// Message says what is wrong and what to do.
	Message string
}

func (e *OptionError) Error() string {
	if e.Option == "" {
		return e.Message
	}
	return e.Option + ": " + e.Message
}

func optionError(option, format string, args ...any) *OptionError {
	return &OptionError{Option: option, Message: fmt.Sprintf(format, args...)}
}

// validated checks o and fills in the defaults.
func (o Options) validated() (Options, *OptionError) {
	for _, check := range []func(*Options) *OptionError{
		(*Options).fillCloud, (*Options).checkNumbers, (*Options).checkCustomers, (*Options).checkHeaders,
	} {
		if err := check(&o); err != nil {
			return o, err
		}
	}
	if o.Clock == nil {
		o.Clock = machineClock{}
	}
	if o.Log == nil {
		o.Log = func(context.Context, string, map[string]any) {}
	}
	return o, nil
}

func (o *Options) fillCloud() *OptionError {
	if o.Environment == "" {
		o.Environment = Global
	}
	home, ok := clouds[o.Environment]
	if !ok {
		return optionError("environment", "%q is none of %q, %q and %q.", o.Environment, Global, USGovernment, China)
	}
	if o.Endpoint == "" {
		o.Endpoint = home.endpoint
	}
	if o.AuthorityHost == "" {
		o.AuthorityHost = home.authority
	}
	var err *OptionError
	if o.Endpoint, err = baseURL("endpoint", o.Endpoint); err != nil {
		return err
	}
	// Every path brings its own version.
	o.Endpoint = strings.TrimSuffix(o.Endpoint, "/v1")
	o.AuthorityHost, err = baseURL("authority_host", o.AuthorityHost)
	return err
}

// baseURL checks an address that tokens or secrets are sent to, and drops its trailing slashes.
func baseURL(option, text string) (string, *OptionError) {
	text = strings.TrimSpace(text)
	if !strings.Contains(text, "://") {
		text = "https://" + text
	}
	parsed, err := url.Parse(text)
	switch {
	case err != nil || parsed.Host == "" || parsed.Hostname() == "":
		return "", optionError(option, "It is not an address such as https://host[:port].")
	case parsed.User != nil || parsed.RawQuery != "" || parsed.ForceQuery || parsed.Fragment != "":
		return "", optionError(option, "The address must not contain a user, a query or a fragment.")
	case parsed.Scheme == "http" && !isLoopback(parsed.Hostname()):
		return "", optionError(option, "Plain http is accepted for loopback addresses only, because tokens would travel unencrypted; use https.")
	case parsed.Scheme != "http" && parsed.Scheme != "https":
		return "", optionError(option, "The scheme %q is neither https nor http.", parsed.Scheme)
	}
	return strings.TrimRight(parsed.String(), "/"), nil
}

func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

func (o *Options) checkNumbers() *OptionError {
	if o.RequestsPerMinute < 0 {
		return optionError("requests_per_minute", "It must be at least 1.")
	}
	if o.RequestTimeout < 0 {
		return optionError("request_timeout", "It must be longer than nothing.")
	}
	setDefault(&o.RequestsPerMinute, 400)
	setDefault(&o.MaxRetries, 5)
	o.MaxRetries = max(o.MaxRetries, 0)
	setDefault(&o.RequestTimeout, 3*time.Minute)
	setDefault(&o.PollInterval, 500*time.Millisecond)
	setDefault(&o.MaxPollInterval, 15*time.Second)
	setDefault(&o.RetryWait, 500*time.Millisecond)
	setDefault(&o.MaxRetryWait, 30*time.Second)
	return nil
}

func setDefault[T int | time.Duration](value *T, fallback T) {
	if *value == 0 {
		*value = fallback
	}
}

func (o *Options) checkCustomers() *OptionError {
	for _, id := range o.AllowedCustomerIDs {
		if strings.TrimSpace(id) == "" {
			return optionError("allowed_customer_ids", "A customer ID is empty.")
		}
	}
	o.AllowedCustomerIDs = slices.Clone(o.AllowedCustomerIDs) // keeps nil apart from empty
	return nil
}

func (o *Options) checkHeaders() *OptionError {
	if o.UserAgent == "" {
		o.UserAgent = "terraform-provider-partnercenter"
	}
	for _, value := range []string{o.UserAgent, o.Application} {
		if !validHeaderValue(value) {
			return optionError("", "The user agent or application name %q contains control characters.", value)
		}
	}
	return nil
}

// validHeaderValue holds for text that can be sent in a header without starting another one.
func validHeaderValue(value string) bool {
	return !strings.ContainsFunc(value, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f })
}
