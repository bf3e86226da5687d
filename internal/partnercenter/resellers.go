// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// ResellerValidation says whether a partner ID may stand as indirect reseller on purchases and changes.
// See https://learn.microsoft.com/partner-center/developer/validate-reseller-partner-of-record.
type ResellerValidation struct {
	PartnerID        Text   `json:"partnerId"`
	IsValid          bool   `json:"isValidPartnerIdOnRecord"`
	ErrorCode        Text   `json:"errorCode"`
	ErrorDescription string `json:"errorDescription"`
}

// Remedy says what to do about a reseller that is not valid, or "".
func (v ResellerValidation) Remedy() string {
	return (&Error{Operation: operationValidateResellers, StatusCode: http.StatusBadRequest, Code: string(v.ErrorCode)}).advice()
}

// ValidateResellers asks about all partner IDs in one call; whoever signs in may. An ID that is not valid is no error.
// See https://learn.microsoft.com/partner-center/developer/validate-reseller-partner-of-record.
func (c *Client) ValidateResellers(ctx context.Context, partnerIDs []string) ([]ResellerValidation, error) {
	got, err := one[struct {
		Results []ResellerValidation `json:"validationResults"`
	}](ctx, c, call{
		operation: operationValidateResellers, method: http.MethodPost, path: route("partners", "validateresellers"), asks: true,
		body: map[string][]string{"partnerIds": partnerIDs},
	})
	if err != nil {
		return nil, err
	}
	return got.Results, nil
}

// resellerQuestions gathers what is asked about resellers at the same time.
type resellerQuestions struct {
	mu   sync.Mutex
	open *resellerQuestion
}

// resellerQuestion is one call that is to be made, with all IDs that join before it is.
type resellerQuestion struct {
	ids   []string
	done  chan struct{}
	found []ResellerValidation
	err   error
}

// SharedResellerValidation is ValidateResellers about one ID for those who only look: each ID of a run is asked about once, and those
// that are asked about at the same time in one call. It is nil where the answer does not speak of the ID.
func (c *Client) SharedResellerValidation(ctx context.Context, partnerID string) (*ResellerValidation, error) {
	q := question{operationValidateResellers, strings.ToLower(partnerID)}
	return share(ctx, c.shared, "", q, func(ctx context.Context) (*ResellerValidation, error) {
		asked := c.askReseller(ctx, partnerID)
		select {
		case <-asked.done:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		for i, v := range asked.found {
			if strings.EqualFold(string(v.PartnerID), partnerID) {
				return &asked.found[i], nil
			}
		}
		return nil, asked.err
	})
}

// askReseller joins the question that is open, or opens one; nobody's context ends it for the others.
func (c *Client) askReseller(ctx context.Context, partnerID string) *resellerQuestion {
	c.resellers.mu.Lock()
	defer c.resellers.mu.Unlock()
	if c.resellers.open != nil {
		c.resellers.open.ids = append(c.resellers.open.ids, partnerID)
		return c.resellers.open
	}
	asked := &resellerQuestion{ids: []string{partnerID}, done: make(chan struct{})}
	c.resellers.open = asked
	everybody := context.WithoutCancel(ctx)
	time.AfterFunc(c.options.GatherFor, func() {
		defer close(asked.done)
		c.resellers.mu.Lock()
		c.resellers.open = nil
		c.resellers.mu.Unlock()
		slices.Sort(asked.ids)
		asked.found, asked.err = c.ValidateResellers(everybody, slices.Compact(asked.ids))
	})
	return asked
}
