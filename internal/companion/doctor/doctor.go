// SPDX-License-Identifier: MPL-2.0

// Package doctor looks at a set-up before the first plan: what is read from the environment, who signs in, what answers, and what may be done.
// It only reads. What is wrong is said once, at its cause, with the remedies of the client and of signing in.
package doctor

import (
	"context"
	"crypto/x509"
	"slices"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/settings"
)

// State is what came of a check.
type State string

// The states, in the order in which they are shown.
const (
	Failed   State = "failed"
	Warning  State = "warning"
	OK       State = "ok"
	NotAsked State = "not asked"
)

var states = []State{Failed, Warning, OK, NotAsked}

// Finding is what a check found.
type Finding struct {
	// ID names the check.
	ID string `json:"id"`
	// Question is what it asks, Asked how.
	Question string `json:"question"`
	Asked    string `json:"asked"`
	State    State  `json:"state"`
	// Says is one line.
	Says string `json:"says"`
	// Remedy is what to do, where there is something.
	Remedy string `json:"remedy,omitempty"`
}

// Report is what all checks found: what is wrong first, in the order of the checks.
type Report struct {
	Findings []Finding `json:"findings"`
}

// Options are where the doctor differs from the provider; the zero value is what the program takes.
type Options struct {
	// Block stands in place of a provider block.
	Block settings.Block
	// UserAgent is sent with every request.
	UserAgent string
	// RootCAs replace the machine's certificate authorities, Now its clock.
	RootCAs *x509.CertPool
	Now     func() time.Time
}

// outcome is what a check found, without its name.
type outcome struct {
	state        State
	says, remedy string
}

func fine(says string) outcome            { return outcome{OK, says, ""} }
func warn(says, remedy string) outcome    { return outcome{Warning, says, remedy} }
func fail(says, remedy string) outcome    { return outcome{Failed, says, remedy} }
func without(says, remedy string) outcome { return outcome{NotAsked, says, remedy} }

// check is one question. It is asked once what it needs was found to be right.
type check struct {
	id, question, asked string
	needs               []string
	ask                 func(context.Context, *patient) outcome
}

// Examine asks every check in turn. A check whose cause is found wrong already says so, instead of failing itself.
func Examine(ctx context.Context, o Options) Report {
	p := newPatient(o)
	wrong := map[string]bool{}
	var findings []Finding
	for _, c := range checks() {
		found := Finding{ID: c.id, Question: c.question, Asked: c.asked}
		if at := slices.IndexFunc(c.needs, func(id string) bool { return wrong[id] }); at >= 0 {
			found.State, found.Says = NotAsked, "because of "+c.needs[at]+"."
			wrong[c.id] = true
		} else {
			got := c.ask(ctx, p)
			found.State, found.Says, found.Remedy = got.state, got.says, got.remedy
			wrong[c.id] = got.state == Failed
		}
		findings = append(findings, found)
	}
	slices.SortStableFunc(findings, func(a, b Finding) int { return slices.Index(states, a.State) - slices.Index(states, b.State) })
	return Report{findings}
}

// Worst is the state of the first finding: what a pipeline wants to know.
func (r Report) Worst() State { return r.Findings[0].State }

// checks are all of them, in the order in which one can be the cause of another.
func checks() []check {
	return slices.Concat(reaching(), signingIn(), asking(), rails())
}
