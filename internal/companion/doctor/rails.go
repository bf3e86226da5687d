// SPDX-License-Identifier: MPL-2.0

package doctor

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/settings"
)

// rails are what bounds a run, and where each bound comes from. A provider block can only narrow them.
func rails() []check {
	const asked = "environment variables, nothing is sent"
	rail := func(id, question string, say func(*patient) outcome) check {
		return check{id, question, asked, []string{"settings"}, func(_ context.Context, p *patient) outcome { return say(p) }}
	}
	return []check{
		rail("read_only", "May anything be changed?", readOnly),
		rail("allowed_customer_ids", "Which customers may be written to?", allowedCustomers),
		rail("spending_limit", "What may a run spend?", spendingLimit),
		rail("require_price_limit", "Does every purchase need a price_limit?", flagged("require_price_limit", func(s settings.Settings) bool { return s.RequirePriceLimit })),
		rail("quote_prices", "Do plans make carts to know prices?", flagged("quote_prices", func(s settings.Settings) bool { return s.QuotePrices })),
		rail("partner_on_record_attested", "Does every cart state who the partner on record is?",
			flagged("partner_on_record_attested", func(s settings.Settings) bool { return s.Client.PartnerOnRecordAttested })),
		rail("drift_attribution", "Are people named who changed something?", flagged("drift_attribution", func(s settings.Settings) bool { return s.DriftAttribution })),
	}
}

func flagged(attribute string, of func(settings.Settings) bool) func(*patient) outcome {
	return func(p *patient) outcome {
		return fine(map[bool]string{true: "Yes", false: "No"}[of(p.settings)] + " (" + source(attribute) + ").")
	}
}

// readOnly looks at the environment: the client of this program is always read-only.
func readOnly(*patient) outcome {
	text, variable := settings.FromEnvironment("read_only")
	if set, _ := strconv.ParseBool(text); set { // one that cannot be read is a problem of the settings
		return warn("Every write is refused before it leaves the machine ("+variable+").", "Right for jobs that plan or look for drift; unset "+variable+" where something is to be bought or changed.")
	}
	return fine("Yes (" + source("read_only") + ").")
}

func allowedCustomers(p *patient) outcome {
	ids := p.settings.Client.AllowedCustomerIDs
	if ids == nil {
		return fine("All (default).")
	}
	return fine(sentence(strings.Join(ids, ", ") + " (" + source("allowed_customer_ids") + ")."))
}

func spendingLimit(p *patient) outcome {
	limit := p.settings.SpendingLimit
	if limit == nil {
		return fine("No limit (default).")
	}
	return fine(fmt.Sprintf("%s (%s).", words.Amount(limit.Value, sentence(limit.Currency)), source("spending_limit")))
}
