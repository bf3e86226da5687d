// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
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

// Warnings are left out only where a plan of another run has said them, as far as that can be told.
func TestSaidBefore(t *testing.T) {
	t.Parallel()
	id, other := &partnercenter.Subscription{ID: "id"}, &partnercenter.Subscription{ID: "other"}
	for name, test := range map[string]struct {
		run  func(*Provider)
		read string // as private state has it
		says bool
	}{
		"a plan that has read it":                        {func(p *Provider) { p.Claims.RecordSeen("customer", id) }, "true", true},
		"a plan that has read another":                   {func(p *Provider) { p.Claims.RecordSeen("customer", other) }, "true", true},
		"a plan that reads nothing, with one that stays": {func(p *Provider) { p.Claims.NotePlanned() }, "true", true},
		"not read since it was changed":                  {func(*Provider) {}, "false", true},
		"never read":                                     {func(*Provider) {}, "", true},
		"read, and nothing known of the run":             {func(*Provider) {}, "true", false},
		"an apply":                                       {func(p *Provider) { p.Applying() }, "true", false},
		"an apply, not read since it was changed":        {func(p *Provider) { p.Applying() }, "false", false},
		"an apply that has read another":                 {func(p *Provider) { p.Claims.RecordSeen("customer", other); p.Applying() }, "true", false},
	} {
		p := &Provider{Claims: &spending.Claims{}}
		test.run(p)
		private := Private{}
		if test.read != "" {
			private.SetKey(t.Context(), readKey, []byte(test.read))
		}
		var diags diag.Diagnostics
		diags.AddWarning("a warning", "")
		diags.AddError("an error", "")
		p.SaidBefore(t.Context(), private, "Customer", "ID", &diags)
		if got := diags.WarningsCount() == 1; got != test.says || diags.ErrorsCount() != 1 {
			t.Errorf("%s: it warns: %t, want %t: %v", name, got, test.says, diags)
		}
	}
	private := Private{}
	for _, read := range []bool{true, false} {
		if diags := NoteRead(t.Context(), private, read); diags.HasError() || string(private[readKey]) != strconv.FormatBool(read) {
			t.Errorf("%t is kept as %s: %v", read, private[readKey], diags)
		}
	}
	(*Provider)(nil).Applying() // not configured
}
