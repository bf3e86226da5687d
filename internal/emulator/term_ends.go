// SPDX-License-Identifier: MPL-2.0

package emulator

import (
	"cmp"
	"net/http"
	"strconv"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// listCustomTermEnds has the days that a new term may end on (reference/commerce.md#co-termination-dates).
func listCustomTermEnds(r *call, c *world.Customer) (int, any) {
	duration := cmp.Or(parameter(r, "term_duration"), parameter(r, "TermDuration"))
	if world.TermMonths(duration) == 0 {
		return http.StatusBadRequest, fault(800121, "The term %q is not valid.", duration)
	}
	start := r.world.Now()
	if text := cmp.Or(parameter(r, "term_start_date"), parameter(r, "TermStartDate")); text != "" {
		if parsed, ok := parseStamp(text); ok {
			start = parsed
		}
	}
	var found []object
	for _, date := range r.world.CustomTermEnds(c, start, duration) {
		one := object{"allowedCustomTermEndDateType": "calendarMonthAligned", "allowedCustomTermEndDate": bareStamp(date.On)}
		if len(date.SubscriptionIDs) > 0 {
			one["allowedCustomTermEndDateType"], one["cotermSubscriptionIds"] = "subscriptionAligned", date.SubscriptionIDs
		}
		found = append(found, one)
	}
	return pageByHeader(r, found, r.behaviour.CustomTermEndsPageSize)
}

// pageByHeader answers with the page whose token the request has in its header; the token of the next one is in the header of the answer
// (reference/commerce.md#collections-and-paging). The name of the header is that of other lists: no page says it.
func pageByHeader(r *call, items []object, size int) (int, any) {
	first := 0
	if token := r.Header.Get("MS-ContinuationToken"); token != "" {
		offset, err := strconv.Atoi(token)
		if err != nil || offset < 1 || offset >= len(items) {
			return http.StatusBadRequest, fault(800002, "The continuation token is invalid.")
		}
		first = offset
	}
	if size < 1 || len(items)-first <= size {
		return http.StatusOK, collection(r, items[first:])
	}
	return http.StatusOK, withHeader(collection(r, items[first:first+size]), "MS-ContinuationToken", strconv.Itoa(first+size))
}
