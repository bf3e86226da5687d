// SPDX-License-Identifier: MPL-2.0

package partnercenter

// remedyKey is a code, with the status where one code has two meanings; status 0 stands for every other.
type remedyKey struct {
	status int
	code   string
}

// Advice that several codes share.
const (
	adviceSupport    = "Only Microsoft can help here: ask partner support, with the correlation ID."
	adviceLater      = "Try again later; Microsoft's support finds the request by the correlation ID."
	adviceCredit     = "The credit line is used up. Pay open invoices or ask Microsoft for a higher limit before buying."
	adviceReview     = "Microsoft is reviewing the customer's account; purchases stay blocked for some days. Wait for the result in Partner Center."
	adviceReadAgain  = "The subscription was changed in Partner Center or by another program in the meantime. Plan again, and apply that plan."
	adviceWindow     = "The time in which this can be undone is over. Turn auto_renew_enabled off to let the subscription end with its term."
	adviceShrink     = "Licenses can only be given back within a few days of their purchase. Lower the quantity for the next term with scheduled_next_term_instructions."
	adviceNotActive  = "The customer has to activate the subscription first: open its activation link (partnercenter_activation_links) and finish at the publisher, or wait for the publisher."
	adviceSuspended  = "The subscription is suspended. Reactivate it first (suspended = false)."
	adviceEnded      = "The subscription has ended, and nothing about it can be changed any more. Buying it again is a new purchase."
	adviceGoneOffer  = "The offer is not on sale for this customer. Look at partnercenter_availabilities for what is, or ask the publisher."
	adviceBusy       = "The service is still busy with an earlier change or a renewal. Run again in a few minutes."
	adviceOrdered    = "The cart was already ordered: look for the order and its subscription before buying anything again."
	advicePartnerID  = "Check partner_id: it has to be the PartnerID (MPN, location) of an indirect reseller that has a relationship with you (partnercenter_indirect_resellers)."
	adviceRole       = "The role of the signed-in user does not allow this. The Admin agent role is required; Sales agents cannot change marketplace subscriptions."
	adviceSandbox    = "The integration sandbox allows 75 customers, 5 subscriptions per customer and 25 licenses per subscription. Remove some, or use the production account."
	adviceTransition = "Look at partnercenter_transition_eligibilities for what this subscription can become."
	adviceTarget     = "The subscription to move to has to be another one that is active, of the wanted product and SKU, and that ends no earlier than this one."
	adviceTermDate   = "The date has to be the end of another subscription of the customer or the end of a month. Take one of those that Partner Center offers."
	advicePromotion  = "Remove promotion_id, or take a promotion that this customer is eligible for."
	adviceAgreement  = "The customer has not accepted the present Microsoft Customer Agreement: not at all, or before 1 April 2023, which no longer counts. " +
		"Only a person at the customer can: in the Microsoft 365 admin center, or on the page that action partnercenter_request_customer_agreement gives."
	adviceOtherReseller = "This blocks changes of existing subscriptions too: set partner_id to a valid reseller first; an apply sends that before quantity, term and billing cycle."
	adviceAzure         = "Name another Azure subscription in provisioning_context, one that is active and fits the product."
	adviceRegister      = "Register the Azure subscription for reservations in the Azure portal, wait until that is done, and run again."
	adviceAzurePlan     = "Name an Azure plan of the customer in provisioning_context, one that has an active Azure subscription."
	adviceOrganization  = "Complete the customer's organization registration ID in Partner Center; the customer's country requires it."
)

