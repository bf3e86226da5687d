// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"cmp"
	"context"
	"crypto/x509"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/cloud"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/option"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
)

// Options configure a Client; the zero value of each field is its default.
type Options struct {
	// Environment is the cloud; empty means cloud.Global.
	Environment cloud.Environment
	// Endpoint replaces the cloud's API address and may have a path; http only on loopback addresses.
	Endpoint string
	// Tokens sign each request in; there is no default.
	Tokens TokenSource
	// GraphTokens sign in at Microsoft Graph; nil where the sign-in has tokens for Partner Center alone.
	GraphTokens TokenSource

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

	// GatherFor is how long the first question about a reseller waits for others that go in the same call; 0 means 100ms, a negative number not
	// at all. It is real time whatever the clock is.
	GatherFor time.Duration
	// SeparateReads makes each shared read a request of its own; it is what benchmarks compare sharing with.
	SeparateReads bool

	// RootCAs replace the machine's certificate authorities.
	RootCAs *x509.CertPool
	// Log receives a line for each attempt; it never sees tokens, secrets, bodies or personal data.
	Log func(ctx context.Context, message string, fields map[string]any)
	// Clock replaces the machine's clock.
	Clock Clock
	// Transport replaces the connections to the service.
	Transport http.RoundTripper
	// Spread tells how far a pause between attempts is spread, from 0 to 1; nil means by chance.
	Spread func() float64
}

// validated checks o and fills in the defaults.
func (o Options) validated() (Options, *option.Error) {
	for _, valid := range []func(*Options) *option.Error{
		(*Options).fillCloud, (*Options).checkNumbers, (*Options).checkCustomers, (*Options).checkHeaders,
	} {
		if err := valid(&o); err != nil {
			return o, err
		}
	}
	if o.Tokens == nil {
		return o, option.Errorf("", "There is nothing to sign in with.")
	}
	if o.Clock == nil {
		o.Clock = machineClock{}
	}
	if o.Transport == nil {
		o.Transport = wire.NewTransport(o.RootCAs)
	}
	if o.Spread == nil {
		o.Spread = rand.Float64
	}
	if o.Log == nil {
		o.Log = func(context.Context, string, map[string]any) {}
	}
	return o, nil
}

func (o *Options) fillCloud() *option.Error {
	home, err := cloud.Of(o.Environment)
	if err != nil {
		return err
	}
	if o.Endpoint, err = option.Address("endpoint", cmp.Or(o.Endpoint, home.Endpoint)); err != nil {
		return err
	}
	// Every path brings its own version.
	o.Endpoint = strings.TrimSuffix(o.Endpoint, "/v1")
	return nil
}

func (o *Options) checkNumbers() *option.Error {
	if o.RequestsPerMinute < 0 {
		return option.Errorf("requests_per_minute", "It must be at least 1.")
	}
	if o.RequestTimeout < 0 {
		return option.Errorf("request_timeout", "It must be longer than nothing.")
	}
	setDefault(&o.RequestsPerMinute, 400)
	setDefault(&o.MaxRetries, 5)
	o.MaxRetries = max(o.MaxRetries, 0)
	setDefault(&o.RequestTimeout, 3*time.Minute)
	setDefault(&o.PollInterval, 500*time.Millisecond)
	setDefault(&o.MaxPollInterval, 15*time.Second)
	setDefault(&o.RetryWait, 500*time.Millisecond)
	setDefault(&o.MaxRetryWait, 30*time.Second)
	setDefault(&o.GatherFor, 100*time.Millisecond)
	return nil
}

func setDefault[T int | time.Duration](value *T, fallback T) {
	if *value == 0 {
		*value = fallback
	}
}

func (o *Options) checkCustomers() *option.Error {
	for _, id := range o.AllowedCustomerIDs {
		if strings.TrimSpace(id) == "" {
			return option.Errorf("allowed_customer_ids", "A customer ID is empty.")
		}
	}
	o.AllowedCustomerIDs = slices.Clone(o.AllowedCustomerIDs) // keeps nil apart from empty
	return nil
}

func (o *Options) checkHeaders() *option.Error {
	if o.UserAgent == "" {
		o.UserAgent = "terraform-provider-partnercenter"
	}
	for _, value := range []string{o.UserAgent, o.Application} {
		if !option.IsHeaderValue(value) {
			return option.Errorf("", "The user agent or application name %q contains control characters.", value)
		}
	}
	return nil
}
