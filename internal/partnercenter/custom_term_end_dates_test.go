// SPDX-License-Identifier: MPL-2.0

package partnercenter

import "testing"

func TestCustomTermEndDates(t *testing.T) {
	c, s, _ := against(t, func(r received) reply {
		if r.header.Get("MS-ContinuationToken") == "" {
			return reply{status: 200, header: map[string]string{"MS-ContinuationToken": "t1"}, body: `{"totalCount": 1, "items": [
				{"allowedCustomTermEndDateType": "calendarMonthAligned", "allowedCustomTermEndDate": "2026-07-31T00:00:00"}]}`}
		}
		// The token comes back for ever: that must not be asked for ever.
		return reply{status: 200, header: map[string]string{"MS-ContinuationToken": "t1"}, body: `{"totalCount": 1, "items": [
			{"allowedCustomTermEndDateType": "subscriptionAligned", "cotermSubscriptionIds": ["5fcf618b-1daa-4604-da99-cc3e1c9ee422"],
			 "allowedCustomTermEndDate": "2026-08-01T00:00:00"}]}`}
	})
	got, err := c.CustomTermEndDates(t.Context(), "c", CustomTermEndDatesQuery{TermDuration: "P1M"})
	if err != nil || len(got) != 2 {
		t.Fatalf("got %d, %v", len(got), err)
	}
	wantFilled(t, got[1])
	check(t, "date", got[0].AllowedCustomTermEndDate.Time, utc(t, "2026-07-31T00:00:00Z"))
	check(t, "requests", len(s.requests), 2)
	check(t, "path", s.requests[0].path+"?"+s.requests[0].query.Encode(), "/v1/customers/c/subscriptions/customTermEndDates?term_duration=P1M")
}

func TestCustomTermEndDates_start(t *testing.T) {
	c, s, _ := against(t, func(received) reply { return reply{status: 200, body: `{"totalCount": 0, "items": []}`} })
	start, err := ParseTime("2026-12-01")
	if err != nil {
		t.Fatal(err)
	}
	got, err := c.CustomTermEndDates(t.Context(), "c", CustomTermEndDatesQuery{TermDuration: "P1Y", TermStartDate: start})
	if err != nil || len(got) != 0 {
		t.Errorf("got %d, %v", len(got), err)
	}
	check(t, "query", s.requests[0].query.Encode(), "term_duration=P1Y&term_start_date=2026-12-01T00%3A00%3A00Z")
}

// An answer that is no list is not an empty one.
func TestCustomTermEndDates_noList(t *testing.T) {
	c, _, _ := against(t, func(received) reply { return reply{status: 200, body: `{"message": "later"}`} })
	if got, err := c.CustomTermEndDates(t.Context(), "c", CustomTermEndDatesQuery{TermDuration: "P1Y"}); err == nil {
		t.Errorf("got %v", got)
	}
}
