// SPDX-License-Identifier: MPL-2.0

package partnercenter

import (
	"context"
	"errors"
	"strings"
	"sync"
)

// sharedReads lets everybody who only looks share one answer: the first to ask sends the request, those who come meanwhile wait for the same
// answer, and those who come later get it at once. Answers are kept for the life of the client; failures are not kept.
//
// An answer stays true until something is written to its customer, so every write drops the answers about the customer when it leaves
// and once more when it has ended: a read that was under way meanwhile may have seen the state before or after it, and serves
// only those who asked before the write had ended. What Poll sends drops them too, because a change may show long after its write.
// Both happen in Client.send, which every call takes.
type sharedReads struct {
	clock Clock
	off   bool // each read is a request of its own

	mu    sync.Mutex
	known map[string]map[question]*sharedRead // by customer; "" has what belongs to nobody, and no write changes
}

type seeingChangesKey struct{}

// seeingChanges is for what is done to see a change appear: it takes no answer that others share.
func seeingChanges(ctx context.Context) context.Context {
	return context.WithValue(ctx, seeingChangesKey{}, true)
}

func seesChanges(ctx context.Context) bool { return ctx.Value(seeingChangesKey{}) != nil }

// question is what a shared read asks about its customer.
type question struct {
	operation string // as in call
	subject   string
}

// sharedRead is a read that is under way or answered.
type sharedRead struct {
	done  chan struct{} // closed once value and err are set
	value any
	err   error

	stop    context.CancelFunc
	waiting int // under sharedReads.mu: who still wants the answer
}

// share answers a question about a customer, in lower case, with what is known or with what read returns. Each caller's context
// bounds its own wait only: the request goes on for as long as anybody waits for it.
func share[T any](ctx context.Context, r *sharedReads, customer string, q question, read func(context.Context) (T, error)) (T, error) {
	var zero T
	if r.off || seesChanges(ctx) {
		return read(ctx)
	}
	for {
		if err := expired(ctx, r.clock); err != nil {
			return zero, &Error{Operation: q.operation, Err: err}
		}
		s, first := r.join(ctx, customer, q, func(ctx context.Context) (any, error) { return read(ctx) })
		select {
		case <-ctx.Done():
			r.leave(customer, q, s)
			return zero, &Error{Operation: q.operation, Err: ctx.Err()}
		case <-s.done:
		}
		if !first && errors.Is(s.err, context.DeadlineExceeded) {
			continue // whoever sent it had less time than others may have
		}
		value, _ := s.value.(T)
		return value, s.err
	}
}

// join finds the read that answers the question, or starts it.
func (r *sharedReads) join(ctx context.Context, customer string, q question, read func(context.Context) (any, error)) (s *sharedRead, first bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if s = r.known[customer][q]; s != nil {
		s.waiting++
		return s, false
	}
	if r.known == nil {
		r.known = map[string]map[question]*sharedRead{}
	}
	if r.known[customer] == nil {
		r.known[customer] = map[question]*sharedRead{}
	}
	s = &sharedRead{done: make(chan struct{}), waiting: 1}
	ctx, s.stop = context.WithCancel(context.WithoutCancel(ctx))
	r.known[customer][q] = s
	go func() {
		defer s.stop()
		s.value, s.err = read(ctx)
		r.mu.Lock()
		defer r.mu.Unlock()
		if s.err != nil {
			r.forget(customer, q, s)
		}
		close(s.done)
	}()
	return s, true
}

// leave stops a read that nobody waits for any more.
func (r *sharedReads) leave(customer string, q question, s *sharedRead) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if s.waiting--; s.waiting > 0 {
		return
	}
	select {
	case <-s.done:
	default:
		r.forget(customer, q, s)
		s.stop()
	}
}

// forget drops a read, unless another one has taken its place already; the caller holds the lock.
func (r *sharedReads) forget(customer string, q question, s *sharedRead) {
	if r.known[customer][q] == s {
		delete(r.known[customer], q)
	}
}

// changing drops what is known of a customer, and again when the returned function says that the call has ended. A call that names no
// customer may have changed any.
func (r *sharedReads) changing(customer string) (ended func()) {
	drop := func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		if customer == "" {
			clear(r.known)
		}
		delete(r.known, strings.ToLower(customer))
	}
	drop()
	return drop
}
