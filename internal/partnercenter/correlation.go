// SPDX-License-Identifier: MPL-2.0

package partnercenter

import "context"

type correlationKey struct{}

// WithCorrelationID groups the calls made with the context under one ID (MS-CorrelationId), which Microsoft's support can search for.
func WithCorrelationID(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, correlationKey{}, id)
}

// CorrelationID is the ID of WithCorrelationID, or "".
func CorrelationID(ctx context.Context) string {
	id, _ := ctx.Value(correlationKey{}).(string)
	return id
}

// correlation falls back to one ID for all that the client does.
func (c *Client) correlation(ctx context.Context) string {
	if id := CorrelationID(ctx); id != "" {
		return id
	}
	return c.correlationID
}
