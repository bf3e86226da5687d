// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
)

// TokenSource has the token that each attempt is sent with. It is safe for concurrent use.
type TokenSource interface {
	// Token is the current token, or a new one. An error keeps the attempt from being sent; one with the method SignInMayPass says
	// whether another attempt may fare better, and with the method Remedy what to do.
	Token(ctx context.Context) (wire.Secret, error)
	// Forget drops a token that Partner Center refused, unless it has been replaced already.
	Forget(refused wire.Secret)
	// Renewable tells whether another token than the one that was refused can be had.
	Renewable() bool
	// IsUser holds for the tokens of a user (App+User), MayBeUser where they can be one's.
	IsUser() bool
	MayBeUser() bool
}

// signInError is why a TokenSource has no token. No other error has the method.
type signInError interface {
	error
	SignInMayPass() bool
}
