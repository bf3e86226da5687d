// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"fmt"
	"regexp"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

var (
	guid      = regexp.MustCompile(`^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$`)
	productID = regexp.MustCompile(`^[0-9A-Za-z]{12}$`)
	skuID     = regexp.MustCompile(`^[0-9A-Za-z]{4}$`)
	partnerID = regexp.MustCompile(`^[0-9]{1,20}$`)
)

// IsGUID reports whether s has the form of a GUID.
func IsGUID(s string) bool { return guid.MatchString(s) }

// IsProductID reports whether s has the form of a product id, which availability ids share.
func IsProductID(s string) bool { return productID.MatchString(s) }

// IsSkuID reports whether s has the form of a SKU id.
func IsSkuID(s string) bool { return skuID.MatchString(s) }

// Form accepts what matches the expression; what says, as a sentence of its own, how a right value looks. The framework puts the name
// of the attribute before it and the value behind.
func Form(expression *regexp.Regexp, what string) validator.String {
	return stringvalidator.RegexMatches(expression, "has the wrong form: "+what)
}

// GUID accepts tenant, customer and subscription ids.
func GUID(what string) validator.String {
	return Form(guid, what+" is a GUID such as 0f6e2b84-93c7-4d15-8a2e-61b7c04d9e22")
}

// ProductID accepts the 12 characters of a product id, and tells a catalog item id from it.
func ProductID() validator.String {
	return Form(productID, "a product ID has 12 letters and digits, such as DZH318Z0BQ4B; of a catalog item ID product:sku:availability it is the first part")
}

// SkuID accepts the 4 characters of a SKU id.
func SkuID() validator.String {
	return Form(skuID, "a SKU ID has 4 letters and digits, such as 0001; of a catalog item ID product:sku:availability it is the second part")
}

// PartnerID accepts the digits of a PartnerID (formerly MPN ID).
func PartnerID() validator.String {
	return Form(partnerID, "a PartnerID (formerly MPN ID) consists of digits, such as 7700123; the tenant ID of a reseller, a GUID, is something else")
}

var decimals = regexp.MustCompile(`^[0-9]{1,15}(\.[0-9]{1,6})?$`)

// Decimals accepts a decimal number that is not negative, written without exponent or thousands separators.
func Decimals(what string) validator.String {
	return Form(decimals, what+` is a decimal number in quotes such as "1250.00", with a point and without thousands separators`)
}

// Duration accepts a Go duration greater than zero.
func Duration(what string) validator.String { return durationValidator{what} }

type durationValidator struct{ what string }

func (v durationValidator) Description(context.Context) string {
	return v.what + ` is a duration with its unit, such as "90s" or "3m"`
}

func (v durationValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v durationValidator) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !Known(req.ConfigValue) {
		return
	}
	if d, err := time.ParseDuration(req.ConfigValue.ValueString()); err != nil || d <= 0 {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid duration", fmt.Sprintf("%s; found %q.", v.Description(ctx), req.ConfigValue.ValueString()))
	}
}

// Date accepts a day.
func Date(what string) validator.String { return dateValidator{what} }

type dateValidator struct{ what string }

func (v dateValidator) Description(context.Context) string {
	return v.what + " is a day such as 2026-03-31"
}

func (v dateValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v dateValidator) ValidateString(ctx context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !Known(req.ConfigValue) {
		return
	}
	if _, err := time.Parse(time.DateOnly, req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid date", fmt.Sprintf("%s; found %q.", v.Description(ctx), req.ConfigValue.ValueString()))
	}
}

// Validators of what is written alike in several resources.
var (
	TermDuration = Form(regexp.MustCompile(`^P[1-9][0-9]?[MYD]$`), `a term is an ISO 8601 duration in capitals: "P1M", "P1Y", "P2Y" or "P3Y"`)
	BillingCycle = Form(regexp.MustCompile(`^[a-z_]+$`), `a billing cycle is written in lower case: "monthly", "annual", "biennial", "triennial", "one_time" or "none"`)
)
