// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestReadFault(t *testing.T) {
	for name, test := range map[string]struct {
		body string
		want fault
	}{
		"shape A, code as text": {
			`{"code":"800081","description":"The subscription has not been activated yet.","data":[],"source":"PartnerFD"}`,
			fault{code: "800081", description: "The subscription has not been activated yet."},
		},
		"shape A, code as number": {`{"code":800090,"description":"No.","source":"PartnerFD"}`, fault{code: "800090", description: "No."}},
		"code as decimal":         {`{"code":800090.0,"description":"No."}`, fault{code: "800090", description: "No."}},
		"PascalCase":              {`{"Code":"3000","Description":"Invalid.","Data":["quantity"]}`, fault{"3000", "Invalid.", []string{"quantity"}}},
		"data of objects":         {`{"code":"1","description":"d","data":[{"a": 1},"b",2,null,{}]}`, fault{"1", "d", []string{`{"a": 1}`, "b", "2"}}},
		"data is an object":       {`{"code":"1","description":"d","data":{"a":"b"}}`, fault{"1", "d", []string{`{"a":"b"}`}}},
		"data is a text":          {`{"code":"1","description":"d","data":"seat"}`, fault{"1", "d", []string{"seat"}}},
		"shape B": {
			`{"code":600074,"message":"m","description":"d","errorName":"AccountStatusNotFound","isRetryable":false,"parameters":{},"errorMessageExtended":"InternalErrorCode=600074"}`,
			fault{"600074", "d", []string{"AccountStatusNotFound"}},
		},
		"shape B without description": {`{"code":600074,"message":"m"}`, fault{code: "600074", description: "m"}},
		"shape C": {
			`{"statusCode":429,"message":"Rate limit is exceeded. Try again in 41 seconds."}`,
			fault{description: "Rate limit is exceeded. Try again in 41 seconds."},
		},
		"web server's":            {`{"Message":"The request is invalid."}`, fault{description: "The request is invalid."}},
		"nested":                  {`{"error":{"code":"Unauthorized","message":"no"}}`, fault{code: "Unauthorized", description: "no"}},
		"sign-in service":         {`{"error":"invalid_client","error_description":"AADSTS7000215: Invalid.\r\nTrace ID: 1"}`, fault{description: "AADSTS7000215: Invalid. Trace ID: 1"}},
		"byte-order mark handled": {"{\"code\":\"1\"}", fault{code: "1"}},
		"breaks off in the text":  {`{"code":"800002","description":"The inp`, fault{code: "800002"}},
		"breaks off after it":     {`{"description":"d","code":"80`, fault{description: "d"}},
		"wrong kinds":             {`{"code":{"a":1},"description":["x"],"data":true,"message":7}`, fault{description: "7", data: []string{"true"}}},
		"nothing":                 {``, fault{}},
		"empty object":            {`{}`, fault{description: "{}"}},
		"page with a title":       {"<html><head><title>502 Bad\n Gateway</title></head><body>x</body></html>", fault{description: "502 Bad Gateway"}},
		"page without":            {"<html><style>p{}</style><p>Service&nbsp;&amp; more</p><script>evil()</script></html>", fault{description: "Service & more"}},
		"plain text":              {"upstream\tconnect\r\nerror\x00", fault{description: "upstream connect error"}},
		"broken characters":       {"a\xff\xfeb", fault{description: "ab"}},
		"array":                   {`["a"]`, fault{description: `["a"]`}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := readFault([]byte(test.body)); !reflect.DeepEqual(got, test.want) {
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
		if got := isFault([]byte(body)); got != want {
			t.Errorf("%s: got %t, want %t", body, got, want)
		}
	}
}

func FuzzError(f *testing.F) {
	for _, seed := range []string{
		`{"code":"800081","description":"d","data":[{"a":1}],"source":"PartnerFD"}`, `{"code":600074,"message":"m","errorName":"n"}`,
		`{"statusCode":429,"message":"Rate limit is exceeded. Try again in 41 seconds."}`, `<html><title>x</title>`, `<script`, "\uFEFF{", ``, `{"error":{"code":1}}`,
		`{"code":1e999,"description":null,"data":[[[]]]}`, "{\"description\":\"\xff\"}", `{"code":`,
	} {
		f.Add(429, []byte(seed))
	}
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		got := readFault(body)
		for _, text := range append([]string{got.code, got.description}, got.data...) {
			if !utf8.ValidString(text) || utf8.RuneCountInString(text) > maxDescription || strings.ContainsAny(text, "\n\r\x00\x1b") {
				t.Errorf("%q cannot be shown", text)
			}
		}
		a := answer{status: status, body: body}
		if wait := a.retryAfter(start); wait < 0 || wait > longestRetryAfter {
			t.Errorf("waits %s", wait)
		}
		e := &Error{Operation: "x", StatusCode: status, Code: got.code, Description: got.description, Data: got.data}
		if e.Error() == "" {
			t.Error("the error is empty")
		}
		_ = Remedy(e)
		_ = isFault(body)
	})
}
