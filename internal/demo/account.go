// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator"
)

var guid = regexp.MustCompile(`(?i)^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// account is what happened, as the emulator saw it: the provider is not asked.
type account struct {
	bought                           int
	requests, reads, writes, signIns int
	nameless                         int // requests without a GUID in MS-RequestId
	repeated                         int // writes under an MS-RequestId that an earlier one had
	violations                       []string
}

func accountOf(bought []emulator.Purchase, requests []emulator.Request, violations []emulator.Violation) account {
	a := account{bought: len(bought)}
	seen := map[string]bool{}
	for _, r := range requests {
		if r.SignIn {
			a.signIns++
			continue
		}
		a.requests++
		if !guid.MatchString(r.RequestID()) {
			a.nameless++
		}
		if !r.IsWrite() {
			a.reads++
			continue
		}
		a.writes++
		if id := strings.ToLower(r.RequestID()); seen[id] {
			a.repeated++
		} else {
			seen[id] = true
		}
	}
	for _, v := range violations {
		a.violations = append(a.violations, v.String())
	}
	return a
}

// wrong says what the demo promises and did not keep, nil if it kept everything.
func (a account) wrong() error {
	var found []error
	if a.bought != 2 {
		found = append(found, fmt.Errorf("%d subscriptions were bought instead of 2", a.bought))
	}
	if a.nameless > 0 {
		found = append(found, fmt.Errorf("%d requests had no GUID in MS-RequestId", a.nameless))
	}
	if a.repeated > 0 {
		found = append(found, fmt.Errorf("%d writes were sent twice", a.repeated))
	}
	for _, v := range a.violations {
		found = append(found, errors.New(v))
	}
	return errors.Join(found...)
}

// conclude prints the account and how to go on.
func conclude(s *screen, emu *emulator.Server) error {
	a := accountOf(emu.Purchases(), emu.Requests(), emu.Violations())
	s.headline("What happened, as the emulator saw it")
	s.show(fmt.Sprintf(`subscriptions bought          %d
requests                      %d: %d reads, %d writes, and %d sign-ins beside them
without a GUID MS-RequestId   %d
writes sent twice             %d
breaches of the protocol      %d`, a.bought, a.requests, a.reads, a.writes, a.signIns, a.nameless, a.repeated, len(a.violations)))
	if err := a.wrong(); err != nil {
		return fmt.Errorf("this is not as it should be: %w", err)
	}
	s.say(s.paint(green, "Two subscriptions were wanted and two were bought; every request carried an id of its own, and no write was sent twice."))
	s.headline("Go on by yourself")
	s.show(`make install    puts the provider where terraform init and tofu init find it
make emulator   runs the same Partner Center until Ctrl-C, and prints a provider block to paste
examples/       a configuration for every resource and data source
docs/index.md   the first plan against your own Partner Center, which cannot change anything`)
	return nil
}
