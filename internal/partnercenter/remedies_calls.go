// SPDX-License-Identifier: MPL-2.0

package partnercenter

// callCode is a code as one operation means it.
type callCode struct{ operation, code string }

// Operations whose codes mean something of their own.
const (
	operationValidateResellers = "validate resellers"
	operationResellerAgreement = "read agreement status of reseller"
	operationExport            = "export line items"
)

const (
	adviceResellerUnsigned = "The reseller has not signed the Microsoft Partner Agreement. Its global administrator has to accept it in Partner Center."
	adviceNoReseller       = "Check the ID: it is not that of an indirect reseller of yours (partnercenter_indirect_resellers)."
)

const adviceBillingPermission = "The application needs the permission PartnerBilling.Read.All of Microsoft Graph, consented to by an administrator of the partner's own tenant; it is not among those for Partner Center."

// callRemedies come before those of the table of all calls, whose meaning of the number is another one.
var callRemedies = map[callCode]string{
	// See reference/customers-and-billing.md#reseller-validation.
	{operationValidateResellers, "900400"}: "The PartnerID is not that of an active indirect reseller. Name another in partner_id, also for subscriptions that exist, before anything else about them is changed.",
	{operationValidateResellers, "900154"}: "The PartnerID is not that of an active indirect reseller. Name another in partner_id, also for subscriptions that exist, before anything else about them is changed.",
	{operationValidateResellers, "900123"}: adviceResellerUnsigned,
	{operationValidateResellers, "800039"}: "The reseller's program is not active; the reseller sees its status in Partner Center. Name another in partner_id, also for subscriptions that exist, before anything else about them is changed.",
	// See reference/customers-and-billing.md#graph-host-permission-clouds.
	{operationExport, "Authorization_RequestDenied"}: adviceBillingPermission,
	{operationExport, "Forbidden"}:                   adviceBillingPermission,
	// See reference/customers-and-billing.md#reseller-agreement-status.
	{operationResellerAgreement, "2000"}: "Check the ID of the reseller: a PartnerID is a number, a tenant ID a GUID.",
	{operationResellerAgreement, "2001"}: "The ID of the reseller is missing. Give a PartnerID.",
	{operationResellerAgreement, "2200"}: adviceNoReseller,
	{operationResellerAgreement, "2201"}: "The reseller belongs to another region than yours. Name one of your region (partnercenter_indirect_resellers).",
	{operationResellerAgreement, "2203"}: adviceResellerUnsigned,
	{operationResellerAgreement, "2204"}: adviceNoReseller,
	{operationResellerAgreement, "2205"}: adviceNoReseller,
	{operationResellerAgreement, "2206"}: adviceResellerUnsigned,
}
