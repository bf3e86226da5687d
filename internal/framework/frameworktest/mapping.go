// SPDX-License-Identifier: MPL-2.0

// Package frameworktest helps to test that a mapping from the client's objects to models leaves nothing out.
package frameworktest

import (
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/shopspring/decimal"
)

// Filled is an object of the client with a value in every field, one element in every list, three levels deep.
func Filled[T any]() *T {
	filled := new(T)
	fill(reflect.ValueOf(filled).Elem(), 4)
	return filled
}

func fill(v reflect.Value, depth int) {
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(time.Date(2026, time.March, 2, 9, 0, 0, 0, time.UTC)))
		return
	case decimal.Decimal:
		v.Set(reflect.ValueOf(decimal.RequireFromString("1.25")))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("1")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(1)
	case reflect.Uint8:
		v.SetUint('1') // a raw message of one digit is JSON
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), depth)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i), depth)
			}
		}
	case reflect.Slice:
		if depth > 0 {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			fill(v.Index(0), depth-1)
		}
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(key, depth)
		fill(value, depth)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	}
}

// Missing names the attributes of a model that are null or empty, lists by their first element.
func Missing(model any) []string { return missing(reflect.ValueOf(model), "") }

func missing(v reflect.Value, name string) []string {
	if value, ok := reflect.TypeAssert[attr.Value](v); ok {
		if list, isList := value.(interface{ Elements() []attr.Value }); value.IsNull() || isList && len(list.Elements()) == 0 {
			return []string{name}
		}
		return nil
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Slice:
		if v.IsNil() || v.Kind() == reflect.Slice && v.Len() == 0 {
			return []string{name}
		}
		if v.Kind() == reflect.Slice {
			return missing(v.Index(0), name)
		}
		return missing(v.Elem(), name)
	case reflect.Struct:
		var all []string
		for i := range v.NumField() {
			field := v.Type().Field(i)
			switch {
			case field.Anonymous:
				all = append(all, missing(exported(v.Field(i)), name)...)
			default:
				all = append(all, missing(v.Field(i), strings.TrimPrefix(name+"."+field.Tag.Get("tfsdk"), "."))...)
			}
		}
		return all
	}
	return []string{fmt.Sprintf("%s, a %s", name, v.Type())}
}

// exported makes the fields of an embedded struct readable, whose type is not exported.
func exported(v reflect.Value) reflect.Value {
	readable := reflect.New(v.Type()).Elem()
	for i := range v.NumField() {
		if f := readable.Field(i); f.CanSet() {
			f.Set(v.Field(i))
		}
	}
	return readable
}
