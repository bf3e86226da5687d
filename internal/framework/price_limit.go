// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/shopspring/decimal"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/spending"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
)

// ToPriceLimit reads an attribute price_limit, nil where it is not configured, or not wholly known yet.
func ToPriceLimit(ctx context.Context, limit types.Object, diags *diag.Diagnostics) *spending.PriceLimit {
	if !WhollyKnown(limit) {
		return nil
	}
	var given struct {
		UnitPrice types.String `tfsdk:"unit_price"`
		Total     types.String `tfsdk:"total"`
		Currency  types.String `tfsdk:"currency"`
	}
	diags.Append(limit.As(ctx, &given, basetypes.ObjectAsOptions{})...)
	return &spending.PriceLimit{Currency: given.Currency.ValueString(), Unit: Amount(given.UnitPrice), Total: Amount(given.Total)}
}

// Amount reads a decimal number, nil for none.
func Amount(v types.String) *decimal.Decimal {
	if v.ValueString() == "" {
		return nil
	}
	d, err := decimal.NewFromString(v.ValueString())
	if err != nil {
		return &decimal.Zero // the validator has refused it already; a limit of zero lets nothing through
	}
	return &d
}

// RefuseAboveLimit refuses a price that price_limit does not allow. It reports whether the error was about that.
func RefuseAboveLimit(diags *diag.Diagnostics, err error) bool {
	over, is := errors.AsType[*spending.LimitError](err)
	if is {
		diags.AddAttributeError(path.Root("price_limit"), "Price above price_limit", words.Sentence(over.Error()))
	}
	return is
}

// RefuseWithoutLimit refuses what has no price_limit where the provider requires one, with the block to write.
func RefuseWithoutLimit(diags *diag.Diagnostics, q spending.Quote) {
	block := "its price is not known here, and nothing is bought under a limit unless Partner Center gives a price:\n\n  price_limit = { total = \"AMOUNT\", currency = \"CURRENCY\" }"
	if q.Total != nil && q.Currency != "" {
		block = fmt.Sprintf("this is the present price:\n\n  price_limit = { total = %s, currency = %s }", escape.HCL(words.Plain(*q.Total)), escape.HCL(q.Currency))
	}
	Wrong(diags, path.Root("price_limit"), "Price limit missing", "The provider's require_price_limit is set. Write the most that may be paid; %s", block)
}

// slowQuote is how long a price may take before a plan says that it had to wait.
const slowQuote = 5 * time.Second

// WarnOfSlowQuote says that a price took long to come. Terraform passes an interrupt on while it applies only: whoever interrupts the plan
// of an apply waits for its answer, and has to know what that has led to.
func WarnOfSlowQuote(diags *diag.Diagnostics, took time.Duration, subject string) {
	if took >= slowQuote {
		diags.AddWarning("Price took long to come"+subject, fmt.Sprintf("Partner Center gave the price after %s. If the run was interrupted in the meantime, it ends only now; planning commits to nothing, and nothing was bought.", took.Round(time.Second)))
	}
}
