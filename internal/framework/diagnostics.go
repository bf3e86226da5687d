// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// Failed turns an error of the client into the one diagnostic users see: "Cannot <action>", what Partner Center said, the ids its
// support asks for, and what to do. It reports whether there was an error.
func Failed(diags *diag.Diagnostics, action string, err error) bool {
	if err == nil {
		return false
	}
	diags.AddError("Cannot "+action, Explain(err))
	return true
}

// readKey is private state: whether the object has been read since it was last changed.
const readKey = "read"

// NoteRead keeps whether an object was read, or was changed and not read since.
func NoteRead(ctx context.Context, private PrivateWriter, read bool) diag.Diagnostics {
	return SetJSON(ctx, private, readKey, read)
}

// Applying notes that this run has been asked to apply something.
func (p *Provider) Applying() {
	if p != nil { // not configured
		p.Claims.NoteApplied()
	}
}

// SaidBefore leaves the warnings out of what planning an existing object says, where a plan of another run has said them. Terraform plans each
// change once more when it applies it, in a process of its own that reads nothing; "plan -refresh=false" reads nothing either. Nothing that
// Terraform asks tells the first object of one from that of the other. So what has not been read since it was changed is taken for such a
// plan, because no plan that reads has gone before.
func (p *Provider) SaidBefore(ctx context.Context, private PrivateState, customerID, subscriptionID string, diags *diag.Diagnostics) {
	plans, applies := p.Claims.Phase()
	if plans || p.Claims.WasSeen(customerID, subscriptionID) {
		return
	}
	read, _ := private.GetKey(ctx, readKey)
	if applies || string(read) == "true" {
		*diags = diags.Errors()
	}
}

// FailedAttribute is Failed for an error that one attribute is to blame for.
func FailedAttribute(diags *diag.Diagnostics, at path.Path, action string, err error) bool {
	if err == nil {
		return false
	}
	diags.AddAttributeError(at, "Cannot "+action, Explain(err))
	return true
}

// Explain is the text of an error for people: the error itself, then the remedy where one is known, and how to read about its code.
func Explain(err error) string {
	text := words.Sentence(inWords.Replace(err.Error()))
	if errors.Is(err, context.Canceled) {
		text = "The run was interrupted before Partner Center had answered. " + text
	}
	if remedy := partnercenter.Remedy(err); remedy != "" {
		text += "\n\n" + remedy
	}
	if code := partnercenter.LookupCode(err); code != "" {
		text += "\n\nAbout this code: partnercenter explain " + code
	}
	return text
}

// inWords says what Go's own errors mean here: the deadlines are those of a resource's timeouts.
var inWords = strings.NewReplacer(
	context.DeadlineExceeded.Error(), "the time that timeouts allow was over",
	context.Canceled.Error(), "it was told to stop",
)

// FailedOffer is Failed for what the catalog does not know of a product and SKU, which may stand in a nested object. It points at the
// attribute that is to blame.
func FailedOffer(diags *diag.Diagnostics, parent path.Path, err error) bool {
	switch partnercenter.Code(err) {
	case "400013":
		return FailedAttribute(diags, parent.AtName("product_id"), "find the product for this customer", err)
	case "400018":
		return FailedAttribute(diags, parent.AtName("sku_id"), "find the SKU for this customer", err)
	case "1000", "60003", "2032", "20002", "900118":
		return FailedAttribute(diags, path.Root("customer_id"), "find the customer", err)
	}
	return Failed(diags, "look up what the customer can buy", err)
}

// Wrong adds an error about a value in the configuration: what was found, what is allowed, what to do.
func Wrong(diags *diag.Diagnostics, at path.Path, title, format string, args ...any) {
	diags.AddAttributeError(at, title, fmt.Sprintf(format, args...))
}
