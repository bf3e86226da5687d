// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// listCustomers pages by a token that travels in a header (customers reference, "List").
func listCustomers(s *Server, r *http.Request) (int, any) {
	field, value, status, body := customerFilter(r)
	if status != 0 {
		return status, body
	}
	if field == "IndirectReseller" && s.caller(r).AppOnly {
		return http.StatusForbidden, fault(900329, "Application-only authentication is not supported for this filter.")
	}
	size, err := strconv.Atoi(cmp.Or(query(r, "size"), "0"))
	if err != nil || size < 0 {
		return http.StatusBadRequest, fault(3000, "The property size is invalid.")
	}
	if size == 0 {
		size = s.behaviour.CustomersPageSize
	}
	start := 0
	if token := r.Header.Get("MS-ContinuationToken"); token != "" {
		from, ok := readCustomerToken(token)
		if !ok {
			return http.StatusBadRequest, fault(800002, "The continuation token is invalid.")
		}
		start, size, field, value = from.Start, from.Size, from.Field, from.Value
	} else if query(r, "seekOperation") != "" && !strings.EqualFold(query(r, "seekOperation"), "First") {
		return http.StatusBadRequest, fault(800002, "The request input is invalid: MS-ContinuationToken is missing.")
	}
	found := s.customersWith(field, value)
	start = min(start, len(found))
	end := min(start+size, len(found))
	items := []object{}
	for _, c := range found[start:end] {
		items = append(items, renderSlimCustomer(c))
	}
	answer := collection(r, items)
	if end < len(found) {
		addNextCustomers(answer, customerToken{end, size, field, value})
	}
	return http.StatusOK, answer
}

// customerToken is what a continuation token remembers: a follow-up request repeats neither size nor filter.
type customerToken struct {
	Start, Size  int
	Field, Value string
}

func readCustomerToken(text string) (t customerToken, ok bool) {
	data, err := base64.StdEncoding.DecodeString(text)
	return t, err == nil && json.Unmarshal(data, &t) == nil
}

func addNextCustomers(answer object, t customerToken) {
	data, _ := json.Marshal(t) // a struct of texts and numbers always encodes
	token := base64.StdEncoding.EncodeToString(data)
	continued(answer, "/customers?size="+strconv.Itoa(t.Size)+"&seekOperation=Next", token)
}

// filterRequest is the documented shape of a filter (customers reference, Filter).
type filterRequest struct {
	Field, Operator         string
	Value                   any
	LeftFilter, RightFilter *filterRequest
}

func readFilter(r *http.Request) (f *filterRequest, status int, body any) {
	text := query(r, "filter")
	if text == "" {
		return nil, 0, nil
	}
	f = &filterRequest{}
	if err := json.Unmarshal([]byte(text), f); err != nil {
		return nil, http.StatusBadRequest, fault(800002, "The filter is not valid JSON.")
	}
	return f, 0, nil
}

func customerFilter(r *http.Request) (field, value string, status int, body any) {
	f, status, body := readFilter(r)
	if f == nil {
		return "", "", status, body
	}
	field = canonical(f.Field, "CompanyName", "Domain", "IndirectReseller", "IndirectCloudSolutionProvider")
	text, isText := f.Value.(string)
	if field == "" || !isText || !oneOf(f.Operator, "starts_with", "StartsWith") {
		return "", "", http.StatusBadRequest, fault(800002, "The filter is not supported: customers are filtered by one field with starts_with.")
	}
	return field, text, 0, nil
}

func (s *Server) customersWith(field, value string) []*Customer {
	value = strings.ToLower(value)
	var found []*Customer
	for _, c := range s.tenant.Customers {
		matches := c.Relationship == "reseller"
		switch field {
		case "CompanyName":
			matches = matches && strings.HasPrefix(strings.ToLower(c.Name), value)
		case "Domain":
			matches = matches && strings.HasPrefix(strings.ToLower(c.Domain), value)
		case "IndirectReseller":
			matches = matches && slices.Contains(c.Resellers, value)
		case "IndirectCloudSolutionProvider":
			matches = matches && value == s.tenant.Partner.TenantID
		}
		if matches {
			found = append(found, c)
		}
	}
	return found
}

func renderSlimCustomer(c *Customer) object {
	return object{
		"id": c.ID, "relationshipToPartner": c.Relationship, "links": object{"self": link(c.path())}, "attributes": objectType("Customer"),
		"companyProfile": renderCompany(c),
	}
}

func renderCompany(c *Customer) object {
	return object{"tenantId": c.ID, "domain": c.Domain, "companyName": c.Name, "attributes": objectType("CustomerCompanyProfile")}
}

func getCustomer(_ *Server, c *Customer, _ *http.Request) (int, any) {
	return http.StatusOK, renderCustomer(c)
}

func renderCustomer(c *Customer) object {
	answer, company := renderSlimCustomer(c), renderCompany(c)
	optional(company, "organizationRegistrationNumber", c.RegistrationNumber)
	answer["companyProfile"] = company
	answer["commerceId"], answer["allowDelegatedAccess"] = c.CommerceID, true
	answer["billingProfile"] = renderBillingProfile(c)
	if len(c.Resellers) > 0 {
		answer["associatedPartnerId"] = c.Resellers[0]
	}
	return answer
}

func getCompanyProfile(_ *Server, c *Customer, _ *http.Request) (int, any) {
	return http.StatusOK, object{"tenantId": c.ID, "domain": c.Domain, "companyName": c.Name, "email": c.Email,
		"address": renderAddress(c), "links": object{"self": link(c.path() + "/profiles/company")}, "attributes": objectType("CustomerCompanyProfile")}
}

