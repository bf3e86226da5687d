// SPDX-License-Identifier: MPL-2.0

package subscription

import (
	"bytes"
	"context"
	"math/big"
	"reflect"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
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

// Unplanned implements framework.Shortcut. It is about what ModifyPlan does beyond the attributes. What the subscription is to this run it
// notes as ModifyPlan does: without a refresh nothing else tells that it has an owner.
func (s Shortcut) Unplanned(_, state map[string]tftypes.Value, private framework.Private) bool {
	id := textIn(state, "id")
	if id == "" || !bytes.Equal(private[replacesKey], framework.QuotedID(id)) || len(private[framework.OwnerKey]) == 0 || string(private[unknownKey]) == "true" {
		return false
	}
	p := s.Configured()
	if p == nil {
		return true
	}
	if !p.Owners.Own(spending.WholeSubscription, id, framework.OwnerIn(context.Background(), private)) || p.Owners.Adopted(id) {
		return false // which the framework's way refuses
	}
	p.Owners.Manage(spending.Alike(textIn(state, "customer_id"), textIn(state, "product_id"), textIn(state, "sku_id"), textIn(state, "friendly_name")), id)
	if bytes.Contains(private[factsKey], []byte(`"cart_id"`)) { // only what this configuration has bought
		kept, _ := keptIn(context.Background(), private)
		p.Owners.ManageLine(kept.CartID, lineIn(state), id)
	}
	p.Claims.NotePlanned()
	return true
}

// textIn is an attribute of text, "" for one that has none.
func textIn(attributes map[string]tftypes.Value, name string) string {
	var text *string
	if value := attributes[name]; value.As(&text) != nil || text == nil {
		return ""
	}
	return *text
}

// lineIn is the line of the cart that was bought, 0 where that is not said.
func lineIn(attributes map[string]tftypes.Value) int64 {
	var number *big.Float
	if value := attributes["cart_line_item"]; value.As(&number) != nil || number == nil {
		return 0
	}
	line, _ := number.Int64()
	return line
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
