// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"crypto/tls"
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestRemedy(t *testing.T) {
	for name, test := range map[string]struct {
		err  error
		want string
	}{
		"nothing":                          {nil, ""},
		"another error":                    {errors.New("x"), ""},
		"wrapped":                          {fmt.Errorf("buying: %w", &Error{StatusCode: 403, Code: "13605"}), "Microsoft Customer Agreement"},
		"role":                             {&Error{StatusCode: 403, Code: "900150"}, "Admin agent"},
		"privilege":                        {&Error{StatusCode: 403, Code: "900308"}, "GDAP"},
		"Conditional Access":               {&Error{StatusCode: 403, Code: "900309"}, "Conditional Access"},
		"application only":                 {&Error{StatusCode: 403, Code: "900329"}, "refresh_token"},
		"user operation, refused":          {&Error{StatusCode: 403, UserOnly: true}, "refresh_token"},
		"user operation, refused to user":  {&Error{StatusCode: 403, UserOnly: true, asUser: true}, "Admin agent"},
		"multifactor, no code":             {&Error{StatusCode: 401, Description: "MFA is required"}, "multifactor"},
		"multifactor, in words":            {&Error{StatusCode: 401, Code: "400", Description: "Multi-Factor authentication is needed"}, "multifactor"},
		"retired audience":                 {&Error{StatusCode: 401, Code: "900420"}, "Azure AD Graph"},
		"token refused":                    {&Error{StatusCode: 401}, "app management"},
		"token refused, with its code":     {&Error{StatusCode: 401, Code: "400"}, "app management"},
		"access token refused":             {&Error{StatusCode: 401, Code: "400", fixedToken: true}, "Obtain a new one"},
		"publisher: not activated":         {&Error{StatusCode: 400, Code: "800081"}, "activation link"},
		"publisher: quantity":              {&Error{StatusCode: 400, Code: "800095"}, "publisher"},
		"one code, two meanings: partner":  {&Error{StatusCode: 403, Code: "2006"}, "may not sell"},
		"one code, two meanings: change":   {&Error{StatusCode: 400, Code: "2006"}, "does not allow the change"},
		"checkout in progress":             {&Error{StatusCode: 409, Code: "800060"}, "before buying anything again"},
		"window":                           {&Error{StatusCode: 400, Code: "900213"}, "auto_renew_enabled"},
		"outcome unknown":                  {&Error{StatusCode: 503, Unclear: true}, "may have been made: look"},
		"outcome unknown, nothing else":    {&Error{Err: errors.New("EOF"), Unclear: true}, "may have been made: look"},
		"throttled":                        {&Error{StatusCode: 429}, "requests_per_minute"},
		"unknown code":                     {&Error{StatusCode: 400, Code: "123456"}, ""},
		"unknown code of a refused caller": {&Error{StatusCode: 403, Code: "123456"}, "relationship"},
		"service error":                    {&Error{StatusCode: 502}, "correlation ID"},
		"not offered":                      {&Error{StatusCode: 501}, "endpoint"},
		"proxy":                            {&Error{StatusCode: 407}, "HTTPS_PROXY"},
		"untrusted server":                 {&Error{Err: &tls.CertificateVerificationError{Err: errors.New("x")}}, "SSL_CERT_FILE"},
		"sign-in":                          {&Error{Unclear: true, Err: noToken{advice: "Check it."}}, "Check it."},
		"second factor, refresh token":     {&Error{StatusCode: 401, Code: "900421", asUser: true}, "The refresh_token comes from a sign-in without"},
		"second factor, application":       {&Error{StatusCode: 401, Code: "900421", asApplication: true}, "asks no application"},
		"second factor, no body":           {&Error{StatusCode: 401, wantsMFA: true, asUser: true}, "The refresh_token comes from a sign-in without"},
		"second factor":                    {&Error{StatusCode: 401, Code: "900421"}, "multifactor"},
		"attestation":                      {&Error{StatusCode: 400, Code: "900206"}, "partner_on_record_attested"},
		"reseller refused":                 {&Error{StatusCode: 400, Code: "900154"}, "set partner_id to a valid reseller first"},
		"one code, two calls: change":      {&Error{StatusCode: 400, Code: "2001"}, "suspended"},
		"one code, two calls: reseller":    {&Error{Operation: operationResellerAgreement, StatusCode: 400, Code: "2001"}, "PartnerID"},
		"upgrade failed":                   {&Error{StatusCode: 409, Code: "900114"}, "waiting does not help"},
		"cart line of an add-on":           {&CartLineError{ErrorCode: "400041"}, "depends_on"},
		"cart line, by number":             {fmt.Errorf("buying: %w", &CartLineError{ErrorCode: "10013"}), "term_duration"},
		"cart line, by name":               {&CartLineError{ErrorCode: "AttestationNotAccepted"}, "attestation_accepted = true"},
		"cart line, unknown":               {&CartLineError{ErrorCode: "77"}, ""},
		"slow":                             {&Error{Err: fmt.Errorf("%w within 3m", errNoAnswer)}, "request_timeout"},
		"empty ID":                         {&Error{Err: errNoID}, "Check the IDs"},
	} {
		t.Run(name, func(t *testing.T) {
			got := Remedy(test.err)
			if !strings.Contains(got, test.want) || test.want == "" && got != "" {
				t.Errorf("got %q, want %q in it", got, test.want)
			}
		})
	}
}

