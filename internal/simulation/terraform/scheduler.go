// SPDX-License-Identifier: MPL-2.0

package terraform

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/emulator/world"
)

// Scheduler lets several runs go on in turns: one at a time, each up to its next request or wait. Which of them goes on is the seed's
// decision, and time passes only when all of them wait.
type Scheduler struct {
	Clock  *world.Clock
	Random *rand.Rand
}

// Turn is one run's place in the scheduler.
type Turn struct {
	wake   time.Time // what it waits for
	parked chan bool // it waits for its turn, or, if false, has ended
	resume chan struct{}
}

// park waits until the run may go on.
func (t *Turn) park(until time.Time) {
	t.wake = until
	t.parked <- true
	<-t.resume
}

// All lets the runs go on until the last of them has ended.
func (s *Scheduler) All(runs ...func(*Turn)) {
	var waiting []*Turn
	for _, run := range runs {
		t := &Turn{wake: s.Clock.Now(), parked: make(chan bool), resume: make(chan struct{})}
		waiting = append(waiting, t)
		go func() {
			<-t.resume
			run(t)
			t.parked <- false
		}()
	}
	for len(waiting) > 0 {
		at := s.next(waiting)
		t := waiting[at]
		t.resume <- struct{}{}
		if !<-t.parked {
			waiting = append(waiting[:at], waiting[at+1:]...)
		}
	}
}

// next chooses among those that wait for nothing, or moves the time to the first that does.
func (s *Scheduler) next(waiting []*Turn) int {
	now, first := s.Clock.Now(), 0
	var ready []int
	for i, t := range waiting {
		if !t.wake.After(now) {
			ready = append(ready, i)
		}
		if t.wake.Before(waiting[first].wake) {
			first = i
		}
	}
	switch len(ready) {
	case 0:
		s.Clock.Advance(waiting[first].wake.Sub(now))
		return first
	case 1:
		return ready[0]
	}
	return ready[s.Random.IntN(len(ready))]
}

// clock is the provider's: the emulator's time, and waits that are the scheduler's.
type clock struct{ process *process }

func (c clock) Now() time.Time { return c.process.emulator().Clock().Now() }

func (c clock) Sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if c.process.dead {
		return errCrashed
	}
	switch t := c.process.workspace.Turn; {
	case d <= 0:
	case t == nil:
		c.process.emulator().Advance(d)
	default:
		t.park(c.Now().Add(d))
	}
	return ctx.Err()
}
