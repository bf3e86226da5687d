// SPDX-License-Identifier: MPL-2.0

package wire

import (
	"bytes"
	"encoding/json"
	"html"
	"regexp"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/escape"
)

// Fault is what the body of an unsuccessful answer says.
type Fault struct {
	// Code is the service's own, in digits where it has one.
	Code string
	// Description is one printable line.
	Description string
	// Data are the details that some errors have.
	Data []string
}

const (
	maxDescription = 1024 // documented for the service's own texts; a page of a gateway is cut off here
	maxDataItems   = 20
	maxFault       = 1 << 20 // no error is larger
)

// descriptions are the members that hold the text, in the order of their worth, across the shapes of
// reference/customers-and-billing.md#errors and those of the web server before it.
var descriptions = []string{"description", "message", "error_description", "errormessage", "detail", "title"}

// ReadFault reads any body: the three documented shapes, a page or text of a gateway, JSON that breaks off, or nothing.
func ReadFault(body []byte) Fault {
	body = body[:min(len(body), maxFault)]
	fields, _ := objectFields(body)
	if len(fields) == 0 {
		return Fault{Description: plainText(body)}
	}
	if inner, _ := objectFields(fields["error"]); len(inner) > 0 {
		fields = inner
	}
	f := Fault{Code: codeText(fields["code"]), Data: dataTexts(fields["data"])}
	for _, name := range descriptions {
		if f.Description = OneLine(scalarText(fields[name])); f.Description != "" {
			break
		}
	}
	if name := OneLine(scalarText(fields["errorname"])); name != "" && !strings.Contains(f.Description, name) {
		f.Data = append(f.Data, name)
	}
	return f
}

// codeText takes numbers and strings: both are documented for the same codes.
func codeText(raw json.RawMessage) string {
	return OneLine(strings.TrimSuffix(scalarText(raw), ".0"))
}

func dataTexts(raw json.RawMessage) []string {
	var items []json.RawMessage
	if json.Unmarshal(raw, &items) != nil {
		items = []json.RawMessage{raw} // one object, or one text
	}
	var texts []string
	for _, item := range items[:min(len(items), maxDataItems)] {
		text := scalarText(item)
		if text == "" && bytes.HasPrefix(item, []byte("{")) {
			text = string(item)
		}
		if text = OneLine(text); text != "" && text != "{}" {
			texts = append(texts, text)
		}
	}
	return texts
}

var (
	title   = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title>`)
	hidden  = regexp.MustCompile(`(?is)<(script|style)[^>]*>.*?</(script|style)>`)
	element = regexp.MustCompile(`(?s)<[^>]*>`)
)

// plainText is the readable part of a text or HTML page.
func plainText(body []byte) string {
	text := string(body)
	if found := title.FindStringSubmatch(text); found != nil && OneLine(found[1]) != "" {
		return OneLine(html.UnescapeString(found[1]))
	}
	if strings.HasPrefix(text, "<") {
		text = html.UnescapeString(element.ReplaceAllString(hidden.ReplaceAllString(text, " "), " "))
	}
	return OneLine(text)
}

// OneLine makes one line of a text that can be shown, of bounded length and without what is nobody's business.
func OneLine(text string) string {
	runes := []rune(WithoutPrivate(strings.Join(strings.Fields(escape.Value(text)), " ")))
	if len(runes) > maxDescription {
		return string(runes[:maxDescription-1]) + "…"
	}
	return string(runes)
}

// faultMembers are all that an error's body has; an object with others is something else.
var faultMembers = map[string]bool{
	"code": true, "description": true, "data": true, "source": true, "message": true, "errorname": true, "isretryable": true,
	"parameters": true, "errormessageextended": true, "statuscode": true,
}

// IsFault recognizes an error under a status of success (200 with code 400072 is documented).
func IsFault(body []byte) bool {
	if len(body) > maxFault || !bytes.HasPrefix(body, []byte("{")) {
		return false
	}
	fields, whole := objectFields(body)
	if !whole {
		return false
	}
	for name := range fields {
		if !faultMembers[name] {
			return false
		}
	}
	code := codeText(fields["code"])
	if code == "" {
		code = codeText(fields["statuscode"])
	}
	return code != "" && strings.Trim(code, "0123456789") == "" && strings.Trim(code, "0") != "" &&
		(fields["description"] != nil || fields["message"] != nil)
}