// The codes of reference/commerce.md#codes-general-authentication-partner-and-customer-state to
// reference/commerce.md#codes-subscription-updates, that a purchase or change can meet.
var documentedCodes = strings.Fields(`400072 3000 800002 900118 900126 900127 900141 800042 800001 900420 2030 2032 20002 13605 800039 800043
	800069 800073 800074 800075 900123 900124 900121 900149 900150 900308 900309 900329 900416 900154 900419 60002 60003 600002 600049 600050
	600051 800003 900192 400030 400036 400013 400018 400019 900142 900143 900144 2100 800004 800070 2085 2091 800020 800008 800009 800010 800017
	800018 800060 800064 800065 800066 800067 800088 800089 800022 800024 800026 800062 800023 800025 800029 800086 900128 900129 900169 900203
	900206 900275 900242 27006 27007 800015 800016 2071 2072 4018 20000 800005 800083 800084 800087 800014 800019 800061 800063 800077 800085 6000 6001 900322 20003
	800037 2001 2002 2011 2054 2055 800027 800028 800036 800040 800041 800081 800082 800090 800091 800093 800094 800095 800096 800097 800098
	800072 800107 800121 800122 900117 900213 900214 900257 900263 900244 900245 900246 900258 900259 900260 900261 900236 900267 900268 900269
	900270 900277 900278 900279 900280 900311 27009
	2012 60000 800007 800011 800012 800013 800021 800030 800031 800038 800092 900112 900113 900114 900115 900116 900252 900253 900254 900312 900313
	900314 900315 900316 900317 900318 900321 900323 900421 800071 1000`)

func TestRemedies_coverTheReference(t *testing.T) {
	for _, code := range documentedCodes {
		if got := Remedy(&Error{StatusCode: 499, Code: code}); got == "" && remedies[remedyKey{400, code}] == "" && remedies[remedyKey{404, code}] == "" && remedies[remedyKey{409, code}] == "" && remedies[remedyKey{401, code}] == "" &&
			remedies[remedyKey{500, code}] == "" {
			t.Errorf("code %s has no remedy", code)
		}
	}
	for key, text := range remedies {
		if !strings.HasSuffix(text, ".") || strings.Contains(text, "  ") || strings.Count(text, ". ") > 2 {
			t.Errorf("code %s: %q is not one or two sentences", key.code, text)
		}
	}
	for key, text := range callRemedies {
		if !strings.HasSuffix(text, ".") || strings.Count(text, ". ") > 2 {
			t.Errorf("code %s of %s: %q is not one or two sentences", key.code, key.operation, text)
		}
	}
	for what, all := range map[string]map[string]namedRemedy{"cart line": cartErrors, "transition": transitionErrors, "transition target": targetErrors} {
		for code, known := range all {
			if !strings.HasSuffix(known.remedy, ".") || strings.Count(known.remedy, ". ") > 1 {
				t.Errorf("%s error %s: %q is not one or two sentences", what, code, known.remedy)
			}
		}
	}
}

func TestTransitionError_remedies(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		code           Text
		source, target string
	}{
		"a number":              {"2", "Reactivate this one first", "cancellation window"},
		"a name":                {"UserLicenseError", "without license transfer", ""},
		"a name of a target":    {"subscription_in_cancellation_window", "", "cancellation window"},
		"without a meaning":     {"0", "", ""},
		"one that is not known": {"4711", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := TransitionError{Code: test.code}
			if got := e.Remedy(); !strings.Contains(got, test.source) || (got == "") != (test.source == "") {
				t.Errorf("Remedy = %q, want %q in it", got, test.source)
			}
			if got := e.TargetRemedy(); !strings.Contains(got, test.target) || (got == "") != (test.target == "") {
				t.Errorf("TargetRemedy = %q, want %q in it", got, test.target)
			}
		})
	}
}
