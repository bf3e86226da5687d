// SPDX-License-Identifier: MPL-2.0

package framework

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func TestCodes(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		of      validator.String
		value   types.String
		refused string // part of the message; "" where the value is accepted
	}{
		"a country":                            {Country(), types.StringValue("DE"), ""},
		"another country":                      {Country(), types.StringValue("GB"), ""},
		"a newer country":                      {Country(), types.StringValue("SS"), ""},
		"the first and the last":               {Country(), types.StringValue("AD"), ""},
		"null":                                 {Country(), types.StringNull(), ""},
		"unknown":                              {Country(), types.StringUnknown(), ""},
		"the United Kingdom":                   {Country(), types.StringValue("UK"), `"UK" is no country: a country is an ISO 3166-1 alpha-2 code of two capitals, such as DE. Write "GB".`},
		"a language for a country":             {Country(), types.StringValue("EL"), `Write "GR".`},
		"lower case":                           {Country(), types.StringValue("de"), `Write "DE".`},
		"lower case and wrong":                 {Country(), types.StringValue("uk"), `Write "GB".`},
		"empty":                                {Country(), types.StringValue(""), `"" is no country`},
		"three letters":                        {Country(), types.StringValue("DEU"), `Write "DE".`},
		"nobody's":                             {Country(), types.StringValue("EU"), `such as DE.`},
		"a name":                               {Country(), types.StringValue("Germany"), `"Germany" is no country`},
		"a locale":                             {Country(), types.StringValue("de-DE"), `"de-DE" is no country`},
		"two countries":                        {Country(), types.StringValue("DE DJ"), `"DE DJ" is no country`},
		"a space":                              {Country(), types.StringValue(" "), `" " is no country`},
		"lower case where it is compared here": {CountryInAnyCase(), types.StringValue("fr"), ""},
		"lower case and wrong where it is compared": {CountryInAnyCase(), types.StringValue("uk"), `Write "GB".`},
		"a currency":                {Currency(), types.StringValue("EUR"), ""},
		"a currency of older bills": {Currency(), types.StringValue("HRK"), ""},
		"a currency in lower case":  {Currency(), types.StringValue("eur"), `Write "EUR".`},
		"a symbol":                  {Currency(), types.StringValue("€"), `Write "EUR".`},
		"a name of a currency":      {Currency(), types.StringValue("Euro"), `Write "EUR".`},
		"looks right and is not":    {Currency(), types.StringValue("EUO"), `"EUO" is no currency: a currency is an ISO 4217 code of three capitals, such as EUR.`},
		"no currency":               {Currency(), types.StringValue(""), `"" is no currency`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var resp validator.StringResponse
			test.of.ValidateString(t.Context(), validator.StringRequest{Path: path.Root("x"), ConfigValue: test.value}, &resp)
			switch errors := resp.Diagnostics.Errors(); {
			case test.refused == "" && len(errors) > 0:
				t.Errorf("refused: %s", errors[0].Detail())
			case test.refused != "" && (len(errors) != 1 || !strings.Contains(errors[0].Detail(), test.refused)):
				t.Errorf("got %v, want %q", errors, test.refused)
			}
		})
	}
}

// What is suggested is accepted, and what is accepted needs no suggestion.
func TestCodes_suggestions(t *testing.T) {
	t.Parallel()
	for _, v := range []codeValidator{Country().(codeValidator), Currency().(codeValidator)} {
		for wrong, right := range v.meant {
			if v.knows(wrong) && v.suggest(wrong) != wrong || !v.knows(right) {
				t.Errorf("%s: %s is suggested for %s", v.noun, right, wrong)
			}
			if v.knows(wrong) {
				t.Errorf("%s: %s is a code itself", v.noun, wrong)
			}
		}
	}
	if got := len(strings.Fields(countries)); got != 250 {
		t.Errorf("%d countries, want 249 and Kosovo", got)
	}
}
