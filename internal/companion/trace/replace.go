// SPDX-License-Identifier: MPL-2.0

package trace

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/big"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// replacer replaces words by others of the same form: digits by digits, letters by letters, GUIDs by GUIDs. The same word always becomes the
// same; the key that decides is made anew for each trace and kept nowhere.
type replacer struct {
	key    []byte
	factor int64           // of amounts: what adds up still does
	ours   map[string]bool // words of whoever asks, in lower case
}

func newReplacer(ours []string) (*replacer, error) {
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return nil, fmt.Errorf("making a key: %w", err)
	}
	factor, err := rand.Int(rand.Reader, big.NewInt(89))
	if err != nil {
		return nil, fmt.Errorf("making a factor: %w", err)
	}
	known := map[string]bool{}
	for _, own := range ours {
		known[strings.ToLower(own)] = true
	}
	return &replacer{key, factor.Int64() + 11, known}, nil
}

var (
	word     = regexp.MustCompile(`[\p{L}\p{N}]+`)
	guids    = regexp.MustCompile(`(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}`)
	moment   = regexp.MustCompile(`^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?$`)
	enumWord = regexp.MustCompile(`^[A-Za-z][A-Za-z_]*(?: Ready)?$`)
	period   = regexp.MustCompile(`^(?:P\d+[DMY])?$`)
	culture  = regexp.MustCompile(`^[a-z]{2}(?:-[A-Z]{2})?$`)
	digits   = regexp.MustCompile(`^-?\d+(?:\.\d+)?$`)
	invoice  = regexp.MustCompile(`^[A-Z]\d{4,}[0-9A-Za-z]*$`) // its letter is its kind: G of new commerce, D of legacy
)

// text replaces all that is in a value; words of one GUID stay together.
func (r *replacer) text(value string) string {
	if moment.MatchString(value) || value == "" {
		return value
	}
	if nested, ok := r.json([]byte(value)); ok && strings.ContainsAny(value, "{[") {
		return string(nested)
	}
	return r.words(value)
}

func (r *replacer) words(value string) string {
	var b strings.Builder
	for value != "" {
		at := guids.FindStringIndex(value)
		if at == nil {
			b.WriteString(word.ReplaceAllStringFunc(value, r.word))
			break
		}
		b.WriteString(word.ReplaceAllStringFunc(value[:at[0]], r.word))
		b.WriteString(r.guid(value[at[0]:at[1]]))
		value = value[at[1]:]
	}
	return b.String()
}

// stream are bytes that belong to a word.
func (r *replacer) stream(of string, n int) []byte {
	var all []byte
	for block := 0; len(all) < n; block++ {
		mac := hmac.New(sha256.New, r.key)
		_, _ = fmt.Fprintf(mac, "%d %s", block, strings.ToLower(of)) // never fails
		all = mac.Sum(all)
	}
	return all[:n]
}

// word keeps the kind of each character, and capitals.
func (r *replacer) word(value string) string {
	if r.ours[strings.ToLower(value)] {
		return value
	}
	if invoice.MatchString(value) {
		return value[:1] + r.word(value[1:])
	}
	runes := []rune(value)
	noise := r.stream(value, len(runes))
	for i, c := range runes {
		n := rune(noise[i])
		switch {
		case unicode.IsDigit(c):
			runes[i] = '0' + n%10
		case unicode.IsUpper(c):
			runes[i] = 'A' + n%26
		default:
			runes[i] = 'a' + n%26
		}
	}
	return string(runes)
}

// guid replaces a GUID by one, in capitals where it had some.
func (r *replacer) guid(value string) string {
	if r.ours[strings.ToLower(value)] {
		return value
	}
	encoded := hex.EncodeToString(r.stream(value, 16))
	made := encoded[:8] + "-" + encoded[8:12] + "-" + encoded[12:16] + "-" + encoded[16:20] + "-" + encoded[20:]
	if value == strings.ToUpper(value) {
		return strings.ToUpper(made)
	}
	return made
}

// path keeps the words of the API and replaces the rest.
func (r *replacer) path(value string) string {
	segments := strings.Split(value, "/")
	for i, segment := range segments {
		plain, err := url.PathUnescape(segment)
		if err != nil {
			plain = segment
		}
		if !slices.ContainsFunc(routeWords, func(known string) bool { return strings.EqualFold(known, plain) }) {
			segments[i] = url.PathEscape(r.words(plain))
		}
	}
	return strings.Join(segments, "/")
}

