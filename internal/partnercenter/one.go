// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"fmt"
)

// one is do for a call that answers with one object: an empty answer is an error, so that nobody sees a nil object without one.
func one[T any](ctx context.Context, c *Client, k call) (*T, error) {
	got, err := do[*T](ctx, c, k)
	if err != nil {
		return nil, err
	}
	if got == nil {
		return nil, fmt.Errorf("%s: the service answered without content", k.operation)
	}
	return got, nil
}
