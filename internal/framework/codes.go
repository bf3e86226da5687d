// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// countries are the codes of ISO 3166-1 alpha-2, and XK, which Microsoft sells Kosovo under.
const countries = " AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL " +
	"CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN " +
	"HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP " +
	"MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ " +
	"SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW "

// currencies are the codes of ISO 4217 for money that is in use or was until lately, because older invoices are in it.
const currencies = " AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUC CUP CVE CZK " +
	"DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD " +
	"KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD " +
	"RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD " +
	"XCG XOF XPF YER ZAR ZMW ZWG ZWL "

// Codes that people write for the right-hand one: of a language, of a car, of a union, or of another list.
var (
	meantCountry = map[string]string{
		"UK": "GB", "EL": "GR", "EN": "GB", "JA": "JP", "KO": "KR", "DA": "DK", "CS": "CZ", "ZH": "CN", "SP": "ES", "HI": "IN", "HE": "IL",
		"SUI": "CH", "GER": "DE", "AUT": "AT", "DEU": "DE", "CHE": "CH", "GBR": "GB", "USA": "US", "FRA": "FR", "ITA": "IT", "ESP": "ES", "NLD": "NL", "BEL": "BE",
		"POL": "PL", "IRL": "IE", "CAN": "CA", "AUS": "AU", "JPN": "JP", "IND": "IN", "BRA": "BR", "SWE": "SE", "NOR": "NO", "DNK": "DK", "FIN": "FI", "PRT": "PT",
	}
	meantCurrency = map[string]string{
		"EURO": "EUR", "€": "EUR", "DEM": "EUR", "ATS": "EUR", "FRF": "EUR", "US": "USD", "US$": "USD", "$": "USD", "£": "GBP", "GB": "GBP", "UKP": "GBP", "STG": "GBP",
		"SFR": "CHF", "RMB": "CNY", "CNH": "CNY", "¥": "JPY", "YEN": "JPY", "RUR": "RUB", "NTD": "TWD", "TRL": "TRY", "MXP": "MXN", "ZL": "PLN",
	}
)

// Country accepts an ISO 3166-1 alpha-2 code in capitals. The service answers others with an empty list.
func Country() validator.String {
	return codeValidator{"country", "a country is an ISO 3166-1 alpha-2 code of two capitals, such as DE", countries, meantCountry, false}
}

// CountryInAnyCase accepts the codes of Country in any case, for what the provider compares itself.
func CountryInAnyCase() validator.String {
	return codeValidator{"country", "a country is an ISO 3166-1 alpha-2 code of two letters, such as DE", countries, meantCountry, true}
}

// Currency accepts an ISO 4217 code in capitals.
func Currency() validator.String {
	return codeValidator{"currency", "a currency is an ISO 4217 code of three capitals, such as EUR", currencies, meantCurrency, false}
}

type codeValidator struct {
	noun, form string
	known      string // codes with a space before and after each
	meant      map[string]string
	anyCase    bool
}

func (v codeValidator) Description(context.Context) string { return v.form }

func (v codeValidator) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v codeValidator) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if !Known(req.ConfigValue) {
		return
	}
	got := req.ConfigValue.ValueString()
	if v.knows(got) || v.anyCase && v.knows(strings.ToUpper(got)) {
		return
	}
	text := fmt.Sprintf("%q is no %s: %s.", got, v.noun, v.form)
	if right := v.suggest(got); right != "" {
		text += fmt.Sprintf(" Write %q.", right)
	}
	resp.Diagnostics.AddAttributeError(req.Path, "Unknown "+v.noun, text)
}

func (v codeValidator) knows(code string) bool {
	return code != "" && !strings.Contains(code, " ") && strings.Contains(v.known, " "+code+" ")
}

// suggest is the code that was probably meant, or "".
func (v codeValidator) suggest(wrong string) string {
	upper := strings.ToUpper(strings.TrimSpace(wrong))
	if v.knows(upper) {
		return upper
	}
	return v.meant[upper]
}
