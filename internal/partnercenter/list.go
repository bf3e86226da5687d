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
	"strconv"
	"strings"
	"unsafe"
)

// What ends a list that never does, or that would fill the memory.
const (
	maxPages      = 2_000
	maxEmptyPages = 10        // one after another
	maxListBytes  = 256 << 20 // of all pages as they came
	maxItemBytes  = 128 << 20 // of all items as Go holds them, without what they point to
)

var (
	errNoList     = errors.New("the answer is not a list")
	errEndless    = errors.New("the pages of the list go in a circle")
	errManyPages  = errors.New("the list has too many pages")
	errLargeList  = errors.New("the list is too large to be right")
	errIncomplete = errors.New("the list is not complete, so nothing can be concluded from what is missing in it")
	errNoItemID   = errors.New("the list has an item without an ID, or with one of a wrong form")
)

// list makes a call that answers with a collection, follows its pages, and returns all items
// (reference/commerce.md#collections-and-paging). An answer without a list is an error, and so is a list that is not all there: taken for
// an empty or a whole one, it would make purchases look like never made.
func list[T any](ctx context.Context, client *Client, c call) ([]T, error) {
	all := newPages[T]()
	for range maxPages {
		a, err := client.send(ctx, c)
		if err != nil {
			return nil, err
		}
		next, err := all.read(a.answer.body)
		if err != nil {
			return nil, a.undecodable(err)
		}
		if next == nil {
			return all.items, nil
		}
		if c, err = c.follow(client.sender.base, *next); err != nil {
			return nil, a.undecodable(err)
		}
	}
	return nil, fmt.Errorf("%s: %w", c.operation, errManyPages)
}

// pages collects the items of a list page by page, and refuses what no list of this service is.
type pages[T any] struct {
	items    []T
	maxItems int
	bytes    int // of the answers
	total    int // the largest count that a page has named: of its own items, or of all
	empty    int // pages without items, one after another
	links    map[string]bool
	ids      map[string]bool
}

func newPages[T any]() *pages[T] {
	var item T
	return &pages[T]{maxItems: maxItemBytes / max(int(unsafe.Sizeof(item)), 1), links: map[string]bool{}, ids: map[string]bool{}}
}

// read takes one page, and returns the link to the next one.
func (p *pages[T]) read(body []byte) (*link, error) {
	if p.bytes += len(body); p.bytes > maxListBytes {
		return nil, errLargeList
	}
	before, known := len(p.items), len(p.ids)
	found, err := p.readPage(body)
	if err != nil {
		return nil, err
	}
	p.total = max(p.total, found.total)
	if found.next == nil {
		if found.token != "" || p.total > len(p.items) {
			return nil, fmt.Errorf("%w: it holds %d items, and is said to have %s", errIncomplete, len(p.items), found.more(p.total))
		}
		return nil, nil
	}
	switch {
	case len(p.items) == before:
		p.empty++
	case len(p.ids) > 0 && len(p.ids) == known:
		return nil, errEndless // nothing that was not there before
	default:
		p.empty = 0
	}
	next := found.next.withToken(found.token)
	if p.empty > maxEmptyPages || p.links[next.key()] {
		return nil, errEndless
	}
	p.links[next.key()] = true
	return next, nil
}

// pageEnd is what a page says beside its items.
type pageEnd struct {
	next  *link
	token string
	total int
}

func (p pageEnd) more(total int) string {
	if p.token != "" {
		return "another page, to which no link leads"
	}
	return strconv.Itoa(total)
}

// readPage takes the items of one page, decoded one by one. A bare array is none of this service's lists: an empty one proves nothing.
func (p *pages[T]) readPage(body []byte) (pageEnd, error) {
	decoder := json.NewDecoder(bytes.NewReader(body))
	opening, err := decoder.Token()
	if err != nil || opening != json.Delim('{') {
		return pageEnd{}, errNoList
	}
	return p.readCollection(decoder)
}

// readCollection takes the members in any order and casing.
func (p *pages[T]) readCollection(decoder *json.Decoder) (pageEnd, error) {
	var (
		links struct{ Next *link }
		got   pageEnd
		found bool
	)
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return pageEnd{}, err
		}
		switch text, _ := name.(string); strings.ToLower(text) {
		case "items":
			found = true
			err = p.readArray(decoder)
		case "links":
			err = decoder.Decode(&links)
		case "continuationtoken":
			err = decoder.Decode(&got.token)
		case "totalcount":
			var total Int
			err = decoder.Decode(&total)
			got.total = int(total)
		default:
			err = decoder.Decode(new(json.RawMessage))
		}
		if err != nil {
			return pageEnd{}, err
		}
	}
	if !found {
		return pageEnd{}, errNoList
	}
	if links.Next != nil && links.Next.URI != "" {
		got.next = links.Next
	}
	return got, nil
}

// readArray reads an array or null.
func (p *pages[T]) readArray(decoder *json.Decoder) error {
	opening, err := decoder.Token()
	if err != nil {
		return err
	}
	switch opening {
	case nil:
		return nil
	case json.Delim('['):
		return p.readItems(decoder)
	}
	return errNoList
}

// readItems reads what follows an opening bracket.
func (p *pages[T]) readItems(decoder *json.Decoder) error {
	for decoder.More() {
		var item T
		if err := decodeItem(decoder, &item); err != nil {
			return err
		}
		if len(p.items) >= p.maxItems {
			return errLargeList
		}
		if object, ok := any(item).(identified); ok {
			id := object.identity()
			if !validID(id) {
				return errNoItemID
			}
			p.ids[id] = true
		}
		p.items = append(p.items, item)
	}
	_, err := decoder.Token()
	return err
}

// follow makes the call of the next page: a link brings its own query and page token, and leads to the same list of the same customer.
func (c call) follow(base *url.URL, next link) (call, error) {
	if !next.isGet() {
		return c, fmt.Errorf("the next page wants the method %q", next.Method)
	}
	path, query, err := resolveLink(base, next.URI)
	if err != nil {
		return c, err
	}
	if !strings.EqualFold(customerOf(path), customerOf(c.path)) || !strings.EqualFold(lastSegment(path), lastSegment(c.path)) {
		return c, errOtherList
	}
	header := c.header.Clone()
	if header == nil {
		header = http.Header{}
	}
	next.addTo(header)
	c.method, c.body, c.path, c.query, c.rawQuery, c.header = http.MethodGet, nil, path, nil, query, header
	return c, nil
}
