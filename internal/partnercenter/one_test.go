// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"net/http"
	"testing"
)

// A checkout that is answered by nothing may have bought: whoever takes it for a refusal buys again.
func TestAnEmptyAnswerToAWriteIsUnclear(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusOK, http.StatusCreated, http.StatusAccepted, http.StatusNoContent} {
		c, _ := clientOf(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) })
		if _, err := c.CheckoutCart(t.Context(), "customer", "cart"); !OutcomeUnknown(err) {
			t.Errorf("%d: the outcome of a checkout is taken to be known: %v", status, err)
		}
		if _, err := c.Cart(t.Context(), "customer", "cart"); err == nil || OutcomeUnknown(err) {
			t.Errorf("%d: the outcome of a read is taken to be unknown: %v", status, err)
		}
	}
}
