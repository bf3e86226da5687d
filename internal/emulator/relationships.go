// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// listRelationships lists the provider's resellers (reference/customers-and-billing.md#list-relationships).
func listRelationships(r *call) (int, any) {
	switch strings.ToLower(parameter(r, "relationship_type")) {
	case "isindirectcloudsolutionproviderof":
	case "isindirectresellerof":
		return http.StatusOK, collection(r, []object{})
	default:
		return http.StatusBadRequest, fault(900126, "The value %q of relationship_type could not be parsed.", parameter(r, "relationship_type"))
	}
	filter, refusal := readFilter(r)
	if refusal != nil {
		return refuse(refusal)
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
	for _, reseller := range r.world.Tenant.Resellers {
		if reseller.Related && strings.Contains(strings.ToLower(reseller.Name), part) {
			one := renderReseller(reseller)
			one["state"], one["location"] = "Active", reseller.Country
			found = append(found, one)
		}
	}
	return http.StatusOK, collection(r, found)
}

// getRelationshipRequest has the link that invites a customer, which the sandbox has not
// (reference/customers-and-billing.md#relationship-request).
func getRelationshipRequest(r *call) (int, any) {
	if r.world.Rules.Sandbox {
		return http.StatusBadRequest, fault(900127, "The operation is not supported in this environment.")
	}
	invitation := url.Values{"invType": {"ResellerRelationship"}, "partnerId": {r.world.Tenant.Partner.TenantID}, "msppId": {"0"}, "DAP": {"false"}}
	return http.StatusOK, object{"url": "https://admin.microsoft.com/Adminportal/Home?" + invitation.Encode() + "#/BillingAccounts/partner-invitation", "attributes": objectType("RelationshipRequest")}
}

// validateResellers tells of each partner ID whether it may be partner on record; one that may not is no error of the call.
func validateResellers(r *call) (int, any) {
	var sent struct{ PartnerIDs []string }
	if refusal := decode(r, &sent); refusal != nil {
		return refuse(refusal)
	}
	switch {
	case r.world.Rules.NoResellerValidation:
		return http.StatusNotImplemented, faultFrom("Emulator", 0, "Resellers cannot be validated here.")
	case !r.caller.AppOnly && !r.caller.HasRole(world.RoleAdminAgent):
		return http.StatusForbidden, fault(900150, "The role of the user has no right for the operation.")
	case len(sent.PartnerIDs) == 0:
		return http.StatusBadRequest, fault(3000, "The property partnerIds is invalid: it is required.")
	}
	results := []object{}
	for _, id := range sent.PartnerIDs {
		code, text := r.world.ValidateReseller(id)
		one := object{"partnerId": id, "isValidPartnerIdOnRecord": code == 0}
		if code != 0 {
			one["errorCode"], one["errorDescription"] = code, text
		}
		results = append(results, one)
	}
	return http.StatusOK, object{"validationResults": results}
}

func renderReseller(p world.Reseller) object {
	return object{"id": p.TenantID, "name": p.Name, "relationshipType": "is_indirect_cloud_solution_provider_of",
		"mpnId": p.MPNID, "attributes": objectType("PartnerRelationship")}
}

// listCustomerResellers lacks state and location, as the sample does.
func listCustomerResellers(r *call, c *world.Customer) (int, any) {
	var found []object
	for _, reseller := range r.world.Tenant.Resellers {
		if slices.Contains(c.Resellers, reseller.TenantID) {
			found = append(found, renderReseller(reseller))
		}
	}
	return http.StatusOK, collection(r, found)
}

// getMPNProfile says only that a partner with this id exists.
func getMPNProfile(r *call) (int, any) {
	answer := object{"profileType": "MpnProfile", "links": object{"self": link(selfURI(r))}, "attributes": objectType(" MpnProfile")}
	id := parameter(r, "mpnId")
	switch {
	case id == "":
		answer["mpnId"] = r.world.Tenant.Partner.MPNID
		return http.StatusOK, answer
	case id == r.world.Tenant.Partner.MPNID:
		answer["mpnId"], answer["partnerName"] = id, r.world.Tenant.Partner.Name
		return http.StatusOK, answer
	}
	reseller := r.world.Tenant.Reseller(id)
	if reseller == nil {
		return http.StatusNotFound, fault(3000, "No partner organization with the ID %s was found.", id)
	}
	answer["mpnId"], answer["partnerName"] = id, reseller.Name
	return http.StatusOK, answer
}

// getAgreementStatus tells whether a reseller has signed the partner agreement; all its errors are 400.
func getAgreementStatus(r *call) (int, any) {
	if refusal := r.world.CheckPartnerAgreement(parameter(r, "mpnId"), parameter(r, "tenantId")); refusal != nil {
		return refusal.Status, faultFrom("ComplianceController", refusal.Code, "%s", refusal.Description)
	}
	return http.StatusOK, object{"isAgreementSigned": true}
}

func getOrganizationProfile(r *call) (int, any) {
	p := r.world.Tenant.Partner
	return http.StatusOK, object{"id": p.TenantID, "companyName": p.Name, "tenantId": p.TenantID, "defaultAddress": object{"country": p.Country},
		"profileType": "OrganizationProfile", "attributes": objectType("OrganizationProfile")}
}

func getPartnerBillingProfile(r *call) (int, any) {
	p := r.world.Tenant.Partner
	return http.StatusOK, object{"companyName": p.Name, "address": object{"country": p.Country}, "billingCurrency": p.Currency, "billingDay": 8,
		"profileType": "BillingProfile", "attributes": objectType("BillingProfile")}
}
