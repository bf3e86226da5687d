// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// emulatorStatuses are the names that the emulator has for statuses.
var emulatorStatuses = map[string]int{
	"badRequest": 400, "forbidden": 403, "notFound": 404, "conflict": 409, "internalServerError": 500,
	"StatusBadRequest": 400, "StatusUnauthorized": 401, "StatusForbidden": 403, "StatusNotFound": 404, "StatusMethodNotAllowed": 405,
	"StatusConflict": 409, "StatusPreconditionFailed": 412, "StatusInternalServerError": 500, "StatusNotImplemented": 501,
}

// TestRemedies_coverTheEmulator reads every error answer of the emulator from its source, which is more than any test makes it give, and
// wants a remedy for each.
func TestRemedies_coverTheEmulator(t *testing.T) {
	t.Parallel()
	found := emulatorAnswers(t)
	if len(found) < 100 {
		t.Fatalf("only %d error answers were found in the emulator", len(found))
	}
	for _, answer := range found {
		if answer.line {
			if (&CartLineError{ErrorCode: Text(answer.code)}).Remedy() == "" {
				t.Errorf("%s: the cart line error %s has no remedy", answer.at, answer.code)
			}
		} else if Remedy(&Error{StatusCode: answer.status, Code: answer.code}) == "" && !explainedByCall(answer.code) {
			t.Errorf("%s: HTTP %d with code %s has no remedy", answer.at, answer.status, answer.code)
		}
	}
}

func explainedByCall(code string) bool {
	for key := range callRemedies {
		if key.code == code {
			return true
		}
	}
	return false
}

// emulatorAnswer is one error that the emulator can answer, or that a line of its carts can have.
type emulatorAnswer struct {
	at, code string
	status   int
	line     bool
}

func emulatorAnswers(t *testing.T) []emulatorAnswer {
	t.Helper()
	var found []emulatorAnswer
	files := token.NewFileSet()
	for _, folder := range []string{"../emulator", "../emulator/world"} {
		sources, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, source := range sources {
			if strings.HasSuffix(source, "_test.go") {
				continue
			}
			parsed, err := parser.ParseFile(files, source, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			for node := range ast.Preorder(parsed) {
				found = append(found, answersIn(node, files.Position(node.Pos()).String())...)
			}
		}
	}
	return found
}

// answersIn are those that one node makes: a world's refusal, the code of one, or a body that is answered with a status.
func answersIn(node ast.Node, at string) []emulatorAnswer {
	switch n := node.(type) {
	case *ast.CallExpr:
		switch calledName(n) {
		case "encode":
			return answersOfPair(n.Args, at)
		case "unauthorized":
			return answersOfPair([]ast.Expr{ast.NewIdent("StatusUnauthorized"), n.Args[0]}, at)
		}
		return refusalsOf(n, at)
	case *ast.ReturnStmt: // http.StatusBadRequest, fault(...)
		return answersOfPair(n.Results, at)
	case *ast.KeyValueExpr: // Refusal{Code: 600061}
		if name, ok := n.Key.(*ast.Ident); ok && name.Name == "Code" {
			return answerOf(n.Value, at, http.StatusBadRequest)
		}
	}
	return nil
}

// answersOfPair is the answer of a status and a body beside it.
func answersOfPair(pair []ast.Expr, at string) []emulatorAnswer {
	if len(pair) != 2 {
		return nil
	}
	body, ok := pair[1].(*ast.CallExpr)
	if !ok {
		return nil
	}
	argument, known := map[string]int{"fault": 0, "faultFrom": 1, "faultB": 0}[calledName(body)]
	if !known {
		return nil
	}
	return answerOf(body.Args[argument], at, statusIn(pair[0]))
}

// refusalsOf are the refusals that a function of the world is called for; problem and no are short for newLineError and refuse there.
func refusalsOf(made *ast.CallExpr, at string) []emulatorAnswer {
	asLine := func(code ast.Expr) []emulatorAnswer {
		found := answerOf(code, at, 0)
		for i := range found {
			found[i].line = true
		}
		return found
	}
	switch calledName(made) {
	case "refuse":
		if len(made.Args) > 2 {
			return answerOf(made.Args[1], at, statusIn(made.Args[0]))
		}
	case "Invalid", "no":
		return answerOf(made.Args[0], at, http.StatusBadRequest)
	case "newLineError":
		return append(asLine(made.Args[0]), answerOf(made.Args[2], at, statusIn(made.Args[1]))...)
	case "problem":
		return append(asLine(made.Args[0]), answerOf(made.Args[1], at, http.StatusBadRequest)...)
	}
	return nil
}

func calledName(made *ast.CallExpr) string {
	switch f := made.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

// answerOf is the answer with a code that stands there as a number; one that a variable holds was a number somewhere else.
func answerOf(code ast.Expr, at string, status int) []emulatorAnswer {
	literal, ok := code.(*ast.BasicLit)
	if !ok || literal.Kind != token.INT {
		return nil
	}
	if _, err := strconv.Atoi(literal.Value); err != nil {
		return nil
	}
	return []emulatorAnswer{{at: at, code: literal.Value, status: status}}
}

func statusIn(e ast.Expr) int {
	switch named := e.(type) {
	case *ast.Ident:
		return emulatorStatuses[named.Name]
	case *ast.SelectorExpr:
		return emulatorStatuses[named.Sel.Name]
	}
	return http.StatusBadRequest
}
