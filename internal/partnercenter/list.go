// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"bytes"
	"context"
	"encoding/json"
)

func list[T any](ctx context.Context, c *Client, k call) ([]T, error) {
	answer, err := c.send(ctx, k)
	if err != nil {
		return nil, err
	}
	var all []T
	if bytes.HasPrefix(answer.body, []byte("[")) {
		err = json.Unmarshal(answer.body, &all)
		return all, err
	}
	var page struct{ Items []T }
	err = json.Unmarshal(answer.body, &page)
	return page.Items, err
}
