// SPDX-License-Identifier: MPL-2.0

package simulation

import (
	"context"
	"errors"
	"runtime"
	"runtime/debug"
	"sync"

	"github.com/partnercenter-community/terraform-provider-partnercenter/internal/simulation/terraform"
)

// Span says which seeds are lived through, and for how long.
type Span struct {
	First, Last uint64 // Last is 0 for no end
	Lives       int    // how many are enough, 0 for no end
	All         bool   // go on after a broken invariant
}

// Live goes through seeds on all processors until the span is over, it is told to stop, or a seed has broken an invariant, unless all of them are wanted. Which
// seeds these are does not depend on the number of processors.
func (span Span) Live(ctx context.Context, progress func(Counts, error)) (Counts, error) {
	l := &living{span: span, next: span.First, progress: progress}
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() { l.work(ctx) })
	}
	all.Wait()
	return l.total, errors.Join(l.broken...)
}

// CollectRarely lets garbage lie until there is a lot of it: lives leave nothing behind, and collecting took a third of their time.
func CollectRarely() {
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(1 << 30)
}

// living is what the processors share.
type living struct {
	span     Span
	progress func(Counts, error)

	mu     sync.Mutex
	next   uint64
	total  Counts
	broken []error
}

func (l *living) work(ctx context.Context) {
	schemas, err := terraform.ReadSchemas()
	if err != nil {
		l.done(Counts{}, err)
		return
	}
	for seed, more := l.take(ctx); more; seed, more = l.take(ctx) {
		s := New(seed, schemas)
		err := s.Run()
		l.done(s.Counts, err)
	}
}

func (l *living) take(ctx context.Context) (seed uint64, more bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	over := ctx.Err() != nil || len(l.broken) > 0 && !l.span.All || l.span.Lives > 0 && l.total.Lives >= l.span.Lives || l.span.Last > 0 && l.next > l.span.Last
	l.next++
	return l.next - 1, !over
}

func (l *living) done(counts Counts, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.total.Add(counts)
	if err != nil {
		l.broken = append(l.broken, err)
	}
	if l.progress != nil {
		l.progress(l.total, err)
	}
}
