// SPDX-License-Identifier: MPL-2.0

package emulator

import "time"

// Transport are the knobs below the API: headers, JSON, tokens and limits. Behaviour embeds it.
type Transport struct {
	// Strict refuses request members that the reference does not know with 400 3000; the real service ignores them.
	Strict bool
	// ByteOrderMark puts U+FEFF before every JSON body (commerce reference, "JSON conventions").
	ByteOrderMark bool
	// NumericCodes writes the code of an error as a number instead of a string (commerce reference, Errors).
	NumericCodes bool
	// DoubledHeaders answers MS-RequestId, MS-CorrelationId and X-Locale as "a,a" (commerce reference, "Response headers").
	DoubledHeaders bool
	// RequireContractVersion refuses calls without MS-Contract-Version (commerce reference, "Request headers").
	RequireContractVersion bool
	// TokenLifetime is how long an access token lives by the virtual clock.
	TokenLifetime time.Duration
	// RequestsPerMinute is the limit per partner tenant, 0 for none (commerce reference, Throttling).
	RequestsPerMinute int
	// RequestsPerMinuteAndCustomer is the limit per pair of partner and customer tenant, 0 for none.
	RequestsPerMinuteAndCustomer int
}

func defaultTransport() Transport {
	return Transport{Strict: true, TokenLifetime: time.Hour, RequestsPerMinute: 500}
}