// uri is a link of an answer: a path with a query, or an address of somebody.
func (r *replacer) uri(value string) string {
	path, query, found := strings.Cut(value, "?")
	if strings.Contains(path, "://") {
		scheme, rest, _ := strings.Cut(value, "://")
		return scheme + "://" + r.words(rest)
	}
	path = r.path(path)
	if !found {
		return path
	}
	values, err := url.ParseQuery(query)
	if err != nil {
		return path + "?" + r.words(query)
	}
	return path + "?" + r.query(values).Encode()
}

func (r *replacer) query(values url.Values) url.Values {
	if values == nil {
		return nil
	}
	kept := url.Values{}
	for name, all := range values {
		for _, value := range all {
			kept.Add(name, r.value(name, value))
		}
	}
	return kept
}

// value is one of a member or of a query, which is kept where it is a word of the API.
func (r *replacer) value(name, value string) string {
	name = strings.ToLower(name)
	switch {
	case name == "uri":
		return r.uri(value)
	case slices.Contains(named, name) && slices.Contains(families, value):
		return value
	case slices.Contains(apiMembers, name) && (enumWord.MatchString(value) || period.MatchString(value) || culture.MatchString(value) || digits.MatchString(value)):
		return value
	case isAmountName(name) && digits.MatchString(value):
		return r.amount(value)
	}
	return r.text(value)
}

func (r *replacer) header(header http.Header, names []string) http.Header {
	replaced := http.Header{}
	for _, name := range names {
		for _, value := range header.Values(name) {
			switch name {
			case "Content-Type", "Date", "Retry-After", "X-Locale", "Ismfacompliant", "Validatemfa", "Ms-Contract-Version":
			case "Location":
				value = r.uri(value)
			case "Www-Authenticate":
				value = guids.ReplaceAllStringFunc(value, r.guid)
			default:
				value = r.text(value)
			}
			replaced.Add(name, value)
		}
	}
	if len(replaced) == 0 {
		return nil
	}
	return replaced
}

// json replaces the values of a document; ok is false for what is none.
func (r *replacer) json(document []byte) (replaced json.RawMessage, ok bool) {
	if len(bytes.TrimSpace(document)) == 0 {
		return nil, true
	}
	decoder := json.NewDecoder(bytes.NewReader(document))
	decoder.UseNumber()
	var value any
	if decoder.Decode(&value) != nil || decoder.More() {
		return nil, false
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(r.any("", value)) != nil {
		return nil, false
	}
	return bytes.TrimSpace(b.Bytes()), true
}

func (r *replacer) any(name string, value any) any {
	switch v := value.(type) {
	case map[string]any:
		replaced := map[string]any{}
		for member, inner := range v {
			replaced[r.member(member)] = r.any(member, inner)
		}
		return replaced
	case []any:
		for i := range v {
			v[i] = r.any(name, v[i])
		}
		return v
	case string:
		return r.value(name, v)
	case json.Number:
		return r.number(strings.ToLower(name), v)
	}
	return value
}

// memberName is what members are called; others are values in their place.
var memberName = regexp.MustCompile(`^[A-Za-z@.]{1,60}$`)

func (r *replacer) member(name string) string {
	if memberName.MatchString(name) {
		return name
	}
	return r.words(name)
}

// number replaces amounts and IDs; quantities, codes and counts stay.
func (r *replacer) number(name string, value json.Number) any {
	switch {
	case isAmountName(name):
		return json.Number(r.amount(value.String()))
	case strings.HasSuffix(name, "mpnid") && value.String() != "0":
		return json.Number("1" + r.word(value.String()))
	}
	return value
}

// isAmountName holds for members that hold money, and no counts.
func isAmountName(name string) bool {
	for _, count := range []string{"count", "quantity", "units", "size"} {
		if strings.HasSuffix(name, count) {
			return false
		}
	}
	return slices.ContainsFunc(amountWords, func(part string) bool { return strings.Contains(name, part) })
}

// amount multiplies, in whole units of the last digit.
func (r *replacer) amount(value string) string {
	plain, fraction, _ := strings.Cut(value, ".")
	n, ok := new(big.Int).SetString(plain+fraction, 10)
	if !ok {
		return "0"
	}
	sign := ""
	if n.Sign() < 0 {
		sign = "-"
	}
	n.Abs(n.Mul(n, big.NewInt(r.factor)))
	if fraction == "" {
		return sign + n.String()
	}
	text := fmt.Sprintf("%0"+strconv.Itoa(len(fraction)+1)+"s", n.String())
	return sign + text[:len(text)-len(fraction)] + "." + text[len(text)-len(fraction):]
}
