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
	want := errorCodesPage()
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

func errorCodesPage() string {
	var page strings.Builder
	page.WriteString(`---
page_title: "Error codes"
description: |-
  What to do about each error code of Partner Center and Microsoft Entra that the provider knows.
---

# Error codes

What the provider says about each code that it knows, below the message of Partner Center or Entra itself. It is written from the same
list that the provider uses. [Troubleshooting](troubleshooting.md) says where to find code and correlation ID, and what to do when neither helps.

## Partner Center

By [code](https://learn.microsoft.com/partner-center/developer/error-codes). Where a code means different things, the HTTP status tells them apart.

| Code | What to do |
|---|---|
`)
	for _, key := range slices.SortedFunc(maps.Keys(remedies), compareKeys) {
		code := "`" + key.code + "`"
		if key.status != 0 {
			code += fmt.Sprintf(" (HTTP %d)", key.status)
		}
		row(&page, code, remedies[key])
	}
	page.WriteString(`
Where one operation means something else by a code:

| Code | Operation | What to do |
|---|---|---|
`)
	for _, key := range slices.SortedFunc(maps.Keys(callRemedies), func(a, b callCode) int {
		return cmp.Or(compareCodes(a.code, b.code), cmp.Compare(a.operation, b.operation))
	}) {
		row(&page, "`"+key.code+"`", key.operation, callRemedies[key])
	}
	page.WriteString(`
## Lines of a cart

A line that cannot be bought as it is. Nothing was bought then.

| Code | Name | What to do |
|---|---|---|
`)
	for _, code := range slices.SortedFunc(maps.Keys(cartErrors), compareCodes) {
		name := cartErrors[code].name
		if name != "" {
			name = "`" + name + "`"
		}
		row(&page, "`"+code+"`", name, cartErrors[code].remedy)
	}
	page.WriteString(`
## Transitions

Why a new-commerce subscription cannot move, or a transition failed.

| Code | Name | What to do |
|---|---|---|
`)
	for _, code := range slices.SortedFunc(maps.Keys(transitionErrors), compareCodes) {
		row(&page, "`"+code+"`", "`"+transitionErrors[code].name+"`", transitionErrors[code].remedy)
	}
	page.WriteString(`
Why licenses cannot move into an existing subscription:

| Code | Name | What to do |
|---|---|---|
`)
	for _, code := range slices.SortedFunc(maps.Keys(targetErrors), compareCodes) {
		row(&page, "`"+code+"`", "`"+targetErrors[code].name+"`", targetErrors[code].remedy)
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
	row(&page, "401 Unauthorized for want of MFA", adviceMFA)
	row(&page, "401 Unauthorized for want of MFA, with `refresh_token`", adviceMFARefresh)
	row(&page, "401 Unauthorized for want of MFA, as an application", adviceMFAApplication)
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
		row(&page, "`"+code+"`", setting, known.Text)
	}
	return page.String()
}

func row(page *strings.Builder, cells ...string) {
	for _, cell := range cells {
		page.WriteString("| " + strings.ReplaceAll(cell, "|", `\|`) + " ")
	}
	page.WriteString("|\n")
}

func compareKeys(a, b remedyKey) int {
	return cmp.Or(compareCodes(a.code, b.code), cmp.Compare(a.status, b.status))
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