func getBillingProfile(_ *Server, c *Customer, _ *http.Request) (int, any) {
	return http.StatusOK, renderBillingProfile(c)
}

func renderBillingProfile(c *Customer) object {
	return object{
		"id": c.ProfileID, "firstName": c.FirstName, "lastName": c.LastName, "email": c.Email, "culture": c.Culture,
		"language": c.Language, "companyName": c.Name, "defaultAddress": renderAddress(c),
		"links":      object{"self": link(c.path() + "/profiles/billing")},
		"attributes": object{"etag": strconv.FormatInt(c.ProfileVersion, 10), "objectType": "CustomerBillingProfile"},
	}
}

func renderAddress(c *Customer) object {
	address := object{"country": c.Country, "city": c.City, "addressLine1": c.Street, "postalCode": c.PostalCode,
		"firstName": c.FirstName, "lastName": c.LastName}
	optional(address, "state", c.State)
	optional(address, "phoneNumber", c.Phone)
	return address
}

// billingProfileRequest is the complete resource; missing members are cleared.
type billingProfileRequest struct {
	ID, Links                                                  any
	FirstName, LastName, Email, Culture, Language, CompanyName string
	Attributes                                                 struct{ ETag, ObjectType string }
	DefaultAddress                                             struct {
		Country, Region, City, State, AddressLine1, AddressLine2, PostalCode, FirstName, MiddleName, LastName, PhoneNumber string
	}
}

func updateBillingProfile(s *Server, c *Customer, r *http.Request) (int, any) {
	var sent billingProfileRequest
	if status, body, ok := decode(r, &sent); !ok {
		return status, body
	}
	etag := strings.Trim(cmp.Or(r.Header.Get("If-Match"), sent.Attributes.ETag), `"`)
	if etag != strconv.FormatInt(c.ProfileVersion, 10) {
		return s.behaviour.StaleProfileStatus, fault(2055, "The ETag of the billing profile is no longer valid.")
	}
	if sent.Email == "" || sent.CompanyName == "" || sent.DefaultAddress.Country == "" {
		return http.StatusBadRequest, fault(3000, "The property email, companyName or defaultAddress.country is invalid: it is required.")
	}
	a := sent.DefaultAddress
	c.FirstName, c.LastName, c.Email, c.Culture, c.Language, c.Name = sent.FirstName, sent.LastName, sent.Email, sent.Culture, sent.Language, sent.CompanyName
	c.Country, c.City, c.State, c.Street, c.PostalCode, c.Phone = a.Country, a.City, a.State, a.AddressLine1, a.PostalCode, a.PhoneNumber
	c.ProfileVersion += 1_000_003
	s.audit(c, r, auditEntry{resource: "customer", operation: "update_customer_billing_profile"})
	return http.StatusOK, renderBillingProfile(c)
}

// getValidationStatus answers without a status on record in the shape of the newer services.
func getValidationStatus(_ *Server, c *Customer, r *http.Request) (int, any) {
	if !strings.EqualFold(query(r, "type"), "account") {
		return http.StatusBadRequest, fault(900126, "The value %q of type could not be parsed.", query(r, "type"))
	}
	if c.Validation == "" {
		return http.StatusNotFound, faultB(600074, "AccountStatusNotFound", "There is no account status for customer %s.", c.ID)
	}
	return http.StatusOK, object{"type": "account", "status": c.Validation, "lastUpdateDateTime": bareStamp(c.Created)}
}

func listQualifications(_ *Server, c *Customer, _ *http.Request) (int, any) {
	found := []object{}
	for _, segment := range c.Segments {
		found = append(found, object{"qualification": strings.ToUpper(segment[:1]) + segment[1:], "vettingStatus": "Approved",
			"vettingCreateDate": bareStamp(c.Created)})
	}
	if len(found) == 0 {
		found = append(found, object{"qualification": "None"})
	}
	return http.StatusOK, found
}

// deleteCustomer is possible in the sandbox only.
func deleteCustomer(s *Server, c *Customer, _ *http.Request) (int, any) {
	if !s.behaviour.Sandbox {
		return http.StatusBadRequest, fault(900127, "The operation is not supported in this environment.")
	}
	s.tenant.Customers = slices.DeleteFunc(s.tenant.Customers, func(other *Customer) bool { return other == c })
	return http.StatusNoContent, nil
}

// endRelationship removes the reseller relationship once nothing is active any more.
func endRelationship(s *Server, c *Customer, r *http.Request) (int, any) {
	var sent struct {
		RelationshipToPartner string
		Attributes            any
	}
	if status, body, ok := decode(r, &sent); !ok {
		return status, body
	}
	if !strings.EqualFold(sent.RelationshipToPartner, "none") {
		return http.StatusBadRequest, fault(3000, "The property relationshipToPartner is invalid: only none can be set.")
	}
	for _, sub := range c.Subscriptions {
		if sub.Status == statusActive {
			return http.StatusBadRequest, fault(900141, "The customer has active subscriptions.")
		}
	}
	c.Relationship = "none"
	s.audit(c, r, auditEntry{resource: "partner_customer_relationship", operation: "remove_partner_customer_relationship"})
	return http.StatusOK, renderSlimCustomer(c)
}

func checkDomain(s *Server, r *http.Request) (int, any) {
	name, _ := url.PathUnescape(r.PathValue("domain"))
	for _, c := range s.tenant.Customers {
		if strings.EqualFold(c.Domain, name) {
			return http.StatusOK, nil
		}
	}
	return http.StatusNotFound, nil
}
