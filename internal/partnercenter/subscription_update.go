// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
	"unicode"
)

// How long an update waits within the deadline of its context, in Options.MaxPollInterval, which is 15 seconds unless it is set.
const (
	notReadyPauses     = 1   // a subscription that was just bought or changed
	pendingPauses      = 8   // a renewal in the queue or another operation: two minutes (reference/commerce.md#renewal)
	settleAfterDone    = 20  // 200: reads may lag, and publishers may refuse afterwards
	settleAfterStarted = 120 // 202: the service names no bound
	settleAfterUnclear = 8   // nobody knows whether there is anything to wait for
)

const (
	staleTries    = 5   // new attempts with a fresh document
	conflictTries = 120 // a bound for contexts without a deadline
)

// Codes of updates. See reference/commerce.md#codes-subscription-updates.
const (
	codeStale          = "2055"
	codeNotReady       = "800082"
	codeNotNow         = "900280" // a 400, while a renewal is processed
	codeParentInactive = "27009"
)

// NotAppliedError says that the service took a change and yet does not show it; the publisher of the product may have refused it.
type NotAppliedError struct {
	SubscriptionID string
	Differences    []Difference  // what is still not as asked for
	Waited         time.Duration // since the service took the change
	Subscription   *Subscription // as it was read last
}

// Error names what is not as asked for.
func (e *NotAppliedError) Error() string {
	reason := "it may still be working on it: run plan again later"
	if e.Subscription != nil && e.Subscription.Family() == FamilyMarketplaceSaaS {
		reason = "the publisher of the product may have refused it: ask there, or take the change back"
	}
	return fmt.Sprintf("Partner Center accepted the change of subscription %s, but %s later the subscription still shows %s; %s",
		e.SubscriptionID, e.Waited.Round(time.Second), describeDifferences(e.Differences), reason)
}

// attributeName is a property as people configure it.
func attributeName(property string) string {
	var name strings.Builder
	for _, r := range property {
		if unicode.IsUpper(r) {
			name.WriteByte('_')
		}
		name.WriteRune(unicode.ToLower(r))
	}
	return name.String()
}

func describeDifferences(all []Difference) string {
	words := make([]string, 0, len(all))
	for _, d := range all {
		words = append(words, fmt.Sprintf("%s %s instead of %s", attributeName(d.Property), d.Got, d.Want))
	}
	return strings.Join(words, ", ")
}

// UpdateSubscription makes one change and returns the subscription as it reads afterwards; it sends nothing when the change is there already.
// It waits out conflicts and reads again until the change shows, within the deadline of ctx, and fails with *NotAppliedError when it never does.
// See https://learn.microsoft.com/partner-center/developer/update-a-subscription-by-id and reference/commerce.md#patch-semantics.
func (c *Client) UpdateSubscription(ctx context.Context, customerID, id string, change SubscriptionChange) (*Subscription, error) {
	if err := change.validate(); err != nil {
		return nil, fmt.Errorf("update subscription %s: %w", id, err)
	}
	refused := refusals{short: c.options.PollInterval, long: c.options.MaxPollInterval}
	for {
		present, err := c.Subscription(ctx, customerID, id)
		if err != nil {
			return nil, refused.beside(err)
		}
		if len(differences(present, change)) == 0 {
			return present, nil
		}
		status, err := c.patchSubscription(ctx, customerID, id, present, change)
		wait, again := refused.next(err)
		switch {
		case again && !present.Ended(): // what is over does not become changeable by waiting
			if late := c.Sleep(ctx, wait); late != nil {
				return nil, refused.beside(late)
			}
		case err == nil:
			return c.awaitChange(ctx, customerID, id, change, settleTime(status))
		case OutcomeUnknown(err):
			return c.lookForChange(ctx, customerID, id, change, err)
		default:
			return nil, refused.beside(err)
		}
	}
}

// patchSubscription sends the whole document with the change laid over it and says with which status the service took it.
func (c *Client) patchSubscription(ctx context.Context, customerID, id string, present *Subscription, change SubscriptionChange) (int, error) {
	body, err := overlay(present.raw, change)
	if err != nil {
		return 0, err
	}
	header := http.Header{}
	if etag := strings.Trim(present.Attributes.ETag, `"`); etag != "" { // new-commerce and marketplace subscriptions have none
		header.Set("If-Match", `"`+etag+`"`)
	}
	_, status, _, err := doStatus[json.RawMessage](ctx, c, call{
		operation: "update subscription", method: http.MethodPatch, path: route("customers", customerID, "subscriptions", id),
		body: body, header: header, customer: customerID,
	})
	return status, err
}

