// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// maxPages ends a list that never does.
const maxPages = 10_000

var (
	errNoList    = errors.New("the answer is not a list")
	errEndless   = errors.New("the pages of the list go in a circle")
	errManyPages = errors.New("the list has too many pages")
)

// list makes a call that answers with a collection, follows its pages, and returns all items
// (reference/commerce.md#collections-and-paging). An answer without a list is an error: taken for an empty one, it would make purchases
// look like never made.
func list[T any](ctx context.Context, client *Client, c call) ([]T, error) {
	var all []T
	seen := map[string]bool{}
	for range maxPages {
		a, err := client.send(ctx, c)
		if err != nil {
			return nil, err
		}
		var next *link
		if all, next, err = readPage(a.answer.body, all); err != nil {
			return nil, a.undecodable(err)
		}
		if next == nil {
			return all, nil
		}
		if seen[next.key()] {
			return nil, a.undecodable(errEndless)
		}
		seen[next.key()] = true
		if c, err = c.follow(client.sender.base, *next); err != nil {
			return nil, a.undecodable(err)
		}
	}
	return nil, fmt.Errorf("%s: %w", c.operation, errManyPages)
}

// readPage appends the items of one page, decoded one by one, and finds the link to the next page. Some lists are bare arrays.
func readPage[T any](body []byte, all []T) ([]T, *link, error) {
	decoder := json.NewDecoder(bytes.NewReader(body))
	opening, err := decoder.Token()
	if err != nil {
		return nil, nil, errNoList
	}
	switch opening {
	case json.Delim('['):
		all, err = readItems(decoder, all)
		return all, nil, err
	case json.Delim('{'):
		return readCollection(decoder, all)
	}
	return nil, nil, errNoList
}

// readCollection takes the members in any order and casing.
func readCollection[T any](decoder *json.Decoder, all []T) ([]T, *link, error) {
	var (
		links struct{ Next *link }
		token string
		found bool
	)
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return nil, nil, err
		}
		switch text, _ := name.(string); strings.ToLower(text) {
		case "items":
			found = true
			all, err = readArray(decoder, all)
		case "links":
			err = decoder.Decode(&links)
		case "continuationtoken":
			err = decoder.Decode(&token)
		default:
			err = decoder.Decode(new(json.RawMessage))
		}
		if err != nil {
			return nil, nil, err
		}
	}
	if !found {
		return nil, nil, errNoList
	}
	if links.Next == nil || links.Next.URI == "" {
		return all, nil, nil
	}
	return all, links.Next.withToken(token), nil
}

// readArray reads an array or null.
func readArray[T any](decoder *json.Decoder, all []T) ([]T, error) {
	opening, err := decoder.Token()
	if err != nil {
		return nil, err
	}
	switch opening {
	case nil:
		return all, nil
	case json.Delim('['):
		return readItems(decoder, all)
	}
	return nil, errNoList
}

// readItems reads what follows an opening bracket.
func readItems[T any](decoder *json.Decoder, all []T) ([]T, error) {
	for decoder.More() {
		var item T
		if err := decodeItem(decoder, &item); err != nil {
			return nil, err
		}
		all = append(all, item)
	}
	_, err := decoder.Token()
	return all, err
}

// follow makes the call of the next page: a link brings its own query and headers.
func (c call) follow(base *url.URL, next link) (call, error) {
	if !next.isGet() {
		return c, fmt.Errorf("the next page wants the method %q", next.Method)
	}
	path, query, err := resolveLink(base, next.URI)
	if err != nil {
		return c, err
	}
	header := c.header.Clone()
	if header == nil {
		header = http.Header{}
	}
	next.addTo(header)
	c.method, c.body, c.path, c.query, c.rawQuery, c.header = http.MethodGet, nil, path, nil, query, header
	return c, nil
}
