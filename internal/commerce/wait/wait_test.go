// SPDX-License-Identifier: MPL-2.0

package wait

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/signin"
)

func TestTransient(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		err                error
		transient, ignored bool
	}{
		"no answer":                {&partnercenter.Error{}, true, true},
		"too many requests":        {&partnercenter.Error{StatusCode: http.StatusTooManyRequests}, true, true},
		"a gateway, wrapped":       {fmt.Errorf("reading: %w", &partnercenter.Error{StatusCode: http.StatusBadGateway}), true, true},
		"not found":                {&partnercenter.Error{StatusCode: http.StatusNotFound}, false, true},
		"refused":                  {&partnercenter.Error{StatusCode: http.StatusForbidden}, false, false},
		"not from Partner Center":  {errors.New("no"), false, false},
		"the deadline has passed":  {context.DeadlineExceeded, false, false},
		"a conflict is no weather": {&partnercenter.Error{StatusCode: http.StatusConflict}, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := Transient(test.err); got != test.transient {
				t.Errorf("Transient = %t", got)
			}
			if got := IgnoreLag(test.err); (got == nil) != test.ignored {
				t.Errorf("IgnoreLag = %v", got)
			}
		})
	}
}

// What must be finished outlives both the end of the run's time and the request to stop it, and has a limit of its own.
func TestFinishing(t *testing.T) {
	t.Parallel()
	tokens, err := signin.New(signin.Options{Credentials: signin.Credentials{AccessToken: "x"}})
	if err != nil {
		t.Fatal(err)
	}
	client, err := partnercenter.New(partnercenter.Options{Tokens: tokens})
	if err != nil {
		t.Fatal(err)
	}
	expired, cancelExpired := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
	defer cancelExpired()
	stopped, stop := context.WithCancel(t.Context())
	stop()
	for name, ctx := range map[string]context.Context{"expired": expired, "stopped": stopped} {
		own, cancel := Finishing(ctx, client, time.Hour)
		if own.Err() != nil {
			t.Errorf("%s: it ended with %v", name, own.Err())
		}
		cancel()
		if !errors.Is(own.Err(), context.Canceled) {
			t.Errorf("%s: it goes on after its cancel function was called", name)
		}
	}
	own, cancel := Finishing(t.Context(), client, time.Nanosecond)
	defer cancel()
	<-own.Done()
	if !errors.Is(own.Err(), context.DeadlineExceeded) {
		t.Errorf("after its own timeout: %v", own.Err())
	}
}