// refusals counts answers that are worth a new attempt with a fresh document, which is a new logical call.
type refusals struct {
	short, long      time.Duration
	stale, conflicts int
	last             error
}

// beside adds why the update was still being tried when the time for it ran out.
func (r *refusals) beside(err error) error {
	if r.last == nil || !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, context.Canceled) {
		return err
	}
	return fmt.Errorf("%w; there was no time left to try again: %w", r.last, err)
}

// next says whether and after which wait to try again. See reference/commerce.md#retry-decision-table.
func (r *refusals) next(err error) (wait time.Duration, again bool) {
	var refused *Error
	if !errors.As(err, &refused) {
		return 0, false
	}
	switch {
	case HasCode(err, codeStale) || refused.StatusCode == http.StatusPreconditionFailed:
		r.last = err
		r.stale++
		return time.Duration(r.stale) * r.short, r.stale <= staleTries // longer each time: a read may lag behind the write that made it stale
	case HasCode(err, codeParentInactive): // a suspended parent is no matter of time
		return 0, false
	case refused.StatusCode != http.StatusConflict && !HasCode(err, codeNotNow):
		return 0, false
	}
	r.last = err
	r.conflicts++
	wait = pendingPauses * r.long
	if HasCode(err, codeNotReady) {
		wait = notReadyPauses * r.long
	}
	return max(wait, refused.RetryAfter), r.conflicts <= conflictTries
}

// settleTime is in Options.MaxPollInterval.
func settleTime(status int) int {
	if status == http.StatusAccepted {
		return settleAfterStarted
	}
	return settleAfterDone
}

// awaitChange reads until the change shows. Nothing announces that the service dropped a change it had taken: the old values just stay.
func (c *Client) awaitChange(ctx context.Context, customerID, id string, change SubscriptionChange, pauses int) (*Subscription, error) {
	begin := c.clock.Now()
	waiting, cancel := c.WithTimeout(ctx, time.Duration(pauses)*c.options.MaxPollInterval)
	defer cancel()
	var last *Subscription
	var reading error
	err := c.Poll(waiting, func(ctx context.Context) (bool, error) {
		var got *Subscription
		if got, reading = c.Subscription(ctx, customerID, id); reading != nil {
			return false, lasting(reading)
		}
		last = got
		return visible(got, change), nil
	})
	switch {
	case err == nil:
		return last, nil
	case errors.Is(err, context.DeadlineExceeded) && last != nil:
		return nil, &NotAppliedError{id, differences(last, change), c.clock.Now().Sub(begin), last}
	case reading != nil:
		err = reading
	}
	return nil, fmt.Errorf("the change of subscription %s was accepted, but the subscription could not be read afterwards: %w", id, err)
}

// lookForChange decides by reading whether a change went through whose answer was lost. It is not sent again: should the service be slow
// rather than deaf, whoever runs this next finds the change done.
func (c *Client) lookForChange(ctx context.Context, customerID, id string, change SubscriptionChange, lost error) (*Subscription, error) {
	got, err := c.awaitChange(ctx, customerID, id, change, settleAfterUnclear)
	var notSeen *NotAppliedError
	switch {
	case err == nil:
		return got, nil
	case errors.As(err, &notSeen):
		return nil, fmt.Errorf("%w; %s later the subscription still shows %s", lost, notSeen.Waited.Round(time.Second), describeDifferences(notSeen.Differences))
	}
	return nil, lost
}

// lasting is nil for a failed read that may succeed a moment later: the change has been made, so one bad answer must not hide it.
func lasting(err error) error {
	var failed *Error
	if errors.As(err, &failed) && (failed.StatusCode == 0 || failed.StatusCode == http.StatusNotFound ||
		failed.StatusCode == http.StatusTooManyRequests || failed.StatusCode >= http.StatusInternalServerError) {
		return nil
	}
	return err
}
