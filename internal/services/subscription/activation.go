// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"context"
	"errors"
	"fmt"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/wait"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// waitForActivation reads until the publisher has activated the subscription, within the deadline of ctx.
func waitForActivation(ctx context.Context, client *partnercenter.Client, customerID string, got *partnercenter.Subscription) (*partnercenter.Subscription, error) {
	last := got
	err := client.Poll(ctx, func(ctx context.Context) (bool, error) {
		if change.Activated(last) {
			return true, nil
		}
		s, err := client.Subscription(ctx, customerID, got.ID)
		if err != nil {
			return false, wait.IgnoreLag(err)
		}
		last = s
		return change.Activated(s), nil
	})
	switch {
	case err == nil:
		return last, nil
	case errors.Is(err, context.DeadlineExceeded):
		return last, fmt.Errorf("the publisher has not activated subscription %s within timeouts.create. Open its activation link (partnercenter_activation_links) and finish the set-up there", got.ID)
	}
	return last, fmt.Errorf("waiting until the publisher activates subscription %s: %w", got.ID, err)
}
