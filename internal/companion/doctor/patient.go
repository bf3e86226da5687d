// SPDX-License-Identifier: MPL-2.0

package doctor

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/companion/claims"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/cloud"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/settings"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/signin"
)

// patient is the set-up under examination, and what is known of it so far.
type patient struct {
	options  Options
	now      func() time.Time
	settings settings.Settings
	problems []settings.Problem
	home     cloud.Addresses
	tokens   *signin.Source
	client   *partnercenter.Client

	date    string // of the service's first answer
	claims  *claims.Claims
	listed  *answered // of the first call with a token
	someone customer  // to ask about
}

// Format prints nothing of the settings: fmt would not ask the secrets in them.
func (p *patient) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "checks of "+p.endpoint()) }

// answered is what came of a call.
type answered struct {
	partnercenter.Answer

	err error
}

// customer is one of the partner's.
type customer struct{ id, country string }

// userTimeout is how long somebody at a terminal waits for one answer.
const userTimeout = 30 * time.Second

func newPatient(o Options) *patient {
	p := &patient{options: o, now: o.Now}
	if p.now == nil {
		p.now = time.Now
	}
	p.settings, p.problems = settings.Read(o.Block)
	client := &p.settings.Client
	client.RootCAs, client.UserAgent, client.Application = o.RootCAs, o.UserAgent, "partnercenter doctor"
	client.ReadOnly, client.AllowQuotes = true, false // whatever the environment allows, this only reads
	client.MaxRetries = -1
	client.RequestTimeout = min(client.RequestTimeout, userTimeout)
	return p
}

// get asks for something. The error is the client's own.
func (p *patient) get(ctx context.Context, operation, path string, query url.Values, userOnly bool) answered {
	answer, err := p.client.Exchange(ctx, partnercenter.Request{Operation: operation, Method: http.MethodGet, Path: path, Query: query, UserOnly: userOnly})
	return answered{answer, err}
}

// list is the first call with a token, made once.
func (p *patient) list(ctx context.Context) answered {
	if p.listed == nil {
		got := p.get(ctx, "list customers", "/v1/customers", url.Values{"size": {"1"}}, false)
		p.listed = &got
	}
	return *p.listed
}

// aCustomer is some customer of the partner, with the country; "" where there is none.
func (p *patient) aCustomer(ctx context.Context) customer {
	if p.someone.id != "" {
		return p.someone
	}
	var listed struct{ Items []struct{ ID string } }
	if json.Unmarshal(p.list(ctx).Body, &listed) != nil || len(listed.Items) == 0 {
		return customer{}
	}
	var one struct {
		BillingProfile struct{ DefaultAddress struct{ Country string } }
	}
	got := p.get(ctx, "read customer", "/v1/customers/"+url.PathEscape(listed.Items[0].ID), nil, false)
	_ = json.Unmarshal(got.Body, &one) // without a country, another one does
	p.someone = customer{listed.Items[0].ID, cmp.Or(one.BillingProfile.DefaultAddress.Country, "US")}
	return p.someone
}

// failed is a call that was refused, in the words of the provider.
func failed(err error) outcome { return fail(sentence(err.Error()), partnercenter.Remedy(err)) }

// refused is the same for what not everybody needs.
func refused(err error) outcome { return warn(sentence(err.Error()), partnercenter.Remedy(err)) }

// sentence is a text of others on one line.
func sentence(text string) string { return escape.Terminal(text) }
