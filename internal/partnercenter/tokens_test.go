// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/option"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
)

// issued is a source of tokens: one that is fixed, or another one after each that was refused.
type issued struct {
	fixed   string
	number  int
	first   string  // instead of the first that is made
	failing []error // before the first token
	user    bool
}

func (i *issued) Token(context.Context) (wire.Secret, error) {
	if len(i.failing) > 0 {
		err := i.failing[0]
		i.failing = i.failing[1:]
		return "", err
	}
	return wire.Secret(i.current()), nil
}

func (i *issued) current() string {
	if i.fixed != "" {
		return i.fixed
	}
	if i.number == 0 && i.first != "" {
		return i.first
	}
	return fmt.Sprint("token-", i.number)
}

func (i *issued) Forget(refused wire.Secret) {
	if refused.Reveal() == i.current() {
		i.number++
	}
}

func (i *issued) Renewable() bool { return i.fixed == "" }
func (i *issued) IsUser() bool    { return i.user }
func (i *issued) MayBeUser() bool { return i.user }

// noToken is the error of a source of tokens.
type noToken struct {
	mayPass bool
	advice  string
}

func (noToken) Error() string         { return "cannot sign in" }
func (u noToken) SignInMayPass() bool { return u.mayPass }
func (u noToken) Remedy() string      { return u.advice }

