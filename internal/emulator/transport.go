// SPDX-License-Identifier: MPL-2.0

package emulator

import "time"

// Transport are the knobs below the API: headers, JSON, tokens and limits. Behaviour embeds it.
type Transport struct {
	// Strict refuses request members that no documentation knows with 400 3000; the real service ignores them.
	Strict bool
	// ByteOrderMark puts U+FEFF before every JSON body (reference/commerce.md#json-conventions).
	ByteOrderMark bool
	// NumericCodes writes the code of an error as a number instead of a string (reference/commerce.md#errors).
	NumericCodes bool
	// DoubledHeaders answers MS-RequestId, MS-CorrelationId and X-Locale as "a,a" (reference/commerce.md#response-headers).
	DoubledHeaders bool
	// RequireContractVersion refuses calls without MS-Contract-Version (reference/commerce.md#request-headers).
	RequireContractVersion bool
	// RepeatedRequests is the answer to a write whose MS-RequestId was answered before (reference/commerce.md#idempotency).
	RepeatedRequests RepeatedRequest
	// Latency holds every request for so long in real time.
	Latency time.Duration

	// TokenLifetime is how long an access token lives by the virtual clock.
	TokenLifetime time.Duration
	// RefreshTokensOnce refuses a refresh token that was exchanged before; Entra keeps it valid for a while.
	RefreshTokensOnce bool
	// SignInRequiresMFA refuses the refresh of a sign-in without MFA with AADSTS50076.
	SignInRequiresMFA bool
	// MFAEnforcement is the share of App+User calls without MFA that are refused, in percent: the service raises it by stages, so that
	// one token passes in one call and not in the next (reference/commerce.md#multi-factor-authentication).
	MFAEnforcement int
	// EmptyMFARefusal refuses them in the older form: no body, and invalid_token in WWW-Authenticate; no reason phrase, as in HTTP/2.
	EmptyMFARefusal bool
	// EmptyUnauthorized leaves 401 answers without a body (reference/commerce.md#401-and-403-shapes).
	EmptyUnauthorized bool

	// RequestsPerMinute is the limit per partner tenant, 0 for none (reference/commerce.md#throttling).
	RequestsPerMinute int
	// RequestsPerMinuteAndCustomer is the limit per pair of partner and customer tenant, 0 for none.
	RequestsPerMinuteAndCustomer int
}

func defaultTransport() Transport {
	return Transport{
		Strict: true, RepeatedRequests: RepeatedReplay,
		TokenLifetime:     time.Hour,
		MFAEnforcement:    100,
		RequestsPerMinute: 500,
	}
}
