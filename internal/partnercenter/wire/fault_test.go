// SPDX-License-Identifier: MPL-2.0

package wire

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestReadFault(t *testing.T) {
	for name, test := range map[string]struct {
		body string
		want Fault
	}{
		"shape A, code as text": {
			`{"code":"800081","description":"The subscription has not been activated yet.","data":[],"source":"PartnerFD"}`,
			Fault{Code: "800081", Description: "The subscription has not been activated yet."},
		},
		"shape A, code as number": {`{"code":800090,"description":"No.","source":"PartnerFD"}`, Fault{Code: "800090", Description: "No."}},
		"code as decimal":         {`{"code":800090.0,"description":"No."}`, Fault{Code: "800090", Description: "No."}},
		"PascalCase":              {`{"Code":"3000","Description":"Invalid.","Data":["quantity"]}`, Fault{"3000", "Invalid.", []string{"quantity"}}},
		"data of objects":         {`{"code":"1","description":"d","data":[{"a": 1},"b",2,null,{}]}`, Fault{"1", "d", []string{`{"a": 1}`, "b", "2"}}},
		"data is an object":       {`{"code":"1","description":"d","data":{"a":"b"}}`, Fault{"1", "d", []string{`{"a":"b"}`}}},
		"data is a text":          {`{"code":"1","description":"d","data":"seat"}`, Fault{"1", "d", []string{"seat"}}},
		"shape B": {
			`{"code":600074,"message":"m","description":"d","errorName":"AccountStatusNotFound","isRetryable":false,"parameters":{},"errorMessageExtended":"InternalErrorCode=600074"}`,
			Fault{"600074", "d", []string{"AccountStatusNotFound"}},
		},
		"shape B without description": {`{"code":600074,"message":"m"}`, Fault{Code: "600074", Description: "m"}},
		"shape C": {
			`{"statusCode":429,"message":"Rate limit is exceeded. Try again in 41 seconds."}`,
			Fault{Description: "Rate limit is exceeded. Try again in 41 seconds."},
		},
		"web server's":            {`{"Message":"The request is invalid."}`, Fault{Description: "The request is invalid."}},
		"nested":                  {`{"error":{"code":"Unauthorized","message":"no"}}`, Fault{Code: "Unauthorized", Description: "no"}},
		"sign-in service":         {`{"error":"invalid_client","error_description":"AADSTS7000215: Invalid.\r\nTrace ID: 1"}`, Fault{Description: "AADSTS7000215: Invalid. Trace ID: 1"}},
		"byte-order mark handled": {"{\"code\":\"1\"}", Fault{Code: "1"}},
		"breaks off in the text":  {`{"code":"800002","description":"The inp`, Fault{Code: "800002"}},
		"breaks off after it":     {`{"description":"d","code":"80`, Fault{Description: "d"}},
		"wrong kinds":             {`{"code":{"a":1},"description":["x"],"data":true,"message":7}`, Fault{Description: "7", Data: []string{"true"}}},
		"nothing":                 {``, Fault{}},
		"empty object":            {`{}`, Fault{Description: "{}"}},
		"page with a title":       {"<html><head><title>502 Bad\n Gateway</title></head><body>x</body></html>", Fault{Description: "502 Bad Gateway"}},
		"page without":            {"<html><style>p{}</style><p>Service&nbsp;&amp; more</p><script>evil()</script></html>", Fault{Description: "Service & more"}},
		"plain text":              {"upstream\tconnect\r\nerror\x00", Fault{Description: `upstream connect error\u{0}`}},
		"broken characters":       {"a\xff\xfeb", Fault{Description: `a\xff\xfeb`}},
		"array":                   {`["a"]`, Fault{Description: `["a"]`}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := ReadFault([]byte(test.body)); !reflect.DeepEqual(got, test.want) {
				t.Errorf("got  %#v\nwant %#v", got, test.want)
			}
		})
	}
}

func TestIsFault(t *testing.T) {
	for body, want := range map[string]bool{
		`{"code":"400072","description":"Item is not available","data":[],"source":"x"}`: true,
		`{"code":400072,"message":"m"}`:                true,
		`{"statusCode":500,"message":"m"}`:             true,
		`{"code":"0","description":"d"}`:               false,
		`{"code":"EUR","description":"Euro"}`:          false,
		`{"code":"400072"}`:                            false,
		`{"id":"1","code":"400072","description":"d"}`: false,
		`{"code":"400072","description":"d"`:           false,
		`{}`:                                           false, `[]`: false, ``: false, `null`: false, `"400072"`: false,
	} {
		if got := IsFault([]byte(body)); got != want {
			t.Errorf("%s: got %t, want %t", body, got, want)
		}
	}
}

func FuzzReadFault(f *testing.F) {
	for _, seed := range []string{
		`{"code":"800081","description":"d","data":[{"a":1}],"source":"PartnerFD"}`, `{"code":600074,"message":"m","errorName":"n"}`,
		`{"statusCode":429,"message":"Rate limit is exceeded. Try again in 41 seconds."}`, `<html><title>x</title>`, `<script`, "\uFEFF{", ``, `{"error":{"code":1}}`,
		`{"code":1e999,"description":null,"data":[[[]]]}`, "{\"description\":\"\xff\"}", `{"code":`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		got := ReadFault(body)
		for _, text := range append([]string{got.Code, got.Description}, got.Data...) {
			if !utf8.ValidString(text) || utf8.RuneCountInString(text) > maxDescription || strings.ContainsAny(text, "\n\r\x00\x1b") {
				t.Errorf("%q cannot be shown", text)
			}
		}
		_ = IsFault(body)
	})
}
