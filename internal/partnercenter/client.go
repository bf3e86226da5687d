// SPDX-License-Identifier: MPL-2.0

// Package partnercenter is a typed client of the Partner Center REST API, for what a Cloud Solution Provider partner buys and manages
// for its customers (https://learn.microsoft.com/partner-center/developer/partner-center-rest-api-reference).
//
// Each page of that reference has a file with its types and operations; what the pages leave out is in internal/partnercenter/reference.
// Below them each layer knows those after it, and none before:
//
//	client.go     what a call has to pass before it is sent: write_rules.go, sharing.go
//	send.go       sends a call in as many attempts as retry.go decides, under one request ID (ids.go)
//	transport.go  what each attempt passes: its turn (limit.go), its token (tokens.go), its answer (answer.go)
//	attempt.go    the state of a call between its attempts, and the error that becomes of it (errors.go)
//	call.go       what is asked
package partnercenter

import (
	"context"
	"net/http"
)

// Client speaks to Partner Center; it is safe for concurrent use.
type Client struct {
	options Options
	clock   Clock
	service *serviceClock
	tokens  TokenSource
	sender  *sender
	shared  *sharedReads

	resellers *resellerQuestions
	exports   *exports
}

// New makes a client; what is wrong with the options comes back as *option.Error. Nothing is sent before the first call.
func New(options Options) (*Client, error) {
	options, invalid := options.validated()
	if invalid != nil {
		return nil, invalid
	}
	sends, err := newSender(options)
	if err != nil {
		return nil, err
	}
	exported, err := newExports(options)
	if err != nil {
		return nil, err
	}
	shared := &sharedReads{clock: options.Clock, off: options.SeparateReads}
	return &Client{options, options.Clock, sends.service, options.Tokens, sends, shared, &resellerQuestions{}, exported}, nil
}

// send makes a call that the rules for writes let through. Every call takes this way, so that shared answers are dropped when they must be.
func (c *Client) send(ctx context.Context, what call) (*attempts, error) {
	if what.customer == "" {
		what.customer = customerOf(what.path)
	}
	if err := c.options.refuse(what); err != nil {
		return nil, err
	}
	if what.writes() || seesChanges(ctx) {
		defer c.shared.changing(what.customer)()
	}
	return c.sender.send(ctx, what)
}

// MaySpeakForUser reports whether the sign-in can be that of a user: operations that need one (App+User) are refused to every other, so
// who only would like to know something need not ask.
func (c *Client) MaySpeakForUser() bool { return c.tokens.MayBeUser() }

// SpeaksForUser reports whether a user signs in for certain: some operations are for applications only.
func (c *Client) SpeaksForUser() bool { return c.tokens.IsUser() }

// do makes a call and decodes its answer; an answer of 202 or 204 may be empty and is then the zero T.
func do[T any](ctx context.Context, client *Client, c call) (T, error) {
	got, _, _, err := doStatus[T](ctx, client, c)
	return got, err
}

// doStatus is do for callers who need the status or the headers as well.
func doStatus[T any](ctx context.Context, client *Client, c call) (T, int, http.Header, error) {
	var got, zero T
	a, err := client.send(ctx, c)
	if err != nil {
		return zero, 0, nil, err
	}
	if len(a.answer.body) == 0 {
		return zero, a.answer.status, a.answer.header, nil
	}
	if err := decode(a.answer.body, &got); err != nil {
		return zero, a.answer.status, a.answer.header, a.undecodable(err)
	}
	return got, a.answer.status, a.answer.header, nil
}
