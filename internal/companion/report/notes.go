// SPDX-License-Identifier: MPL-2.0

package report

import (
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/commerce/words"
)

const noteSuspended = "suspended: its users lose access, and it is still charged"

// stop says what destroying does, by the deletion_policy of the state.
func (s *sides) stop(row *Row) {
	ends := s.before.ends()
	switch s.before.DeletionPolicy {
	case "", "turn_off_auto_renew":
		row.Final.At = ends
		row.note("ends with its term" + s.endsOn())
	case "cancel":
		row.Final.AtOnce = true
		row.note("canceled at once" + s.cancellable())
	case "cancel_or_turn_off_auto_renew":
		row.Final.AtOnce = true
		row.note("canceled at once" + s.cancellable() + "; after that it ends with its term" + s.endsOn())
	case "prevent":
		row.note("apply will refuse it, because deletion_policy is \"prevent\"")
	default:
		row.note("ends as its deletion_policy says" + s.endsOn())
	}
}

// noteReplaced says what becomes of the subscription that another one is bought for.
func (s *sides) noteReplaced(row *Row) {
	switch s.before.DeletionPolicy {
	case "cancel", "cancel_or_turn_off_auto_renew":
		row.note("the old one is canceled" + s.cancellable() + "; what is paid back is not in this amount")
	default:
		row.note("paid twice: the old one goes on" + s.goesOn())
	}
}

// goesOn is until when the subscription of before is charged, and how much.
func (s *sides) goesOn() string {
	text := ""
	if day := dayOf(s.before.ends()); day != "" {
		text += " until " + day
	}
	if monthly := s.before.monthly(); monthly != nil {
		text += ", at " + monthly.String() + " per month"
	}
	return text
}

// endsOn is the same for what ends then.
func (s *sides) endsOn() string {
	text := ""
	if day := dayOf(s.before.ends()); day != "" {
		text += " on " + day
	}
	if monthly := s.before.monthly(); monthly != nil {
		text += ", and costs " + monthly.String() + " per month until then"
	}
	return text
}

func (s *sides) cancellable() string {
	if s.before.CurrentTerm == nil {
		return ""
	}
	if day := dayOf(s.before.CurrentTerm.CancellableUntil); day != "" {
		return ", which is possible until " + day
	}
	return ""
}

// extends is the end of a term that is neither a renewal nor an end.
const extends = "extend"

// noteExtension says that a subscription goes on at a higher price when its term ends.
func (s *sides) noteExtension(row *Row) {
	if s.after.EndOfTerm != extends || s.before.EndOfTerm == extends {
		return
	}
	from := ""
	if day := dayOf(s.before.ends()); day != "" {
		from = " from " + day
	}
	row.note("a paid extended service term follows its term" + from + ", month by month")
}

// noteChanges says what an update changes beside licenses.
func (s *sides) noteChanges(row *Row) {
	if !s.has("update") {
		return
	}
	before, after := &s.before, &s.after
	if before.TermDuration != "" && before.TermDuration != after.TermDuration && months(before.TermDuration) > 0 {
		row.note("the term was " + words.Term(before.TermDuration))
	}
	if before.NextTerm != nil && after.NextTerm != nil && *before.NextTerm != *after.NextTerm || (before.NextTerm == nil) != (after.NextTerm == nil) {
		row.note("another next term, at the price of that day")
	}
	switch wasOn, isOn := isTrue(before.AutoRenew), isTrue(after.AutoRenew); {
	case after.EndOfTerm == extends:
	case before.EndOfTerm == extends && !isOn || wasOn && !isOn && !s.unknown["auto_renew_enabled"]:
		row.note("renewal turned off: it ends with its term" + s.endsOn())
	case !wasOn && isOn:
		row.note("renewal turned on, at the price of that day")
	}
	switch wasOn, isOn := isTrue(before.Suspended), isTrue(after.Suspended); {
	case wasOn && !isOn:
		row.note("active again")
	case !wasOn && isOn:
		row.note(noteSuspended)
	}
	if before.FriendlyName != "" && before.FriendlyName != after.FriendlyName {
		row.note("renamed")
	}
}

func isTrue(flag *bool) bool { return flag != nil && *flag }

// ends is the end of the current term, "" where the state does not say.
func (v *values) ends() string {
	if v.CurrentTerm == nil || dayOf(v.CurrentTerm.Ends) == "" {
		return ""
	}
	return v.CurrentTerm.Ends
}

// dayOf is the day of a date, "" for what is none.
func dayOf(date string) string {
	at, err := time.Parse(time.RFC3339, date)
	if err != nil {
		return ""
	}
	return at.UTC().Format(time.DateOnly)
}
