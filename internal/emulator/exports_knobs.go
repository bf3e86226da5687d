// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"strings"
	"time"
)

// ExportKnobs are those of the billing export at Microsoft Graph, and of the older lists of charges that it replaces
// (reference/customers-and-billing.md#replacement-by-microsoft-graph). Behaviour embeds it.
type ExportKnobs struct {
	// RetiredLineItems is the status of the older lists for charges of new commerce that the export has: 200 with an empty list, which
	// reads as if nothing had been charged, any status of failure, or 0 where they still answer. Which it is, is not documented.
	RetiredLineItems int
	// ExportTakes is how long an export runs.
	ExportTakes time.Duration
	// ExportRetryAfter is what its operation asks to wait meanwhile, 0 for nothing.
	ExportRetryAfter time.Duration
	// ExportFailure is the code that exports fail with, "" for none.
	ExportFailure string
	// ExportCompleted says completed instead of succeeded, as one page does.
	ExportCompleted bool
	// ExportManifest is where the manifest of a finished export is: at a link, in a text, or embedded.
	ExportManifest ManifestForm
	// ExportLinkLifetime is how long the links of one reading of the manifest open files; negative, they never do.
	ExportLinkLifetime time.Duration
	// ExportLinkReads is how many files they open at most, 0 for any number.
	ExportLinkReads int
	// ExportFileLines is how many lines a file has at most.
	ExportFileLines int
	// ExportLines repeats the lines of an export until there are so many, 0 for those that there are.
	ExportLines int
	// ExportAtForeignHost names another host than the storage's in the manifest.
	ExportAtForeignHost string
	// NoBillingPermission leaves the application without PartnerBilling.Read.All.
	NoBillingPermission bool
}

// ManifestForm is how a finished export refers to its manifest.
type ManifestForm string

// The three forms of a manifest.
const (
	ManifestLink     ManifestForm = "link"
	ManifestText     ManifestForm = "text"
	ManifestEmbedded ManifestForm = "embedded"
)

func defaultExports() ExportKnobs {
	return ExportKnobs{
		RetiredLineItems: 200, ExportTakes: 45 * time.Second, ExportRetryAfter: 10 * time.Second, ExportManifest: ManifestLink,
		ExportLinkLifetime: 12 * time.Hour, ExportFileLines: 10_000,
	}
}

// The periods that the older lists end with (reference/customers-and-billing.md#end-of-the-v1-line-items).
var (
	billedEnd         = time.Date(2025, time.April, 1, 0, 0, 0, 0, time.UTC)
	unbilledLinesEnd  = time.Date(2026, time.March, 1, 0, 0, 0, 0, time.UTC)
	retiredLinesFault = "Billing data of this period is available through Microsoft Graph only."
)

func unbilledEnd(kind string) time.Time {
	if isUsage(kind) {
		return billedEnd
	}
	return unbilledLinesEnd
}

func isUsage(kind string) bool { return strings.EqualFold(kind, "usagelineitems") }
