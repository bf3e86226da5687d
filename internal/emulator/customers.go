// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// listCustomers pages by a token that travels in a header (reference/customers-and-billing.md#list-customers).
func listCustomers(r *call) (int, any) {
	field, value, refusal := customerFilter(r)
	if refusal != nil {
		return refuse(refusal)
	}
	if field == "IndirectReseller" && r.caller.AppOnly {
		return http.StatusForbidden, fault(900329, "Application-only authentication is not supported for this filter.")
	}
	size, err := strconv.Atoi(cmp.Or(parameter(r, "size"), "0"))
	if err != nil || size < 0 {
		return http.StatusBadRequest, fault(3000, "The property size is invalid.")
	}
	if size == 0 {
		size = r.behaviour.CustomersPageSize
	}
	start := 0
	if token := r.Header.Get("MS-ContinuationToken"); token != "" {
		from, ok := readCustomerToken(token)
		if !ok {
			return http.StatusBadRequest, fault(800002, "The continuation token is invalid.")
		}
		start, size, field, value = from.Start, from.Size, from.Field, from.Value
	} else if parameter(r, "seekOperation") != "" && !strings.EqualFold(parameter(r, "seekOperation"), "First") {
		return http.StatusBadRequest, fault(800002, "The request input is invalid: MS-ContinuationToken is missing.")
	}
	found := r.world.FindCustomers(field, value)
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

func customerFilter(r *call) (field, value string, refusal *world.Refusal) {
	f, refusal := readFilter(r)
	if f == nil {
		return "", "", refusal
	}
	field = world.Canonical(f.Field, "CompanyName", "Domain", "IndirectReseller", "IndirectCloudSolutionProvider")
	text, isText := f.Value.(string)
	if field == "" || !isText || !world.OneOf(f.Operator, "starts_with", "StartsWith") {
		return "", "", world.Invalid(800002, "The filter is not supported: customers are filtered by one field with starts_with.")
	}
	return field, text, nil
}

func renderSlimCustomer(c *world.Customer) object {
	return object{
		"id": c.ID, "relationshipToPartner": c.Relationship, "links": object{"self": link(customerURI(c))}, "attributes": objectType("Customer"),
		"companyProfile": renderCompany(c),
	}
}

func renderCompany(c *world.Customer) object {
	return object{"tenantId": c.ID, "domain": c.Domain, "companyName": c.Name, "attributes": objectType("CustomerCompanyProfile")}
}

func getCustomer(r *call, c *world.Customer) (int, any) {
	return http.StatusOK, renderCustomer(c)
}

func renderCustomer(c *world.Customer) object {
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

func getCompanyProfile(r *call, c *world.Customer) (int, any) {
	return http.StatusOK, object{"tenantId": c.ID, "domain": c.Domain, "companyName": c.Name, "email": c.Email,
		"address": renderAddress(c), "links": object{"self": link(customerURI(c) + "/profiles/company")}, "attributes": objectType("CustomerCompanyProfile")}
}

func getBillingProfile(r *call, c *world.Customer) (int, any) {
	return http.StatusOK, renderBillingProfile(c)
}

func renderBillingProfile(c *world.Customer) object {
	return object{
		"id": c.ProfileID, "firstName": c.FirstName, "lastName": c.LastName, "email": c.Email, "culture": c.Culture,
		"language": c.Language, "companyName": c.Name, "defaultAddress": renderAddress(c),
		"links":      object{"self": link(customerURI(c) + "/profiles/billing")},
		"attributes": object{"etag": strconv.FormatInt(c.ProfileVersion, 10), "objectType": "CustomerBillingProfile"},
	}
}

func renderAddress(c *world.Customer) object {
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

func updateBillingProfile(r *call, c *world.Customer) (int, any) {
	var sent billingProfileRequest
	if refusal := decode(r, &sent); refusal != nil {
		return refuse(refusal)
	}
	version, err := strconv.ParseInt(strings.Trim(cmp.Or(r.Header.Get("If-Match"), sent.Attributes.ETag), `"`), 10, 64)
	if err != nil {
		version = 0 // of no profile
	}
	if refusal := r.world.UpdateBillingProfile(c, sent.profile(), version, r.caller); refusal != nil {
		return refuse(refusal)
	}
	return http.StatusOK, renderBillingProfile(c)
}

func (sent billingProfileRequest) profile() world.BillingProfile {
	a := sent.DefaultAddress
	return world.BillingProfile{
		FirstName: sent.FirstName, LastName: sent.LastName, Email: sent.Email, Culture: sent.Culture, Language: sent.Language, CompanyName: sent.CompanyName,
		Country: a.Country, City: a.City, State: a.State, Street: a.AddressLine1, PostalCode: a.PostalCode, Phone: a.PhoneNumber,
	}
}

// getValidationStatus answers without a status on record in the shape of the newer services.
func getValidationStatus(r *call, c *world.Customer) (int, any) {
	if !strings.EqualFold(parameter(r, "type"), "account") {
		return http.StatusBadRequest, fault(900126, "The value %q of type could not be parsed.", parameter(r, "type"))
	}
	status, refusal := c.ValidationStatus()
	if refusal != nil {
		return refuse(refusal)
	}
	return http.StatusOK, object{"type": "account", "status": status, "lastUpdateDateTime": bareStamp(c.Created)}
}

func listQualifications(r *call, c *world.Customer) (int, any) {
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
func deleteCustomer(r *call, c *world.Customer) (int, any) {
	if refusal := r.world.DeleteCustomer(c); refusal != nil {
		return refuse(refusal)
	}
	return http.StatusNoContent, nil
}

// endRelationship removes the reseller relationship.
func endRelationship(r *call, c *world.Customer) (int, any) {
	var sent struct {
		RelationshipToPartner string
		Attributes            any
	}
	if refusal := decode(r, &sent); refusal != nil {
		return refuse(refusal)
	}
	if !strings.EqualFold(sent.RelationshipToPartner, "none") {
		return http.StatusBadRequest, fault(3000, "The property relationshipToPartner is invalid: only none can be set.")
	}
	if refusal := r.world.EndRelationship(c, r.caller); refusal != nil {
		return refuse(refusal)
	}
	return http.StatusOK, renderSlimCustomer(c)
}

func checkDomain(r *call) (int, any) {
	name, _ := url.PathUnescape(r.PathValue("domain"))
	if r.world.DomainTaken(name) {
		return http.StatusOK, nil
	}
	return http.StatusNotFound, nil
}
