// SPDX-License-Identifier: MPL-2.0

package change

import (
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
)

// The requests of the attributes that take effect at once; nil where nothing is missing.

func reactivate(want Desired, got *partnercenter.Subscription) *step {
	if want.Status == nil || *want.Status != partnercenter.StatusActive || !IsSuspended(got) {
		return nil
	}
	return &step{change: partnercenter.SubscriptionChange{Status: want.Status}}
}

func rename(want Desired, got *partnercenter.Subscription) *step {
	if want.FriendlyName == nil || *want.FriendlyName == got.FriendlyName {
		return nil
	}
	return &step{change: partnercenter.SubscriptionChange{FriendlyName: want.FriendlyName}}
}

func setPartner(want Desired, got *partnercenter.Subscription) *step {
	if want.PartnerID == nil || *want.PartnerID == string(got.PartnerID) {
		return nil
	}
	return &step{change: partnercenter.SubscriptionChange{PartnerID: want.PartnerID}}
}

func setTerm(want Desired, got *partnercenter.Subscription) *step {
	if want.TermDuration == nil || *want.TermDuration == got.TermDuration {
		return nil
	}
	return &step{change: partnercenter.SubscriptionChange{TermDuration: want.TermDuration, BillingCycle: want.BillingCycle}}
}

func setBillingCycle(want Desired, got *partnercenter.Subscription) *step {
	if want.BillingCycle == nil || strings.EqualFold(*want.BillingCycle, ComingBillingCycle(got)) {
		return nil
	}
	return &step{change: partnercenter.SubscriptionChange{BillingCycle: want.BillingCycle}}
}

func setLicenses(want Desired, got *partnercenter.Subscription) *step {
	if want.Quantity == nil || *want.Quantity == int64(got.Quantity) {
		return nil
	}
	return &step{change: partnercenter.SubscriptionChange{Quantity: want.Quantity}}
}
