// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/catalog"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/change"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// RefuseEnded stops changes of what has ended.
func RefuseEnded(diags *diag.Diagnostics, facts change.Facts) bool {
	if !facts.Ended() {
		return false
	}
	diags.AddError("Subscription has ended", fmt.Sprintf("Subscription %s is %s, so Partner Center changes nothing about it any more, and it is never bought again by itself. "+
		"Remove the resource from the configuration (destroying it changes nothing at Partner Center); to have the product again, add a new resource.", facts.ID, facts.Status))
	return true
}

// RefuseUnactivated stops changes that the service would refuse: a marketplace subscription waits for its publisher first.
func RefuseUnactivated(diags *diag.Diagnostics, facts change.Facts) bool {
	if !facts.Unactivated() {
		return false
	}
	diags.AddError("Subscription is not activated yet", fmt.Sprintf("Subscription %s waits for its set-up at %s, and Partner Center changes nothing about it before. "+
		"Open its activation link (data source partnercenter_activation_links, or in Partner Center the customer's page under Marketplace, \"Action needed\") "+
		"and let the customer complete the set-up at the publisher; then apply again.",
		facts.ID, words.Publisher(facts.Publisher)))
	return true
}

// WarnIfEnded says that a subscription in the state is over.
func WarnIfEnded(diags *diag.Diagnostics, customerID string, got *partnercenter.Subscription) {
	if !got.Ended() {
		return
	}
	diags.AddWarning("Subscription has ended"+words.Subject(got.FriendlyName, customerID), fmt.Sprintf("Subscription %s is %s at Partner Center. It stays in the state and is never bought again by itself: "+
		"remove its block when it is not needed any more.", got.ID, strings.ToLower(got.Status)))
}

// CheckLicenses is for every resource that changes a number of licenses. schedule says how a decrease is scheduled instead; the block to
// write follows it.
func CheckLicenses(ctx context.Context, client *partnercenter.Client, customerID string, facts change.Facts, will int64, schedule string, diags *diag.Diagnostics) {
	if facts.ProductID != "" { // legacy offers are not in the catalog
		o, err := catalog.ReadOffer(ctx, client.SharedAvailabilities, customerID, facts.ProductID, facts.SkuID)
		if err == nil { // an offer that is not sold any more has no limits to check; the service has the last word
			if err := o.CheckQuantity(will); err != nil {
				Wrong(diags, path.Root("quantity"), "Quantity not possible", "%s.", err)
				return
			}
		}
	}
	back, known := facts.MayGiveBack()
	if less := facts.Quantity - will; less <= 0 || !known || less <= back {
		return
	}
	if !facts.Renews() {
		Wrong(diags, path.Root("quantity"), "Licenses cannot be given back now",
			"%s would be given back, and Partner Center takes back %d at the moment: each batch only within the window after its purchase. Leave quantity = %d: the subscription %s.",
			words.Count(facts.Quantity-will, "license"), back, facts.Quantity, facts.AfterTerm())
		return
	}
	Wrong(diags, path.Root("quantity"), "Licenses cannot be given back now",
		"%s would be given back, and Partner Center takes back %d at the moment: each batch only within the window after its purchase. To have %d from the next term on, leave quantity = %d and %s:\n\n%s",
		words.Count(facts.Quantity-will, "license"), back, will, facts.Quantity, schedule, facts.NextTermWith(will))
}

// CustomerLeft holds for answers about the customer that come again tomorrow: the relationship or the tenant has ended, or the customer cannot
// be asked about. Rights that the application lacks everywhere are another matter, and so is a single subscription that is not found.
// See reference/commerce.md#customers.
func CustomerLeft(err error) bool {
	var e *partnercenter.Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.StatusCode {
	case http.StatusBadRequest:
		return true
	case http.StatusForbidden:
		return partnercenter.HasCode(err, "1000", "2032", "20002", "60003", "900118")
	case http.StatusNotFound:
		return partnercenter.HasCode(err, "1000", "60003") && !strings.Contains(e.Path, "/subscriptions/")
	}
	return false
}

// WarnUnreadable lets the rest of the estate go on where one customer cannot be read.
func WarnUnreadable(diags *diag.Diagnostics, customerID, id, subject string, err error) {
	diags.AddWarning("Subscription cannot be read"+subject, fmt.Sprintf("Partner Center does not show subscription %s of customer %s, so the state keeps what was known: %s\n\n"+forgetDeparted, id, customerID, Explain(err)))
}

const forgetDeparted = "If the relationship with the customer has ended, forget it: a removed block with lifecycle { destroy = false }, or terraform state rm. Nothing changes at Partner Center then."

// Departed gives an error about a customer that cannot be read the way out; others stay as they are.
func Departed(err error) error {
	if !CustomerLeft(err) {
		return err
	}
	return &partnercenter.AdvisedError{Err: err, Advice: forgetDeparted}
}

// AddStale stops a change of something that is neither what the plan started from nor what it leads to.
func AddStale(diags *diag.Diagnostics, name string, was, is, will attr.Value) {
	planned := fmt.Sprintf("The plan changes %s from %s to %s", name, strings.Trim(was.String(), `"`), strings.Trim(will.String(), `"`))
	if was.Equal(will) {
		planned = fmt.Sprintf("The plan buys for %s = %s", name, was)
	}
	diags.AddAttributeError(path.Root(name), "Subscription has changed since the plan",
		fmt.Sprintf("%s, and Partner Center shows %s now, so apply would do something else than was planned. Nothing was changed. Run plan again, and look at what it says now.", planned, strings.Trim(is.String(), `"`)))
}
