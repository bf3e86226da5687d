// SPDX-License-Identifier: MPL-2.0

package doctor

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/cloud"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/option"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/settings"
)

// reaching are the checks before anybody signs in.
func reaching() []check {
	return []check{
		{"settings", "Can the settings be read, and do they fit together?", "environment variables, nothing is sent", nil, readSettings},
		{"address", "Which addresses are asked?", "environment variables, nothing is sent", []string{"settings"}, addresses},
		{"reach", "Does Partner Center answer there?", "GET /v1/customers without a token", []string{"settings"}, reach},
		{"clock", "Is this machine's clock right?", "the date of that answer", []string{"reach"}, clock},
	}
}

func readSettings(_ context.Context, p *patient) outcome {
	for _, problem := range p.problems {
		return fail(sentence(problem.Title+": "+problem.Detail), "Correct "+problem.Attribute+" in the environment.")
	}
	home, invalid := cloud.Of(p.settings.Client.Environment)
	if invalid != nil {
		return invalidOption(invalid)
	}
	p.home = home
	var err error
	if p.tokens, err = settings.Source(p.settings.Client, p.settings.SignIn); err == nil {
		client := p.settings.Client
		client.Tokens = p.tokens
		p.client, err = partnercenter.New(client)
	}
	if err != nil {
		return invalidOption(err)
	}
	return fine("They can.")
}

// invalidOption is what the provider says about an attribute that it cannot accept.
func invalidOption(err error) outcome {
	wrong, ok := errors.AsType[*option.Error](err)
	if !ok || wrong.Option == "" {
		return fail(sentence(err.Error()), "Set the variables of one way to sign in, such as "+named("tenant_id")+", "+named("client_id")+" and "+named("client_secret")+".")
	}
	return fail(sentence(wrong.Option+": "+wrong.Message), "Correct "+named(wrong.Option)+".")
}

// named is the variable that an attribute is read from, or the first one that it could be.
func named(attribute string) string {
	if _, variable := settings.FromEnvironment(attribute); variable != "" {
		return variable
	}
	if all := settings.Variables(attribute); len(all) > 0 {
		return all[0]
	}
	return attribute
}

func (p *patient) endpoint() string { return cmp.Or(p.settings.Client.Endpoint, p.home.Endpoint) }
func (p *patient) authority() string {
	return cmp.Or(p.settings.SignIn.AuthorityHost, p.home.Authority)
}

func addresses(_ context.Context, p *patient) outcome {
	where := fmt.Sprintf("%s for requests, %s for signing in (environment %s).", sentence(p.endpoint()), sentence(p.authority()), cmp.Or(p.settings.Client.Environment, cloud.Global))
	for _, pinned := range []struct{ attribute, now, usual string }{
		{"endpoint", p.endpoint(), p.home.Endpoint}, {"authority_host", p.authority(), p.home.Authority},
	} {
		address, invalid := option.Address(pinned.attribute, pinned.now)
		if invalid == nil && strings.TrimSuffix(address, "/v1") != pinned.usual {
			return warn(named(pinned.attribute)+" replaces Microsoft's address: "+where,
				"Right for the emulator or a gateway of yours; otherwise unset "+named(pinned.attribute)+": the tokens are sent there.")
		}
	}
	return fine(where)
}

// reach asks without a token: Partner Center refuses that with 401, in a form of its own.
func reach(ctx context.Context, p *patient) outcome {
	ctx, cancel := context.WithTimeout(ctx, p.settings.Client.RequestTimeout)
	defer cancel()
	base, _ := option.Address("endpoint", p.endpoint()) // accepted already
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(base, "/v1")+"/v1/customers?size=1", nil)
	if err != nil {
		return fail(sentence(err.Error()), "Correct "+named("endpoint")+".")
	}
	client := &http.Client{Transport: wire.NewTransport(p.options.RootCAs), CheckRedirect: wire.StayHere}
	resp, err := client.Do(req)
	if err != nil {
		return unreachable(p, wire.WithoutURL(err))
	}
	defer func() { _ = resp.Body.Close() }()
	p.date = resp.Header.Get("Date")
	body, _ := wire.ReadBody(resp.Body) // what came of it tells enough
	said := wire.ReadFault(body)
	switch {
	case resp.StatusCode == http.StatusUnauthorized, resp.StatusCode == http.StatusTooManyRequests:
		return fine("It does, and wants to be signed in to.")
	case resp.StatusCode >= http.StatusInternalServerError:
		return fail(sentence(fmt.Sprintf("It answers with HTTP %d: %s", resp.StatusCode, said.Description)), "The service has a problem, or something in front of it. Try again later.")
	}
	return fail(sentence(fmt.Sprintf("Something answers with HTTP %d, where Partner Center asks for a token (401): %s", resp.StatusCode, said.Description)),
		"Check "+named("endpoint")+", and whether a proxy or gateway of your organization answers in its place.")
}

func unreachable(p *patient, err error) outcome {
	if wire.Untrusted(err) {
		return fail(sentence(err.Error()), wire.UntrustedRemedy)
	}
	remedy := "Check the network of this machine, HTTPS_PROXY and its firewall."
	if _, variable := settings.FromEnvironment("endpoint"); variable != "" {
		remedy = "Check " + variable + ": nothing answers at that address. " + remedy
	}
	return fail(sentence("Nothing answers at "+p.endpoint()+": "+err.Error()), remedy)
}

const (
	clockWarns = time.Minute
	clockFails = 5 * time.Minute
)

// clock compares this machine with the service: windows, proofs and tokens are judged by dates.
func clock(_ context.Context, p *patient) outcome {
	date, err := wire.ParseDate(p.date)
	if err != nil {
		return without("The answer had no date.", "")
	}
	off := p.now().Sub(date).Truncate(time.Second)
	word := "ahead of"
	if off < 0 {
		off, word = -off, "behind"
	}
	says := fmt.Sprintf("It is %s %s Partner Center's.", off, word)
	const remedy = "Set this machine's clock by a time server: proofs of an application are refused outside their time, and the last day to cancel is judged by it."
	switch {
	case off >= clockFails:
		return fail(says, remedy)
	case off >= clockWarns:
		return warn(says, remedy)
	}
	return fine("It is.")
}
