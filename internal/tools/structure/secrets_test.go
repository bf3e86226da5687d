// SPDX-License-Identifier: MPL-2.0

package structure

import (
	"go/ast"
	"maps"
	"slices"
	"strings"
	"testing"
)

// A struct that has a secret, or something that holds one, in a field that fmt cannot ask says itself how it is printed: fmt asks no methods
// of what it cannot see, and would print the text.
func TestSecretsInHiddenFieldsAreNotPrinted(t *testing.T) {
	t.Parallel()
	_, packages := sources(t)
	fields, formatted := map[string][]heldField{}, map[string]bool{}
	for folder, files := range packages {
		for _, file := range files {
			names := foldersOf(file, folder)
			for _, declaration := range file.Decls {
				switch d := declaration.(type) {
				case *ast.FuncDecl:
					if receiver := receiverOf(d); receiver != "" && d.Name.Name == "Format" {
						formatted[folder+"."+receiver] = true
					}
				case *ast.GenDecl:
					for _, spec := range d.Specs {
						if named, ok := spec.(*ast.TypeSpec); ok {
							fields[folder+"."+named.Name.Name] = fieldsOf(named.Type, names)
						}
					}
				}
			}
		}
	}
	holds, looked := map[string]bool{"internal/partnercenter/wire.Secret": true}, 0
	for grown := true; grown; {
		grown = false
		for name, of := range fields {
			if !holds[name] && slices.ContainsFunc(of, func(f heldField) bool { return holds[f.held] }) {
				holds[name], grown = true, true
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if slices.ContainsFunc(fields[name], func(f heldField) bool { return f.hidden && holds[f.held] }) {
			looked++
			if !formatted[name] {
				t.Errorf("%s holds a secret in a field that is not exported, and has no method Format", name)
			}
		}
	}
	if looked < 3 || !holds["internal/signin.Options"] {
		t.Errorf("only %d structs were looked at; what holds secrets: %v", looked, slices.Sorted(maps.Keys(holds)))
	}
}

// heldField is a type that a struct holds as a value, in a field that other packages do not see if hidden.
type heldField struct {
	held   string
	hidden bool
}

// foldersOf are the folders of the packages of this module that a file names, its own as "".
func foldersOf(file *ast.File, own string) map[string]string {
	names := map[string]string{"": own}
	for _, imported := range file.Imports {
		path := strings.Trim(imported.Path.Value, `"`)
		_, folder, found := strings.Cut(path, "/"+modulePackage)
		if !found {
			continue
		}
		name := path[strings.LastIndex(path, "/")+1:]
		if imported.Name != nil {
			name = imported.Name.Name
		}
		names[name] = modulePackage + folder
	}
	return names
}

func receiverOf(function *ast.FuncDecl) string {
	if function.Recv == nil {
		return ""
	}
	of := function.Recv.List[0].Type
	if star, ok := of.(*ast.StarExpr); ok {
		of = star.X
	}
	if name, ok := of.(*ast.Ident); ok {
		return name.Name
	}
	return ""
}

// fieldsOf are the types that a value of a type holds. What is behind a pointer is printed as an address.
func fieldsOf(of ast.Expr, names map[string]string) []heldField {
	described, ok := of.(*ast.StructType)
	if !ok {
		var held []heldField
		for _, name := range valuesOf(of, names) {
			held = append(held, heldField{name, false})
		}
		return held
	}
	var held []heldField
	for _, field := range described.Fields.List {
		for _, name := range valuesOf(field.Type, names) {
			hidden := !ast.IsExported(name[strings.LastIndex(name, ".")+1:])
			if len(field.Names) > 0 {
				hidden = slices.ContainsFunc(field.Names, func(n *ast.Ident) bool { return !n.IsExported() })
			}
			held = append(held, heldField{name, hidden})
		}
	}
	return held
}

func valuesOf(of ast.Expr, names map[string]string) []string {
	switch of := of.(type) {
	case *ast.Ident:
		return []string{names[""] + "." + of.Name}
	case *ast.SelectorExpr:
		if from, ok := of.X.(*ast.Ident); ok && names[from.Name] != "" {
			return []string{names[from.Name] + "." + of.Sel.Name}
		}
	case *ast.ArrayType:
		return valuesOf(of.Elt, names)
	case *ast.MapType:
		return append(valuesOf(of.Key, names), valuesOf(of.Value, names)...)
	case *ast.StructType:
		var held []string
		for _, field := range fieldsOf(of, names) {
			held = append(held, field.held)
		}
		return held
	}
	return nil
}
