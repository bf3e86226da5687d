// SPDX-License-Identifier: MPL-2.0

package conformance

import (
	"cmp"
	"context"
	"crypto/x509"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/claims"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/conformance/verdict"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/trace"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/cloud"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/settings"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/signin"
)

// Options say what is asked, and of whom.
type Options struct {
	// Level is how far it goes.
	Level verdict.Level
	// Settings are those of the provider, from the environment.
	Settings settings.Settings
	// Customer is the one that carts and purchases are for; at the level read, the first one to look at.
	Customer string
	// SandboxTenant is the tenant that purchases may be made in, as the environment names it.
	SandboxTenant string
	// Buys says that whoever runs this wants purchases to be made.
	Buys bool
	// UserAgent is sent with every request.
	UserAgent string
	// RootCAs replace the machine's certificate authorities, Clock its clock, Wrap what sends the requests.
	RootCAs *x509.CertPool
	Clock   partnercenter.Clock
	// Heard receives every exchange.
	Heard func(trace.Exchange)
}

// run is one pass over the questions, with what it has found out so far.
type run struct {
	options *Options
	client  *partnercenter.Client
	tokens  *signin.Source
	base    string
	plain   *http.Client // for what is sent without a token

	asked  map[string]*exchange // reads, by what was asked
	quotes map[string]*exchange
	shop   *shop
	deal   *deal
	saas   *deal
	trial  *deal
}

// exchange is a request with its answer.
type exchange struct {
	method, path string
	status       int
	header       http.Header
	body         []byte
	sent         string // MS-RequestId
	err          error  // where no answer came

	document any // what was decoded, once it was read
	read     bool
}

// doc is the answer as JSON, which nobody changes; nil where it is none.
func (x *exchange) doc() any {
	if !x.read {
		x.read, x.document = true, x.decode()
	}
	return x.document
}

// decode is the answer as JSON of the caller's own.
func (x *exchange) decode() any {
	var decoded any
	if json.Unmarshal(x.body, &decoded) != nil {
		return nil
	}
	return decoded
}

func (x *exchange) ok() bool { return x.status >= 200 && x.status < 300 }

// code is the error code of the answer.
func (x *exchange) code() string { return wire.ReadFault(x.body).Code }

// newRun signs nobody in yet.
func newRun(o Options) (*run, error) {
	client := o.Settings.Client
	client.RootCAs, client.UserAgent, client.Application = o.RootCAs, o.UserAgent, "partnercenter conformance"
	if o.Clock != nil {
		client.Clock = o.Clock
	}
	switch o.Level {
	case verdict.Read:
		client.ReadOnly, client.AllowQuotes = true, false
	case verdict.Cart: // carts alone pass, unless the environment refuses them, too
		client.AllowQuotes = client.AllowQuotes || !client.ReadOnly
		client.ReadOnly = true
	}
	tokens, err := settings.Source(client, o.Settings.SignIn)
	if err != nil {
		return nil, err
	}
	client.Tokens = tokens
	made, err := partnercenter.New(client)
	if err != nil {
		return nil, err
	}
	return &run{
		options: &o, client: made, tokens: tokens, base: endpointOf(client), asked: map[string]*exchange{}, quotes: map[string]*exchange{},
		plain: &http.Client{Transport: wire.NewTransport(o.RootCAs), CheckRedirect: wire.StayHere, Timeout: time.Minute},
	}, nil
}

// send makes a call of any kind.
func (r *run) send(ctx context.Context, req partnercenter.Request) *exchange {
	req.Operation = req.Method + " for a question"
	got, err := r.client.Exchange(ctx, req)
	x := &exchange{method: req.Method, path: req.Path, status: got.Status, header: got.Header, body: got.Body, sent: got.RequestID}
	if got.Status == 0 {
		x.err = err
	}
	r.hear(req, x)
	return x
}

func (r *run) hear(req partnercenter.Request, x *exchange) {
	if r.options.Heard == nil || x.status == 0 {
		return
	}
	var body json.RawMessage
	if req.Body != nil {
		body, _ = json.Marshal(req.Body) // it was sent
	}
	r.options.Heard(trace.Exchange{
		Method: req.Method, Path: req.Path, Query: req.Query, RequestHeader: req.Header, RequestBody: body,
		Status: x.status, Header: x.header, Body: x.body,
	})
}

// get reads a path, once. Pairs of arguments are the query.
func (r *run) get(ctx context.Context, path string, query ...string) *exchange {
	return r.getWith(ctx, nil, path, query...)
}

func (r *run) getWith(ctx context.Context, header http.Header, path string, query ...string) *exchange {
	values := url.Values{}
	for i := 0; i+1 < len(query); i += 2 {
		values.Add(query[i], query[i+1])
	}
	encoded, _ := json.Marshal(header) // a header can be encoded
	key := path + "?" + values.Encode() + " " + string(encoded)
	if known := r.asked[key]; known != nil {
		return known
	}
	x := r.send(ctx, partnercenter.Request{Method: http.MethodGet, Path: path, Query: values, Header: header})
	r.asked[key] = x
	return x
}

// again reads a path anew.
func (r *run) again(ctx context.Context, path string) *exchange {
	return r.send(ctx, partnercenter.Request{Method: http.MethodGet, Path: path})
}

func (r *run) post(ctx context.Context, path string, body any, header http.Header) *exchange {
	return r.send(ctx, partnercenter.Request{Method: http.MethodPost, Path: path, Body: body, Header: header})
}

// withoutToken asks as nobody, or with a token that is none.
func (r *run) withoutToken(ctx context.Context, path, authorization string) *exchange {
	x := &exchange{method: http.MethodGet, path: path}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, r.base+path, nil)
	if err != nil {
		x.err = err
		return x
	}
	if authorization != "" {
		req.Header.Set("Authorization", authorization)
	}
	resp, err := r.plain.Do(req)
	if err != nil {
		x.err = wire.WithoutURL(err)
		return x
	}
	defer func() { _ = resp.Body.Close() }()
	x.status, x.header = resp.StatusCode, resp.Header
	x.body, x.err = wire.ReadBody(resp.Body)
	return x
}

// isUser holds where a user signs in: for certain, or because an operation for users was not refused for want of one.
func (r *run) isUser(ctx context.Context) bool {
	if r.tokens.IsUser() {
		return true
	}
	return r.tokens.MayBeUser() && r.get(ctx, "/v1/profiles/organization").code() != "900329"
}

// endpointOf is where the client asks, without the version.
func endpointOf(o partnercenter.Options) string {
	home, _ := cloud.Of(o.Environment) // the client has accepted it
	return strings.TrimSuffix(strings.TrimRight(cmp.Or(o.Endpoint, home.Endpoint), "/"), "/v1")
}

// claims are what the access token says of itself; nil where it cannot be read.
func (r *run) claims(ctx context.Context) (*claims.Claims, error) {
	got, err := r.tokens.Token(ctx)
	return claims.Read(got), err
}
