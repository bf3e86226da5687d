// SPDX-License-Identifier: MPL-2.0

package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// document is the part of `terraform show -json PLANFILE` that says what happens at Partner Center. See
// https://developer.hashicorp.com/terraform/internals/json-format; OpenTofu writes the same form.
type document struct {
	FormatVersion     string             `json:"format_version"`
	Timestamp         string             `json:"timestamp"`
	Errored           bool               `json:"errored"`
	Complete          *bool              `json:"complete"` // absent before Terraform 1.8, and from OpenTofu
	ResourceChanges   []resourceChange   `json:"resource_changes"`
	ActionInvocations []actionInvocation `json:"action_invocations"` // Terraform 1.14 and newer
	DeferredChanges   []struct {
		Change resourceChange `json:"resource_change"`
	} `json:"deferred_changes"`
	DeferredInvocations []struct {
		Invocation actionInvocation `json:"action_invocation"`
	} `json:"deferred_action_invocations"`
	Values json.RawMessage `json:"values"` // only a state has them
}

type resourceChange struct {
	Address string `json:"address"`
	Mode    string `json:"mode"`
	Type    string `json:"type"`
	Deposed string `json:"deposed"`
	Change  change `json:"change"`
}

// change keeps before and after as they are until the type is known: other providers have attributes of the same names.
type change struct {
	Actions         []string        `json:"actions"`
	Before          json.RawMessage `json:"before"`
	After           json.RawMessage `json:"after"`
	AfterUnknown    json.RawMessage `json:"after_unknown"`
	BeforeSensitive json.RawMessage `json:"before_sensitive"`
	AfterSensitive  json.RawMessage `json:"after_sensitive"`
	Importing       json.RawMessage `json:"importing"`
}

type actionInvocation struct {
	Address         string          `json:"address"`
	Type            string          `json:"type"`
	ConfigValues    json.RawMessage `json:"config_values"`
	ConfigSensitive json.RawMessage `json:"config_sensitive"`
}

// values are the attributes of the resources and actions of this provider that a report is about; "" is null.
type values struct {
	ID                string      `json:"id"`
	CustomerID        string      `json:"customer_id"`
	SubscriptionID    string      `json:"subscription_id"`
	ProductID         string      `json:"product_id"`
	SkuID             string      `json:"sku_id"`
	OfferName         string      `json:"offer_name"`
	PublisherName     string      `json:"publisher_name"`
	FriendlyName      string      `json:"friendly_name"`
	Quantity          int64       `json:"quantity"`
	TermDuration      string      `json:"term_duration"`
	BillingCycle      string      `json:"billing_cycle"`
	CustomTermEndDate string      `json:"custom_term_end_date"`
	Status            string      `json:"status"`
	DeletionPolicy    string      `json:"deletion_policy"`
	CartID            string      `json:"cart_id"`
	AutoRenew         *bool       `json:"auto_renew_enabled"`
	EndOfTerm         string      `json:"end_of_term"`
	Suspended         *bool       `json:"suspended"`
	Commitment        *commitment `json:"commitment"`
	CurrentTerm       *term       `json:"current_term"`
	NextTerm          *nextTerm   `json:"scheduled_next_term_instructions"`
	LineItems         []lineItem  `json:"line_items"`
	CartLineItem      *int64      `json:"cart_line_item"`
	ToProductID       string      `json:"to_product_id"`
	ToSkuID           string      `json:"to_sku_id"`
}

// commitment is the most that the present term costs before tax, as far as this configuration bought it.
type commitment struct {
	UnitPrice string `json:"unit_price"`
	Total     string `json:"total"`
	Currency  string `json:"currency"`
	Refund    string `json:"refund"`
}

type term struct {
	Ends             string `json:"ends"`
	CancellableUntil string `json:"cancellable_until"`
}

// nextTerm is what a subscription renews into; it is compared only.
type nextTerm struct {
	ProductID         string `json:"product_id"`
	SkuID             string `json:"sku_id"`
	TermDuration      string `json:"term_duration"`
	BillingCycle      string `json:"billing_cycle"`
	Quantity          int64  `json:"quantity"`
	PromotionID       string `json:"promotion_id"`
	CustomTermEndDate string `json:"custom_term_end_date"`
}

type lineItem struct {
	ProductID    string `json:"product_id"`
	SkuID        string `json:"sku_id"`
	Quantity     int64  `json:"quantity"`
	TotalPrice   string `json:"total_price"`
	UnitPrice    string `json:"unit_price"`
	CurrencyCode string `json:"currency_code"`
}

// decode reads a plan. Windows PowerShell writes UTF-16 into a file, so a byte-order mark decides.
func decode(r io.Reader) (*document, error) {
	text, err := io.ReadAll(transform.NewReader(r, unicode.BOMOverride(encoding.Nop.NewDecoder())))
	if err != nil {
		return nil, fmt.Errorf("reading the plan: %w", err)
	}
	if strings.HasPrefix(string(text), "PK") {
		return nil, errors.New("this is the plan file itself: give the output of `terraform show -json PLANFILE`")
	}
	var d document
	if err := json.Unmarshal(text, &d); err != nil {
		return nil, fmt.Errorf("this is not the output of `terraform show -json PLANFILE`: %w", err)
	}
	switch major, _, _ := strings.Cut(d.FormatVersion, "."); {
	case d.FormatVersion == "":
		return nil, errors.New("this is not the output of `terraform show -json PLANFILE`: it has no format_version")
	case major != "0" && major != "1":
		return nil, fmt.Errorf("format %q of the plan is newer than this program, which reads 1.x: take a newer release of it", d.FormatVersion)
	case d.Values != nil:
		return nil, errors.New("this is a state, not a plan: name the plan file, as in `terraform show -json PLANFILE`")
	}
	return &d, nil
}

// attributes decodes one side of a change; null is no attributes at all. Text that the configuration keeps secret is replaced.
func attributes(raw, sensitive json.RawMessage) (values, error) {
	var v values
	if len(raw) == 0 {
		return v, nil
	}
	if err := json.Unmarshal(raw, &v); err != nil {
		return v, err
	}
	hidden := marks(sensitive)
	for name, text := range map[string]*string{
		"customer_id": &v.CustomerID, "friendly_name": &v.FriendlyName, "offer_name": &v.OfferName, "publisher_name": &v.PublisherName,
		"product_id": &v.ProductID, "sku_id": &v.SkuID, "subscription_id": &v.SubscriptionID,
	} {
		if hidden[name] && *text != "" {
			*text = "(sensitive)"
		}
	}
	return v, nil
}

// marks are the attributes that a document such as after_unknown or after_sensitive marks, as a whole or in part.
func marks(raw json.RawMessage) map[string]bool {
	var byName map[string]json.RawMessage
	if json.Unmarshal(raw, &byName) != nil {
		return nil // absent, or `false` for an object without any
	}
	marked := map[string]bool{}
	for name, mark := range byName {
		marked[name] = strings.Contains(string(mark), "true")
	}
	return marked
}