func TestDo_renewsARefusedTokenOnce(t *testing.T) {
	for name, test := range map[string]struct {
		handlers []http.HandlerFunc
		sent     string
		succeeds bool
	}{
		"then taken":   {[]http.HandlerFunc{says(401, ""), says(201, "{}")}, "0 1", true},
		"then refused": {[]http.HandlerFunc{says(401, `{"code":"900420"}`)}, "0 1", false},
		"in between":   {[]http.HandlerFunc{says(503, ""), says(401, ""), says(503, ""), says(201, "{}")}, "0 0 1 1", true},
	} {
		t.Run(name, func(t *testing.T) {
			s := &script{handlers: test.handlers}
			c, _ := clientOf(t, s.ServeHTTP, func(o *Options) { o.Tokens = &issued{} })
			_, err := do[thing](t.Context(), c, aWrite)
			var sent []string
			for _, r := range s.requests {
				sent = append(sent, strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer token-"))
			}
			if got := strings.Join(sent, " "); (err == nil) != test.succeeds || got != test.sent {
				t.Errorf("sent the tokens %s, %v", got, err)
			}
			for _, id := range s.ids() {
				if id != s.ids()[0] {
					t.Errorf("request IDs %q", s.ids())
				}
			}
		})
	}
}

// A user without multifactor authentication is refused whatever token the same sign-in gives, so none is asked for, and nothing is repeated.
func TestDo_wantsMFA(t *testing.T) {
	withMFA := "h." + base64.RawURLEncoding.EncodeToString([]byte(`{"amr":["pwd","mfa"]}`)) + ".s"
	empty := []string{"WWW-Authenticate", `Bearer error="invalid_token"`}
	for name, test := range map[string]struct {
		answer http.HandlerFunc
		tokens issued
		sent   int
		remedy string
	}{
		"by its code":                 {says(401, `{"code":"900421"}`), issued{user: true}, 1, "comes from a sign-in without multifactor"},
		"by its code, a number":       {says(401, `{"code":900421}`), issued{user: true}, 1, "comes from a sign-in without multifactor"},
		"by its code, an application": {says(401, `{"code":"900421"}`), issued{}, 1, "asks no application"},
		"by its text":                 {says(401, `{"code":"400","description":"MFA required"}`), issued{user: true}, 1, "comes from a sign-in without multifactor"},
		"empty":                       {says(401, "", empty...), issued{user: true}, 1, "comes from a sign-in without multifactor"},
		"empty, revoked":              {says(401, "", empty...), issued{user: true, first: withMFA}, 2, ""},
		"empty, an application":       {says(401, "", empty...), issued{}, 2, "app management"},
		"empty, without a challenge":  {says(401, ""), issued{user: true}, 2, "app management"},
	} {
		t.Run(name, func(t *testing.T) {
			s := &script{handlers: []http.HandlerFunc{test.answer}}
			c, clock := clientOf(t, s.ServeHTTP, func(o *Options) { o.Tokens = &test.tokens })
			_, err := do[thing](t.Context(), c, aWrite)
			if err == nil || len(s.requests) != test.sent || len(clock.slept) > 0 || OutcomeUnknown(err) || !strings.Contains(Remedy(err), test.remedy) {
				t.Errorf("%d requests, slept %s, %v; %s", len(s.requests), clock.slept, err, Remedy(err))
			}
		})
	}
}

func TestDo_withoutAToken(t *testing.T) {
	busy, wrong := noToken{mayPass: true, advice: "Wait."}, noToken{advice: "Check it."}
	for name, test := range map[string]struct {
		failing []error
		sent    int
		waits   int
		remedy  string
	}{
		"what may pass is repeated": {[]error{busy, busy}, 1, 2, ""},
		"until that is too often":   {[]error{busy, busy, busy, busy}, 0, 2, "Wait."},
		"what is wrong is not":      {[]error{wrong}, 0, 0, "Check it."},
	} {
		t.Run(name, func(t *testing.T) {
			s := &script{handlers: []http.HandlerFunc{says(201, "{}")}}
			c, clock := clientOf(t, s.ServeHTTP, func(o *Options) { o.Tokens, o.MaxRetries = &issued{failing: test.failing}, 2 })
			_, err := do[thing](t.Context(), c, aWrite)
			if len(s.requests) != test.sent || (err == nil) != (test.sent == 1) || OutcomeUnknown(err) || Remedy(err) != test.remedy || len(clock.slept) != test.waits {
				t.Errorf("%d requests, slept %s, %v; %s", len(s.requests), clock.slept, err, Remedy(err))
			}
			if err != nil && (strings.Contains(err.Error(), "request ID") || !strings.Contains(err.Error(), "make thing: cannot sign in")) {
				t.Errorf("%q names a request that was never sent, or does not say what failed", err)
			}
		})
	}
}

func TestNew_namesTheOption(t *testing.T) {
	for name, test := range map[string]struct {
		options Options
		option  string
	}{
		"unknown cloud":            {Options{Environment: "mars"}, "environment"},
		"plain endpoint":           {Options{Endpoint: "http://example.com"}, "endpoint"},
		"endpoint with a query":    {Options{Endpoint: "https://example.com?x=y"}, "endpoint"},
		"endpoint with a user":     {Options{Endpoint: "https://me@example.com"}, "endpoint"},
		"endpoint of another kind": {Options{Endpoint: "ftp://example.com"}, "endpoint"},
		"endpoint without host":    {Options{Endpoint: "https://"}, "endpoint"},
		"endpoint that is none":    {Options{Endpoint: "https://a b"}, "endpoint"},
		"negative rate":            {Options{RequestsPerMinute: -1}, "requests_per_minute"},
		"negative timeout":         {Options{RequestTimeout: -1}, "request_timeout"},
		"empty customer":           {Options{AllowedCustomerIDs: []string{" "}}, "allowed_customer_ids"},
		"user agent of two lines":  {Options{UserAgent: "a\nb"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			test.options.Tokens = &issued{}
			_, err := New(test.options)
			var invalid *option.Error
			if !errors.As(err, &invalid) || invalid.Option != test.option || invalid.Message == "" {
				t.Errorf("got %#v", err)
			}
		})
	}
	if _, err := New(Options{}); err == nil {
		t.Error("a client without tokens was made")
	}
}

func TestNew_addresses(t *testing.T) {
	for name, test := range map[string]struct {
		options  Options
		endpoint string
	}{
		"global":       {Options{}, "https://api.partnercenter.microsoft.com"},
		"usgovernment": {Options{Environment: "usgovernment"}, "https://api.partnercenter.microsoft.com"},
		"china":        {Options{Environment: "china"}, "https://partner.partnercenterapi.microsoftonline.cn"},
		"override":     {Options{Endpoint: "http://127.0.0.1:8765/v1/"}, "http://127.0.0.1:8765"},
		"host alone":   {Options{Endpoint: "api.example.com"}, "https://api.example.com"},
	} {
		t.Run(name, func(t *testing.T) {
			test.options.Tokens = &issued{}
			c, err := New(test.options)
			if err != nil || c.sender.base.String() != test.endpoint {
				t.Errorf("got %+v, %v", c, err)
			}
		})
	}
}

// Nothing that has a token or a secret shows it, however it is formatted, logged or encoded.
func TestTokens_areNotPrinted(t *testing.T) {
	const secret = "opaqueT0ken.7Kq2Zr9Lx4"
	tokens := &issued{fixed: secret}
	c, _ := clientOf(t, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`{"id":"5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"}`))
	}, func(o *Options) { o.Tokens = tokens })
	if _, err := c.Customer(t.Context(), "5f0c1b52-7a41-4e0e-9c55-2d1f6a3b9e10"); err != nil {
		t.Fatal(err)
	}
	var created CreatedCustomer
	created.UserCredentials.Password = secret
	for _, holds := range []any{c, &attempts{token: secret}, ActivationLink{URI: secret}, []ActivationLink{{URI: secret}}, created, &created, manifest{SASToken: secret}} {
		texts := map[string]string{"%v": fmt.Sprintf("%v", holds), "%+v": fmt.Sprintf("%+v", holds), "%#v": fmt.Sprintf("%#v", holds), "in another": fmt.Sprintf("%+v", []any{holds})}
		var lines strings.Builder
		slog.New(slog.NewTextHandler(&lines, nil)).Info("x", "holds", holds)
		texts["slog"] = lines.String()
		if encoded, err := json.Marshal(holds); err == nil {
			texts["JSON"] = string(encoded)
		}
		for way, text := range texts {
			if strings.Contains(text, secret) {
				t.Errorf("%T, %s: %s", holds, way, text)
			}
		}
	}
}
