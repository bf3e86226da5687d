// SPDX-License-Identifier: MPL-2.0

// Package wait is what purchases and changes know about waiting: what must be seen through to its end, which errors pass with time, and
// how long Partner Center's lists may lag. See reference/commerce.md#known-delays.
package wait

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

const (
	// ListLag is how long Partner Center's lists may hide a new order or subscription.
	ListLag = 15 * time.Minute
	// afterStop is how long something that must be finished goes on after Terraform was told to stop.
	afterStop = 2 * time.Minute
)

// Finishing is the context of what must come to its end: it has a timeout of its own, and when ctx is canceled it goes on for two minutes.
func Finishing(ctx context.Context, client *partnercenter.Client, timeout time.Duration) (context.Context, context.CancelFunc) {
	own, cancel := client.WithTimeout(context.WithoutCancel(ctx), timeout)
	stop := context.AfterFunc(ctx, func() {
		if !errors.Is(ctx.Err(), context.Canceled) {
			return
		}
		timer := time.AfterFunc(afterStop, cancel) // whoever stopped the run waits in real time, so this does too
		context.AfterFunc(own, func() { timer.Stop() })
	})
	return own, func() { stop(); cancel() }
}

// IgnoreLag is nil for errors that pass with time: a new object is not readable at once, and the service may be busy.
func IgnoreLag(err error) error {
	if partnercenter.IsNotFound(err) || Transient(err) {
		return nil
	}
	return err
}

// Transient errors say nothing about the object: no answer came, or the service could not give one at the moment.
func Transient(err error) bool {
	var e *partnercenter.Error
	return errors.As(err, &e) && (e.StatusCode == 0 || e.StatusCode == http.StatusRequestTimeout || e.StatusCode == http.StatusTooManyRequests || e.StatusCode >= 500)
}
