// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"cmp"
	"flag"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/signin"
)

var updatePage = flag.Bool("update", false, "write the page of error codes anew")

// TestErrorCodesPage compares the page of error codes in the documentation with what the provider says about each; `make generate`
// writes it.
func TestErrorCodesPage(t *testing.T) {
	page := filepath.Join("..", "..", "templates", "guides", "error-codes.md")
	want := errorCodesPage(t)
	if *updatePage {
		if err := os.WriteFile(page, []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if strings.ReplaceAll(string(got), "\r\n", "\n") != want {
		t.Errorf("%s is not what the remedies say: run 'make generate' and commit what it changes", filepath.Base(page))
	}
}

// actionGroup is a group of the page: what a reader has to do, and the words by which a remedy belongs to it.
type actionGroup struct {
	heading, introduction string
	words                 *regexp.Regexp
}

// actionGroups are in the order in which they are tried: a remedy belongs to the first whose words it has.
var actionGroups = []actionGroup{
	{
		"Ask partner support", "In Partner Center under **Help + support**, with the correlation ID of the message.",
		regexp.MustCompile(`Only Microsoft can help`),
	},
	{
		"Look first whether it was bought", "The provider does this by itself at the next plan. Do not buy by hand before it has.",
		regexp.MustCompile(`before buying anything again`),
	},
	{
		"Sign in differently, or get a role", "[Permissions and roles](https://registry.terraform.io/providers/partnercenter-community/partnercenter/latest/docs#permissions-and-roles) has the table.",
		regexp.MustCompile(`sign-in|sign in|signs in|signed-in|token|GDAP|consent|Admin agent role|account that may|environment`),
	},
	{
		"Plan or run again", "Nothing is wrong with the configuration.",
		regexp.MustCompile(`(?i)\b(run|try|plan)( \w+)? (again|later)|run again|run plan again|wait until|Nothing is left|nothing is left|Nothing can be done`),
	},
	{
		"Let the customer, the reseller or the publisher act", "The configuration is right; the other side has something to do.",
		regexp.MustCompile(`[Tt]he customer has to|Only a person at the customer|reseller's global administrator|Its global administrator|the reseller sees`),
	},
	{
		"Do it in Partner Center or in another portal", "",
		regexp.MustCompile(`in Partner Center|Azure portal|Microsoft 365 admin center|Pay open invoices|the production account|Correct street`),
	},
	{
		"Correct an ID", "Of a customer, a reseller, a product or an Azure subscription.",
		regexp.MustCompile(`Check (\w+_id|the ID|the user)|Check it in|no such (subscription|purchase)|provisioning_context|partner_id|ID of the reseller|Name one of your region`),
	},
	{
		"Choose something that is sold", "Data sources `partnercenter_quote` and `partnercenter_availabilities` list it.",
		regexp.MustCompile(`[Oo]ffer|cannot be bought|availabilit|not sold|eligibilit|promotion|[Cc]hoose another|[Nn]ew-commerce|the date|The date|the first term`),
	},
	{
		"Change what the configuration says of the subscription", "",
		regexp.MustCompile(`\w_\w|configuration|quantity|Cancel |canceled|Reactivate|Choose|Correct|Let |Buy|buy|has to be|one of the values|make a new one|Check |has ended|Remove some`),
	},
}

func errorCodesPage(t *testing.T) string {
	t.Helper()
	var page strings.Builder
	page.WriteString(`---
page_title: "Error codes"
description: |-
  What to do about each error code of Partner Center and Microsoft Entra that the provider knows.
---

# Error codes

What the provider says about each code that it knows, below the message of Partner Center or Entra. Look for the code on this page, or run
` + "`partnercenter explain CODE`" + `. Each code has an address, such as [#code-900213](#code-900213). Where a code means different things, the HTTP status, the operation or the
place of the error stands beside it. [Microsoft's list](https://learn.microsoft.com/partner-center/developer/error-codes) has the texts;
[Troubleshooting](troubleshooting.md) says where to find code and correlation ID.
`)
	groups := grouped(t)
	for _, group := range actionGroups {
		fmt.Fprintf(&page, "\n## %s\n\n", group.heading)
		if group.introduction != "" {
			page.WriteString(group.introduction + "\n\n")
		}
		page.WriteString("| What to do | Codes |\n|---|---|\n")
		for _, one := range groups[group.heading] {
			row(&page, cmp.Or(strings.TrimSpace(strings.TrimSuffix(one.remedy, adviceSupport)), "The answer names no reason."), strings.Join(one.codes, ", "))
		}
	}
	page.WriteString(`
## HTTP status without a known code

| Status | What to do |
|---|---|
`)
	for _, status := range []int{
		http.StatusUnauthorized, http.StatusForbidden, http.StatusProxyAuthRequired, http.StatusRequestTimeout, http.StatusTooManyRequests,
		http.StatusInternalServerError, http.StatusNotImplemented, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout,
	} {
		row(&page, fmt.Sprintf("%d %s", status, http.StatusText(status)), (&Error{StatusCode: status}).statusAdvice())
	}
	row(&page, "401 Unauthorized without MFA", adviceMFA)
	row(&page, "401 Unauthorized without MFA, with `refresh_token`", adviceMFARefresh)
	row(&page, "401 Unauthorized without MFA, as an application", adviceMFAApplication)
	row(&page, "401 Unauthorized, with `access_token`", (&Error{StatusCode: http.StatusUnauthorized, fixedToken: true}).statusAdvice())
	row(&page, "403 Forbidden, where only a user may", adviceUser)
	page.WriteString(`
## Sign-in

By the [code of Entra](https://learn.microsoft.com/entra/identity-platform/reference-error-codes), with the setting that most likely needs a look.

| Code | Setting | What to do |
|---|---|---|
`)
	for _, code := range slices.SortedFunc(maps.Keys(signin.Remedies), compareCodes) {
		known := signin.Remedies[code]
		setting := "that of the chosen way"
		if known.Setting != "" {
			setting = "`" + known.Setting + "`"
		}
		row(&page, `<a id="code-`+code+`"></a>`+"`"+code+"`", setting, known.Text)
	}
	return page.String()
}

// sharedRemedy is one remedy and all codes that have it.
type sharedRemedy struct {
	remedy string
	codes  []string
}

// grouped are the remedies of each group, by their smallest codes.
func grouped(t *testing.T) map[string][]sharedRemedy {
	t.Helper()
	all := slices.DeleteFunc(Explanations(), func(e Explanation) bool { return e.Where == WhereStatus })
	slices.SortFunc(all, func(a, b Explanation) int {
		return cmp.Or(compareCodes(a.Code, b.Code), cmp.Compare(a.Where, b.Where), cmp.Compare(a.Status, b.Status))
	})
	groups, anchored := map[string][]sharedRemedy{}, map[string]bool{}
	for _, e := range all {
		i := slices.IndexFunc(actionGroups, func(to actionGroup) bool { return to.words.MatchString(e.Remedy) })
		if i < 0 {
			t.Errorf("%s: no group of the page has %q", e.Code, e.Remedy)
			continue
		}
		group := groups[actionGroups[i].heading]
		at := slices.IndexFunc(group, func(s sharedRemedy) bool { return s.remedy == e.Remedy })
		if at < 0 {
			at, group = len(group), append(group, sharedRemedy{remedy: e.Remedy})
		}
		group[at].codes = append(group[at].codes, anchoredCode(e, anchored))
		groups[actionGroups[i].heading] = group
	}
	return groups
}

// anchoredCode is a code with what tells it from others of the same number, and an anchor where it is the first.
func anchoredCode(e Explanation, anchored map[string]bool) string {
	text := "`" + e.Code + "`"
	if !anchored[e.Code] {
		anchored[e.Code] = true
		text = `<a id="code-` + e.Code + `"></a>` + text
	}
	operation, isOperation := strings.CutPrefix(e.Where, WhereOperation)
	switch {
	case isOperation:
		return text + " (" + operation + ")"
	case e.Where == WhereCartLine:
		return strings.TrimSuffix(text+" (line of a cart: `"+e.Name+"`", ": ``") + ")"
	case e.Where == WhereTransition:
		return text + " (transition: `" + e.Name + "`)"
	case e.Where == WhereTarget:
		return text + " (target of a transition: `" + e.Name + "`)"
	case e.Status != 0:
		return fmt.Sprintf("%s (HTTP %d)", text, e.Status)
	}
	return text
}

func row(page *strings.Builder, cells ...string) {
	for _, cell := range cells {
		page.WriteString("| " + strings.ReplaceAll(cell, "|", `\|`) + " ")
	}
	page.WriteString("|\n")
}

// compareCodes sorts by number, so that people find a code where they look for it.
func compareCodes(a, b string) int {
	return cmp.Or(cmp.Compare(number(a), number(b)), cmp.Compare(a, b))
}

func number(code string) int {
	n, err := strconv.Atoi(strings.TrimPrefix(code, "AADSTS"))
	if err != nil {
		return 0
	}
	return n
}
