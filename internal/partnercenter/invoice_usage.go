// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"cmp"

	"github.com/shopspring/decimal"
)

// InvoiceUsage is what was used, in lines that charge for usage.
// See https://learn.microsoft.com/partner-center/developer/invoice-resources#dailyratedusagelineitem.
type InvoiceUsage struct {
	MeterID                   string           `json:"meterId"`
	MeterName                 string           `json:"meterName"`
	MeterType                 string           `json:"meterType"`
	MeterCategory             string           `json:"meterCategory"`
	MeterSubCategory          string           `json:"meterSubCategory"`
	MeterRegion               string           `json:"meterRegion"`
	UnitOfMeasure             string           `json:"unitOfMeasure"`
	ConsumedService           string           `json:"consumedService"`
	ResourceURI               string           `json:"resourceUri"`
	ResourceGroup             string           `json:"resourceGroup"`
	ResourceLocation          string           `json:"resourceLocation"`
	Tags                      Text             `json:"tags"`           // JSON in a string
	AdditionalInfo            Text             `json:"additionalInfo"` // JSON in a string
	ServiceInfo1              Text             `json:"serviceInfo1"`
	ServiceInfo2              Text             `json:"serviceInfo2"`
	EntitlementID             string           `json:"entitlementId"` // the Azure subscription
	EntitlementDescription    string           `json:"entitlementDescription"`
	HasPartnerEarnedCredit    bool             `json:"hasPartnerEarnedCredit"`
	RateOfPartnerEarnedCredit *decimal.Decimal `json:"rateOfPartnerEarnedCredit"`
	RateOfCredit              *decimal.Decimal `json:"rateOfCredit"`
	CreditType                string           `json:"creditType"`
}

// otherNames are members of legacy and exported lines that the others know by another name.
type otherNames struct {
	Tier2MPNID       Text             `json:"tier2MpnId"`
	Total            *decimal.Decimal `json:"total"`
	EarnedCredit     *decimal.Decimal `json:"partnerEarnedCreditPercentage"`
	Unit             string           `json:"unit"`
	DomainName       string           `json:"domainName"`
	BillingCycleType string           `json:"billingCycleType"`
	Tax              *decimal.Decimal `json:"tax"`
}

func (l otherNames) fill(i *InvoiceLineItem) {
	i.ResellerMPNID = cmp.Or(i.ResellerMPNID, l.Tier2MPNID)
	i.CustomerDomainName = cmp.Or(i.CustomerDomainName, l.DomainName)
	i.BillingFrequency = cmp.Or(i.BillingFrequency, l.BillingCycleType)
	if i.TaxTotal == nil {
		i.TaxTotal = l.Tax
	}
	if i.TotalForCustomer == nil {
		i.TotalForCustomer = l.Total
	}
}
