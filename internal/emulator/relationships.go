// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"slices"
	"strings"
)

// Reseller is another partner: an indirect reseller of this provider, or one it has nothing to do with.
type Reseller struct {
	TenantID, Name, MPNID, Country string
	Related, AgreementSigned       bool
}

func (t *Tenant) reseller(mpnID string) *Reseller {
	for i := range t.Resellers {
		if t.Resellers[i].MPNID == mpnID {
			return &t.Resellers[i]
		}
	}
	return nil
}

// listRelationships lists the provider's resellers (customers reference, Relationships).
func listRelationships(s *Server, r *http.Request) (int, any) {
	switch strings.ToLower(query(r, "relationship_type")) {
	case "isindirectcloudsolutionproviderof":
	case "isindirectresellerof":
		return http.StatusOK, collection(r, []object{})
	default:
		return http.StatusBadRequest, fault(900126, "The value %q of relationship_type could not be parsed.", query(r, "relationship_type"))
	}
	filter, status, body := readFilter(r)
	if status != 0 {
		return status, body
	}
	part := ""
	if filter != nil {
		text, isText := filter.Value.(string)
		if !isText || !strings.EqualFold(filter.Field, "Name") || !strings.EqualFold(filter.Operator, "substring") {
			return http.StatusBadRequest, fault(800002, "The filter is not supported.")
		}
		part = strings.ToLower(text)
	}
	var found []object
	for _, reseller := range s.tenant.Resellers {
		if reseller.Related && strings.Contains(strings.ToLower(reseller.Name), part) {
			one := reseller.render()
			one["state"], one["location"] = "Active", reseller.Country
			found = append(found, one)
		}
	}
	return http.StatusOK, collection(r, found)
}

func (p Reseller) render() object {
	return object{"id": p.TenantID, "name": p.Name, "relationshipType": "is_indirect_cloud_solution_provider_of",
		"mpnId": p.MPNID, "attributes": objectType("PartnerRelationship")}
}

// listCustomerResellers lacks state and location, as the sample does.
func listCustomerResellers(s *Server, c *Customer, r *http.Request) (int, any) {
	var found []object
	for _, reseller := range s.tenant.Resellers {
		if slices.Contains(c.Resellers, reseller.TenantID) {
			found = append(found, reseller.render())
		}
	}
	return http.StatusOK, collection(r, found)
}

// getMPNProfile says only that a partner with this id exists.
func getMPNProfile(s *Server, r *http.Request) (int, any) {
	answer := object{"profileType": "MpnProfile", "links": object{"self": link(selfURI(r))}, "attributes": objectType(" MpnProfile")}
	id := query(r, "mpnId")
	switch {
	case id == "":
		answer["mpnId"] = s.tenant.Partner.MPNID
		return http.StatusOK, answer
	case id == s.tenant.Partner.MPNID:
		answer["mpnId"], answer["partnerName"] = id, s.tenant.Partner.Name
		return http.StatusOK, answer
	}
	reseller := s.tenant.reseller(id)
	if reseller == nil {
		return http.StatusNotFound, fault(3000, "No partner organization with the ID %s was found.", id)
	}
	answer["mpnId"], answer["partnerName"] = id, reseller.Name
	return http.StatusOK, answer
}

// getAgreementStatus tells whether a reseller has signed the partner agreement; all its errors are 400.
func getAgreementStatus(s *Server, r *http.Request) (int, any) {
	refuse := func(code int, text string) (int, any) {
		return http.StatusBadRequest, faultFrom("ComplianceController", code, "%s", text)
	}
	mpnID, tenantID := query(r, "mpnId"), query(r, "tenantId")
	digits := strings.Trim(mpnID, "0123456789") == ""
	switch {
	case mpnID == "" && tenantID == "":
		return refuse(2001, "Neither mpnId nor tenantId is given.")
	case mpnID != "" && tenantID != "", !digits, tenantID != "" && !guidForm.MatchString(tenantID):
		return refuse(2000, "mpnId or tenantId is invalid.")
	}
	for _, reseller := range s.tenant.Resellers {
		if reseller.MPNID != mpnID && !strings.EqualFold(reseller.TenantID, tenantID) {
			continue
		}
		switch {
		case !reseller.Related:
			return refuse(2204, "The MPN ID belongs to no indirect reseller.")
		case !reseller.AgreementSigned && mpnID != "":
			return refuse(2203, "The agreement is not signed for the region.")
		case !reseller.AgreementSigned:
			return refuse(2206, "The agreement is not signed.")
		}
		return http.StatusOK, object{"isAgreementSigned": true}
	}
	if mpnID != "" {
		return refuse(2200, "The MPN ID is invalid or unknown.")
	}
	return refuse(2205, "The tenant was not found.")
}

func getLegalProfile(s *Server, _ *http.Request) (int, any) {
	p := s.tenant.Partner
	return http.StatusOK, object{"companyName": p.Name, "address": object{"country": p.Country}, "vettingStatus": "authorized",
		"vettingSubStatus": "none", "profileType": "LegalBusinessProfile", "attributes": objectType("LegalBusinessProfile")}
}

func getOrganizationProfile(s *Server, _ *http.Request) (int, any) {
	p := s.tenant.Partner
	return http.StatusOK, object{"id": p.TenantID, "companyName": p.Name, "tenantId": p.TenantID, "defaultAddress": object{"country": p.Country},
		"profileType": "OrganizationProfile", "attributes": objectType("OrganizationProfile")}
}

func getPartnerBillingProfile(s *Server, _ *http.Request) (int, any) {
	p := s.tenant.Partner
	return http.StatusOK, object{"companyName": p.Name, "address": object{"country": p.Country}, "billingCurrency": p.Currency, "billingDay": 8,
		"profileType": "BillingProfile", "attributes": objectType("BillingProfile")}
}
