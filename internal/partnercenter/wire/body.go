// SPDX-License-Identifier: MPL-2.0

package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"
)

// maxBody is the most that is read of an answer, so that none can exhaust the memory.
const maxBody = 64 << 20

// ErrTooLarge is an answer that was not read to its end.
var ErrTooLarge = errors.New("the answer is larger than 64 MiB")

// ReadBody reads an answer without the byte-order mark that some begin with (reference/commerce.md#json-conventions);
// with an error, it is what came before it.
func ReadBody(r io.Reader) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, maxBody+1))
	if len(body) > maxBody {
		return nil, ErrTooLarge
	}
	return bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\uFEFF"))), err
}

// Once removes the second copy of a header that gateways join to the first ("a,a").
func Once(value string) string {
	first, rest, found := strings.Cut(value, ",")
	first = strings.TrimSpace(first)
	for found {
		var next string
		next, rest, found = strings.Cut(rest, ",")
		if !strings.EqualFold(strings.TrimSpace(next), first) {
			return strings.TrimSpace(value)
		}
	}
	return first
}

// ParseDate reads a date header, a doubled one too.
func ParseDate(value string) (time.Time, error) {
	at, err := http.ParseTime(value)
	if err != nil && len(value)%2 == 1 && len(value) > 2 { // "a,a": dates hold a comma of their own
		at, err = http.ParseTime(value[:len(value)/2])
	}
	return at, err
}

// objectFields reads the members of an object in lower case, as many as there are before the text breaks off;
// whole tells that it did not.
func objectFields(body []byte) (fields map[string]json.RawMessage, whole bool) {
	decoder := json.NewDecoder(bytes.NewReader(body))
	if start, err := decoder.Token(); err != nil || start != json.Delim('{') {
		return nil, false
	}
	fields = map[string]json.RawMessage{}
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return fields, false
		}
		key, ok := name.(string)
		if !ok {
			return fields, false
		}
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return fields, false
		}
		fields[strings.ToLower(key)] = value
	}
	end, err := decoder.Token()
	return fields, err == nil && end == json.Delim('}')
}

// scalarText is a string, number or boolean as text, and "" for anything else.
func scalarText(raw json.RawMessage) string {
	if len(raw) == 0 {
		return ""
	}
	switch raw[0] {
	case '"':
		var text string
		if json.Unmarshal(raw, &text) != nil {
			return ""
		}
		return strings.TrimSpace(text)
	case '{', '[', 'n':
		return ""
	default:
		return string(raw)
	}
}
