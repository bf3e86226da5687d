// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"bytes"
	"context"
	"reflect"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/framework"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/services/subscriptionmodel"
)

// Shortcut is the shorter way for subscriptions that stay as they are. TestUnchanged and TestUnread compare it with the framework's way.
type Shortcut struct {
	Configured func() *framework.Provider // nil until Terraform has configured it
}

// Unread implements framework.Shortcut: it reads a subscription as Read does, and goes no further where that finds what the state has. What
// was read is in the context for Read, which so asks nothing again.
func (s Shortcut) Unread(ctx context.Context, state tftypes.Value, private framework.Private) (context.Context, bool) {
	r := &subscriptionResource{framework.Resource{Provider: s.Configured()}}
	var before subscriptionmodel.Model
	if r.Provider == nil || len(private[framework.OwnerKey]) == 0 || (&tfsdk.State{Raw: state, Schema: storedSchema()}).Get(ctx, &before).HasError() || before.ID.IsNull() {
		return ctx, false
	}
	timeout, diags := before.Timeouts.Read(ctx, framework.ReadTimeout)
	kept, known := keptIn(ctx, private)
	if diags.HasError() || !known {
		return ctx, false
	}
	within, cancel := r.Client.WithTimeout(ctx, timeout)
	defer cancel()
	var read answer
	read.got, read.gone, read.err = r.readOrMissing(within, kept, &before)
	ctx = context.WithValue(ctx, answerKey{}, read)
	after := before
	if read.got == nil || read.err != nil || refuseUnmanageable(&diags, read.got) {
		return ctx, false
	}
	if after.Refresh(read.got); !reflect.DeepEqual(before, after) {
		return ctx, false
	}
	r.keepRead(ctx, &before, &after, read.got, private, private, &diags)
	return ctx, len(diags) == 0
}

// Unplanned implements framework.Shortcut. It is about what ModifyPlan does beyond the attributes.
func (s Shortcut) Unplanned(_, state map[string]tftypes.Value, private framework.Private) bool {
	var id string
	unplanned := !state["id"].IsNull() && state["id"].As(&id) == nil && bytes.Equal(private[replacesKey], framework.QuotedID(id)) && len(private[framework.OwnerKey]) > 0 &&
		string(private[unknownKey]) != "true"
	if p := s.Configured(); unplanned && p != nil {
		p.Claims.NotePlanned()
	}
	return unplanned
}

// storedSchema is made once: it is as large as everything else that reading one subscription makes.
var storedSchema = sync.OnceValue(func() schema.Schema { return subscriptionmodel.Schema(context.Background()) })

// answer is what readOrMissing has found.
type answer struct {
	got  *partnercenter.Subscription
	gone bool
	err  error
}

type answerKey struct{}
