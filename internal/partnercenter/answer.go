// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strconv"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/partnercenter/wire"
)

// answer is what one attempt brought back: a status with its body, or an error.
type answer struct {
	status int
	phrase string // reason phrase, which HTTP/2 has none of
	header http.Header
	body   []byte
	err    error
	sent   bool // the request may have reached the service
	reads  bool // the call changes nothing, and is answered with a body
}

// mayHaveWorked holds where a write may have been carried out without the client being told so.
func (a answer) mayHaveWorked() bool {
	switch {
	case a.err != nil:
		return a.sent
	case a.status == http.StatusRequestTimeout || a.status >= 500:
		return true
	}
	return a.unreadable()
}

// settles holds for an answer after which a repeat would be another call: anything but silence, 401, 408, 429, 5xx and the unreadable.
func (a answer) settles() bool {
	switch {
	case a.err != nil, a.status == 0, a.status >= 500, a.unreadable():
		return false
	case a.status == http.StatusUnauthorized, a.status == http.StatusRequestTimeout, a.status == http.StatusTooManyRequests:
		return false
	}
	return true
}

// unreadable holds for a success without the JSON it should have. A read that is answered by 200 and nothing would look like
// an object without properties, or a list without items.
func (a answer) unreadable() bool {
	if a.err != nil || a.status < 200 || a.status > 299 {
		return false
	}
	if len(a.body) == 0 {
		return a.reads && a.status == http.StatusOK
	}
	return !json.Valid(a.body)
}

// retryAfter is how long the service wants to be left alone: from the header, in seconds or as a date,
// or from the sentence of the gateway that throttles. 0 where it does not say.
func (a answer) retryAfter(serviceTime time.Time) time.Duration {
	header := a.header.Get("Retry-After")
	if seconds, err := strconv.ParseFloat(wire.Once(header), 64); err == nil {
		return secondsOf(seconds)
	}
	if at, err := wire.ParseDate(header); err == nil {
		return min(max(at.Sub(serviceTime), 0), longestRetryAfter)
	}
	if a.status != http.StatusTooManyRequests {
		return 0
	}
	found := tryAgainIn.FindStringSubmatch(wire.ReadFault(a.body).Description)
	if found == nil {
		return 0
	}
	seconds, err := strconv.ParseFloat(found[1], 64)
	if err != nil {
		return 0
	}
	return secondsOf(seconds)
}

// The gateway says: Rate limit is exceeded. Try again in 41 seconds.
var tryAgainIn = regexp.MustCompile(`(?i)try again in (\d{1,9}) second`)

const longestRetryAfter = 24 * time.Hour

func secondsOf(seconds float64) time.Duration {
	if !(seconds > 0) { // NaN too
		return 0
	}
	return time.Duration(min(seconds, longestRetryAfter.Seconds()) * float64(time.Second))
}
