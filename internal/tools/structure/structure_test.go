// SPDX-License-Identifier: MPL-2.0

// Package structure holds the code of this repository to rules of CONTRIBUTING that no linter knows: it has nothing but tests.
package structure

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const (
	root          = "../../.."
	maxFunction   = 50   // lines of a function with logic
	maxPackage    = 3000 // production lines; larger, and a part wants a package of its own
	modulePackage = "internal/"
)

// Flat is right for these: one file a page of the API reference.
var largePackages = []string{"internal/partnercenter", "internal/emulator", "internal/emulator/world"}

// sources are the production files of each package, by folder.
func sources(t *testing.T) (*token.FileSet, map[string]map[string]*ast.File) {
	t.Helper()
	files := token.NewFileSet()
	packages := map[string]map[string]*ast.File{}
	err := filepath.WalkDir(filepath.Join(root, modulePackage), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		folder, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		folder = filepath.ToSlash(folder)
		if packages[folder] == nil {
			packages[folder] = map[string]*ast.File{}
		}
		packages[folder][path] = file
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(packages) < 20 {
		t.Fatalf("only %d packages were found", len(packages))
	}
	return files, packages
}

// A local that has the name of something of its package hides it from whoever reads on.
func TestNoLocalShadowsItsPackage(t *testing.T) {
	t.Parallel()
	files, packages := sources(t)
	for _, parsed := range packages {
		names := packageNames(parsed)
		for _, file := range parsed {
			for _, declaration := range file.Decls {
				function, ok := declaration.(*ast.FuncDecl)
				if !ok {
					continue
				}
				for _, local := range localNames(function) {
					if names[local.Name] {
						t.Errorf("%s: %s shadows a name of its package", files.Position(local.Pos()), local.Name)
					}
				}
			}
		}
	}
}

func packageNames(parsed map[string]*ast.File) map[string]bool {
	names := map[string]bool{}
	for _, file := range parsed {
		for _, declaration := range file.Decls {
			switch d := declaration.(type) {
			case *ast.FuncDecl:
				names[d.Name.Name] = names[d.Name.Name] || d.Recv == nil
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					switch s := spec.(type) {
					case *ast.TypeSpec:
						names[s.Name.Name] = true
					case *ast.ValueSpec:
						for _, name := range s.Names {
							names[name.Name] = true
						}
					}
				}
			}
		}
	}
	delete(names, "_")
	return names
}

// localNames are the parameters, results and variables of a function.
func localNames(function *ast.FuncDecl) []*ast.Ident {
	var found []*ast.Ident
	fields := func(list *ast.FieldList) {
		if list == nil {
			return
		}
		for _, field := range list.List {
			found = append(found, field.Names...)
		}
	}
	fields(function.Recv)
	ast.Inspect(function, func(node ast.Node) bool {
		switch n := node.(type) {
		case *ast.FuncType:
			fields(n.Params)
			fields(n.Results)
		case *ast.AssignStmt:
			if n.Tok == token.DEFINE {
				for _, left := range n.Lhs {
					if name, ok := left.(*ast.Ident); ok {
						found = append(found, name)
					}
				}
			}
		case *ast.RangeStmt:
			if n.Tok == token.DEFINE {
				for _, side := range []ast.Expr{n.Key, n.Value} {
					if name, ok := side.(*ast.Ident); ok {
						found = append(found, name)
					}
				}
			}
		case *ast.ValueSpec:
			found = append(found, n.Names...)
		}
		return true
	})
	return found
}

// A function that does not fit on a screen does more than one thing. Schemas are lists.
func TestFunctionsAreShort(t *testing.T) {
	t.Parallel()
	files, packages := sources(t)
	for _, parsed := range packages {
		for _, file := range parsed {
			for _, declaration := range file.Decls {
				function, ok := declaration.(*ast.FuncDecl)
				if !ok || strings.HasSuffix(function.Name.Name, "Schema") || strings.HasSuffix(function.Name.Name, "Attributes") || function.Name.Name == "Schema" {
					continue
				}
				if lines := files.Position(function.End()).Line - files.Position(function.Pos()).Line + 1; lines > maxFunction && hasLogic(function) {
					t.Errorf("%s: %s has %d lines, more than %d", files.Position(function.Pos()), function.Name.Name, lines, maxFunction)
				}
			}
		}
	}
}

// hasLogic holds for what branches or repeats.
func hasLogic(function *ast.FuncDecl) bool {
	found := false
	ast.Inspect(function, func(node ast.Node) bool {
		switch node.(type) {
		case *ast.IfStmt, *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt:
			found = true
		}
		return !found
	})
	return found
}

func TestPackagesAreSmall(t *testing.T) {
	t.Parallel()
	_, packages := sources(t)
	for folder, parsed := range packages {
		lines := 0
		for path := range parsed {
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			lines += bytes.Count(content, []byte("\n"))
		}
		if lines > maxPackage && !slices.Contains(largePackages, folder) {
			t.Errorf("%s has %d lines, more than %d", folder, lines, maxPackage)
		}
	}
}
