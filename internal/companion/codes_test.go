// SPDX-License-Identifier: MPL-2.0

package companion

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter"
	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/signin"
)

var (
	// codeRow is a row of a table of codes: the HTTP statuses (or what is in their place), then the codes.
	codeRow = regexp.MustCompile(`^\| (?:\d{3}(?:/\d{3})*|line error) \| ([\d*, /–-]+) \|`)
	// codeAlone is a row that begins with a code.
	codeAlone = regexp.MustCompile(`^\| (\d{4,6}) \|`)
	// codeInText is a code in running text, between backquotes.
	codeInText = regexp.MustCompile("`(\\d{4,6})`(?:–`(\\d{4,6})`)?")
	// codeRange is one code, or the first and last of several.
	codeRange = regexp.MustCompile(`(\d+)(?:[–-](\d+))?`)
	// noCodes are numbers between backquotes that stand for something else, such as the SKU of an example.
	noCodes = regexp.MustCompile(`^0\d|^20[12]\d$`)
)

// codesOf are the codes that a page of the reference mentions.
func codesOf(page string) map[string]bool {
	found := map[string]bool{}
	add := func(first, last string) {
		from, _ := strconv.Atoi(first)
		to, err := strconv.Atoi(last)
		if err != nil {
			to = from
		}
		for code := from; code <= to; code++ {
			found[strconv.Itoa(code)] = true
		}
	}
	for line := range strings.Lines(page) {
		if row := codeRow.FindStringSubmatch(line); row != nil {
			for _, code := range codeRange.FindAllStringSubmatch(row[1], -1) {
				add(code[1], code[2])
			}
		}
		if row := codeAlone.FindStringSubmatch(line); row != nil {
			add(row[1], "")
		}
		for _, code := range codeInText.FindAllStringSubmatch(line, -1) {
			if !noCodes.MatchString(code[1]) {
				add(code[1], code[2])
			}
		}
	}
	return found
}

// TestExplain_knowsTheReference asks for every code that the reference mentions.
func TestExplain_knowsTheReference(t *testing.T) {
	t.Parallel()
	pages, err := filepath.Glob(filepath.Join("..", "partnercenter", "reference", "*.md"))
	if err != nil || len(pages) < 3 {
		t.Fatalf("got %d pages, %v", len(pages), err)
	}
	codes := map[string]bool{}
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		maps.Copy(codes, codesOf(string(text)))
	}
	if len(codes) < 200 || !codes["900253"] || !codes["900314"] || !codes["2203"] || !codes["10019"] || !codes["800096"] {
		t.Errorf("only %d codes were found: are the tables still in the form that this test looks for?", len(codes))
	}
	for _, code := range slices.Sorted(maps.Keys(codes)) {
		var b strings.Builder
		if err := explain(&b, code); err != nil {
			t.Errorf("the reference has the code %s: %v", code, err)
		}
	}
}

// TestExplain_hasRemediesForTheEmulator walks the source of the emulator, and asks for each code that it answers with.
func TestExplain_hasRemediesForTheEmulator(t *testing.T) {
	t.Parallel()
	codes := emulatorCodes(t)
	for _, code := range []string{"800095", "900213", "13605", "600061", "400030", "2206", "10013", "AADSTS7000215"} {
		if codes[code] == "" {
			t.Errorf("the emulator answers with %s, which this test does not find", code)
		}
	}
	for _, code := range slices.Sorted(maps.Keys(codes)) {
		var b strings.Builder
		if err := explain(&b, code); err != nil {
			t.Errorf("%s: the emulator has the code %s: %v", codes[code], code, err)
		}
		if strings.Contains(b.String(), nothingBetter) {
			t.Errorf("%s: nothing is said to do about the code %s of the emulator:\n%s", codes[code], code, b.String())
		}
	}
}

// emulatorCodes are the codes in the emulator's source, and where each of them stands.
func emulatorCodes(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	root := filepath.Join("..", "emulator")
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.Contains(path, "sample") || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return err
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.INT && codeForm.MatchString(literal.Value) && !slices.Contains(numbers, literal.Value) {
				found[literal.Value] = fmt.Sprint(files.Position(n.Pos()))
			}
			call, ok := n.(*ast.CallExpr)
			if code := signInCode(call); ok && code != "" {
				found[code] = fmt.Sprint(files.Position(n.Pos()))
				return false
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// codeForm is a number that may be a code.
var codeForm = regexp.MustCompile(`^[1-9]\d{3,6}$`)

// numbers in the source of the emulator that are no codes of Partner Center: limits, sizes, years, and 50076, which Entra puts in front of its text.
var numbers = []string{"1080", "1200", "12300", "2023", "2025", "2026", "2048", "50076", "7700001", "9999"}

// signInCode is the code of an error of signing in that is made by a call, "" for any other call.
func signInCode(call *ast.CallExpr) string {
	if call == nil {
		return ""
	}
	name, _ := call.Fun.(*ast.Ident)
	if name == nil || !slices.Contains([]string{"entra", "invalid", "invalidClient"}, name.Name) {
		return ""
	}
	for _, argument := range call.Args {
		if literal, ok := argument.(*ast.BasicLit); ok && literal.Kind == token.INT {
			return "AADSTS" + literal.Value
		}
	}
	return ""
}

// TestLookupCode sees that the provider finds the code of an error that explain takes: below an error of the client, that of signing in.
func TestLookupCode(t *testing.T) {
	t.Parallel()
	signIn := func(code string) error {
		return fmt.Errorf("list customers: %w", &partnercenter.Error{Operation: "list customers", Err: &signin.Error{Setting: "tenant_id", Code: code}})
	}
	for want, err := range map[string]error{"AADSTS90002": signIn("AADSTS90002"), "": signIn("$(reboot)"), "800095": &partnercenter.Error{Code: "800095"}} {
		if got := partnercenter.LookupCode(err); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
