// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// PrivateState is read by every call that gets a state.
type PrivateState interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

// PrivateWriter is written by every call that leaves one.
type PrivateWriter interface {
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

// OwnerKey is private state: a token that tells this object of the state from all others.
const OwnerKey = "owner"

// OwnerIn is the token of an object of the state, a new one where it has none yet.
func OwnerIn(ctx context.Context, private PrivateState) string {
	encoded, _ := private.GetKey(ctx, OwnerKey)
	if token := strings.Trim(string(encoded), `"`); token != "" {
		return token
	}
	return rand.Text()
}

// SetJSON keeps a value in private state.
func SetJSON(ctx context.Context, private PrivateWriter, key string, value any) diag.Diagnostics {
	encoded, err := json.Marshal(value)
	if err != nil { // text, numbers and times always encode
		return nil
	}
	return private.SetKey(ctx, key, encoded)
}

// QuotedID is an ID as a value of private state.
func QuotedID(id string) []byte { return []byte(strconv.Quote(id)) }