// remedies are by code, from https://learn.microsoft.com/partner-center/developer/error-codes.
var remedies = map[remedyKey]string{
	// Sign-in and rights.
	{401, "800001"}: "The token does not belong to a partner. Check that tenant_id is the tenant of the Cloud Solution Provider partner.",
	{0, "900420"}:   "The token is meant for the retired Azure AD Graph. Obtain access_token (or refresh_token) for https://api.partnercenter.microsoft.com instead.",
	{0, "900421"}:   adviceMFA,
	{0, "900329"}:   adviceUser,
	{0, "900316"}:   adviceUser,
	{0, "900150"}:   adviceRole,
	{0, "900308"}:   "The signed-in user lacks a privilege, often a role in the customer's tenant (GDAP, such as Directory Reader). Let the customer grant it, or sign in as a user who has it.",
	{0, "900309"}:   "A Conditional Access policy of the tenant blocked this. Let the policy exempt this sign-in, or run from a place that it allows.",
	{403, "90000"}:  "Entra refused on behalf of Partner Center. Check the consent and the roles of the identity that signs in.",
	{0, "2032"}:     adviceRelation,
	{0, "20002"}:    adviceRelation,

	// The partner, the customer and the reseller.
	{0, "2030"}:     "The partner is not enrolled to sell in the customer's country. Enroll there in Partner Center, or buy through another partner account.",
	{0, "13605"}:    adviceAgreement,
	{0, "800039"}:   "The program of the indirect reseller, or of the partner itself, is not active: look at its status in Partner Center. " + adviceOtherReseller,
	{0, "900149"}:   "A program of the partner account is not active. Look at the account's status in Partner Center.",
	{0, "900123"}:   "The indirect reseller has not accepted the Microsoft Partner Agreement; the reseller's global administrator can in Partner Center. " + adviceOtherReseller,
	{0, "900124"}:   "The partner itself has not accepted the Microsoft Partner Agreement. A global administrator has to accept it in Partner Center.",
	{0, "900154"}:   "The ID in partner_id belongs to no active indirect reseller (partnercenter_indirect_resellers). " + adviceOtherReseller,
	{0, "800015"}:   advicePartnerID,
	{0, "800016"}:   advicePartnerID,
	{0, "2071"}:     advicePartnerID,
	{0, "2072"}:     advicePartnerID,
	{0, "900118"}:   "Check " + customerAttribute + ": it is the ID of the customer's Entra tenant.",
	{0, "60003"}:    "Check " + customerAttribute + ": there is no such tenant.",
	{0, "60002"}:    "Check the user: there is none of that name or ID.",
	{0, "800043"}:   "The account may not see prices. Buy with an account that may, or remove price_limit and spending_limit.",
	{0, "800069"}:   "The order failed a risk check. " + adviceSupport,
	{0, "800073"}:   adviceReview,
	{0, "800074"}:   adviceReview,
	{0, "800075"}:   "Microsoft has not approved the customer's account. " + adviceSupport,
	{0, "60000"}:    "The migration of the customer's licenses failed. " + adviceSupport,
	{409, "900112"}: "An upgrade of the customer to the Azure plan is pending. Finish it in Partner Center or wait for it, then run again.",
	{409, "900113"}: "An upgrade of the customer to the Azure plan is in progress. Run again when it is done.",
	{409, "900114"}: "An upgrade of the customer to the Azure plan has failed, and waiting does not help. " + adviceSupport,
	{0, "900116"}:   "The sandbox has as many Azure plans as are allowed. Delete test customers, or use the production account.",
	{404, "1000"}:   "There is nothing with this ID. Check it in the configuration.",
	{0, "600061"}:   "The acceptance is already confirmed with this contact. Nothing is left to be done.",
	{0, "600074"}:   "Partner Center has no status of the customer's account on record. Try again when the customer's account has been checked.",
	{0, "2007"}:     "The customer's address does not exist as it is written. Correct street, city, state and postal code.",
	{0, "900416"}:   "The customer's account is locked for purchases. " + adviceSupport,
	{0, "900419"}:   "The customer has as many subscriptions as are allowed. Remove some, or ask partner support.",
	{0, "900121"}:   adviceCredit,
	{0, "800023"}:   adviceCredit,
	{0, "800025"}:   adviceCredit,
	{0, "600002"}:   "The customer's country has no organization registration ID: remove it from the customer's profile in Partner Center.",
	{0, "600049"}:   adviceOrganization,
	{0, "600050"}:   "The customer's organization registration ID is malformed; the text names the form that the customer's country wants. Correct it in Partner Center.",
	{0, "600051"}:   "Add the customer's phone number in Partner Center; the customer's country requires it.",
	{0, "900127"}:   "The operation exists in the integration sandbox only, or only outside it. Check which account signs in.",
	{0, "900126"}:   "Partner Center does not know one of the values. Compare them with those that the documentation of the attributes lists.",
	{0, "800002"}:   "One of the values is not valid, and Partner Center's text says which. Correct it in the configuration.",
	{0, "3000"}:     "One of the values is not valid, and Partner Center's text says which. Correct it in the configuration.",
	{0, "900141"}:   "Partner Center does not offer this for this subscription. Take the change back in the configuration.",
	{0, "800042"}:   "Partner Center does not offer this for this subscription. Take the change back in the configuration.",
	{500, "800003"}: adviceLater,
	{0, "900192"}:   adviceLater,

	// The catalog.
	{0, "400013"}: "Check product_id: there is no such product for this customer or country.",
	{0, "400018"}: "Check sku_id: the product has no such SKU for this customer or country.",
	{0, "400019"}: "The catalog has re-issued the offer in the meantime. Run again: it is looked up each time.",
	{0, "400072"}: adviceGoneOffer,
	{0, "400030"}: "This segment is not open to the partner. Remove target_segment, or choose another.",
	{0, "400036"}: "This part of the catalog is not open to the partner. Choose another target_view.",
	{0, "900142"}: "The catalog item is missing. Check product_id and sku_id.",
	{0, "900143"}: adviceGoneOffer,
	{0, "900144"}: "The catalog item has no SKU to provision. Check product_id and sku_id.",
	{0, "2100"}:   "This is not an offer of the old kind. Name what to buy by product_id and sku_id.",
	{0, "800004"}: "Check product_id and sku_id: there is no such offer.",
	{0, "800070"}: "The offer is not sold in the customer's country. Choose another; partnercenter_products lists what is.",
	{403, "2006"}: "The partner may not sell this offer. Ask the publisher, or look at partnercenter_availabilities.",
	{400, "2006"}: "This offer does not allow the change. Take it back in the configuration.",
	{0, "2085"}:   adviceGoneOffer,
	{0, "2091"}:   adviceGoneOffer,
	{0, "800020"}: adviceGoneOffer + " The publisher may have kept it to other partners or customers.",

	// Carts, checkout and orders.
	{0, "800008"}: "The cart has expired or never existed. A cart lives for days only; if it was not ordered, make a new one.",
	{0, "800009"}: "A line of the cart has an error. Correct the line.",
	{0, "800010"}: "The offer is sold out at the moment. Try again later, or ask the publisher.",
	{0, "800017"}: "Fewer licenses are available than asked for. Lower quantity.",
	{0, "800018"}: adviceSandbox,
	{0, "800060"}: "An order of this customer is in progress. Look at the customer's orders in a few minutes, before buying anything again.",
	{0, "800064"}: "The cart is being ordered by another request. Look at the customer's orders in a few minutes, before buying anything again.",
	{0, "800065"}: adviceOrdered,
	{0, "800066"}: "The customer would have more subscriptions to this offer than are allowed. Raise the quantity of an existing one instead.",
	{0, "800067"}: "Lower quantity: a subscription to this offer cannot have so many licenses.",
	{0, "800088"}: "Lower quantity: the customer's other licenses of this offer count towards its limit.",
	{0, "800089"}: "The customer already has as much of this offer as is allowed, or product_id and sku_id name the wrong item.",
	{0, "800022"}: "The customer or the partner is not eligible for this purchase. " + adviceSupport,
	{0, "800024"}: "The customer or the partner is not eligible for this purchase. " + adviceSupport,
	{0, "800026"}: "The customer or the partner is not eligible for this purchase. " + adviceSupport,
	{0, "800062"}: "The customer or the partner is not eligible for this purchase. " + adviceSupport,
	{0, "800029"}: "The add-on does not fit the parent subscription. Check product_id and sku_id of both.",
	{0, "800086"}: "The offer is for certain kinds of customers (such as schools or authorities) only, and this is none of them. Choose another offer.",
	{0, "900128"}: "This offer is billed by usage and needs an Azure plan. Buy one for the customer, and name it in provisioning_context.",
	{0, "900129"}: "The Azure plan in provisioning_context does not exist, or has no active Azure subscription.",
	{0, "800011"}: "The ID in provisioning_context is no Azure subscription's. " + adviceAzure,
	{0, "800012"}: "The Azure subscription in provisioning_context is not active. Reactivate it, or name another.",
	{0, "800013"}: adviceRegister,
	{0, "800030"}: adviceRegister,
	{0, "800021"}: "There is no such subscription. Correct the ID in provisioning_context.",
	{0, "900312"}: "The scope in provisioning_context is not one that the product takes. Use one that the SKU names (provisioning_variables of partnercenter_sku).",
	{0, "900313"}: "The product needs the ID of an Azure subscription. Add it to provisioning_context under the name that the SKU gives (provisioning_variables of partnercenter_sku).",
	{0, "900314"}: "The Azure subscription in provisioning_context is not active. " + adviceAzure,
	{0, "900315"}: "The product cannot be bought with this Azure subscription. " + adviceAzure,
	{0, "900317"}: "The product needs the ID of an Azure plan. Add it to provisioning_context under the name that the SKU gives (provisioning_variables of partnercenter_sku).",
	{0, "900318"}: "The Azure plan is not known, or has no active Azure subscription. " + adviceAzurePlan,
	{0, "900321"}: "Savings plans do not allow this here. Do it in the Azure portal.",
	{0, "900323"}: "A savings plan has the partner on record of its Azure plan. Set partner_id to that reseller.",
	{0, "900252"}: "The order needs a purchase-order document. Attach it to the order in Partner Center.",
	{0, "900253"}: "The order is part of a tender, and has neither its link nor its document. Attach one of them in Partner Center.",
	{0, "900254"}: "The document of the order lacks the customer's price or its currency. Give both in Partner Center.",
	{0, "800007"}: "Nothing is known yet about the provisioning, or it does not apply (marketplace software). Look at the order (partnercenter_order) instead.",
	{0, "800031"}: "The purchase belongs to a system that Partner Center does not support. " + adviceSupport,
	{0, "800071"}: "The order has no such line. Check the line number (partnercenter_order).",
	{0, "900169"}: "The currency is neither the partner's nor that of the customer's market for this offer. " + adviceSupport,
	{0, "900203"}: "The offer wants its terms to be attested: set attestation_accepted = true after reading them.",
	{0, "900206"}: "The partner's statement about the partner on record is missing: set partner_id, which states it for that purchase, or partner_on_record_attested = true in the provider, which states it with every cart. " +
		"The statement is binding: set it only if it is true.",
	{0, "900275"}: "The quantity is outside of what the offer allows; partnercenter_sku shows the limits.",
	{0, "900242"}: adviceTermDate,
	{0, "27006"}:  "The promotion is used up for this customer. " + advicePromotion,
	{0, "27007"}:  "There is no such promotion for this offer. " + advicePromotion,
	{0, "4018"}:   "The order could not be processed. " + adviceSupport,
	{0, "20000"}:  "Check the ID of the order. One that was just placed may not be visible for up to 15 minutes.",
	{0, "800083"}: adviceSupport,
	{0, "800084"}: "Partner Center does not know one of the durations. Check term_duration.",
	{0, "800087"}: adviceSupport,
	{0, "800005"}: "The order was not created, as far as the service can tell. Look at the customer's orders before buying anything again.",
	{0, "800014"}: adviceBusy,
	{0, "800019"}: "Orders cannot be canceled outside the sandbox. Cancel the subscription.",
	{0, "800061"}: "The order cannot be canceled. Cancel the subscription.",
	{0, "800063"}: "The order cannot be canceled. Cancel the subscription.",
	{0, "800077"}: "Marketplace orders are canceled through their subscription.",
	{0, "800085"}: "The billing cycle has to be that of the original order. Set billing_cycle to it.",
	{0, "6000"}:   "The billing cycle of an inactive subscription cannot be changed. Reactivate it first, or set billing_cycle back.",
	{0, "6001"}:   "This offer does not allow another billing cycle. Set billing_cycle back.",
	{0, "900322"}: "The product cannot be bought in the integration sandbox. Take another one for tests.",

	// Subscriptions.
	{0, "20003"}:  "Check the ID of the subscription. One that was just bought may not be visible for up to 15 minutes.",
	{0, "800037"}: "Check the ID of the subscription: there is no such purchase.",
	{0, "2012"}:   "Partner Center cannot match the subscription with the one in the customer's tenant. If it is minutes old, run again later; else ask partner support, with the correlation ID.",
	{0, "800038"}: "Partner Center knows nothing about the future billing of this subscription. Nothing can be done about that.",
	{0, "800092"}: "Licenses with Software Assurance cannot be added to this subscription. Buy another subscription.",
	{0, "900115"}: "An Azure plan cannot be suspended while Azure subscriptions under it are active. Cancel those first.",
	{0, "2001"}:   adviceSuspended,
	{0, "800091"}: adviceSuspended,
	{0, "2002"}:   "The quantity is outside of what the offer allows; partnercenter_sku shows the limits.",
	{0, "2011"}:   adviceEnded,
	{0, "900277"}: adviceEnded,
	{0, "2054"}:   "The billing cycle of this subscription can only be changed through its order. Do that in Partner Center.",
	{0, "2055"}:   adviceReadAgain,
	{0, "800027"}: "The number of licenses of this offer cannot be changed. Buy another subscription, or ask the publisher.",
	{0, "800028"}: "The subscription's term is not sold any more, so nothing about it can be changed. Buy another subscription when it ends.",
	{0, "800036"}: "A condition for the change does not hold, perhaps because the subscription was changed in Partner Center or by another program. Plan again, and apply that plan.",
	{0, "800040"}: "The subscription cannot go from its status to the wanted one. Plan again to see which status it has.",
	{0, "800041"}: "The subscription was activated already: nothing is left to be done.",
	{0, "800081"}: adviceNotActive,
	{0, "800082"}: adviceBusy + " A marketplace subscription that is not set up yet waits for its publisher: open its link (partnercenter_activation_links).",
	{0, "800090"}: adviceShrink,
	{0, "900214"}: adviceShrink,
	{0, "900257"}: adviceShrink,
	{0, "800093"}: "This offer does not renew by itself, or is not eligible for an extended service term: remove auto_renew_enabled, or set it to false; write end_of_term = \"cancel\" in place of another value.",
	{0, "800094"}: adviceLater,
	{0, "800095"}: "The publisher or the offer does not allow another quantity of this subscription. Set quantity back, or ask the publisher.",
	{0, "800096"}: "The publisher or the offer does not allow another status of this subscription. Marketplace subscriptions are canceled, not suspended.",
	{0, "800097"}: "The publisher or the offer does not allow another billing cycle of this subscription. Set billing_cycle back, or ask the publisher.",
	{0, "800098"}: "The publisher or the offer does not allow another partner on record of this subscription. Set partner_id back, or ask the publisher.",
	{0, "800072"}: adviceBusy,
	{0, "800107"}: "A trial keeps its term. Let it become the paid subscription first.",
	{0, "800121"}: "The offer is not sold for this term; partnercenter_availabilities shows those it is sold for.",
	{0, "800122"}: "A term can only become longer. Schedule a shorter one for the renewal with scheduled_next_term_instructions.",
	{0, "900117"}: adviceWindow,
	{0, "900213"}: adviceWindow,
	{0, "900263"}: "This is a subscription of the old kind, for which the API does not offer this. Make the change in Partner Center.",
	{0, "900244"}: "Remove custom_term_end_date: only new-commerce subscriptions take one.",
	{0, "900245"}: "custom_term_end_date has to lie inside the first term after the renewal.",
	{0, "900246"}: adviceTermDate,
	{0, "900258"}: adviceTarget,
	{0, "900259"}: adviceTarget,
	{0, "900260"}: adviceTarget,
	{0, "900261"}: adviceBusy,
	{0, "900236"}: adviceTarget,
	{0, "900267"}: adviceTransition,
	{0, "900268"}: adviceTransition,
	{0, "900269"}: adviceTransition,
	{0, "900270"}: adviceTransition,
	{0, "900278"}: "An earlier change is still pending, which can take 24 hours. Run again after that.",
	{0, "900279"}: "Partner Center allows no more changes of this subscription. " + adviceSupport,
	{0, "900280"}: "Partner Center allows no changes at the moment, often because of a renewal. Run again in some hours.",
	{0, "900311"}: "This subscription was changed as often as is allowed (about 1,200 times). " + adviceSupport,
	{0, "27009"}:  "The parent subscription is not active. Reactivate it first.",
}
