// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"net/http"
	"net/url"
)

// PartnerRelationship is another partner, seen from the signed-in one.
// See https://learn.microsoft.com/partner-center/developer/relationships-resources.
type PartnerRelationship struct {
	ID               string `json:"id"` // tenant ID, what CustomersQuery and Customer know a reseller by
	Name             string `json:"name"`
	RelationshipType string `json:"relationshipType"`
	State            string `json:"state"`
	MPNID            Text   `json:"mpnId"`    // partner ID, what carts and subscriptions know a reseller by
	Location         string `json:"location"` // ISO 3166 alpha-2
}

// IndirectResellers lists the resellers of an indirect provider; needs a signed-in user.
// See https://learn.microsoft.com/partner-center/developer/retrieve-a-list-of-indirect-resellers.
func (c *Client) IndirectResellers(ctx context.Context) ([]PartnerRelationship, error) {
	return list[PartnerRelationship](ctx, c, call{
		operation: "list indirect resellers", method: http.MethodGet, path: route("relationships"),
		query: url.Values{"relationship_type": {"IsIndirectCloudSolutionProviderOf"}}, userOnly: true,
	})
}

// CustomerResellers lists the indirect resellers of a customer, without state and location; needs a signed-in user.
// See https://learn.microsoft.com/partner-center/developer/get-indirect-resellers-of-a-customer.
func (c *Client) CustomerResellers(ctx context.Context, customerID string) ([]PartnerRelationship, error) {
	return list[PartnerRelationship](ctx, c, call{
		operation: "list resellers of customer", method: http.MethodGet, path: route("customers", customerID, "relationships"),
		customer: customerID, userOnly: true,
	})
}

// MPNProfile is what the partner programme knows of a partner ID; that one exists does not say that it may be a reseller.
// See https://learn.microsoft.com/partner-center/developer/get-partner-by-mpn-id.
type MPNProfile struct {
	PartnerName string `json:"partnerName"`
	MPNID       Text   `json:"mpnId"`
	ProfileType string `json:"profileType"`
}

// MPNProfile reads the profile of a partner ID, or the signed-in partner's own for ""; IsNotFound says that there is no such partner.
// Needs a signed-in user. See https://learn.microsoft.com/partner-center/developer/get-partner-by-mpn-id.
func (c *Client) MPNProfile(ctx context.Context, mpnID string) (*MPNProfile, error) {
	query := url.Values{}
	if mpnID != "" {
		query.Set("mpnId", mpnID)
	}
	return one[MPNProfile](ctx, c, call{
		operation: "read partner profile", method: http.MethodGet, path: route("profiles", "mpn"), query: query, userOnly: true,
	})
}

// ResellerAgreementStatus says whether a reseller, named by partner ID or tenant ID, has signed the Microsoft Partner Agreement.
// Needs a signed-in user. See https://learn.microsoft.com/partner-center/developer/verify-indirect-reseller-mpa-status.
func (c *Client) ResellerAgreementStatus(ctx context.Context, resellerID string) (bool, error) {
	name := "mpnId"
	if isGUID(resellerID) {
		name = "tenantId"
	}
	got, err := one[struct {
		IsAgreementSigned bool `json:"isAgreementSigned"`
	}](ctx, c, call{
		operation: operationResellerAgreement, method: http.MethodGet, path: route("compliance", "csp", "agreementstatus"),
		query: url.Values{name: {resellerID}}, userOnly: true,
	})
	if err != nil {
		return false, err
	}
	return got.IsAgreementSigned, nil
}
