// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

func TestExplain(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		err  error
		want string
	}{
		"a sentence":        {errors.New("the cart has expired"), "The cart has expired."},
		"an attribute":      {errors.New("price_limit is in USD"), "price_limit is in USD."},
		"out of time":       {fmt.Errorf("read order: %w", context.DeadlineExceeded), "Read order: the time that timeouts allow was over."},
		"stopped":           {fmt.Errorf("read order: %w", context.Canceled), "The run was interrupted before Partner Center had answered. Read order: it was told to stop."},
		"with a way out":    {&partnercenter.Error{Operation: "create cart", StatusCode: http.StatusConflict, Code: "800041"}, "Create cart: HTTP 409 Conflict, code 800041.\n\nThe subscription was activated already: nothing is left to be done.\n\nAbout this code: partnercenter explain 800041"},
		"without a way out": {&partnercenter.Error{Operation: "create cart", StatusCode: http.StatusConflict, Code: "1"}, "Create cart: HTTP 409 Conflict, code 1.\n\nAbout this code: partnercenter explain 1"},
		"a line of a cart":  {&partnercenter.CartLineError{ErrorCode: "10013"}, "(billing_plan_not_supported)\n\n" + partnercenter.Remedy(&partnercenter.CartLineError{ErrorCode: "10013"}) + "\n\nAbout this code: partnercenter explain billing_plan_not_supported"},
		"no code at all":    {&partnercenter.CartLineError{ErrorCode: "$(reboot)"}, "($(reboot))"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := Explain(test.err); got != test.want {
				t.Errorf("Explain = %q, want %q", got, test.want)
			}
		})
	}
}
